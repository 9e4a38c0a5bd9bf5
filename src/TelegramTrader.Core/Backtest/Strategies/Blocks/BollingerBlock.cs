using System.Numerics;
using System.Runtime.CompilerServices;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="BollingerStrategy"/>. Mean and deviation are shared; how wide the bands are is the combination's own.</summary>
internal sealed class BollingerBlock(BlockRows rows, int period, double width) : IBlockRule
{
    private readonly CloseRow _closes = rows.Shared(0, 0, () => new CloseRow());
    private readonly Row _spread = rows.Shared(period, 0, () => new Row(period));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells)
    {
        var (closes, means, deviations, lowers) = (_closes.Values, _spread.Values, _spread.Deviations, rows.Scratch);
        for (var bar = 0; bar < lowers.Length; bar += Vector<double>.Count)
            (new Vector<double>(means, bar) - width * new Vector<double>(deviations, bar)).CopyTo(lowers, bar);
        for (var word = 0; word < buys.Length; word++)
        {
            buys[word] = BarBits.Word<Below>(closes, lowers, word);
            sells[word] = BarBits.Word<Above>(closes, means, word);
        }
    }

    private sealed class Row(int period) : BlockRow
    {
        private readonly MovingSpread _spread = new(period);

        public double[] Deviations { get; } = new double[SignalScan.Bars];

        protected override void Fill(PriceSeries series, int start, Span<double> values) =>
            _spread.Next(series.QuickCloses.Slice(start, values.Length), values, Deviations.AsSpan(0, values.Length));
    }
}
