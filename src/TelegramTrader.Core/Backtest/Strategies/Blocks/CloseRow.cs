namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>The closes of the block.</summary>
internal sealed class CloseRow : BlockRow
{
    protected override void Fill(PriceSeries series, int start, Span<double> values) => series.QuickCloses.Slice(start, values.Length).CopyTo(values);
}
