using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtest;

/// <summary>What holds for every strategy: it knows nothing of the future, and a sweep comes to what its backtest comes to.</summary>
public sealed class StrategyCatalogTests
{
    private static readonly StrategySettings Settings = new() { Units = 1m, Cash = 1_000_000m, Fee = 0.001m };

    public static TheoryData<string> Names => [.. StrategyCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheFutureIsAnother_WhatWasSaidBeforeStaysTheSame(string name)
    {
        var kind = StrategyCatalog.Find(name)!;
        var whole = Bars.Walk(new SeededNumbers(51), 3_000);
        var said = Said(kind, whole.Series);
        Assert.Contains(StrategySignal.Buy, said);
        Assert.Contains(StrategySignal.Sell, said);
        for (var cut = 100; cut < whole.Series.Count; cut += 290)
        {
            Assert.Equal(said[..cut], Said(kind, whole.Series.Part(0, cut)));
            Assert.Equal(said[..cut], Said(kind, whole.Otherwise(cut).Series)[..cut]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheFutureIsCutOff_TheTradesBeforeItStayTheSame(string name)
    {
        var kind = StrategyCatalog.Find(name)!;
        var series = Bars.Walk(new SeededNumbers(52), 3_000).Series;
        var whole = kind.Run(series, Usual(kind), Settings);
        Assert.True(whole.Trades.Count > 5, $"only {whole.Trades.Count} trades");
        for (var cut = 100; cut < series.Count; cut += 290)
            Assert.Equal(whole.Trades.Where(trade => trade.ExitBar < cut), kind.Run(series.Part(0, cut), Usual(kind), Settings).Trades);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sweep_ComesToWhatTheBacktestComesTo(string name)
    {
        var kind = StrategyCatalog.Find(name)!;
        var series = Bars.Walk(new SeededNumbers(53), 70_000).Series;
        var bars = kind.Parameters.Last(parameter => parameter.IsBars);
        IReadOnlyDictionary<string, decimal>[] combinations = [.. Enumerable.Range(0, 4).Select(step => new Dictionary<string, decimal>(Usual(kind)) { [bars.Name] = Usual(kind)[bars.Name] + step })];
        var told = 0L;

        var swept = StrategySweep.Run(series, kind, combinations, Settings, 2, done => Interlocked.Add(ref told, done));

        Assert.Equal(4L * series.Count, told);
        foreach (var (result, values) in swept.Zip(combinations))
        {
            var alone = kind.Run(series, values, Settings);
            Assert.Equal(alone.Trades.Count, result.Trades);
            Assert.Equal((double)alone.FinalEquity, result.FinalEquity, (double)alone.FinalEquity * 1e-9);
            Assert.Equal(alone.Metrics.Daily.Mean, result.Daily.Mean, 1e-9);
        }
    }

    /// <summary>Worked out by hand, with the values of the indicators beside them; B buys, S sells.</summary>
    [Theory]
    // The slow one of 3 is 3, then 4.5, then 3.25; at the third close both are 3.
    [InlineData("ema-cross", "fast=1 slow=3", "3 3 3 6 2", "---BS")]
    // 0, 100, 0, 50: through 30 from below at the third and the last, through 70 from above at the fourth.
    [InlineData("rsi", "period=1 low=30 high=70", "10 9 10 9 9", "--BSB")]
    // Lines 3, 0, 3, −4.5; signals 1.5, 2.5, −2.17 from the fourth on.
    [InlineData("macd", "fast=1 slow=3 signal=2", "3 6 9 6 12 0", "----BS")]
    // Means 9, 9, 10 with deviations 1, 1, 0: 8 is below 8.5, 10 above 9, and 10 is not above 10.
    [InlineData("bollinger", "period=2 width=0.5", "10 8 10 10", "-BS-")]
    // High/low/close: 11.5 is above 11, the higher of two bars before; 10.5 is below 11, the low of one before.
    [InlineData("donchian", "entry=2 exit=1", "10/9/9.5 11/9/10 12/10/11.5 12/11/11.5 11/10/10.5", "--B-S")]
    // The bars of the indicator's own test: up at the third, down at the fifth.
    [InlineData("supertrend", "period=1 factor=1", "10/8/9 11/9/10 13/11/13 13/12/12 12/10/11", "--B-S")]
    public void OnClose_SmallSeries_SaysWhatWasWorkedOut(string name, string parameters, string bars, string expected)
    {
        var kind = StrategyCatalog.Find(name)!;
        var given = parameters.Split(' ').Select(text => text.Split('=')).ToDictionary(parts => parts[0], parts => decimal.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        var prices = bars.Split(' ').Select(bar => bar.Split('/').Select(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).ToArray();
        decimal[] closes = [.. prices.Select(bar => bar[^1])];
        var series = new PriceSeries([.. Enumerable.Range(1, closes.Length).Select(bar => bar * 60_000L)], closes, closes, [.. prices.Select(bar => bar[0])], [.. prices.Select(bar => bar[bar.Length / 2])]);
        var said = Said(kind, series, kind.Complete(given).Values!);
        Assert.Equal(expected, string.Concat(said.Select(signal => signal switch { StrategySignal.Buy => 'B', StrategySignal.Sell => 'S', _ => '-' })));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_NamesEveryParameterWithItsRange(string name)
    {
        var row = Assert.Single(File.ReadLines(ProjectFolder.Path("docs", "strategies.md")), line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal));
        foreach (var parameter in StrategyCatalog.Find(name)!.Parameters)
        {
            Assert.Contains($"`{parameter.Name}`", row, StringComparison.Ordinal);
            Assert.Contains(FormattableString.Invariant($"{parameter.Least}–{parameter.Most}"), row, StringComparison.Ordinal);
            Assert.Contains(parameter.Usual is { } usual ? FormattableString.Invariant($", {usual}") : "must be given", row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HighsAndLows_NotGiven_CanNotBeAskedFor()
    {
        var series = new PriceSeries([60_000L], [1m], [1m]);
        Assert.Contains("without highs and lows", Assert.Throws<InvalidOperationException>(() => series.QuickLows.Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PriceSeries([60_000L], [1m], [1m], [1m]));
    }

    private static StrategySignal[] Said(StrategyKind kind, PriceSeries series) => Said(kind, series, Usual(kind));

    private static StrategySignal[] Said(StrategyKind kind, PriceSeries series, IReadOnlyDictionary<string, decimal> values)
    {
        var strategy = kind.Make(values);
        return [.. Enumerable.Range(0, series.Count).Select(bar => strategy.OnClose(series, bar))];
    }

    private static IReadOnlyDictionary<string, decimal> Usual(StrategyKind kind)
    {
        var given = kind.Parameters.Where(parameter => parameter.Usual is null).Select((parameter, place) => (parameter.Name, Value: 7m + 11 * place));
        return kind.Complete(given.ToDictionary(one => one.Name, one => one.Value)).Values!;
    }

    private sealed record Bars(long[] Times, decimal[] Opens, decimal[] Highs, decimal[] Lows, decimal[] Closes)
    {
        public PriceSeries Series { get; } = new(Times, Opens, Closes, Highs, Lows);

        public static Bars Walk(SeededNumbers numbers, int count)
        {
            var (times, opens, highs, lows, closes) = (new long[count], new decimal[count], new decimal[count], new decimal[count], new decimal[count]);
            var cents = 100_000;
            for (var bar = 0; bar < count; bar++)
            {
                times[bar] = 1_500_000_000_000L + bar * 60_000L;
                opens[bar] = cents / 100m;
                cents = Math.Clamp(cents + numbers.Next(-300, 301), 50_000, 200_000);
                closes[bar] = cents / 100m;
                highs[bar] = Math.Max(opens[bar], closes[bar]) + numbers.Next(0, 100) / 100m;
                lows[bar] = Math.Min(opens[bar], closes[bar]) - numbers.Next(0, 100) / 100m;
            }

            return new Bars(times, opens, highs, lows, closes);
        }

        /// <summary>The same up to a bar, and from there on prices that never were.</summary>
        public Bars Otherwise(int from)
        {
            decimal[] Changed(decimal[] prices) => [.. prices.Select((price, bar) => bar < from ? price : price * 3m + bar)];
            return new Bars(Times, Changed(Opens), Changed(Highs), Changed(Lows), Changed(Closes));
        }
    }
}
