namespace TelegramTrader.Connectors.Telegram;

/// <summary>Waits between attempts: <see cref="First"/>, doubled with each further failure, up to <see cref="Longest"/>.</summary>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>1 s, 2 s, 4 s … 60 s.</summary>
    public static Backoff Standard { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="jitter">0 to 1: what share of half the wait is taken off, so that many callers don't come back at once.</param>
    public TimeSpan After(int failures, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 20));
        var wait = doubled < Longest ? doubled : Longest;
        return wait * (1 - 0.5 * Math.Clamp(jitter, 0, 1));
    }
}
