using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Backtest;

/// <summary>
/// Candles laid out for going over them often. Closes are whole numbers of ticks too, so that averages which are equal compare equal: a tick is the smallest power of ten
/// that all closes are multiples of.
/// </summary>
public sealed class PriceSeries
{
    private readonly long[] _times;
    private readonly decimal[] _opens;
    private readonly decimal[] _closes;
    private readonly decimal[]? _highs;
    private readonly decimal[]? _lows;
    private readonly double[]? _quickHighs;
    private readonly double[]? _quickLows;
    private readonly double[] _quickOpens;
    private readonly double[] _quickCloses;
    private readonly long[] _closeTicks;
    private readonly int[]? _narrowCloseTicks;
    private readonly int[] _dayEnds;

    /// <param name="times">Open times in Unix milliseconds, ascending.</param>
    /// <param name="highs">With the lows, or neither: then there are none to be had.</param>
    /// <exception cref="ArgumentException">The columns differ in length, times do not ascend, or a close has more than 12 decimals or more digits than fit.</exception>
    public PriceSeries(ReadOnlySpan<long> times, ReadOnlySpan<decimal> opens, ReadOnlySpan<decimal> closes, ReadOnlySpan<decimal> highs = default, ReadOnlySpan<decimal> lows = default)
    {
        if (opens.Length != times.Length || closes.Length != times.Length)
            throw new ArgumentException($"Times, opens and closes must be as many as each other, but are {times.Length}, {opens.Length} and {closes.Length}.");
        if (highs.Length != lows.Length || !highs.IsEmpty && highs.Length != times.Length)
            throw new ArgumentException($"Highs and lows must both be as many as the times, {times.Length}, or none, but are {highs.Length} and {lows.Length}.");
        for (var index = 1; index < times.Length; index++)
            if (times[index] <= times[index - 1])
                throw new ArgumentException($"Times must ascend, but {new Instant(times[index])} follows {new Instant(times[index - 1])}.");
        (_times, _opens, _closes) = (times.ToArray(), opens.ToArray(), closes.ToArray());
        (_quickOpens, _quickCloses) = (Quick(opens), Quick(closes));
        if (!highs.IsEmpty)
            (_highs, _lows, _quickHighs, _quickLows) = (highs.ToArray(), lows.ToArray(), Quick(highs), Quick(lows));
        _closeTicks = default(TickScale).With("close", closes).Ticks("close", closes, times);
        HighestTicks = _closeTicks.DefaultIfEmpty().Max();
        _narrowCloseTicks = HighestTicks <= int.MaxValue ? Array.ConvertAll(_closeTicks, ticks => (int)ticks) : null;
        _dayEnds = EndsOf(times);
    }

    public int Count => _times.Length;

    /// <summary>Unix milliseconds.</summary>
    public ReadOnlySpan<long> Times => _times;

    public ReadOnlySpan<decimal> Opens => _opens;

    public ReadOnlySpan<decimal> Closes => _closes;

    /// <exception cref="InvalidOperationException">The series was made without highs and lows; so for all four.</exception>
    public ReadOnlySpan<decimal> Highs => _highs ?? throw WithoutRange();

    public ReadOnlySpan<decimal> Lows => _lows ?? throw WithoutRange();

    public ReadOnlySpan<double> QuickHighs => _quickHighs ?? throw WithoutRange();

    public ReadOnlySpan<double> QuickLows => _quickLows ?? throw WithoutRange();

    /// <summary>Opens for sums in which the last digits do not matter.</summary>
    public ReadOnlySpan<double> QuickOpens => _quickOpens;

    public ReadOnlySpan<double> QuickCloses => _quickCloses;

    public ReadOnlySpan<long> CloseTicks => _closeTicks;

    /// <summary>Whether each close is a whole number of 32 bits.</summary>
    public bool HasNarrowTicks => _narrowCloseTicks is not null;

    /// <summary>The same in half the width, for going over them fastest.</summary>
    /// <exception cref="InvalidOperationException">One of them is too large.</exception>
    public ReadOnlySpan<int> NarrowCloseTicks => _narrowCloseTicks ?? throw new InvalidOperationException($"The highest close has {HighestTicks} ticks, more than 32 bits hold.");

    /// <summary>The last bar of each day in UTC that has one.</summary>
    public ReadOnlySpan<int> DayEnds => _dayEnds;

    /// <summary>The largest close in ticks.</summary>
    public long HighestTicks { get; }

    /// <summary>The bars from one number up to, and not including, another, as a series of its own.</summary>
    public PriceSeries Part(int from, int to) =>
        _highs is null ? new(Times[from..to], Opens[from..to], Closes[from..to]) : new(Times[from..to], Opens[from..to], Closes[from..to], Highs[from..to], Lows[from..to]);

    private static InvalidOperationException WithoutRange() => new("The series was made without highs and lows.");

    private static int[] EndsOf(ReadOnlySpan<long> times)
    {
        const long Day = 86_400_000;
        var ends = new List<int>();
        for (var bar = 0; bar < times.Length; bar++)
            if (bar + 1 == times.Length || times[bar + 1] / Day != times[bar] / Day)
                ends.Add(bar);
        return [.. ends];
    }

    private static double[] Quick(ReadOnlySpan<decimal> prices)
    {
        var quick = new double[prices.Length];
        for (var index = 0; index < prices.Length; index++)
            quick[index] = (double)prices[index];
        return quick;
    }
}
