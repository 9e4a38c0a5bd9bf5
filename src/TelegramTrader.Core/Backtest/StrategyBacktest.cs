using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Core.Backtest;

/// <param name="Trades">Those that ended, in their order.</param>
/// <param name="Open">What is held after the last bar, valued at its close.</param>
/// <param name="LeftOut">Entries for which there was not enough cash.</param>
/// <param name="FinalEquity">Cash, and what is open at the last close, in the quote asset.</param>
public sealed record StrategyResult(int Bars, IReadOnlyList<StrategyTrade> Trades, StrategyTrade? Open, int LeftOut, decimal FinalEquity, StrategyMetrics Metrics);

/// <summary>
/// A strategy over candles: what it says at the close of a bar is filled at the open of the next, with a fee on each fill; what it says on the last bar is not filled. There
/// is no spread and no slippage here, which is the common practice for comparing strategies and flatters every one of them alike.
/// </summary>
public static class StrategyBacktest
{
    /// <summary>Bar by bar.</summary>
    /// <param name="strategy">Fresh: it has seen no bar.</param>
    /// <exception cref="ArgumentException">There is no bar.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static StrategyResult Run(PriceSeries series, IBarStrategy strategy, StrategySettings settings)
    {
        Check(series, settings);
        var account = new StrategyAccount(settings);
        var isLong = false;
        var said = StrategySignal.None;
        for (var bar = 0; bar < series.Count; bar++)
        {
            if (said == StrategySignal.Buy && !isLong)
                isLong = account.Buy(bar, series.Opens[bar]);
            else if (said == StrategySignal.Sell && isLong)
            {
                account.Sell(bar, series.Opens[bar]);
                isLong = false;
            }

            said = strategy.OnClose(series, bar);
        }

        return Result(series, settings, account);
    }

    /// <summary>The same for crossing averages, some thousand bars at a time.</summary>
    public static StrategyResult Run(PriceSeries series, CrossRule rule, StrategySettings settings)
    {
        rule.Check();
        if (!CrossWalk.Fits(series, rule))
            return Run(series, new CrossStrategy(rule), settings);
        Check(series, settings);
        var account = new StrategyAccount(settings);
        var sink = new ExactSink(account, series);
        CrossWalk.Run(series, rule, ref sink);
        return Result(series, settings, account);
    }

    private static void Check(PriceSeries series, StrategySettings settings)
    {
        settings.Check();
        if (series.Count == 0)
            throw new ArgumentException("There is no bar to test on.");
    }

    private static StrategyResult Result(PriceSeries series, StrategySettings settings, StrategyAccount account)
    {
        var last = series.Closes[^1];
        var open = account.Open(last);
        return new StrategyResult(
            series.Count, account.Trades, open, account.LeftOut, account.Equity(last), StrategyMetrics.Of(series, settings, account.Trades, open));
    }

    private readonly struct ExactSink(StrategyAccount account, PriceSeries series) : IFillSink
    {
        public bool Buy(int bar, double open) => account.Buy(bar, series.Opens[bar]);

        public void Sell(int bar, double open) => account.Sell(bar, series.Opens[bar]);
    }
}
