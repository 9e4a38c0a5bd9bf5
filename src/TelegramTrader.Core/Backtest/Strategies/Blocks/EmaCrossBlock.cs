using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="EmaCrossStrategy"/>.</summary>
internal sealed class EmaCrossBlock(BlockRows rows, int fast, int slow) : IBlockRule
{
    private readonly Row _fast = rows.Shared(fast, 0, () => new Row(fast));
    private readonly Row _slow = rows.Shared(slow, 0, () => new Row(slow));
    private CrossingBlock _crossing;

    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells) => _crossing.Next(_fast.Values, _slow.Values, buys, sells);

    private sealed class Row(int period) : BlockRow
    {
        private readonly ExponentialMovingAverage _average = new(period);

        protected override void Fill(PriceSeries series, int start, Span<double> values) => _average.Next(series.QuickCloses.Slice(start, values.Length), values);
    }
}
