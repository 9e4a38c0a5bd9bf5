namespace TelegramTrader.Core.Indicators;

/// <summary>
/// e[i] = e[i-1] + 2 / (period + 1) * (x[i] - e[i-1]), begun with the mean of the first so many values as TA-Lib does; in the unit of the values, NaN before the first.
/// Murphy, "Technical Analysis of the Financial Markets", 1999, chapter 9.
/// </summary>
public sealed class ExponentialMovingAverage
{
    private Smoothing _smoothing;

    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    public ExponentialMovingAverage(int period)
    {
        Rows.CheckPeriod(period);
        _smoothing = Smoothing.Exponential(period);
    }

    /// <summary>Takes a value and gives the average with it.</summary>
    /// <param name="value">Finite.</param>
    public double Next(double value) => _smoothing.Next(value);

    /// <summary>Takes the next values and gives the average with each: the same to the last digit, and quicker.</summary>
    /// <param name="averages">As long as the values.</param>
    internal void Next(ReadOnlySpan<double> values, Span<double> averages) => _smoothing.Next(values, averages);

    /// <summary>The same for a whole row at once, without allocating.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <param name="averages">As long as the values, in other memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    public static void Fill(ReadOnlySpan<double> values, int period, Span<double> averages)
    {
        Rows.CheckPeriod(period);
        Rows.Check<double>(values, averages);
        Rows.FillUnknown(averages, period - 1);
        if (values.Length >= period)
            Smoothing.Fill(values, Smoothing.ExponentialShare(period), period - 1, Rows.Sum(values[..period]) / period, averages);
    }
}
