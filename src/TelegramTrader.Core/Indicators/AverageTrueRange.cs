using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <summary>
/// The true range of a bar, which is from the lower of its low and the close before up to the higher of its high and the close before, under Wilder's smoothing; begun with the mean
/// of the first so many. The first bar has no close before it and counts for none, as in TA-Lib. In the unit of the prices, NaN before the first.
/// Wilder, "New Concepts in Technical Trading Systems", 1978.
/// </summary>
public sealed class AverageTrueRange
{
    private Smoothing _smoothing;
    private double _close = double.NaN;

    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    public AverageTrueRange(int period)
    {
        Rows.CheckPeriod(period);
        _smoothing = Smoothing.Wilder(period);
    }

    /// <summary>Takes a bar and gives the average with it.</summary>
    /// <param name="high">Finite, as low and close are, and not below the low.</param>
    public double Next(double high, double low, double close)
    {
        var before = _close;
        _close = close;
        return double.IsNaN(before) ? double.NaN : _smoothing.Next(Range(high, low, before));
    }

    /// <summary>The same for whole rows at once, without allocating.</summary>
    /// <param name="highs">Finite, as the others are.</param>
    /// <param name="lows">As many as the highs, as are the closes.</param>
    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <param name="ranges">As long as the others, in other memory. The first known one has the number of the period.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> closes, int period, Span<double> ranges)
    {
        Rows.CheckPeriod(period);
        Rows.Check<double>(highs, ranges);
        Rows.Check<double>(lows, ranges);
        Rows.Check<double>(closes, ranges);
        Rows.FillUnknown(ranges, period);
        if (closes.Length <= period)
            return;
        var last = 0.0;
        for (var index = 1; index <= period; index++)
            last += Range(highs[index], lows[index], closes[index - 1]);
        last /= period;
        ranges[period] = last;
        var share = Smoothing.WilderShare(period);
        var bar = period + 1;
        if (Vector512.IsHardwareAccelerated)
        {
            var recurrence = new Recurrence(1 - share);
            var shares = Vector512.Create(share);
            var before = Vector512.Create(last);
            for (; bar <= closes.Length - Recurrence.Steps; bar += Recurrence.Steps)
            {
                var close = Vector512.Create(closes[(bar - 1)..]);
                var range = Vector512.MaxNative(Vector512.Create(highs[bar..]), close) - Vector512.MinNative(Vector512.Create(lows[bar..]), close);
                recurrence.Next(range * shares, ref before).CopyTo(ranges[bar..]);
            }

            last = before[0];
        }

        for (; bar < closes.Length; bar++)
            ranges[bar] = last = Math.FusedMultiplyAdd(last, 1 - share, Range(highs[bar], lows[bar], closes[bar - 1]) * share);
    }

    private static double Range(double high, double low, double closeBefore) => Math.Max(high, closeBefore) - Math.Min(low, closeBefore);
}
