using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <param name="Line">The fast average less the slow one.</param>
/// <param name="Signal">The exponential average of the line; NaN before there is one.</param>
public readonly record struct MacdValue(double Line, double Signal)
{
    public double Histogram => Line - Signal;
}

/// <summary>
/// The difference of two exponential moving averages, and the exponential moving average of that; in the unit of the values. Both averages begin at the bar at which the slow one exists,
/// the fast one with the mean of the values up to there, as TA-Lib does; NaN before. Appel, "The Moving Average Convergence-Divergence Method", 1979.
/// </summary>
public sealed class Macd
{
    private MacdLine _line;
    private Smoothing _signal;

    /// <param name="fast">Bars, 1 up to, and not including, the slow ones.</param>
    /// <param name="slow">Bars, up to 100,000.</param>
    /// <param name="signal">Bars, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A period is out of its range.</exception>
    public Macd(int fast = 12, int slow = 26, int signal = 9)
    {
        Check(fast, slow, signal);
        (_line, _signal) = (new MacdLine(fast, slow), Smoothing.Exponential(signal));
    }

    /// <summary>Takes a value and gives line and signal with it.</summary>
    /// <param name="value">Finite.</param>
    public MacdValue Next(double value)
    {
        var line = _line.Next(value);
        return new MacdValue(line, double.IsNaN(line) ? double.NaN : _signal.Next(line));
    }

    /// <summary>The same for a whole row at once, without allocating.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="fast">Bars, 1 up to, and not including, the slow ones.</param>
    /// <param name="slow">Bars, up to 100,000.</param>
    /// <param name="signal">Bars, 1 to 100,000.</param>
    /// <param name="lines">As long as the values, in other memory; so are the signals.</param>
    /// <exception cref="ArgumentOutOfRangeException">A period is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, int fast, int slow, int signal, Span<double> lines, Span<double> signals)
    {
        Check(fast, slow, signal);
        Rows.Check<double>(values, lines);
        Rows.Check<double>(values, signals);
        Rows.Check<double>(lines, signals);
        Rows.FillUnknown(lines, slow - 1);
        Rows.FillUnknown(signals, slow + signal - 2);
        if (values.Length < slow)
            return;
        var (quick, late) = (Rows.Sum(values[(slow - fast)..slow]) / fast, Rows.Sum(values[..slow]) / slow);
        lines[slow - 1] = quick - late;
        var (fastShare, slowShare) = (Smoothing.ExponentialShare(fast), Smoothing.ExponentialShare(slow));
        var bar = slow;
        if (Vector512.IsHardwareAccelerated)
        {
            var (fastRecurrence, slowRecurrence) = (new Recurrence(1 - fastShare), new Recurrence(1 - slowShare));
            var (quicks, lates) = (Vector512.Create(quick), Vector512.Create(late));
            for (; bar <= values.Length - Recurrence.Steps; bar += Recurrence.Steps)
            {
                var value = Vector512.Create(values[bar..]);
                (fastRecurrence.Next(value * fastShare, ref quicks) - slowRecurrence.Next(value * slowShare, ref lates)).CopyTo(lines[bar..]);
            }

            (quick, late) = (quicks[0], lates[0]);
        }

        for (; bar < values.Length; bar++)
        {
            quick = Math.FusedMultiplyAdd(quick, 1 - fastShare, values[bar] * fastShare);
            late = Math.FusedMultiplyAdd(late, 1 - slowShare, values[bar] * slowShare);
            lines[bar] = quick - late;
        }

        var first = slow + signal - 2;
        if (first < values.Length)
            Smoothing.Fill(lines, Smoothing.ExponentialShare(signal), first, Rows.Sum(lines[(slow - 1)..(first + 1)]) / signal, signals);
    }

    private static void Check(int fast, int slow, int signal)
    {
        Rows.CheckPeriod(fast);
        Rows.CheckPeriod(slow);
        Rows.CheckPeriod(signal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fast, slow);
    }
}
