using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Core.Backtest;

/// <param name="From">First bar of the window, in the whole series.</param>
/// <param name="To">The bar behind its last.</param>
/// <param name="Params">What did best on all bars before it.</param>
/// <param name="Learnt">What that came to there.</param>
/// <param name="Result">What it came to in the window, with the cash of the window before.</param>
public sealed record WalkForwardWindow(int From, int To, IReadOnlyDictionary<string, decimal> Params, SweepResult Learnt, StrategyResult Result);

/// <param name="Joined">All windows as one backtest, over the bars from the first window on.</param>
public sealed record WalkForwardResult(IReadOnlyList<WalkForwardWindow> Windows, StrategyResult Joined);

/// <summary>
/// Chooses parameters as one would have had to: the bars are cut into equal parts, and in each part but the first that combination trades which was the best on all bars before it (anchored).
/// Pardo, "The Evaluation and Optimization of Trading Strategies", 2008. Each window begins with nothing held and a strategy that has seen all bars before; what is open at its end is valued
/// at its last close, without a fee for the sale, and the next begins with that cash.
/// </summary>
public static class WalkForward
{
    /// <param name="windows">At least 1; there must be a bar for each, and one more.</param>
    /// <param name="workers">Threads, at least 1.</param>
    /// <param name="progress">Hears of bars times combinations that are done; from any thread.</param>
    /// <exception cref="ArgumentException">There are too few bars.</exception>
    /// <exception cref="OperationCanceledException">Cancelled on the way.</exception>
    public static WalkForwardResult Run(
        PriceSeries series, StrategyKind kind, IReadOnlyList<IReadOnlyDictionary<string, decimal>> combinations, StrategySettings settings, int windows, int workers,
        Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windows, 1);
        if (series.Count <= windows)
            throw new ArgumentException($"Walking forward over {windows} windows needs at least {windows + 1} bars, but there are {series.Count}.");
        var walked = new List<WalkForwardWindow>();
        var trades = new List<StrategyTrade>();
        var first = Start(series, windows, 1);
        var (cash, leftOut, open) = (settings.Cash, 0, (StrategyTrade?)null);
        for (var window = 1; window <= windows && cash > 0m; window++)
        {
            var (from, to) = (Start(series, windows, window), Start(series, windows, window + 1));
            var learnt = StrategySweep.Run(series.Part(0, from), kind, combinations, settings, workers, progress, cancellationToken);
            var best = Enumerable.Range(0, learnt.Count).MaxBy(index => learnt[index].FinalEquity);
            var result = Traded(series, from, to, kind.Make(combinations[best]), settings with { Cash = cash });
            walked.Add(new WalkForwardWindow(from, to, combinations[best], learnt[best], result));
            if (open is not null)
                trades.Add(open with { ExitBar = from - first, ExitPrice = series.Closes[from - 1] });
            trades.AddRange(result.Trades.Select(trade => Moved(trade, from - first)));
            open = result.Open is { } held ? Moved(held, from - first) : null;
            (cash, leftOut) = (result.FinalEquity, leftOut + result.LeftOut);
        }

        var traded = series.Part(first, series.Count);
        return new WalkForwardResult(walked, new StrategyResult(traded.Count, trades, open, leftOut, cash, StrategyMetrics.Of(traded, settings, trades, open)));
    }

    /// <summary>So many bars are gone over in all sweeps together, for each combination.</summary>
    public static long BarsLearnt(int bars, int windows) => Enumerable.Range(1, windows).Sum(window => (long)bars * window / (windows + 1));

    /// <summary>The window as a backtest of its own, whose bars count from its first.</summary>
    private static StrategyResult Traded(PriceSeries series, int from, int to, IBarStrategy strategy, StrategySettings settings)
    {
        var whole = StrategyBacktest.Run(series.Part(0, to), new SilentUntil(from, strategy), settings);
        StrategyTrade[] trades = [.. whole.Trades.Select(trade => Moved(trade, -from))];
        var open = whole.Open is { } held ? Moved(held, -from) : null;
        return whole with { Bars = to - from, Trades = trades, Open = open, Metrics = StrategyMetrics.Of(series.Part(from, to), settings, trades, open) };
    }

    private static int Start(PriceSeries series, int windows, int window) => (int)((long)series.Count * window / (windows + 1));

    private static StrategyTrade Moved(StrategyTrade trade, int bars) => trade with { EntryBar = trade.EntryBar + bars, ExitBar = trade.ExitBar + bars };

    /// <summary>Sees every bar and says nothing before the first of its window.</summary>
    private sealed class SilentUntil(int first, IBarStrategy strategy) : IBarStrategy
    {
        public StrategySignal OnClose(PriceSeries series, int bar)
        {
            var signal = strategy.OnClose(series, bar);
            return bar < first ? StrategySignal.None : signal;
        }
    }
}
