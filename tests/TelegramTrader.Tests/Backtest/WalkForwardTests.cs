using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtest;

public sealed class WalkForwardTests
{
    private static readonly StrategyKind Kind = EmaCrossStrategy.Kind;
    private static readonly StrategySettings Settings = new() { Cash = 10_000m, Fee = 0.001m };

    private static readonly IReadOnlyDictionary<string, decimal>[] Combinations =
        [.. from fast in (decimal[])[3, 8, 20] from slow in (decimal[])[30, 60] select new Dictionary<string, decimal> { ["fast"] = fast, ["slow"] = slow }];

    [Fact]
    public void Run_EachWindow_TradesWhatWasBestOnAllBarsBeforeIt()
    {
        var series = Series(4_001, 4_001);
        var told = 0L;

        var walk = WalkForward.Run(series, Kind, Combinations, Settings, 4, 2, done => Interlocked.Add(ref told, done));

        Assert.Equal([(800, 1_600), (1_600, 2_400), (2_400, 3_200), (3_200, 4_001)], walk.Windows.Select(window => (window.From, window.To)));
        Assert.Equal(Combinations.Length * WalkForward.BarsLearnt(series.Count, 4), told);
        var cash = Settings.Cash;
        foreach (var window in walk.Windows)
        {
            var best = Combinations.MaxBy(values => Kind.Run(series.Part(0, window.From), values, Settings).FinalEquity);
            Assert.Equal(best, window.Params);
            cash = Traded(series, window.From, window.To, best!, cash);
            Assert.Equal((double)cash, (double)window.Result.FinalEquity, 1e-6);
        }

        Assert.Equal((double)cash, (double)walk.Joined.FinalEquity, 1e-6);
        Assert.Equal((double)(cash / Settings.Cash) - 1, walk.Joined.Metrics.Return, 1e-9);
        Assert.Equal(4_001 - 800, walk.Joined.Bars);
        var cutShort = walk.Windows.SkipLast(1).Count(window => window.Result.Open is not null);
        Assert.Equal(walk.Windows.Sum(window => window.Result.Trades.Count) + cutShort, walk.Joined.Trades.Count);
        Assert.Equal(walk.Joined.Trades.OrderBy(trade => trade.EntryBar), walk.Joined.Trades);
        Assert.All(walk.Joined.Trades.Where(trade => walk.Windows.All(window => window.To - 800 != trade.ExitBar)), trade => Assert.Equal(series.Opens[800 + trade.ExitBar!.Value], trade.ExitPrice));
    }

    [Fact]
    public void Run_LaterPricesAreOthers_EarlierWindowsStayTheSame()
    {
        var before = WalkForward.Run(Series(4_001, 4_001), Kind, Combinations, Settings, 4, 1);
        var after = WalkForward.Run(Series(4_001, 2_400), Kind, Combinations, Settings, 4, 1);
        for (var window = 0; window < 2; window++)
            Assert.Equal((before.Windows[window].Params, before.Windows[window].Result.FinalEquity), (after.Windows[window].Params, after.Windows[window].Result.FinalEquity));
        Assert.NotEqual(before.Windows[2].Result.FinalEquity, after.Windows[2].Result.FinalEquity);
    }

    [Fact]
    public void Run_TooFewBars_IsRefused() =>
        Assert.Contains("needs at least 11 bars, but there are 10", Assert.Throws<ArgumentException>(() => WalkForward.Run(Series(10, 10), Kind, Combinations, Settings, 10, 1)).Message, StringComparison.Ordinal);

    /// <summary>What a strategy that has seen all bars comes to when it may trade on those of a window only.</summary>
    private static decimal Traded(PriceSeries series, int from, int to, IReadOnlyDictionary<string, decimal> values, decimal cash)
    {
        var strategy = Kind.Make(values);
        var units = 0m;
        for (var bar = 0; bar < to - 1; bar++)
        {
            var said = strategy.OnClose(series, bar);
            if (bar < from)
                continue;
            if (said == StrategySignal.Buy && units == 0m)
                (units, cash) = (cash / 1.001m / series.Opens[bar + 1], 0m);
            else if (said == StrategySignal.Sell && units > 0m)
                (units, cash) = (0m, units * series.Opens[bar + 1] * 0.999m);
        }

        return cash + units * series.Closes[to - 1];
    }

    /// <param name="same">From this bar on the prices are others.</param>
    private static PriceSeries Series(int count, int same)
    {
        var numbers = new SeededNumbers(61);
        var (times, opens, closes) = (new long[count], new decimal[count], new decimal[count]);
        var cents = 100_000;
        for (var bar = 0; bar < count; bar++)
        {
            (times[bar], opens[bar]) = (1_500_000_000_000L + bar * 60_000L, cents / 100m);
            cents = Math.Clamp(cents + numbers.Next(-300, 301) * (bar < same ? 1 : -2), 50_000, 200_000);
            closes[bar] = cents / 100m;
        }

        return new PriceSeries(times, opens, closes);
    }
}
