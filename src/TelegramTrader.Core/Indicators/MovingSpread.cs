using System.Runtime.CompilerServices;

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
        _isFull |= ++_next == _window.Length;
        if (!_isFull)
            return (double.NaN, double.NaN);
        Move(_window, ref _next, ref _spread, value, left);
        return (_spread.Mean, _spread.Deviation);
    }

    /// <summary>The next values one after the other, the same to the last digit: what is remembered stays in registers meanwhile.</summary>
    /// <param name="means">As long as the values, as are the deviations.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Next(ReadOnlySpan<double> values, Span<double> means, Span<double> deviations)
    {
        var bar = 0;
        for (; bar < values.Length && !_isFull; bar++)
            (means[bar], deviations[bar]) = Next(values[bar]);
        var (window, next, spread) = (_window, _next, _spread);
        for (; bar < values.Length; bar++)
        {
            var left = window[next];
            window[next++] = values[bar];
            Move(window, ref next, ref spread, values[bar], left);
            (means[bar], deviations[bar]) = (spread.Mean, spread.Deviation);
        }

        (_next, _spread) = (next, spread);
    }

    /// <summary>Taken anew whenever the window has been gone through once, and when the sum has worn off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(double[] window, ref int next, ref WindowSpread spread, double entered, double left)
    {
        if (next == window.Length)
        {
            next = 0;
            spread = WindowSpread.Of(window);
        }
        else if (!spread.Move(entered, left))
        {
            spread = WindowSpread.Of(window);
        }
    }
}
