namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>One rule over a whole series, block by block.</summary>
internal static class CrossWalk
{
    public static void Run<TSink>(PriceSeries series, CrossRule rule, ref TSink sink)
        where TSink : struct, IFillSink
    {
        var block = new CrossBlock(rule.FirstBar);
        Span<ulong> above = stackalloc ulong[CrossBlock.Bars / 64];
        Span<ulong> below = stackalloc ulong[CrossBlock.Bars / 64];
        var state = default(CrossState);
        for (var start = 0; start < series.Count; start += CrossBlock.Bars)
        {
            block.Take(series.CloseTicks, start);
            block.Compare(rule, above, below);
            CrossScan.Run<TSink>(above[..block.Words], below[..block.Words], start, rule.FirstBar, series.Count - 1, ref state, ref sink);
        }
    }
}
