using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <summary>
/// 100 * gain / (gain + loss), 0 to 100, where gain and loss are the rises and falls from value to value under Wilder's smoothing, begun with the mean of the first so many; NaN before.
/// 50 where nothing has moved at all: TA-Lib says 0 there, which would look like a fall. Wilder, "New Concepts in Technical Trading Systems", 1978.
/// </summary>
public sealed class RelativeStrengthIndex
{
    /// <summary>Neither rises nor falls.</summary>
    public const double Neutral = 50;

    private Smoothing _gain;
    private Smoothing _loss;
    private double _previous = double.NaN;

    /// <param name="period">Changes from bar to bar, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    public RelativeStrengthIndex(int period)
    {
        Rows.CheckPeriod(period);
        (_gain, _loss) = (Smoothing.Wilder(period), Smoothing.Wilder(period));
    }

    /// <summary>Takes a value and gives the index with it.</summary>
    /// <param name="value">Finite.</param>
    public double Next(double value)
    {
        var change = value - _previous;
        _previous = value;
        // The first value has none before it.
        return double.IsNaN(change) ? double.NaN : Of(_gain.Next(Math.Max(change, 0)), _loss.Next(Math.Max(-change, 0)));
    }

    /// <summary>Takes the next values and gives the index with each.</summary>
    /// <param name="indices">As long as the values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Next(ReadOnlySpan<double> values, Span<double> indices)
    {
        for (var bar = 0; bar < values.Length; bar++)
            indices[bar] = Next(values[bar]);
    }

    /// <summary>The same for a whole row at once, without allocating.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="period">Changes from bar to bar, 1 to 100,000.</param>
    /// <param name="indices">As long as the values, in other memory. The first known one has the number of the period.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, int period, Span<double> indices)
    {
        Rows.CheckPeriod(period);
        Rows.Check<double>(values, indices);
        Rows.FillUnknown(indices, period);
        if (values.Length <= period)
            return;
        var (gain, loss) = (0.0, 0.0);
        for (var index = 1; index <= period; index++)
        {
            gain += Math.Max(values[index] - values[index - 1], 0);
            loss += Math.Max(values[index - 1] - values[index], 0);
        }

        (gain, loss) = (gain / period, loss / period);
        indices[period] = Of(gain, loss);
        var share = Smoothing.WilderShare(period);
        var bar = period + 1;
        if (Vector512.IsHardwareAccelerated)
        {
            var recurrence = new Recurrence(1 - share);
            var (gains, losses) = (Vector512.Create(gain), Vector512.Create(loss));
            var (shares, hundred, neutral) = (Vector512.Create(share), Vector512.Create(100.0), Vector512.Create(Neutral));
            for (; bar <= values.Length - Recurrence.Steps; bar += Recurrence.Steps)
            {
                var change = (Vector512.Create(values[bar..]) - Vector512.Create(values[(bar - 1)..])) * shares;
                var rise = Vector512.MaxNative(change, Vector512<double>.Zero);
                var up = recurrence.Next(rise, ref gains);
                var both = up + recurrence.Next(rise - change, ref losses);
                Vector512.ConditionalSelect(Vector512.GreaterThan(both, Vector512<double>.Zero), hundred * up / both, neutral).CopyTo(indices[bar..]);
            }

            (gain, loss) = (gains[0], losses[0]);
        }

        for (; bar < values.Length; bar++)
        {
            var change = values[bar] - values[bar - 1];
            gain = Math.FusedMultiplyAdd(gain, 1 - share, Math.Max(change, 0) * share);
            loss = Math.FusedMultiplyAdd(loss, 1 - share, Math.Max(-change, 0) * share);
            indices[bar] = Of(gain, loss);
        }
    }

    private static double Of(double gain, double loss) => gain + loss == 0 ? Neutral : 100 * gain / (gain + loss);
}
