namespace TelegramTrader.Core.Indicators;

/// <param name="Line">The band that holds: below the closes in a rise, above them in a fall; NaN before there is one.</param>
/// <param name="IsUp">Whether it is a rise.</param>
public readonly record struct SupertrendValue(double Line, bool IsUp);

/// <summary>
/// Two bands, so many average true ranges above and below the middle of a bar. The upper one only falls and the lower one only rises, until a close goes beyond it. A close above the upper
/// band turns a fall into a rise, a close below the lower one a rise into a fall; it begins as a fall. In the unit of the prices. Indicator of Seban, with the conventions of TradingView's
/// ta.supertrend, except that the average true range begins as <see cref="AverageTrueRange"/> does.
/// </summary>
public sealed class Supertrend
{
    public const double LargestFactor = 100;

    private readonly AverageTrueRange _range;
    private Bands _bands;

    /// <param name="period">Bars of the average true range, 1 to 100,000.</param>
    /// <param name="factor">Average true ranges, above 0 and at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">Period or factor is out of its range.</exception>
    public Supertrend(int period = 10, double factor = 3)
    {
        Rows.CheckFactor(factor, LargestFactor);
        _range = new AverageTrueRange(period);
        _bands = new Bands(factor);
    }

    /// <summary>Takes a bar and gives the line with it.</summary>
    /// <param name="high">Finite, as low and close are.</param>
    public SupertrendValue Next(double high, double low, double close) => _bands.Next(high, low, close, _range.Next(high, low, close));

    /// <summary>The same for whole rows at once, without allocating.</summary>
    /// <param name="highs">Finite, as the others are.</param>
    /// <param name="lows">As many as the highs, as are the closes.</param>
    /// <param name="period">Bars of the average true range, 1 to 100,000.</param>
    /// <param name="factor">Average true ranges, above 0 and at most 100.</param>
    /// <param name="lines">As long as the highs, in other memory.</param>
    /// <param name="isUp">As long as the highs; false where there is no line yet.</param>
    /// <exception cref="ArgumentOutOfRangeException">Period or factor is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    public static void Fill(ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> closes, int period, double factor, Span<double> lines, Span<bool> isUp)
    {
        Rows.CheckFactor(factor, LargestFactor);
        Rows.Check<bool>(highs, isUp);
        AverageTrueRange.Fill(highs, lows, closes, period, lines);
        var bands = new Bands(factor);
        for (var bar = 0; bar < lines.Length; bar++)
            (lines[bar], isUp[bar]) = bands.Next(highs[bar], lows[bar], closes[bar], lines[bar]);
    }

    private struct Bands(double factor)
    {
        private double _upper = double.NaN;
        private double _lower = double.NaN;
        private double _close;
        private bool _isUp;

        public SupertrendValue Next(double high, double low, double close, double range)
        {
            if (double.IsNaN(range))
                return new SupertrendValue(double.NaN, false);
            var (middle, off) = ((high + low) / 2, factor * range);
            var (upper, lower) = (middle + off, middle - off);
            var isFirst = double.IsNaN(_upper);
            if (!isFirst && upper > _upper && _close <= _upper)
                upper = _upper;
            if (!isFirst && lower < _lower && _close >= _lower)
                lower = _lower;
            _isUp = !isFirst && (_isUp ? close >= lower : close > upper);
            (_upper, _lower, _close) = (upper, lower, close);
            return new SupertrendValue(_isUp ? lower : upper, _isUp);
        }
    }
}
