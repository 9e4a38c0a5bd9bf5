using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Charts;

public enum TradeLevelKind
{
    Entry,
    Stop,
    Target,

    /// <summary>A target that was reached.</summary>
    TargetHit,
}

/// <summary>A price that means something for the trade.</summary>
/// <param name="Label">A word or two, as in "Stop" or "Target 1".</param>
public sealed record TradeLevel(TradeLevelKind Kind, string Label, decimal Price);

public enum TradeMarkKind
{
    Bought,
    Sold,
}

/// <summary>An execution.</summary>
public sealed record TradeMark(Instant Time, decimal Price, TradeMarkKind Kind);

/// <summary>What a chart of one trade, or of several of one symbol, shows.</summary>
public sealed record TradeInput
{
    public required ChartHeading Heading { get; init; }

    /// <summary>Of one timeframe, by ascending open time; one or more.</summary>
    public required IReadOnlyList<Candle> Candles { get; init; }

    public required IReadOnlyList<TradeLevel> Levels { get; init; }

    public required IReadOnlyList<TradeMark> Marks { get; init; }

    /// <summary>From when the levels held; null for the first candle.</summary>
    public Instant? From { get; init; }

    /// <summary>When the trade ended; null while it goes on.</summary>
    public Instant? To { get; init; }

    public required TimeZoneInfo Zone { get; init; }
}

/// <summary>Candles with entry, stop and targets as lines, purchases and sales as arrows, and volumes underneath.</summary>
public static class TradeChart
{
    private const int Height = 440;
    private const int MostCandles = 110;
    private const int MostLevels = 12;
    private const int Left = 58;
    private const int Right = 122;
    private const double PriceHeight = 240;
    private const double VolumeHeight = 34;

    /// <summary>Between the labels of two levels, in CSS pixels.</summary>
    private const double LabelHeight = 15;

    /// <exception cref="ArgumentException">There is no candle.</exception>
    public static Chart Of(TradeInput input, ChartStyle style)
    {
        if (input.Candles.Count == 0)
            throw new ArgumentException("A chart of a trade needs a candle or more but has none.");
        var candles = Downsampling.Candles(input.Candles, MostCandles);
        // The candle of now may have ended before the last execution.
        var end = new[] { candles[^1].CloseTime, input.To ?? candles[^1].CloseTime }.Concat(input.Marks.Select(mark => mark.Time)).Max();
        var time = TimeScale.Of(candles[0].OpenTime, end, input.Zone, most: 4);
        var levels = input.Levels.OrderBy(level => level.Price).Take(MostLevels).ToArray();
        var prices = Prices(candles, levels, input.Marks);
        var scale = AxisScale.Of(prices.Min(), prices.Max(), 6, isTight: true);
        var volume = AxisScale.Of(0, Math.Max((double)candles.Max(candle => candle.Volume), 1e-9), 1);
        var width = Chart.PhoneWidth - Left - Right;
        var option = ChartFrame.Option(input.Heading, style);
        var volumeTop = ChartFrame.Top + PriceHeight + 22;
        var volumeAxis = ChartFrame.ValueAxis(volume, style, 1);
        volumeAxis["show"] = false;
        option["grid"] = new JsonArray { ChartFrame.Grid(Left, ChartFrame.Top, width, PriceHeight), ChartFrame.Grid(Left, volumeTop, width, VolumeHeight) };
        option["xAxis"] = new JsonArray { ChartFrame.TimeAxis(time, style, 0, hasLabels: false), ChartFrame.TimeAxis(time, style, 1, hasLabels: true) };
        option["yAxis"] = new JsonArray { ChartFrame.ValueAxis(scale, style, 0), volumeAxis };
        option["graphic"] = new JsonArray { ChartFrame.Note($"Volume, {candles[0].Timeframe} candles", Left, volumeTop - 16, style) };
        var series = new JsonArray { Candlesticks(candles, time, width, style), Volumes(candles, time, width, style) };
        foreach (var line in Lines(levels, input, time, scale, style))
            series.Add(line);
        series.Add(Labels(levels, time, scale, style));
        series.Add(Arrows(input.Marks, TradeMarkKind.Bought, time, style));
        series.Add(Arrows(input.Marks, TradeMarkKind.Sold, time, style));
        option["series"] = series;
        return new Chart("trade", input.Heading.Title, option, Chart.PhoneWidth, Height);
    }

