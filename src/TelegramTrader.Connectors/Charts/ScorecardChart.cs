using System.Globalization;
using System.Text.Json.Nodes;

namespace TelegramTrader.Connectors.Charts;

/// <summary>What one channel is worth.</summary>
/// <param name="Name">As people know it; may come from anybody.</param>
/// <param name="Expectancy">Mean result of a position in R; null when it is not known.</param>
/// <param name="Low">Lower end of its confidence interval, in R; null when it is not known.</param>
/// <param name="High">Upper end.</param>
/// <param name="Trades">On how many positions this rests.</param>
/// <param name="HasEnough">False: too few to say anything, which is what stands there.</param>
public sealed record ScorecardBar(string Name, double? Expectancy, double? Low, double? High, int Trades, bool HasEnough = true);

public sealed record ScorecardInput
{
    public required ChartHeading Heading { get; init; }

    /// <summary>The best first; one or more.</summary>
    public required IReadOnlyList<ScorecardBar> Channels { get; init; }

    /// <summary>Of the intervals, as in 95.</summary>
    public double ConfidencePercent { get; init; } = 95;
}

/// <summary>Channels beside each other: expectancy with its confidence interval, right of the line of nothing a gain.</summary>
public static class ScorecardChart
{
    private const int MostChannels = 12;
    private const int RowHeight = 42;

    /// <summary>Of texts, half of it on each side.</summary>
    private const int Rim = 4;

