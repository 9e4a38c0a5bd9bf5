using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Charts;

/// <param name="Equity">In the asset of the account.</param>
public readonly record struct EquityPoint(Instant Time, decimal Equity);

/// <summary>What an equity chart shows.</summary>
public sealed record EquityInput
{
    public required ChartHeading Heading { get; init; }

    /// <summary>By ascending time; two or more.</summary>
    public required IReadOnlyList<EquityPoint> Points { get; init; }

    /// <summary>What the line is, as in "Equity".</summary>
    public string Name { get; init; } = "Equity";

    /// <summary>As in USDT; empty where it is not known.</summary>
    public required string Asset { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The drawdown as a fraction of the highest equity before; else as an amount, for results that begin at nothing.</summary>
    public bool DrawdownIsFraction { get; init; } = true;

    /// <summary>The equity stays at each point until the next, as results of closed trades do; else it is joined by straight lines.</summary>
    public bool IsStepped { get; init; }
}

/// <summary>Equity above, and how far it was below its highest so far underneath, over the same time.</summary>
public static class EquityChart
{
    private const int Height = 400;
    private const int MostPoints = 900;
    private const int Left = 50;

    /// <exception cref="ArgumentException">There are fewer than two points.</exception>
    public static Chart Of(EquityInput input, ChartStyle style)
    {
        if (input.Points.Count < 2)
            throw new ArgumentException($"An equity chart needs two points or more but has {input.Points.Count}.");
        var equity = new double[input.Points.Count];
        var drawdown = new double[input.Points.Count];
        var peak = double.MinValue;
        for (var index = 0; index < equity.Length; index++)
        {
            equity[index] = (double)input.Points[index].Equity;
            peak = Math.Max(peak, equity[index]);
            drawdown[index] = input.DrawdownIsFraction ? (peak > 0 ? (equity[index] - peak) / peak * 100 : 0) : equity[index] - peak;
        }

        var time = TimeScale.Of(input.Points[0].Time, input.Points[^1].Time, input.Zone, most: 5);
        var value = AxisScale.Of(equity.Min(), equity.Max(), 4, isTight: true, hasUnits: true);
        var depth = AxisScale.Of(Math.Min(drawdown.Min(), -1), 0, 2, isTight: true, suffix: input.DrawdownIsFraction ? " %" : "", hasUnits: true);
        var asset = ChartText.Clean(input.Asset, 12, otherwise: "");
        var option = ChartFrame.Option(input.Heading, style);
        var (width, top) = (Chart.PhoneWidth - Left - ChartFrame.Side, ChartFrame.Top + 18);
        option["grid"] = new JsonArray { ChartFrame.Grid(Left, top, width, 160), ChartFrame.Grid(Left, top + 186, width, 62) };
        option["xAxis"] = new JsonArray { ChartFrame.TimeAxis(time, style, 0, hasLabels: false), ChartFrame.TimeAxis(time, style, 1, hasLabels: true) };
        option["yAxis"] = new JsonArray { ChartFrame.ValueAxis(value, style, 0), ChartFrame.ValueAxis(depth, style, 1) };
        option["graphic"] = new JsonArray
        {
            ChartFrame.Note(Named(ChartText.Clean(input.Name, 30), value.UnitName + asset), Left, top - 17, style),
            ChartFrame.Note(Named("Drawdown", input.DrawdownIsFraction ? "" : depth.UnitName + asset), Left, top + 169, style),
        };
        option["series"] = new JsonArray
        {
            Line(input, equity, time, value, 0, style.Accent, Start(value.Value(equity[0]), style)),
            Line(input, drawdown, time, depth, 1, style.Loss, null),
        };
        return new Chart("equity", input.Heading.Title, option, Chart.PhoneWidth, Height);
    }

    private static string Named(string name, string unit) => unit.Length == 0 ? name : $"{name}, {unit.TrimEnd()}";

    private static JsonObject Line(EquityInput input, double[] values, TimeScale time, AxisScale scale, int grid, string colour, JsonObject? mark)
    {
        var data = new JsonArray();
        foreach (var index in Downsampling.Extremes(values, MostPoints))
            data.Add(ChartFrame.Numbers(time.At(input.Points[index].Time), scale.Value(values[index])));
        var line = new JsonObject
        {
            ["type"] = "line", ["xAxisIndex"] = grid, ["yAxisIndex"] = grid, ["showSymbol"] = false, ["silent"] = true, ["data"] = data,
            ["lineStyle"] = new JsonObject { ["color"] = colour, ["width"] = grid == 0 ? 2 : 1.5, ["join"] = "round" },
            // Of the drawdown up to nothing; of the equity down to the axis.
            ["areaStyle"] = new JsonObject { ["color"] = colour, ["opacity"] = grid == 0 ? 0.12 : 0.25, ["origin"] = grid == 0 ? "start" : 0 },
        };
        if (input.IsStepped)
            line["step"] = "end";
        if (mark is not null)
            line["markLine"] = mark;
        return line;
    }

    /// <summary>Where it began: above the line is a gain.</summary>
    private static JsonObject Start(double value, ChartStyle style) => new()
    {
        ["silent"] = true, ["symbol"] = "none", ["label"] = ChartFrame.Hidden(),
        ["lineStyle"] = new JsonObject { ["color"] = style.Muted, ["type"] = new JsonArray { 4, 4 }, ["width"] = 1 },
        ["data"] = new JsonArray { new JsonObject { ["yAxis"] = value } },
    };
}
