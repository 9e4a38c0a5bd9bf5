using TelegramTrader.Core.Backtest.Strategies.Blocks;

namespace TelegramTrader.Core.Backtest;

/// <summary>
/// Many combinations of one strategy over one series. Each worker goes over the series once: for some thousand bars every indicator is computed once, however many combinations read it, and
/// one combination after the other is evaluated on them. Nothing is allocated meanwhile.
/// </summary>
internal static class BlockSweep
{
    /// <summary>So many combinations go over the series together at most: each keeps the windows of its indicators in memory.</summary>
    private const int MostTogether = 512;

    /// <summary>In the order of the rules.</summary>
    /// <param name="rules">What makes them. In a grid neighbours share indicators.</param>
    public static IReadOnlyList<SweepResult> Run(
        QuickMarket market, IReadOnlyList<Func<BlockRows, IBlockRule>> rules, int workers, Action<long>? progress, CancellationToken cancellationToken)
    {
        var results = new SweepResult[rules.Count];
        var goes = workers * ((rules.Count + workers * MostTogether - 1) / (workers * MostTogether));
        // Dealt out in four small stacks each: so neighbours stay together, and everybody has some of the short windows, which trade more often.
        var stack = Math.Max(1, (rules.Count + goes * 4 - 1) / Math.Max(1, goes * 4));
        Parallel.For(0, goes, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current }, go =>
        {
            var mine = Enumerable.Range(0, rules.Count).Where(index => index / stack % goes == go).ToArray();
            if (mine.Length > 0)
                Walk(market, Array.ConvertAll(mine, index => rules[index]), progress, cancellationToken, (index, result) => results[mine[index]] = result);
        });
        return results;
    }

    private static void Walk(QuickMarket market, Func<BlockRows, IBlockRule>[] makers, Action<long>? progress, CancellationToken cancellationToken, Action<int, SweepResult> done)
    {
        var series = market.Series;
        var rows = new BlockRows(series);
        var rules = Array.ConvertAll(makers, make => make(rows));
        var accounts = Array.ConvertAll(rules, _ => new QuickAccount(market));
        var isLong = new bool[rules.Length];
        var scan = new SignalScan();
        for (var start = 0; start < series.Count; start += SignalScan.Bars)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Take(start);
            for (var index = 0; index < rules.Length; index++)
                scan.Run(rows, rules[index], series.QuickOpens, ref isLong[index], ref accounts[index]);
            progress?.Invoke((long)rules.Length * rows.Count);
        }

        for (var index = 0; index < rules.Length; index++)
            done(index, accounts[index].Result());
    }
}
