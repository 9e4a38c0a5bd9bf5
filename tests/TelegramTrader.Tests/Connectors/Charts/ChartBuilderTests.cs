using System.Text.Json.Nodes;
using TelegramTrader.Connectors.Charts;

namespace TelegramTrader.Tests.Connectors.Charts;

public sealed class ChartBuilderTests
{
    public static TheoryData<string, ChartTheme> All()
    {
        var data = new TheoryData<string, ChartTheme>();
        foreach (var name in SomeCharts.Names)
            foreach (var theme in Enum.GetValues<ChartTheme>())
                data.Add(name, theme);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Option_OfEveryChart_IsDataAloneWithCleanTexts(string name, ChartTheme theme)
    {
        var chart = SomeCharts.Of(name, theme);

        var option = chart.Option;
        Assert.Equal((name, Chart.PhoneWidth), (chart.Name, chart.Width));
        Assert.InRange(chart.Height, 250, 700);
        Assert.Equal(ChartStyle.Of(theme).Background, (string?)option["backgroundColor"]);
        Assert.StartsWith("PAPER · ", (string?)option["title"]![0]!["subtext"], StringComparison.Ordinal);
        var texts = Texts(option).ToArray();
        Assert.DoesNotContain(texts, text => text.Contains("function", StringComparison.Ordinal) || text.Contains("=>", StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Any(char.IsControl) || text.Contains('中', StringComparison.Ordinal) || text.EnumerateRunes().Any(rune => rune.Value > 0xFFFF));
        // Placeholders are ours alone: {b}, {value} and those of times.
        Assert.DoesNotContain(texts, text => text.Contains("{a}", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("(b)<script>alert(1)</script>", StringComparison.Ordinal));
        Assert.All(Numbers(option), number => Assert.True(double.IsFinite(number)));
        Assert.DoesNotContain("0.30000000000000004", option.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Equity_TwoMillionPoints_IsASmallOptionWithEveryExtreme()
    {
        var points = new EquityPoint[2_000_000];
        for (var index = 0; index < points.Length; index++)
            points[index] = new EquityPoint(SomeCharts.Start + TimeSpan.FromMinutes(index), 10_000m + index % 1_000);
        points[1_234_567] = points[1_234_567] with { Equity = 5_000m };

        var chart = EquityChart.Of(SomeCharts.Equity(2) with { Points = points }, ChartStyle.Of(ChartTheme.Dark));

        Assert.InRange(chart.Option.ToJsonString().Length, 10_000, 100_000);
        Assert.Contains(chart.Option["series"]![0]!["data"]!.AsArray(), point => (double)point![1]! == 5_000);
        // 5,000 below 10,999.
        Assert.Equal(-54.5, chart.Option["series"]![1]!["data"]!.AsArray().Min(point => (double)point![1]!), 0.1);
    }

    [Fact]
    public void Equity_BothGrids_ShareTheTime()
    {
        var axes = SomeCharts.Of("equity").Option["xAxis"]!.AsArray();
        Assert.Equal(2, axes.Count);
        Assert.Equal(((long)axes[0]!["min"]!, (long)axes[0]!["max"]!), ((long)axes[1]!["min"]!, (long)axes[1]!["max"]!));
    }

    [Fact]
    public void Equity_ThatNeverMovesOrFallsBelowNothing_CanBeDrawn()
    {
        foreach (var equity in new[] { 0m, 10_000m, -50m })
        {
            EquityPoint[] flat = [new(SomeCharts.Start, equity), new(SomeCharts.Start, equity)];
            Assert.NotNull(EquityChart.Of(SomeCharts.Equity(2) with { Points = flat }, ChartStyle.Of(ChartTheme.Light)));
        }
    }

    [Fact]
    public void Trade_LevelFarAway_HasALabelWithAnArrowAndNoLine()
    {
        var series = SomeCharts.Of("trade").Option["series"]!.AsArray();
        var lines = series.Where(one => (string?)one!["type"] == "line").ToArray();
        // Three levels, each as long as the trade and more faintly after it.
        Assert.Equal(6, lines.Length);
        Assert.DoesNotContain(lines, line => (double)line!["data"]![0]![1]! > 500);
        var labels = series.SelectMany(one => one!["data"]!.AsArray()).Where(point => point is JsonObject && point["name"] is not null).Select(point => (string)point!["name"]!);
        Assert.Equal(["Stop 104.9", "Entry 105", "Target 1 110", "Target 2 900↑"], labels);
    }

    [Fact]
    public void Trade_ThatBeganAfterTheLastCandle_CanBeDrawn()
    {
        var input = SomeCharts.Trade();
        var late = SomeCharts.Start + TimeSpan.FromDays(3);
        Assert.NotNull(TradeChart.Of(input with { Candles = [SomeCharts.Candle(0, 100)], From = late, To = null, Marks = [] }, ChartStyle.Of(ChartTheme.Dark)));
    }

    [Fact]
    public void HeatMap_Best_HasAFrameAndWhatWasNotTriedIsLeftOut()
    {
        var series = SomeCharts.Of("heat-map").Option["series"]!.AsArray();
        Assert.Equal(4, series[0]!["data"]!.AsArray().Count);
        var frame = Assert.Single(series[1]!["data"]!.AsArray())!["value"]!;
        Assert.Equal((0, 1), ((int)(double)frame[0]!, (int)(double)frame[1]!));
        Assert.Contains(series[0]!["data"]!.AsArray(), field => (string?)field!["name"] == "+0.3");
    }

    [Fact]
    public void Scorecard_NobodyWithEnough_HasNoScale()
    {
        var option = ScorecardChart.Of(SomeCharts.Scorecard() with { Channels = [new ScorecardBar("few", 3, -2, 8, 3, HasEnough: false)], ConfidencePercent = 99.9 }, ChartStyle.Of(ChartTheme.Dark)).Option;
        Assert.False((bool)option["xAxis"]!["show"]!);
        Assert.All(option["series"]!.AsArray(), series => Assert.Empty(series!["data"]!.AsArray()));
        Assert.All(option["series"]!.AsArray(), series => Assert.Null(series!["markLine"]));
        Assert.Equal("Too few trades to judge any of them by", (string)option["graphic"]!.AsArray()[^1]!["style"]!["text"]!);
    }

    [Fact]
    public void Scorecard_TooFewSignals_SaysSoAndDrawsNoNumber()
    {
        var option = SomeCharts.Of("scorecard").Option;
        var notes = option["graphic"]!.AsArray().Select(note => (string)note!["style"]!["text"]!).ToArray();
        Assert.Contains("not enough data · 3 trades", notes);
        Assert.Contains("Channel without a name", notes);
        Assert.Contains("+0.40 R · 120 trades", notes);
        // Two of four channels have a point.
        Assert.Equal(2, option["series"]!.AsArray()[^1]!["data"]!.AsArray().Count);
    }

    [Fact]
    public void Months_Returns_AreCompoundedOverAYear()
    {
        var names = SomeCharts.Of("months").Option["series"]![0]!["data"]!.AsArray().Select(field => (string)field!["name"]!).ToArray();
        // 1.1 × 1.1 = 1.21.
        Assert.Equal(["−3.3", "−3.3", "+10.0", "+10.0", "+21.0"], names);
    }

    [Fact]
    public void Builders_WithoutAnythingToShow_SayWhatIsMissing()
    {
        var style = ChartStyle.Of(ChartTheme.Dark);
        Assert.Contains("two points or more", Assert.Throws<ArgumentException>(() => EquityChart.Of(SomeCharts.Equity(1), style)).Message, StringComparison.Ordinal);
        Assert.Contains("a candle or more", Assert.Throws<ArgumentException>(() => TradeChart.Of(SomeCharts.Trade() with { Candles = [] }, style)).Message, StringComparison.Ordinal);
        Assert.Contains("rows of equal length", Assert.Throws<ArgumentException>(() => HeatMapChart.Of(SomeCharts.HeatMap() with { Down = [1m] }, style)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one result", Assert.Throws<ArgumentException>(() => HeatMapChart.Of(SomeCharts.HeatMap() with { Percent = [[null, null, null], [null, null, null]] }, style)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => ScorecardChart.Of(SomeCharts.Scorecard() with { Channels = [] }, style)).Message, StringComparison.Ordinal);
        Assert.Contains("given twice", Assert.Throws<ArgumentException>(() => MonthlyChart.Of(SomeCharts.Months() with { Months = [new MonthResult(2025, 1, 1), new MonthResult(2025, 1, 2)] }, style)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 12", Assert.Throws<ArgumentException>(() => MonthlyChart.Of(SomeCharts.Months() with { Months = [new MonthResult(2025, 13, 1)] }, style)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(entry => Texts(entry.Value)),
        JsonArray array => array.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static IEnumerable<double> Numbers(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(entry => Numbers(entry.Value)),
        JsonArray array => array.SelectMany(Numbers),
        JsonValue value when value.TryGetValue<double>(out var number) => [number],
        _ => [],
    };
}
