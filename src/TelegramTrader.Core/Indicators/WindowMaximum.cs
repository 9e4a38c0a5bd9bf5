using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <summary>The largest of the last so many values. It keeps those only that are larger than all after them, so each value is looked at twice at most (Lemire, "Streaming Maximum-Minimum Filter", 2006).</summary>
internal sealed class WindowMaximum(int period)
{
    private readonly (long Number, double Value)[] _kept = new (long, double)[Rows.Checked(period)];
    private long _number;
    private int _first;
    private int _count;

    /// <summary>NaN before there are as many values as the period.</summary>
    public double Next(double value)
    {
        if (_count > 0 && _kept[_first].Number <= _number - period)
        {
            _first = _first + 1 == period ? 0 : _first + 1;
            _count--;
        }

        while (_count > 0 && _kept[At(_count - 1)].Value <= value)
            _count--;
        _kept[At(_count++)] = (_number++, value);
        return _number < period ? double.NaN : _kept[_first].Value;
    }

    /// <summary>
    /// The same for a whole row: windows of one value are joined to windows of two, four and so on, and the last step by what is missing. From the end to the beginning, because then each
    /// bar reads only what this round has not touched.
    /// </summary>
    /// <param name="isMinimum">The smallest instead.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, int period, bool isMinimum, Span<double> result)
    {
        values.CopyTo(result);
        for (var length = 1; length < period; )
        {
            var step = Math.Min(length, period - length);
            var bar = result.Length;
            for (; bar - Vector512<double>.Count >= step; bar -= Vector512<double>.Count)
            {
                var target = result[(bar - Vector512<double>.Count)..];
                var (later, earlier) = (Vector512.Create<double>(target), Vector512.Create<double>(result[(bar - Vector512<double>.Count - step)..]));
                (isMinimum ? Vector512.MinNative(later, earlier) : Vector512.MaxNative(later, earlier)).CopyTo(target);
            }

            for (bar--; bar >= step; bar--)
                result[bar] = isMinimum ? Math.Min(result[bar], result[bar - step]) : Math.Max(result[bar], result[bar - step]);
            length += step;
        }

        Rows.FillUnknown(result, period - 1);
    }

    private int At(int place) => _first + place >= _kept.Length ? _first + place - _kept.Length : _first + place;
}
