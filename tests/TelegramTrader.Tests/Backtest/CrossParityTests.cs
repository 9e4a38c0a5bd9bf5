using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtest;

/// <summary>The quick way of crossing averages against the same bar by bar, on random series in which averages are often equal.</summary>
public sealed class CrossParityTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 8)]
    public void Run_QuickAndBarByBar_MakeTheSameTrades(ulong seed, int decimals)
    {
        var numbers = new SeededNumbers(seed);
        for (var round = 0; round < 60; round++)
        {
            var series = Series(numbers, numbers.Next(1, 9_000), decimals);
            var rule = new CrossRule(numbers.Next(1, 60), numbers.Next(1, 300));
            var settings = Settings(numbers);

            var quick = StrategyBacktest.Run(series, rule, settings);
            var slow = StrategyBacktest.Run(series, new CrossStrategy(rule), settings);

            Assert.Equal(slow.Trades, quick.Trades);
            Assert.Equal(slow.Open, quick.Open);
            Assert.Equal((slow.FinalEquity, slow.LeftOut, slow.Metrics), (quick.FinalEquity, quick.LeftOut, quick.Metrics));
        }
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(12, 2)]
    [InlineData(13, 5)]
    public void Sweep_EachCombination_ComesToWhatItsOwnBacktestComesTo(ulong seed, int workers)
    {
        var numbers = new SeededNumbers(seed);
        for (var round = 0; round < 5; round++)
        {
            var series = Series(numbers, numbers.Next(1, 9_000), 2);
            CrossRule[] rules = [.. Enumerable.Range(0, numbers.Next(1, 40)).Select(_ => new CrossRule(numbers.Next(1, 60), numbers.Next(1, 300)))];
            var settings = Settings(numbers);

            var swept = CrossSweep.Run(series, rules, settings, workers);

            foreach (var (result, rule) in swept.Zip(rules))
            {
                var alone = StrategyBacktest.Run(series, rule, settings);
                Assert.Equal(alone.Trades.Count, result.Trades);
                Assert.Equal((double)alone.FinalEquity, result.FinalEquity, (double)alone.FinalEquity * 1e-9);
                Assert.Equal(alone.Metrics.Daily.Count, result.Daily.Count);
                Assert.Equal(alone.Metrics.Daily.Mean, result.Daily.Mean, 1e-9);
            }
        }
    }

    /// <summary>With fewer rules than threads each thread looks for crossings in a part of the series.</summary>
    [Theory]
    [InlineData(31, 0)]
    [InlineData(32, 8)]
    public void Sweep_OneRuleOnManyThreads_ComesToWhatOneThreadComesTo(ulong seed, int decimals)
    {
        var numbers = new SeededNumbers(seed);
        for (var round = 0; round < 20; round++)
        {
            var series = Series(numbers, numbers.Next(1, 20_000), decimals);
            var rule = new CrossRule(numbers.Next(1, 60), numbers.Next(1, 3_000));
            var settings = Settings(numbers);
            var told = 0L;

            var many = CrossSweep.Run(series, [rule], settings, numbers.Next(2, 9), done => Interlocked.Add(ref told, done));

            Assert.Equal(CrossSweep.Run(series, [rule], settings, 1), many);
            Assert.Equal(series.Count, told);
        }
    }

    /// <summary>Nothing that happens later changes what was traded before.</summary>
    [Fact]
    public void Run_TheFutureIsCutOff_TheTradesBeforeItStayTheSame()
    {
        var numbers = new SeededNumbers(21);
        var series = Series(numbers, 5_000, 0);
        var rule = new CrossRule(5, 21);
        var whole = StrategyBacktest.Run(series, rule, new StrategySettings { Units = 1m, Cash = 1_000_000m });
        for (var cut = 500; cut < 5_000; cut += 500)
        {
            var part = StrategyBacktest.Run(Part(series, cut), rule, new StrategySettings { Units = 1m, Cash = 1_000_000m });
            Assert.Equal(whole.Trades.Where(trade => trade.ExitBar < cut), part.Trades);
        }
    }

    [Fact]
    public void Run_WindowsTooLargeForTheQuickWay_AreWalkedBarByBar()
    {
        long[] times = [.. Enumerable.Range(0, 50).Select(bar => bar * 60_000L)];
        decimal[] prices = [.. Enumerable.Range(0, 50).Select(bar => bar % 7 < 4 ? 900_000_000.000001m : 910_000_000m)];
        var series = new PriceSeries(times, prices, prices);
        var rule = new CrossRule(7, 99_991);
        Assert.False(CrossWalk.Fits(series, rule));
        Assert.Empty(StrategyBacktest.Run(series, rule, new StrategySettings()).Trades);
        Assert.Equal(0, Assert.Single(CrossSweep.Run(series, [rule], new StrategySettings(), 2)).Trades);
    }

    private static StrategySettings Settings(SeededNumbers numbers) => new()
    {
        Units = numbers.Chance(50) ? null : numbers.Next(1, 100) / 10m,
        Cash = numbers.Chance(20) ? 900m : 1_000_000m,
        Fee = numbers.Next(0, 5) / 1_000m,
    };

    /// <summary>Few different prices, so that averages are often equal; and sometimes a time that is missing.</summary>
    private static PriceSeries Series(SeededNumbers numbers, int count, int decimals)
    {
        var tick = 1m;
        for (var digit = 0; digit < decimals; digit++)
            tick /= 10m;
        var (times, opens, closes) = (new long[count], new decimal[count], new decimal[count]);
        var (time, price) = (1_500_000_000_000L, 1_000);
        for (var bar = 0; bar < count; bar++)
        {
            time += 60_000 * (numbers.Chance(3) ? numbers.Next(1, 900) : 1);
            (times[bar], opens[bar]) = (time, price * tick + (decimals == 8 ? 700m : 0m));
            price = Math.Clamp(price + numbers.Next(-2, 3), 900, 1_100);
            closes[bar] = price * tick + (decimals == 8 ? 700m : 0m);
        }

        return new PriceSeries(times, opens, closes);
    }

    private static PriceSeries Part(PriceSeries series, int count) => new(series.Times[..count], series.Opens[..count], series.Closes[..count]);
}
