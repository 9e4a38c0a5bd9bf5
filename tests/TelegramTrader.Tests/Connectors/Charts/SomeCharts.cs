using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Connectors.Charts;

/// <summary>One chart of each kind, with names as strangers write them.</summary>
internal static class SomeCharts
{
    public const string Hostile = "{b}<script>alert(1)</script>\u202e🐳 中文 {a}\r\n'\"";

    public static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 5, 11, 0, 0, 0, TimeSpan.Zero));

    public static IReadOnlyList<string> Names { get; } = ["equity", "trade", "heat-map", "scorecard", "months"];

    public static Chart Of(string name, ChartTheme theme = ChartTheme.Dark) => name switch
    {
        "equity" => EquityChart.Of(Equity(200), ChartStyle.Of(theme)),
        "trade" => TradeChart.Of(Trade(), ChartStyle.Of(theme)),
        "heat-map" => HeatMapChart.Of(HeatMap(), ChartStyle.Of(theme)),
        "scorecard" => ScorecardChart.Of(Scorecard(), ChartStyle.Of(theme)),
        "months" => MonthlyChart.Of(Months(), ChartStyle.Of(theme)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such chart."),
    };

    public static ChartHeading Heading { get; } = new(Hostile, "PAPER", Hostile, [new ChartFact(Hostile, "+1.00 R", true), new ChartFact("Drawdown", Hostile, false)]);

    public static EquityInput Equity(int points) => new()
    {
        Heading = Heading,
        Points = [.. Enumerable.Range(0, points).Select(index => new EquityPoint(Start + TimeSpan.FromMinutes(index), 10_000m + 300m * (index % 97) - index / 3m))],
        Asset = "USDT",
        Zone = TimeZoneInfo.Utc,
    };

    public static TradeInput Trade() => new()
    {
        Heading = Heading,
        Candles = [.. Enumerable.Range(0, 300).Select(minute => Candle(minute, 100 + minute % 23))],
        Levels =
        [
            new TradeLevel(TradeLevelKind.Entry, "Entry", 105m), new TradeLevel(TradeLevelKind.Stop, "Stop", 104.9m), new TradeLevel(TradeLevelKind.TargetHit, "Target 1", 110m),
            new TradeLevel(TradeLevelKind.Target, "Target 2", 900m),
        ],
        Marks = [new TradeMark(Start + TimeSpan.FromMinutes(60), 105m, TradeMarkKind.Bought), new TradeMark(Start + TimeSpan.FromMinutes(90), 110m, TradeMarkKind.Sold)],
        From = Start + TimeSpan.FromMinutes(60),
        To = Start + TimeSpan.FromMinutes(200),
        Zone = TimeZoneInfo.Utc,
    };

    public static HeatMapInput HeatMap() => new()
    {
        Heading = Heading,
        AcrossName = Hostile,
        Across = [10m, 20m, 30m],
        DownName = "fast",
        Down = [0.1m, 0.30000m],
        Percent = [[1.23456789, null, -4], [12, 0.1 + 0.2, double.NaN]],
    };

    public static ScorecardInput Scorecard() => new()
    {
        Heading = Heading,
        Channels = [new ScorecardBar(Hostile, 0.4, 0.1, 0.7, 120), new ScorecardBar("中文", -0.2, -0.5, 0.1, 80), new ScorecardBar("few", 3, -2, 8, 3, HasEnough: false), new ScorecardBar("none", null, null, null, 0, HasEnough: false)],
    };

    public static MonthlyInput Months() => new() { Heading = Heading, Months = [new MonthResult(2024, 12, -3.3), new MonthResult(2025, 1, 10), new MonthResult(2025, 2, 10)], Unit = "%", AreReturns = true };

    public static Candle Candle(int minute, decimal price) => new(
        Start + TimeSpan.FromMinutes(minute), Timeframe.OneMinute, new Price(price), new Price(price + 2m), new Price(price - 1m), new Price(price + 1m), 10m + minute % 7);
}
