namespace TelegramTrader.Core.Backtest;

/// <summary>What a strategy trades with. It buys when flat and sells all of it when long; nothing is borrowed and nothing sold short.</summary>
public sealed record StrategySettings
{
    /// <summary>In the quote asset, above zero.</summary>
    public decimal Cash { get; init; } = 10_000m;

    /// <summary>What each entry buys, in the base asset; null spends all cash, the fee included. An entry that cash does not suffice for is left out and counted.</summary>
    public decimal? Units { get; init; }

    /// <summary>Of each fill, as a fraction of its value: 0 up to, and not including, 1.</summary>
    public decimal Fee { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Cash);
        ArgumentOutOfRangeException.ThrowIfNegative(Fee);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Fee, 1m);
        if (Units is { } units)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
    }
}
