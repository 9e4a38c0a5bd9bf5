namespace TelegramTrader.Core.Backtest;

/// <summary>Prices as whole numbers, so that what is equal compares equal: a tick is the smallest power of ten that all prices of the columns are multiples of.</summary>
internal readonly struct TickScale
{
    /// <summary>No exchange quotes finer.</summary>
    private const int MostDecimals = 12;

    private const long MostTicks = long.MaxValue / 1_024;

    private readonly decimal _ticksPerUnit;

    private TickScale(decimal ticksPerUnit) => _ticksPerUnit = ticksPerUnit;

    /// <summary>The price of one tick.</summary>
    public decimal Tick => 1m / _ticksPerUnit;

    /// <param name="name">What the prices are called when one is out of range.</param>
    /// <exception cref="ArgumentException">A price has more than 12 decimals.</exception>
    public static TickScale Of(string name, params ReadOnlySpan<decimal[]> columns)
    {
        var decimals = 0;
        foreach (var prices in columns)
            foreach (var price in prices)
                // A decimal keeps trailing zeros, which are no precision.
                if (price.Scale > decimals)
                    decimals = Math.Max(decimals, Significant(price));
        if (decimals > MostDecimals)
            throw new ArgumentException($"A {name} may have at most {MostDecimals} decimals, but one has {decimals}.");
        var scale = 1m;
        for (var digit = 0; digit < decimals; digit++)
            scale *= 10m;
        return new TickScale(scale);
    }

    /// <exception cref="ArgumentException">The price is below zero or has more digits than fit.</exception>
    public long Ticks(string name, decimal price, long time)
    {
        var whole = price * _ticksPerUnit;
        if (whole is < 0m or > MostTicks)
            throw new ArgumentException($"The {name} {price} at {new Market.Instant(time)} is below zero or has too many digits for a tick of {Tick}.");
        return (long)whole;
    }

    /// <summary>The last tick that is not above the level. A level beyond all prices stays beyond them.</summary>
    public long AtOrBelow(decimal level) => (long)Math.Floor(Math.Min(level, MostTicks / _ticksPerUnit) * _ticksPerUnit);

    /// <summary>The first tick that is not below the level.</summary>
    public long AtOrAbove(decimal level) => level > MostTicks / _ticksPerUnit ? long.MaxValue : (long)Math.Ceiling(level * _ticksPerUnit);

    /// <summary>Dividing by one with as many zeros as a decimal holds drops the zeros at the end.</summary>
    private static int Significant(decimal value) => (value / 1.0000000000000000000000000000m).Scale;
}