    /// <exception cref="ArgumentException">There is no channel.</exception>
    public static Chart Of(ScorecardInput input, ChartStyle style)
    {
        if (input.Channels.Count == 0)
            throw new ArgumentException("A comparison of channels needs at least one.");
        var channels = input.Channels.Take(MostChannels).ToArray();
        var judged = channels.Where(channel => channel is { HasEnough: true, Expectancy: not null }).ToArray();
        var values = judged.SelectMany(channel => new[] { channel.Expectancy, channel.Low, channel.High }).OfType<double>().Where(double.IsFinite).Append(0).ToArray();
        var scale = AxisScale.Of(Math.Min(values.Min(), -0.1), Math.Max(values.Max(), 0.1), 5, isTight: true, suffix: " R");
        var (left, top, width, height) = (ChartFrame.Side + 8, ChartFrame.Top + 4, Chart.PhoneWidth - 2 * (ChartFrame.Side + 8), channels.Length * RowHeight);
        var option = ChartFrame.Option(input.Heading, style);
        option["grid"] = ChartFrame.Grid(left, top, width, height);
        var axis = ChartFrame.ValueAxis(scale, style, 0);
        axis["position"] = "bottom";
        // Lines would cross the names.
        axis["splitLine"] = ChartFrame.Hidden();
        // A scale without a value on it says nothing.
        axis["show"] = judged.Length > 0;
        option["xAxis"] = axis;
        option["yAxis"] = new JsonObject { ["type"] = "value", ["min"] = 0, ["max"] = height, ["inverse"] = true, ["show"] = false };
        var notes = new JsonArray();
        foreach (var (row, channel) in channels.Index())
            foreach (var note in Texts(channel, top + row * RowHeight, style))
                notes.Add(note);
        var rest = input.Channels.Count - channels.Length;
        notes.Add(ChartFrame.Note(
            string.Create(CultureInfo.InvariantCulture, $"{(judged.Length > 0 ? $"Mean result of a trade; line: {input.ConfidencePercent:0.#} % confidence{(rest > 0 ? "" : ", its left end ranks")}" : "Too few trades to judge any of them by")}{(rest > 0 ? $"; {rest} more not shown" : "")}"), ChartFrame.Side, top + height + (judged.Length > 0 ? 24 : 2), style));
        option["graphic"] = notes;
        option["series"] = new JsonArray
        {
            Intervals(channels, isSure: true, judged.Length > 0, style), Intervals(channels, isSure: false, hasZero: false, style), Ends(channels, style), Points(channels, style),
        };
        return new Chart("scorecard", input.Heading.Title, option, Chart.PhoneWidth, top + height + (judged.Length > 0 ? 46 : 24));
    }

    private static IEnumerable<JsonObject> Texts(ScorecardBar channel, double top, ChartStyle style)
    {
        var hasEnough = channel is { HasEnough: true, Expectancy: not null };
        var name = ChartFrame.Note(ChartText.Clean(channel.Name, 40, "Channel without a name"), ChartFrame.Side - Rim / 2, top + 3 - Rim / 2, style);
        name["style"]!["fill"] = hasEnough ? style.Text : style.Muted;
        name["style"]!["fontSize"] = ChartStyle.TextSize;
        name["style"]!["fontWeight"] = "bold";
        name["style"]!["width"] = 210;
        name["style"]!["overflow"] = "truncate";
        yield return Above(name, style);
        var trades = string.Create(CultureInfo.InvariantCulture, $"{channel.Trades} trade{(channel.Trades == 1 ? "" : "s")}");
        var result = ChartFrame.Note(hasEnough ? $"{ChartText.Change(channel.Expectancy!.Value, 2)} R · {trades}" : $"not enough data · {trades}", 0, top + 4 - Rim / 2, style);
        result.Remove("left");
        result["right"] = ChartFrame.Side - Rim / 2;
        if (hasEnough)
            result["style"]!["fill"] = Colour(channel, style);
        yield return Above(result, style);
    }

    /// <summary>With a rim in the colour of the background, where the line of nothing would cross it.</summary>
    private static JsonObject Above(JsonObject note, ChartStyle style)
    {
        note["z"] = 10;
        note["style"]!["stroke"] = style.Background;
        note["style"]!["lineWidth"] = Rim;
        return note;
    }

    /// <summary>Lines that are broken between channels; those that are clear of nothing are stronger.</summary>
    /// <param name="hasZero">The line of nothing comes with them.</param>
    private static JsonObject Intervals(ScorecardBar[] channels, bool isSure, bool hasZero, ChartStyle style)
    {
        var data = new JsonArray();
        foreach (var (row, channel) in channels.Index())
            if (channel is { HasEnough: true, Low: { } low, High: { } high } && IsSure(channel) == isSure)
            {
                data.Add(ChartFrame.Numbers(AxisScale.Shorten(low), Middle(row)));
                data.Add(ChartFrame.Numbers(AxisScale.Shorten(high), Middle(row)));
                data.Add(new JsonArray { "-", Middle(row) });
            }

        return new JsonObject
        {
            ["type"] = "line", ["silent"] = true, ["showSymbol"] = false, ["connectNulls"] = false, ["data"] = data, ["z"] = 3,
            ["lineStyle"] = new JsonObject { ["color"] = isSure ? style.Text : style.Muted, ["width"] = isSure ? 2.5 : 1.5 },
            ["markLine"] = !hasZero ? null : new JsonObject
            {
                ["silent"] = true, ["symbol"] = "none", ["label"] = ChartFrame.Hidden(), ["lineStyle"] = new JsonObject { ["color"] = style.Muted, ["type"] = "solid", ["width"] = 1.5 },
                ["data"] = new JsonArray { new JsonObject { ["xAxis"] = 0 } },
            },
        };
    }

    private static JsonObject Ends(ScorecardBar[] channels, ChartStyle style)
    {
        var data = new JsonArray();
        foreach (var (row, channel) in channels.Index())
            if (channel is { HasEnough: true, Low: { } low, High: { } high })
                foreach (var end in (ReadOnlySpan<double>)[low, high])
                    data.Add(new JsonObject { ["value"] = ChartFrame.Numbers(AxisScale.Shorten(end), Middle(row)), ["itemStyle"] = new JsonObject { ["color"] = IsSure(channel) ? style.Text : style.Muted, ["opacity"] = 1 } });
        return new JsonObject { ["type"] = "scatter", ["silent"] = true, ["symbol"] = "rect", ["symbolSize"] = new JsonArray { 1.5, 9 }, ["data"] = data, ["z"] = 4 };
    }

    /// <summary>A gain is a full circle, a loss a hollow one.</summary>
    private static JsonObject Points(ScorecardBar[] channels, ChartStyle style)
    {
        var data = new JsonArray();
        foreach (var (row, channel) in channels.Index())
            if (channel is { HasEnough: true, Expectancy: { } expectancy })
                data.Add(new JsonObject
                {
                    ["value"] = ChartFrame.Numbers(AxisScale.Shorten(expectancy), Middle(row)),
                    ["itemStyle"] = new JsonObject { ["color"] = expectancy < 0 ? style.Background : Colour(channel, style), ["borderColor"] = Colour(channel, style), ["borderWidth"] = 2.5, ["opacity"] = 1 },
                });
        return new JsonObject { ["type"] = "scatter", ["silent"] = true, ["symbol"] = "circle", ["symbolSize"] = 11, ["data"] = data, ["z"] = 5 };
    }

    /// <summary>The interval leaves nothing out on one side of zero.</summary>
    private static bool IsSure(ScorecardBar channel) => channel is { Low: > 0 } or { High: < 0 };

    private static string Colour(ScorecardBar channel, ChartStyle style) => channel.Expectancy switch { > 0 => style.Gain, < 0 => style.Loss, _ => style.Text };

    /// <summary>Below the name, in CSS pixels from the top of the grid.</summary>
    private static double Middle(int row) => row * RowHeight + 29;
}
