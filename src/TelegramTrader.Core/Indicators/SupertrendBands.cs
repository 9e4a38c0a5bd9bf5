namespace TelegramTrader.Core.Indicators;

/// <summary>The bands of <see cref="Supertrend"/> and what they decide, given the average true range.</summary>
internal struct SupertrendBands(double factor)
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
