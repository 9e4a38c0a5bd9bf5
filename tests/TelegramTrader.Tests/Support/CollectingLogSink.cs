using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace TelegramTrader.Tests.Support;

/// <summary>Keeps every log entry.</summary>
internal sealed class CollectingLogSink : ILogEventSink
{
    private readonly ConcurrentQueue<LogEvent> _entries = new();

    public IEnumerable<string> Texts => _entries.Select(Text);

    public IEnumerable<string> Errors => _entries.Where(entry => entry.Level >= LogEventLevel.Error).Select(Text);

    public void Emit(LogEvent logEvent) => _entries.Enqueue(logEvent);

    private static string Text(LogEvent entry) => $"{entry.Level} {entry.RenderMessage(CultureInfo.InvariantCulture)} {entry.Exception}";
}