    /// <summary>What must be seen: all candles and executions, and every level that is not so far away that it would press the candles flat.</summary>
    private static double[] Prices(IReadOnlyList<Candle> candles, IReadOnlyList<TradeLevel> levels, IReadOnlyList<TradeMark> marks)
    {
        var (low, high) = ((double)candles.Min(candle => candle.Low.Value), (double)candles.Max(candle => candle.High.Value));
        foreach (var mark in marks)
            (low, high) = (Math.Min(low, (double)mark.Price), Math.Max(high, (double)mark.Price));
        var room = Math.Max((high - low) * 2.5, high * 0.002);
        return [low, high, .. levels.Select(level => (double)level.Price).Where(price => price >= low - room && price <= high + room)];
    }

    private static JsonObject Candlesticks(IReadOnlyList<Candle> candles, TimeScale time, double width, ChartStyle style)
    {
        var data = new JsonArray();
        foreach (var candle in candles)
            data.Add(ChartFrame.Numbers(
                Middle(candle, time), AxisScale.Shorten((double)candle.Open.Value), AxisScale.Shorten((double)candle.Close.Value),
                AxisScale.Shorten((double)candle.Low.Value), AxisScale.Shorten((double)candle.High.Value)));
        return new JsonObject
        {
            ["type"] = "candlestick", ["xAxisIndex"] = 0, ["yAxisIndex"] = 0, ["silent"] = true, ["data"] = data, ["barWidth"] = BarWidth(candles, time, width),
            // A rising candle is hollow: the colour is not the only sign.
            ["itemStyle"] = new JsonObject { ["color"] = style.Background, ["borderColor"] = style.Gain, ["color0"] = style.Loss, ["borderColor0"] = style.Loss, ["borderWidth"] = 1 },
        };
    }

    private static JsonObject Volumes(IReadOnlyList<Candle> candles, TimeScale time, double width, ChartStyle style)
    {
        var data = new JsonArray();
        foreach (var candle in candles)
            data.Add(ChartFrame.Numbers(Middle(candle, time), AxisScale.Shorten((double)candle.Volume)));
        return new JsonObject
        {
            ["type"] = "bar", ["xAxisIndex"] = 1, ["yAxisIndex"] = 1, ["silent"] = true, ["data"] = data, ["barWidth"] = BarWidth(candles, time, width),
            ["itemStyle"] = new JsonObject { ["color"] = style.Muted, ["opacity"] = 0.6 },
        };
    }

    /// <summary>From the beginning of the trade to the edge, or to its end and, more faintly, on to the label.</summary>
    /// <remarks>A level outside has only its label: the painter of SVG ends with what is wholly clipped away (resvg 2.6.2).</remarks>
    private static IEnumerable<JsonObject> Lines(IReadOnlyList<TradeLevel> levels, TradeInput input, TimeScale time, AxisScale scale, ChartStyle style)
    {
        var from = input.From is { } begun ? Math.Clamp(time.At(begun), time.Low, time.High) : time.Low;
        var to = input.To is { } ended ? Math.Clamp(time.At(ended), from, time.High) : time.High;
        foreach (var level in levels.Where(level => (double)level.Price >= scale.Low && (double)level.Price <= scale.High))
        {
            if (from < to)
                yield return Line(level, from, to, 1);
            if (to < time.High)
                yield return Line(level, to, time.High, 0.3);
        }

        JsonObject Line(TradeLevel level, long start, long stop, double opacity)
        {
            var price = AxisScale.Shorten((double)level.Price);
            return new JsonObject
            {
                ["type"] = "line", ["xAxisIndex"] = 0, ["yAxisIndex"] = 0, ["silent"] = true, ["showSymbol"] = false, ["clip"] = true, ["z"] = 3,
                ["data"] = new JsonArray { ChartFrame.Numbers(start, price), ChartFrame.Numbers(stop, price) },
                ["lineStyle"] = new JsonObject { ["color"] = Colour(level.Kind, style), ["width"] = 1.5, ["type"] = Dash(level.Kind), ["opacity"] = opacity },
            };
        }
    }

