using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtest;

/// <summary>The sweep that goes over blocks and shares indicators against the same bar by bar: random parameters, random series in which prices are often equal and times missing.</summary>
public sealed class BlockParityTests
{
    public static TheoryData<string> Names => [.. StrategyCatalog.All.Where(kind => kind.Block is not null).Select(kind => kind.Name)];

    [Fact]
    public void EveryStrategy_HasABlockForm_OrAWayOfItsOwn() =>
        Assert.DoesNotContain(StrategyCatalog.All, kind => kind.Block is null && kind.Rule is null);

    [Theory]
    [MemberData(nameof(Names))]
    public void Sweep_InBlocksAndBarByBar_ComeToTheSameToTheLastDigit(string name)
    {
        var kind = StrategyCatalog.Find(name)!;
        var numbers = new SeededNumbers(71);
        var trades = 0;
        for (var round = 0; round < 25; round++)
        {
            var series = Series(numbers, numbers.Chance(20) ? numbers.Next(1, 70) : numbers.Chance(20) ? 2_048 * numbers.Next(1, 4) : numbers.Next(1, 9_000));
            var combinations = Combinations(kind, numbers);
            var settings = Settings(numbers);
            var told = 0L;

            var blocks = StrategySweep.Run(series, kind, combinations, settings, numbers.Next(1, 6), done => Interlocked.Add(ref told, done));
            var walked = StrategySweep.Run(series, kind with { Block = null }, combinations, settings, 2);

            Assert.Equal((long)combinations.Length * series.Count, told);
            Assert.Equal(walked, blocks);
            trades += blocks.Sum(result => result.Trades);
        }

        Assert.True(trades > 1_000, $"only {trades} trades");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sweep_EachCombination_ComesToWhatItsOwnBacktestComesTo(string name)
    {
        var kind = StrategyCatalog.Find(name)!;
        var numbers = new SeededNumbers(72);
        for (var round = 0; round < 4; round++)
        {
            var series = Series(numbers, numbers.Next(2_000, 6_000));
            var combinations = Combinations(kind, numbers);
            // Whole cents that cover every entry: with less, a double and a decimal may differ in whether the last one is affordable.
            var settings = Settings(numbers) with { Cash = 1_000_000m };

            var swept = StrategySweep.Run(series, kind, combinations, settings, 3);

            foreach (var (result, values) in swept.Zip(combinations))
            {
                var alone = kind.Run(series, values, settings);
                Assert.Equal(alone.Trades.Count, result.Trades);
                Assert.Equal((double)alone.FinalEquity, result.FinalEquity, (double)alone.FinalEquity * 1e-9);
                Assert.Equal(alone.Metrics.Daily.Count, result.Daily.Count);
                Assert.Equal(alone.Metrics.Daily.Mean, result.Daily.Mean, 1e-9);
            }
        }
    }

    /// <summary>More than go over the series together, and more workers than there are combinations.</summary>
    [Theory]
    [InlineData(1_100, 2)]
    [InlineData(3, 8)]
    [InlineData(0, 2)]
    public void Sweep_ManyOrFew_EveryCombinationHasItsOwnResult(int count, int workers)
    {
        var kind = EmaCrossStrategy.Kind;
        var series = Series(new SeededNumbers(73), 2_500);
        IReadOnlyDictionary<string, decimal>[] combinations =
            [.. Enumerable.Range(0, count).Select(index => new Dictionary<string, decimal> { ["fast"] = 2 + index % 33, ["slow"] = 3 + index / 33 })];
        var settings = new StrategySettings { Units = 1m, Cash = 1_000_000m };

        Assert.Equal(StrategySweep.Run(series, kind with { Block = null }, combinations, settings, 2), StrategySweep.Run(series, kind, combinations, settings, workers));
    }

    [Fact]
    public void Sweep_CancelledOnTheWay_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var series = Series(new SeededNumbers(74), 9_000);
        IReadOnlyDictionary<string, decimal>[] combinations = [EmaCrossStrategy.Kind.Complete(new Dictionary<string, decimal>()).Values!];
        var told = 0L;
        Assert.Throws<OperationCanceledException>(() => StrategySweep.Run(series, EmaCrossStrategy.Kind, combinations, new StrategySettings(), 1, done =>
        {
            told += done;
            cancellation.Cancel();
        }, cancellation.Token));
        Assert.Equal(2_048, told);
    }

    /// <summary>Few periods, so that indicators are shared; now and then one longer than a block, or than the series.</summary>
    private static IReadOnlyDictionary<string, decimal>[] Combinations(StrategyKind kind, SeededNumbers numbers)
    {
        var combinations = new List<IReadOnlyDictionary<string, decimal>>();
        for (var wanted = numbers.Next(1, 30); combinations.Count < wanted;)
        {
            var given = kind.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
                !parameter.IsBars ? Math.Clamp(parameter.Most == 100m && parameter.Least == 0m ? numbers.Next(0, 21) * 5m : numbers.Next(1, 40) / 10m, parameter.Least, parameter.Most)
                : Math.Max(parameter.Least, numbers.Chance(10) ? numbers.Next(1, 5_000) : numbers.Chance(50) ? numbers.Next(1, 8) : numbers.Next(1, 60)));
            if (kind.Complete(given).Values is { } values && kind.Misfit(values) is null)
                combinations.Add(values);
        }

        return [.. combinations];
    }

    /// <summary>Sometimes so little cash that entries are refused.</summary>
    private static StrategySettings Settings(SeededNumbers numbers) => new()
    {
        Units = numbers.Chance(50) ? null : numbers.Next(1, 100) / 10m,
        Cash = numbers.Chance(30) ? numbers.Next(900, 1_100) : 1_000_000m,
        Fee = numbers.Next(0, 5) / 1_000m,
    };

    /// <summary>Few different prices, stretches without any change, sometimes a leap and sometimes a time that is missing.</summary>
    private static PriceSeries Series(SeededNumbers numbers, int count)
    {
        var (times, opens, highs, lows, closes) = (new long[count], new decimal[count], new decimal[count], new decimal[count], new decimal[count]);
        var (time, price, still) = (1_500_000_000_000L, 1_000, 0);
        for (var bar = 0; bar < count; bar++)
        {
            time += 60_000 * (numbers.Chance(3) ? numbers.Next(1, 900) : 1);
            if (still == 0 && numbers.Chance(1))
                still = numbers.Next(1, 150);
            still = Math.Max(0, still - 1);
            (times[bar], opens[bar]) = (time, price);
            if (still == 0)
                price = Math.Clamp(price + (numbers.Chance(1) ? numbers.Next(-80, 81) : numbers.Next(-2, 3)), 900, 1_100);
            closes[bar] = price;
            highs[bar] = Math.Max(opens[bar], closes[bar]) + (still == 0 ? numbers.Next(0, 3) : 0);
            lows[bar] = Math.Min(opens[bar], closes[bar]) - (still == 0 ? numbers.Next(0, 3) : 0);
        }

        return new PriceSeries(times, opens, closes, highs, lows);
    }
}
