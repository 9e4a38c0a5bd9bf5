using System.Collections.Concurrent;

namespace TelegramTrader.Jobs;

/// <summary>When each job ran last.</summary>
public sealed class JobLog(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastRuns = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, DateTimeOffset> LastRuns => _lastRuns;

    public void Ran(string job) => _lastRuns[job] = time.GetUtcNow();
}
