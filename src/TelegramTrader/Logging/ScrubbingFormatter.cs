using Serilog.Events;
using Serilog.Formatting;

namespace TelegramTrader.Logging;

/// <summary>Formats an entry as another formatter does and scrubs the finished text, so that a secret is found wherever it came from: message, property or exception.</summary>
public sealed class ScrubbingFormatter(ITextFormatter inner, SecretScrubber scrubber) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        inner.Format(logEvent, text);
        output.Write(scrubber.Scrub(text.ToString()));
    }
}
