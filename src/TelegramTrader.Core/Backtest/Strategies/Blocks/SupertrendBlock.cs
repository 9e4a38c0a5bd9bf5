using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="SupertrendStrategy"/>. There is a decision at each bar, so the bars can't be taken together; combinations of the same period are.</summary>
internal sealed class SupertrendBlock : IBlockRule
{
    private readonly SupertrendLanes _lanes;
    private readonly int _lane;
    private ulong _wasUp;

    public SupertrendBlock(BlockRows rows, int period, double factor) =>
        (_lanes, _lane) = rows.Shared(period, 0, () => new Row(period)).Add(factor);

    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells)
    {
        for (var word = 0; word < buys.Length; word++)
        {
            var up = _lanes.Ups[word * SupertrendLanes.Count + _lane];
            var before = up << 1 | _wasUp;
            // It begins as a fall, and nothing is sold that is not held.
            (buys[word], sells[word], _wasUp) = (up & ~before, ~up & before, up >> 63);
        }
    }

    private sealed class Row(int period) : BlockRow
    {
        private readonly AverageTrueRange _range = new(period);
        private readonly List<SupertrendLanes> _lanes = [];
        private int _taken;

        /// <summary>A lane for one more combination.</summary>
        public (SupertrendLanes Lanes, int Lane) Add(double factor)
        {
            var lane = _taken++ % SupertrendLanes.Count;
            if (lane == 0)
                _lanes.Add(new SupertrendLanes());
            _lanes[^1].Factors[lane] = factor;
            return (_lanes[^1], lane);
        }

        protected override void Fill(PriceSeries series, int start, Span<double> values)
        {
            var highs = series.QuickHighs.Slice(start, values.Length);
            var lows = series.QuickLows.Slice(start, values.Length);
            var closes = series.QuickCloses.Slice(start, values.Length);
            for (var bar = 0; bar < closes.Length; bar++)
                values[bar] = _range.Next(highs[bar], lows[bar], closes[bar]);
            foreach (var lanes in _lanes)
                lanes.Take(highs, lows, closes, values);
        }
    }
}
