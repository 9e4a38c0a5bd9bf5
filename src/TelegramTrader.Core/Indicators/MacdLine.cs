namespace TelegramTrader.Core.Indicators;

/// <summary>The line of <see cref="Macd"/> without its signal.</summary>
internal struct MacdLine
{
    private Smoothing _fast;
    private Smoothing _slow;
    private int _skip;

    /// <param name="fast">Bars, 1 up to, and not including, the slow ones.</param>
    /// <param name="slow">Bars, up to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A period is out of its range.</exception>
    public MacdLine(int fast, int slow)
    {
        Rows.CheckPeriod(fast);
        Rows.CheckPeriod(slow);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fast, slow);
        (_fast, _slow, _skip) = (Smoothing.Exponential(fast), Smoothing.Exponential(slow), slow - fast);
    }

    /// <summary>NaN before there are as many values as the slow average has.</summary>
    public double Next(double value)
    {
        var late = _slow.Next(value);
        if (_skip > 0)
        {
            _skip--;
            return double.NaN;
        }

        return _fast.Next(value) - late;
    }

    /// <summary>The next values one after the other, the same to the last digit.</summary>
    /// <param name="lines">As long as the values.</param>
    /// <param name="lates">As long as the values; what is in it afterwards is the slow average.</param>
    public void Next(ReadOnlySpan<double> values, Span<double> lines, Span<double> lates)
    {
        _slow.Next(values, lates);
        var skipped = Math.Min(_skip, values.Length);
        _skip -= skipped;
        lines[..skipped].Fill(double.NaN);
        _fast.Next(values[skipped..], lines[skipped..]);
        for (var bar = skipped; bar < lines.Length; bar++)
            lines[bar] -= lates[bar];
    }
}
