namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>One rule over a whole series, block by block, in the narrowest numbers that hold its sums.</summary>
internal static class CrossWalk
{
    /// <summary>Whether the rule can be walked in blocks at all.</summary>
    public static bool Fits(PriceSeries series, CrossRule rule) => CrossBlock<long>.Fits(rule, series.HighestTicks);

    /// <summary>Whether numbers of half the width do.</summary>
    public static bool FitsNarrow(PriceSeries series, CrossRule rule) => series.HasNarrowTicks && CrossBlock<int>.Fits(rule, series.HighestTicks);

    public static void Run<TSink>(PriceSeries series, CrossRule rule, ref TSink sink)
        where TSink : struct, IFillSink
    {
        var narrow = FitsNarrow(series, rule) ? new CrossBlock<int>(rule.FirstBar) : null;
        var wide = narrow is null ? new CrossBlock<long>(rule.FirstBar) : null;
        var scan = new CrossScan();
        var state = default(CrossState);
        for (var start = 0; start < series.Count; start += CrossScan.Bars)
        {
            narrow?.Take(series.NarrowCloseTicks, start);
            wide?.Take(series.CloseTicks, start);
            if (narrow is not null)
                scan.Run(narrow, rule, series.QuickOpens, ref state, ref sink);
            else
                scan.Run(wide!, rule, series.QuickOpens, ref state, ref sink);
        }
    }
}
