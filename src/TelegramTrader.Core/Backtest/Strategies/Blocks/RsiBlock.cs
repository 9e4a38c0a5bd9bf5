using System.Runtime.CompilerServices;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="RsiStrategy"/>.</summary>
internal sealed class RsiBlock(BlockRows rows, int period, double low, double high) : IBlockRule
{
    private readonly Row _index = rows.Shared(period, 0, () => new Row(period));
    private Turns _ups;
    private Turns _downs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells)
    {
        var (values, ups, downs) = (_index.Values, _ups, _downs);
        for (var word = 0; word < buys.Length; word++)
        {
            buys[word] = ups.Next(BarBits.Word<Above>(values, low, word), BarBits.Word<AtOrBelow>(values, low, word));
            sells[word] = downs.Next(BarBits.Word<Below>(values, high, word), BarBits.Word<AtOrAbove>(values, high, word));
        }

        (_ups, _downs) = (ups, downs);
    }

    private sealed class Row(int period) : BlockRow
    {
        private readonly RelativeStrengthIndex _index = new(period);

        protected override void Fill(PriceSeries series, int start, Span<double> values) => _index.Next(series.QuickCloses.Slice(start, values.Length), values);
    }
}
