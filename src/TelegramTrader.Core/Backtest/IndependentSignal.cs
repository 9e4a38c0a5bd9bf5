using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Backtest;

/// <summary>A ready signal that enters at the market.</summary>
/// <param name="Id">As whoever wrote it calls it.</param>
/// <param name="Time">When it became known: it is entered at the open of the first bar that opens after it.</param>
/// <param name="Targets">In any order; the nearest is left first.</param>
public sealed record IndependentSignal(string Id, Instant Time, TradeSide Side, IReadOnlyList<Price> Targets, Price Stop);

/// <summary>What each signal is taken with.</summary>
public sealed record IndependentSettings
{
    /// <summary>In the base asset: 0.000001 to a thousand million.</summary>
    public decimal Size { get; init; } = 1m;

    /// <summary>Of each fill, as a fraction of its value: 0 up to, and not including, 1.</summary>
    public decimal Fee { get; init; }

    /// <summary>How much worse than the price an order at the market is filled, as a fraction: 0 up to, and not including, 1.</summary>
    public decimal Slippage { get; init; }

    /// <summary>Between bid and ask, as a fraction of the price, half of it on each side of the candle's prices: 0 up to, and not including, 1.</summary>
    public decimal Spread { get; init; }

    /// <summary>How many bars a position lasts at most, that of its entry included; null for no limit. At least 1.</summary>
    public int? MaxHold { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 0.000001m);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Size, 1_000_000_000m);
        foreach (var share in (ReadOnlySpan<decimal>)[Fee, Slippage, Spread])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(share);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1m);
        }

        if (MaxHold is { } bars)
            ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
    }
}
