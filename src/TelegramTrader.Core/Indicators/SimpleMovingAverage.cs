using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <summary>The mean of the last so many values, in their unit; NaN before there are so many. Sums are taken anew time and again and do not drift.</summary>
public sealed class SimpleMovingAverage
{
    private readonly double[] _window;
    private int _next;
    private double _sum;
    private bool _isFull;

    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    public SimpleMovingAverage(int period)
    {
        Rows.CheckPeriod(period);
        _window = new double[period];
    }

    /// <summary>Takes a value and gives the mean with it.</summary>
    /// <param name="value">Finite.</param>
    public double Next(double value)
    {
        _sum += value - _window[_next];
        _window[_next] = value;
        if (++_next == _window.Length)
        {
            _next = 0;
            _isFull = true;
            _sum = Rows.Sum(_window);
        }

        return _isFull ? _sum / _window.Length : double.NaN;
    }

    /// <summary>The same for a whole row at once, without allocating.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <param name="averages">As long as the values, in other memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, int period, Span<double> averages)
    {
        Rows.CheckPeriod(period);
        Rows.Check<double>(values, averages);
        Rows.FillUnknown(averages, period - 1);
        var block = Math.Max(Rows.Block, period);
        var running = new Recurrence(1);
        var divisor = Vector512.Create((double)period);
        for (var start = period - 1; start < values.Length; start += block)
        {
            var sum = Rows.Sum(values[(start + 1 - period)..(start + 1)]);
            averages[start] = sum / period;
            var end = Math.Min(start + block, values.Length);
            var bar = start + 1;
            if (Vector512.IsHardwareAccelerated)
            {
                var before = Vector512.Create(sum);
                for (; bar <= end - Recurrence.Steps; bar += Recurrence.Steps)
                    (running.Next(Vector512.Create(values[bar..]) - Vector512.Create(values[(bar - period)..]), ref before) / divisor).CopyTo(averages[bar..]);
                sum = before[0];
            }

            for (; bar < end; bar++)
            {
                sum += values[bar] - values[bar - period];
                averages[bar] = sum / period;
            }
        }
    }
}