    /// <summary>The names and prices of the levels at the right edge, moved apart where they would lie over each other.</summary>
    private static JsonObject Labels(IReadOnlyList<TradeLevel> levels, TimeScale time, AxisScale scale, ChartStyle style)
    {
        var pixels = PriceHeight / (scale.High - scale.Low);
        var places = Apart([.. levels.Select(level => Math.Clamp(((double)level.Price - scale.Low) * pixels, 0, PriceHeight))], LabelHeight, PriceHeight);
        var data = new JsonArray();
        foreach (var (level, place) in levels.Zip(places))
        {
            var price = (double)level.Price;
            var away = price > scale.High ? "↑" : price < scale.Low ? "↓" : "";
            data.Add(new JsonObject
            {
                ["name"] = $"{ChartText.Clean(level.Label, 10)} {ChartText.Price(level.Price)}{away}",
                ["value"] = ChartFrame.Numbers(time.High, AxisScale.Shorten(scale.Low + place / pixels)),
                ["label"] = new JsonObject { ["color"] = Colour(level.Kind, style) },
            });
        }

        return new JsonObject
        {
            ["type"] = "scatter", ["xAxisIndex"] = 0, ["yAxisIndex"] = 0, ["silent"] = true, ["symbolSize"] = 0.1, ["itemStyle"] = new JsonObject { ["opacity"] = 1 }, ["clip"] = false, ["data"] = data, ["z"] = 4,
            ["label"] = new JsonObject
            {
                ["show"] = true, ["position"] = "right", ["distance"] = 4, ["formatter"] = "{b}", ["fontSize"] = ChartStyle.SmallSize, ["fontWeight"] = "bold",
                ["width"] = Right - 6, ["overflow"] = "truncate", ["align"] = "left",
            },
        };
    }

    /// <summary>Places from low to high, each at least so far from the next, as near as that allows to where they were.</summary>
    internal static double[] Apart(IReadOnlyList<double> places, double distance, double length)
    {
        var apart = places.ToArray();
        for (var index = 1; index < apart.Length; index++)
            apart[index] = Math.Max(apart[index], apart[index - 1] + distance);
        var limit = length;
        for (var index = apart.Length - 1; index >= 0; index--)
        {
            apart[index] = Math.Min(apart[index], limit);
            limit = apart[index] - distance;
        }

        return apart;
    }

    /// <summary>A purchase points up from below the price, a sale down from above.</summary>
    private static JsonObject Arrows(IReadOnlyList<TradeMark> marks, TradeMarkKind kind, TimeScale time, ChartStyle style)
    {
        var data = new JsonArray();
        foreach (var mark in marks.Where(mark => mark.Kind == kind))
            data.Add(ChartFrame.Numbers(time.At(mark.Time), AxisScale.Shorten((double)mark.Price)));
        var isPurchase = kind == TradeMarkKind.Bought;
        return new JsonObject
        {
            ["type"] = "scatter", ["xAxisIndex"] = 0, ["yAxisIndex"] = 0, ["silent"] = true, ["clip"] = false, ["data"] = data, ["symbol"] = "triangle", ["symbolSize"] = new JsonArray { 12, 11 },
            ["symbolRotate"] = isPurchase ? 0 : 180, ["symbolOffset"] = new JsonArray { 0, isPurchase ? 7 : -7 }, ["z"] = 5,
            ["itemStyle"] = new JsonObject { ["color"] = isPurchase ? style.Accent : style.Mark, ["borderColor"] = style.Background, ["borderWidth"] = 1.5, ["opacity"] = 1 },
        };
    }

    private static string Colour(TradeLevelKind kind, ChartStyle style) => kind switch
    {
        TradeLevelKind.Entry => style.Accent,
        TradeLevelKind.Stop => style.Loss,
        _ => style.Gain,
    };

    private static JsonNode Dash(TradeLevelKind kind) => kind switch
    {
        TradeLevelKind.Target => new JsonArray { 5, 4 },
        TradeLevelKind.Stop => new JsonArray { 2, 3 },
        _ => JsonValue.Create("solid"),
    };

    private static long Middle(Candle candle, TimeScale time) => time.At(candle.OpenTime) + (long)(candle.Timeframe.Length.TotalMilliseconds / 2);

    private static double BarWidth(IReadOnlyList<Candle> candles, TimeScale time, double width) =>
        Math.Round(Math.Clamp(width * candles[0].Timeframe.Length.TotalMilliseconds / (time.High - time.Low) * 0.7, 0.6, 16), 2);
}
