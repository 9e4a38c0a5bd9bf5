using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="MacdStrategy"/>. The line is shared; its signal is the combination's own.</summary>
internal sealed class MacdBlock(BlockRows rows, int fast, int slow, int signal) : IBlockRule
{
    private readonly Row _line = rows.Shared(fast, slow, () => new Row(fast, slow));
    private Smoothing _signal = Smoothing.Exponential(signal);
    private CrossingBlock _crossing;

    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells)
    {
        var signals = rows.Scratch;
        // There is no signal of a line that is not known yet.
        var unknown = Math.Clamp(slow - 1 - rows.Start, 0, rows.Count);
        signals.AsSpan(0, unknown).Fill(double.NaN);
        _signal.Next(_line.Values.AsSpan(unknown, rows.Count - unknown), signals.AsSpan(unknown));
        _crossing.Next(_line.Values, signals, buys, sells);
    }

    private sealed class Row(int fast, int slow) : BlockRow
    {
        private readonly double[] _lates = new double[SignalScan.Bars];
        private MacdLine _line = new(fast, slow);

        protected override void Fill(PriceSeries series, int start, Span<double> values) =>
            _line.Next(series.QuickCloses.Slice(start, values.Length), values, _lates.AsSpan(0, values.Length));
    }
}
