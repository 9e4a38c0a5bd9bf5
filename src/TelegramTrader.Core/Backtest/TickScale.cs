using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Backtest;

/// <summary>Prices as whole numbers, so that what is equal compares equal: a tick is the smallest power of ten that all prices of the columns are multiples of.</summary>
internal readonly struct TickScale
{
    /// <summary>No exchange quotes finer.</summary>
    private const int MostDecimals = 12;

    private const long MostTicks = long.MaxValue / 1_024;

    private static readonly long[] PowersOfTen = [.. Enumerable.Range(0, MostDecimals + 1).Select(digits => (long)Math.Pow(10, digits))];

    private readonly int _decimals;

    private TickScale(int decimals) => _decimals = decimals;

    /// <summary>The price of one tick.</summary>
    public decimal Tick => 1m / PowersOfTen[_decimals];

    /// <summary>The scale that is fine enough for these prices too. One that has seen none has whole units.</summary>
    /// <param name="name">What the prices are called when one is out of range.</param>
    /// <exception cref="ArgumentException">A price has more than 12 decimals.</exception>
    public TickScale With(string name, ReadOnlySpan<decimal> prices)
    {
        var decimals = _decimals;
        foreach (var price in prices)
            // A decimal keeps trailing zeros, which are no precision.
            if (price.Scale > decimals)
                decimals = Math.Max(decimals, Significant(price));
        return decimals <= MostDecimals ? new TickScale(decimals) : throw new ArgumentException($"A {name} may have at most {MostDecimals} decimals, but one has {decimals}.");
    }

    /// <param name="name">What the prices are called when one is out of range.</param>
    /// <param name="prices">Of which this scale knows.</param>
    /// <param name="times">When, for the message.</param>
    /// <exception cref="ArgumentException">A price is below zero or has more digits than fit.</exception>
    public long[] Ticks(string name, ReadOnlySpan<decimal> prices, ReadOnlySpan<long> times)
    {
        var ticks = new long[prices.Length];
        Span<int> bits = stackalloc int[4];
        for (var index = 0; index < prices.Length; index++)
        {
            var price = prices[index];
            decimal.GetBits(price, bits);
            var digits = unchecked((ulong)(uint)bits[1] << 32 | (uint)bits[0]);
            var missing = _decimals - price.Scale;
            // Most prices are a number below 2⁵³ with no more decimals than the scale has.
            ticks[index] = bits[2] == 0 && bits[3] >= 0 && missing >= 0 && Math.BigMul(digits, (ulong)PowersOfTen[missing], out var whole) == 0 && whole <= MostTicks
                ? (long)whole
                : WithTrailingZeros(name, price, times[index]);
        }

        return ticks;
    }

    private long WithTrailingZeros(string name, decimal price, long time)
    {
        if (price < 0m || price > MostTicks * Tick)
            throw new ArgumentException($"The {name} {price} at {new Instant(time)} is below zero or has too many digits for a tick of {Tick}.");
        return (long)(price * PowersOfTen[_decimals]);
    }

    /// <summary>The last tick that is not above the level. A level beyond all prices stays beyond them.</summary>
    public long AtOrBelow(decimal level) => (long)Math.Floor(Math.Min(level, MostTicks * Tick) * PowersOfTen[_decimals]);

    /// <summary>The first tick that is not below the level.</summary>
    public long AtOrAbove(decimal level) => level > MostTicks * Tick ? long.MaxValue : (long)Math.Ceiling(level * PowersOfTen[_decimals]);

    /// <summary>Dividing by one with as many zeros as a decimal holds drops the zeros at the end.</summary>
    private static int Significant(decimal value) => (value / 1.0000000000000000000000000000m).Scale;
}
