using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <param name="Middle">The mean.</param>
public readonly record struct BollingerValue(double Middle, double Upper, double Lower);

/// <summary>
/// The mean of the last so many values, and so many standard deviations (of the population, n) above and below it; in the unit of the values, NaN before there are so many. Both are taken
/// anew time and again and do not drift; the deviation of equal values is exactly zero. Bollinger, "Bollinger on Bollinger Bands", 2001.
/// </summary>
public sealed class BollingerBands
{
    public const double LargestWidth = 100;

    private readonly double _width;
    private readonly MovingSpread _spread;

    /// <param name="period">Bars, 2 to 100,000.</param>
    /// <param name="width">Standard deviations, above 0 and at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">Period or width is out of its range.</exception>
    public BollingerBands(int period = 20, double width = 2)
    {
        Rows.CheckPeriod(period, 2);
        Rows.CheckFactor(width, LargestWidth);
        (_width, _spread) = (width, new MovingSpread(period));
    }

    /// <summary>Takes a value and gives the bands with it.</summary>
    /// <param name="value">Finite.</param>
    public BollingerValue Next(double value)
    {
        var (mean, deviation) = _spread.Next(value);
        var off = _width * deviation;
        return new BollingerValue(mean, mean + off, mean - off);
    }

    /// <summary>The same for a whole row at once, without allocating.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="period">Bars, 2 to 100,000.</param>
    /// <param name="width">Standard deviations, above 0 and at most 100.</param>
    /// <param name="middles">As long as the values, in other memory; so are uppers and lowers.</param>
    /// <exception cref="ArgumentOutOfRangeException">Period or width is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, int period, double width, Span<double> middles, Span<double> uppers, Span<double> lowers)
    {
        Rows.CheckPeriod(period, 2);
        Rows.CheckFactor(width, LargestWidth);
        Rows.Check<double>(values, middles);
        Rows.Check<double>(values, uppers);
        Rows.Check<double>(values, lowers);
        Rows.FillUnknown(middles, period - 1);
        Rows.FillUnknown(uppers, period - 1);
        Rows.FillUnknown(lowers, period - 1);
        var block = Math.Max(Rows.Block, period);
        for (var start = period - 1; start < values.Length; start += block)
        {
            var spread = WindowSpread.Of(Window(values, start, period));
            Store(start, spread, width, middles, uppers, lowers);
            var end = Math.Min(start + block, values.Length);
            for (var bar = start + 1; bar < end; )
            {
                if (Vector512.IsHardwareAccelerated)
                    bar = FillVectors(values, bar, end, period, width, ref spread, middles, uppers, lowers);
                // The last few of the block, or those among which the sums wear off.
                var stop = Vector512.IsHardwareAccelerated ? Math.Min(bar + Recurrence.Steps, end) : end;
                FillOneByOne(values, bar, stop, period, width, ref spread, middles, uppers, lowers);
                bar = stop;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillOneByOne(
        ReadOnlySpan<double> values, int bar, int stop, int period, double width, ref WindowSpread spread, Span<double> middles, Span<double> uppers, Span<double> lowers)
    {
        // A copy, which can stay in registers.
        var moving = spread;
        for (; bar < stop; bar++)
        {
            if (!moving.Move(values[bar], values[bar - period]))
                moving = WindowSpread.Of(Window(values, bar, period));
            Store(bar, moving, width, middles, uppers, lowers);
        }

        spread = moving;
    }

    /// <summary>As far as the sums last.</summary>
    /// <returns>The first bar that is left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillVectors(
        ReadOnlySpan<double> values, int bar, int end, int period, double width, ref WindowSpread spread, Span<double> middles, Span<double> uppers, Span<double> lowers)
    {
        var running = new Recurrence(1);
        var (periods, widths) = (Vector512.Create((double)period), Vector512.Create(width));
        var (means, sums, peak) = (Vector512.Create(spread.Mean), Vector512.Create(spread.Squares), spread.Peak);
        for (; bar <= end - Recurrence.Steps; bar += Recurrence.Steps)
        {
            var (entered, left) = (Vector512.Create(values[bar..]), Vector512.Create(values[(bar - period)..]));
            var (meansBefore, sumsBefore) = (means, sums);
            var change = entered - left;
            var middle = running.Next(change / periods, ref means);
            var sum = running.Next(change * (entered - middle + (left - Recurrence.Earlier(middle, meansBefore))), ref sums);
            var highest = Math.Max(peak, Largest(sum));
            if (!Vector512.GreaterThanOrEqualAll(sum, Vector512.Create(highest * WindowSpread.Worn)))
            {
                (means, sums) = (meansBefore, sumsBefore);
                break;
            }

            peak = highest;
            var off = widths * Vector512.Sqrt(sum / periods);
            middle.CopyTo(middles[bar..]);
            (middle + off).CopyTo(uppers[bar..]);
            (middle - off).CopyTo(lowers[bar..]);
        }

        spread = WindowSpread.Moved(period, means[0], sums[0], peak);
        return bar;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Largest(Vector512<double> values)
    {
        var four = Vector256.MaxNative(values.GetLower(), values.GetUpper());
        var two = Vector128.MaxNative(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    private static ReadOnlySpan<double> Window(ReadOnlySpan<double> values, int last, int period) => values[(last + 1 - period)..(last + 1)];

    private static void Store(int at, WindowSpread spread, double width, Span<double> middles, Span<double> uppers, Span<double> lowers)
    {
        var off = width * spread.Deviation;
        (middles[at], uppers[at], lowers[at]) = (spread.Mean, spread.Mean + off, spread.Mean - off);
    }
}
