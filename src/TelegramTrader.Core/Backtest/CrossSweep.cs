using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Core.Backtest;

/// <summary>
/// Many crossing averages over one series. Each worker goes over the series once: the sums of some thousand bars lie in its nearest cache while one rule after the other is
/// evaluated on them, and nothing is allocated meanwhile.
/// </summary>
public static class CrossSweep
{
    /// <summary>In the order of the rules.</summary>
    /// <param name="workers">Threads, at least 1; those of the scheduler of the task that calls.</param>
    /// <param name="progress">Hears of bars times combinations that are done; from any thread.</param>
    /// <exception cref="OperationCanceledException">Cancelled on the way.</exception>
    public static IReadOnlyList<SweepResult> Run(
        PriceSeries series, IReadOnlyList<CrossRule> rules, StrategySettings settings, int workers, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        settings.Check();
        if (series.Count == 0)
            throw new ArgumentException("There is no bar to test on.");
        foreach (var rule in rules)
            rule.Check();
        var market = new QuickMarket(series, settings);
        var results = new SweepResult[rules.Count];
        var quick = Enumerable.Range(0, rules.Count).Where(index => CrossWalk.Fits(series, rules[index])).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };
        if (quick.Length < workers)
        {
            foreach (var index in quick)
                results[index] = InStretches(series, rules[index], market, options, progress);
        }
        else
        {
            Parallel.For(0, workers, options, worker =>
            {
                // Dealt out like cards: short windows cross more often, and stand together in a grid.
                var mine = quick.Where((_, place) => place % workers == worker).ToArray();
                Walk(series, [.. mine.Select(index => rules[index])], market, progress, cancellationToken, (index, result) => results[mine[index]] = result);
            });
        }

        // Windows and prices too large for the quick way.
        foreach (var index in Enumerable.Range(0, rules.Count).Except(quick))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var exact = StrategyBacktest.Run(series, new CrossStrategy(rules[index]), settings);
            results[index] = new SweepResult((double)exact.FinalEquity, exact.Trades.Count, exact.Metrics.Daily);
        }

        return results;
    }

    /// <summary>One rule on all threads: each looks for the crossings of its part of the series, and then they are acted on in their order.</summary>
    private static SweepResult InStretches(PriceSeries series, CrossRule rule, QuickMarket market, ParallelOptions options, Action<long>? progress)
    {
        var blocks = (series.Count + CrossScan.Bars - 1) / CrossScan.Bars;
        var stretches = new CrossStretch[Math.Min(options.MaxDegreeOfParallelism, blocks)];
        Parallel.For(0, stretches.Length, options, index => stretches[index] = CrossStretch.Find(
            series, rule, (int)((long)blocks * index / stretches.Length), (int)((long)blocks * (index + 1) / stretches.Length), progress, options.CancellationToken));
        var (account, isLong) = (new QuickAccount(market), false);
        foreach (var stretch in stretches)
        {
            isLong = CrossScan.Act(stretch.Crossings, stretch.Opens, isLong, ref account);
            stretch.Dispose();
        }

        return account.Result();
    }

    private static void Walk(PriceSeries series, CrossRule[] rules, QuickMarket market, Action<long>? progress, CancellationToken cancellationToken, Action<int, SweepResult> done)
    {
        if (rules.Length == 0)
            return;
        var isNarrow = Array.ConvertAll(rules, rule => CrossWalk.FitsNarrow(series, rule));
        var longest = rules.Max(rule => rule.FirstBar);
        var narrow = isNarrow.Contains(true) ? new CrossBlock<int>(longest) : null;
        var wide = isNarrow.Contains(false) ? new CrossBlock<long>(longest) : null;
        var accounts = new QuickAccount[rules.Length];
        var states = new CrossState[rules.Length];
        var scan = new CrossScan();
        for (var index = 0; index < rules.Length; index++)
            accounts[index] = new QuickAccount(market);
        for (var start = 0; start < series.Count; start += CrossScan.Bars)
        {
            cancellationToken.ThrowIfCancellationRequested();
            narrow?.Take(series.NarrowCloseTicks, start);
            wide?.Take(series.CloseTicks, start);
            for (var index = 0; index < rules.Length; index++)
                if (isNarrow[index])
                    scan.Run(narrow!, rules[index], series.QuickOpens, ref states[index], ref accounts[index]);
                else
                    scan.Run(wide!, rules[index], series.QuickOpens, ref states[index], ref accounts[index]);
            progress?.Invoke((long)rules.Length * Math.Min(CrossScan.Bars, series.Count - start));
        }

        for (var index = 0; index < rules.Length; index++)
            done(index, accounts[index].Result());
    }
}
