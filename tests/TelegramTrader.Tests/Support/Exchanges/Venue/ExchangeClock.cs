using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>The exchange's own clock: the test's, and as wrong as the test wants it.</summary>
public sealed class ExchangeClock(TimeProvider time)
{
    private long _drift;

    public TimeProvider Time => time;

    /// <summary>How far it goes ahead of everybody else's.</summary>
    public TimeSpan Drift
    {
        get => TimeSpan.FromMilliseconds(Interlocked.Read(ref _drift));
        set => Interlocked.Exchange(ref _drift, (long)value.TotalMilliseconds);
    }

    public Instant Now => Instant.From(time.GetUtcNow()) + Drift;
}
