using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Core.Backtest.Strategies.Blocks;

namespace TelegramTrader.Core.Backtest;

/// <summary>Many combinations of the parameters of one strategy over one series.</summary>
public static class StrategySweep
{
    /// <summary>So many bars are walked between two reports and two looks at whether to go on.</summary>
    private const int Stretch = 1 << 16;

    /// <summary>In the order of the combinations.</summary>
    /// <param name="combinations">As <see cref="StrategyKind.Complete"/> gives them.</param>
    /// <param name="workers">Threads, at least 1; those of the scheduler of the task that calls.</param>
    /// <param name="progress">Hears of bars times combinations that are done; from any thread.</param>
    /// <exception cref="ArgumentException">There is no bar.</exception>
    /// <exception cref="OperationCanceledException">Cancelled on the way.</exception>
    public static IReadOnlyList<SweepResult> Run(
        PriceSeries series, StrategyKind kind, IReadOnlyList<IReadOnlyDictionary<string, decimal>> combinations, StrategySettings settings, int workers,
        Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (kind.Rule is { } rule)
            return CrossSweep.Run(series, [.. combinations.Select(rule)], settings, workers, progress, cancellationToken);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        settings.Check();
        if (series.Count == 0)
            throw new ArgumentException("There is no bar to test on.");
        var market = new QuickMarket(series, settings);
        if (kind.Block is { } block)
            return BlockSweep.Run(market, [.. combinations.Select(values => (Func<BlockRows, IBlockRule>)(rows => block(values, rows)))], workers, progress, cancellationToken);
        var results = new SweepResult[combinations.Count];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current }, index =>
            results[index] = Walk(market, kind.Make(combinations[index]), progress, cancellationToken));
        return results;
    }

    /// <summary>As <see cref="StrategyBacktest.Run(PriceSeries, IBarStrategy, StrategySettings)"/> walks.</summary>
    private static SweepResult Walk(QuickMarket market, IBarStrategy strategy, Action<long>? progress, CancellationToken cancellationToken)
    {
        var series = market.Series;
        var account = new QuickAccount(market);
        var isLong = false;
        var said = StrategySignal.None;
        for (var start = 0; start < series.Count; start += Stretch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(start + Stretch, series.Count);
            for (var bar = start; bar < end; bar++)
            {
                if (said == StrategySignal.Buy && !isLong)
                {
                    isLong = account.Buy(bar, series.QuickOpens[bar]);
                }
                else if (said == StrategySignal.Sell && isLong)
                {
                    account.Sell(bar, series.QuickOpens[bar]);
                    isLong = false;
                }

                said = strategy.OnClose(series, bar);
            }

            progress?.Invoke(end - start);
        }

        return account.Result();
    }
}
