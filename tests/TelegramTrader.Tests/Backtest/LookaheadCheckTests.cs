using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtest;

public sealed class LookaheadCheckTests
{
    private static readonly StrategySettings Settings = new() { Units = 1m, Cash = 1_000_000m };

    [Fact]
    public void Of_StrategyOfTheCatalogue_NothingDiffers()
    {
        var series = Walk(61);
        var kind = StrategyCatalog.Find("sma-cross")!;
        var values = kind.Complete(new Dictionary<string, decimal> { ["fast"] = 5m, ["slow"] = 20m }).Values!;
        var whole = kind.Run(series, values, Settings);
        Assert.True(whole.Trades.Count > 5);
        Assert.Equal(new LookaheadCheck(10, 0, null), LookaheadCheck.Of(series, kind, values, Settings, whole));
    }

    [Fact]
    public void Of_StrategyThatKnowsALaterBar_IsFound()
    {
        var series = Walk(62);
        StrategyResult Run(PriceSeries part) => StrategyBacktest.Run(part, new Peeking(), Settings);
        var check = LookaheadCheck.Of(series, Run(series), Run, 50);
        Assert.Equal(50, check.Cuts);
        Assert.True(check.Different > 10, $"only {check.Different} differ");
        Assert.InRange(check.FirstDifference!.Value, 1, 1_000);
    }

    [Fact]
    public void Of_FewerBarsThanCuts_TakesThoseThatThereAre()
    {
        var series = new PriceSeries([60_000L, 120_000L, 180_000L], [1m, 2m, 3m], [1m, 2m, 3m]);
        StrategyResult Run(PriceSeries part) => StrategyBacktest.Run(part, new CrossRule(1, 2), Settings);
        Assert.Equal(new LookaheadCheck(2, 0, null), LookaheadCheck.Of(series, Run(series), Run));
    }

    private static PriceSeries Walk(ulong seed)
    {
        const int Count = 2_000;
        var numbers = new SeededNumbers(seed);
        var (opens, closes, price) = (new decimal[Count], new decimal[Count], 1_000m);
        for (var bar = 0; bar < Count; bar++)
            (opens[bar], closes[bar]) = (price, price = Math.Max(500m, price + numbers.Next(-5, 6)));
        return new PriceSeries([.. Enumerable.Range(1, Count).Select(bar => bar * 60_000L)], opens, closes);
    }

    /// <summary>Buys before a rise and sells before a fall, three bars ahead.</summary>
    private sealed class Peeking : IBarStrategy
    {
        public StrategySignal OnClose(PriceSeries series, int bar)
        {
            var later = series.QuickCloses[Math.Min(bar + 3, series.Count - 1)];
            return later > series.QuickCloses[bar] ? StrategySignal.Buy : later < series.QuickCloses[bar] ? StrategySignal.Sell : StrategySignal.None;
        }
    }
}
