namespace TelegramTrader.Core.Indicators;

/// <summary>Mean and standard deviation (of the population) of the last so many values, which it keeps; in the unit of the values, NaN before there are so many.</summary>
/// <param name="period">Bars, 2 to 100,000.</param>
internal sealed class MovingSpread(int period)
{
    private readonly double[] _window = new double[period];
    private WindowSpread _spread = new(period);
    private int _next;
    private bool _isFull;

    /// <param name="value">Finite.</param>
    public (double Mean, double Deviation) Next(double value)
    {
        var left = _window[_next];
        _window[_next] = value;
        if (++_next == _window.Length)
        {
            (_next, _isFull) = (0, true);
            _spread.Take(_window);
        }
        else if (!_isFull)
        {
            return (double.NaN, double.NaN);
        }
        else if (!_spread.Move(value, left))
        {
            _spread.Take(_window);
        }

        return (_spread.Mean, _spread.Deviation);
    }

    /// <summary>The next values one after the other.</summary>
    /// <param name="means">As long as the values, as are the deviations.</param>
    public void Next(ReadOnlySpan<double> values, Span<double> means, Span<double> deviations)
    {
        for (var bar = 0; bar < values.Length; bar++)
            (means[bar], deviations[bar]) = Next(values[bar]);
    }
}
