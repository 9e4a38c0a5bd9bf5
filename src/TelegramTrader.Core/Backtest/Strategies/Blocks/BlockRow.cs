namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>The values of one indicator over the bars of a block, for all combinations that read them. What the indicator remembers stays with it from block to block.</summary>
internal abstract class BlockRow
{
    private readonly double[] _values = new double[SignalScan.Bars];

    /// <summary>NaN where the indicator is not known yet, and behind the last bar of all.</summary>
    public double[] Values => _values;

    /// <summary>Takes the next bars; blocks come in their order.</summary>
    public void Take(PriceSeries series, int start, int count)
    {
        Fill(series, start, _values.AsSpan(0, count));
        _values.AsSpan(count).Fill(double.NaN);
    }

    /// <param name="values">One for each bar from the start on.</param>
    protected abstract void Fill(PriceSeries series, int start, Span<double> values);
}
