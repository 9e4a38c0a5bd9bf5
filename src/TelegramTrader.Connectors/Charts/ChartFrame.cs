using System.Text.Json.Nodes;

namespace TelegramTrader.Connectors.Charts;

/// <summary>What stands above every chart, so that a forwarded picture still says what it shows.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Mode">PAPER, LIVE or BACKTEST.</param>
/// <param name="Scope">Of what and when, as in "BTC/USDT · 1 Jan to 31 Mar 2025 (UTC)".</param>
/// <param name="Facts">The figures to be seen at once, each a few words; what does not fit into the width is cut off.</param>
public sealed record ChartHeading(string Title, string Mode, string Scope, IReadOnlyList<ChartFact> Facts);

/// <param name="Label">As in "Drawdown".</param>
/// <param name="Value">As in "−12.4 %".</param>
/// <param name="IsGain">In which colour: gain, loss, or neither when null.</param>
public sealed record ChartFact(string Label, string Value, bool? IsGain = null);

/// <summary>The pieces that all charts are put together from.</summary>
internal static class ChartFrame
{
    /// <summary>Where the drawing begins below the heading.</summary>
    public const int Top = 104;

    public const int Side = 12;

    private const int LongestTitle = 60;

    /// <summary>An option with background and heading, to which a builder adds grids, axes and series.</summary>
    public static JsonObject Option(ChartHeading heading, ChartStyle style)
    {
        var width = Chart.PhoneWidth - 2 * Side;
        var titles = new JsonArray
        {
            new JsonObject
            {
                ["text"] = ChartText.Clean(heading.Title, LongestTitle), ["left"] = Side, ["top"] = 10, ["padding"] = 0, ["itemGap"] = 6,
                ["textStyle"] = Cut(Text(style.Text, ChartStyle.TitleSize, isBold: true), width),
                ["subtext"] = ChartText.Clean($"{heading.Mode} · {heading.Scope}", 90),
                ["subtextStyle"] = Cut(Text(style.Muted, ChartStyle.TextSize), width),
            },
        };
        var column = width / Math.Max(heading.Facts.Count, 3);
        foreach (var (index, fact) in heading.Facts.Take(5).Index())
            titles.Add(new JsonObject
            {
                ["text"] = ChartText.Clean(fact.Value, 24), ["left"] = Side + index * column, ["top"] = 58, ["padding"] = 0, ["itemGap"] = 3,
                ["textStyle"] = Cut(Text(fact.IsGain switch { true => style.Gain, false => style.Loss, null => style.Text }, 14, isBold: true), column - 4),
                ["subtext"] = ChartText.Clean(fact.Label, 24),
                ["subtextStyle"] = Cut(Text(style.Muted, ChartStyle.SmallSize), column - 4),
            });
        return new JsonObject
        {
            ["backgroundColor"] = style.Background,
            ["animation"] = false,
            ["useUTC"] = true,
            ["textStyle"] = new JsonObject { ["fontFamily"] = "IBM Plex Sans, Segoe UI, Roboto, Helvetica, Arial, sans-serif", ["color"] = style.Text },
            ["title"] = titles,
        };
    }

    public static JsonObject Text(string colour, int size, bool isBold = false) => new() { ["color"] = colour, ["fontSize"] = size, ["fontWeight"] = isBold ? "bold" : "normal" };

    public static JsonObject Grid(double left, double top, double width, double height) => new()
    {
        ["left"] = left, ["top"] = top, ["width"] = width, ["height"] = height, ["containLabel"] = false, ["outerBoundsMode"] = "none",
    };

    public static JsonObject ValueAxis(AxisScale scale, ChartStyle style, int grid, string position = "left") => scale.Apply(
        new JsonObject
        {
            ["type"] = "value", ["gridIndex"] = grid, ["position"] = position, ["axisLine"] = Hidden(),
            ["splitLine"] = new JsonObject { ["lineStyle"] = new JsonObject { ["color"] = style.Guide, ["width"] = 1 } },
        },
        Label(style));

    /// <param name="hasLabels">Only the lowest of several grids has them.</param>
    public static JsonObject TimeAxis(TimeScale scale, ChartStyle style, int grid, bool hasLabels)
    {
        var label = Label(style);
        label["show"] = hasLabels;
        label["hideOverlap"] = true;
        var axis = scale.Apply(
            new JsonObject
            {
                ["gridIndex"] = grid, ["position"] = "bottom", ["splitLine"] = Hidden(),
                ["axisLine"] = new JsonObject { ["onZero"] = false, ["lineStyle"] = new JsonObject { ["color"] = style.Guide } },
            },
            label);
        axis["axisTick"]!["show"] = hasLabels;
        axis["axisTick"]!["lineStyle"] = new JsonObject { ["color"] = style.Muted };
        return axis;
    }

    public static JsonObject Hidden() => new() { ["show"] = false };

    public static JsonObject Label(ChartStyle style) => new() { ["color"] = style.Muted, ["fontSize"] = ChartStyle.SmallSize, ["margin"] = 6 };

    /// <summary>A text at a place of a grid that no axis or series needs.</summary>
    public static JsonObject Note(string text, double left, double top, ChartStyle style) => new()
    {
        ["type"] = "text", ["left"] = left, ["top"] = top, ["silent"] = true,
        ["style"] = new JsonObject { ["text"] = text, ["fill"] = style.Muted, ["fontSize"] = ChartStyle.SmallSize },
    };

    public static JsonArray Numbers(params ReadOnlySpan<double> values)
    {
        var array = new JsonArray();
        foreach (var value in values)
            array.Add((JsonNode)JsonValue.Create(value));
        return array;
    }

    private static JsonObject Cut(JsonObject text, int width)
    {
        text["width"] = width;
        text["overflow"] = "truncate";
        return text;
    }
}
