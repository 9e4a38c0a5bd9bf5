using System.Runtime.CompilerServices;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="SupertrendStrategy"/>. The average true range is shared; the bands, which have a decision at each bar, are the combination's own and go bar by bar.</summary>
internal sealed class SupertrendBlock(BlockRows rows, int period, double factor) : IBlockRule
{
    private readonly Row _range = rows.Shared(period, 0, () => new Row(period));
    private SupertrendBands _bands = new(factor);
    private bool _wasUp;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells)
    {
        var (start, count) = (rows.Start, rows.Count);
        var ranges = _range.Values.AsSpan(0, count);
        var highs = rows.Series.QuickHighs.Slice(start, count);
        var lows = rows.Series.QuickLows.Slice(start, count);
        var closes = rows.Series.QuickCloses.Slice(start, count);
        buys.Clear();
        var (bands, was) = (_bands, _wasUp ? 1UL : 0UL);
        // At first the bars of a rise; then those at which it turned.
        for (var bar = 0; bar < count; bar++)
            buys[bar / 64] |= (bands.Next(highs[bar], lows[bar], closes[bar], ranges[bar]).IsUp ? 1UL : 0UL) << bar;
        (_bands, _wasUp) = (bands, (buys[(count - 1) / 64] >> (count - 1) & 1) != 0);
        for (var word = 0; word < buys.Length; word++)
        {
            var up = buys[word];
            var before = up << 1 | was;
            (buys[word], sells[word], was) = (up & ~before, ~up & before, up >> 63);
        }
    }

    private sealed class Row(int period) : BlockRow
    {
        private readonly AverageTrueRange _range = new(period);

        protected override void Fill(PriceSeries series, int start, Span<double> values)
        {
            var highs = series.QuickHighs.Slice(start, values.Length);
            var lows = series.QuickLows.Slice(start, values.Length);
            var closes = series.QuickCloses.Slice(start, values.Length);
            for (var bar = 0; bar < closes.Length; bar++)
                values[bar] = _range.Next(highs[bar], lows[bar], closes[bar]);
        }
    }
}
