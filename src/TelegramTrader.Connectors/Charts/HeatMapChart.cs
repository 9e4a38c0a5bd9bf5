using System.Globalization;
using System.Text.Json.Nodes;

namespace TelegramTrader.Connectors.Charts;

/// <summary>What a heat map of a sweep shows.</summary>
public sealed record HeatMapInput
{
    public required ChartHeading Heading { get; init; }

    /// <summary>The parameter whose values lie side by side.</summary>
    public required string AcrossName { get; init; }

    /// <summary>Ascending; one or more.</summary>
    public required IReadOnlyList<decimal> Across { get; init; }

    public required string DownName { get; init; }

    public required IReadOnlyList<decimal> Down { get; init; }

    /// <summary>A row for each value of <see cref="Down"/>, a column for each of <see cref="Across"/>: the result in per cent, a gain above 0; null where nothing was tried.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Percent { get; init; }
}

/// <summary>Each combination of two parameters as a field whose colour says what it came to; the best has a frame.</summary>
public static class HeatMapChart
{
    private const int Left = 52;
    private const int MostFields = 40_000;

    /// <summary>From this size of a field on, its number stands in it.</summary>
    private const double SmallestWithNumber = 30;

    /// <exception cref="ArgumentException">There is nothing to show, too much, or a row has another length.</exception>
    public static Chart Of(HeatMapInput input, ChartStyle style)
    {
        var (columns, rows) = (input.Across.Count, input.Down.Count);
        if (input.Percent.Count != rows || input.Percent.Any(row => row.Count != columns))
            throw new ArgumentException($"A heat map of {rows} by {columns} needs as many results, in rows of equal length.");
        if ((long)columns * rows > MostFields)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A heat map of {rows} by {columns} has more than {MostFields} fields."));
        var known = input.Percent.SelectMany(row => row).OfType<double>().Where(double.IsFinite).ToArray();
        if (known.Length == 0)
            throw new ArgumentException("A heat map needs at least one result.");
        // One bad outlier would make all others look alike.
        var reach = Math.Max(Quantile([.. known.Select(Math.Abs).Order()], 0.95), 0.01);
        var best = known.Max();
        var width = Chart.PhoneWidth - Left - ChartFrame.Side;
        var height = Math.Clamp(width / columns * (double)rows, 170, 400);
        var top = ChartFrame.Top + 20;
        var hasNumbers = width / (double)columns >= SmallestWithNumber && height / rows >= 16;
        var data = new JsonArray();
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                if (input.Percent[row][column] is { } value && double.IsFinite(value))
                    data.Add(Field(column, row, value, reach, value == best, hasNumbers, style));
        var option = ChartFrame.Option(input.Heading, style);
        option["grid"] = ChartFrame.Grid(Left, top, width, height);
        option["xAxis"] = Axis(input.Across, (int)Math.Ceiling(columns / 10.0), style);
        option["yAxis"] = Axis(input.Down, (int)Math.Ceiling(rows / (height / 16)), style);
        option["graphic"] = new JsonArray
        {
            ChartFrame.Note($"{ChartText.Clean(input.DownName, 24)} (down)", ChartFrame.Side, top - 19, style),
            ChartFrame.Note($"{ChartText.Clean(input.AcrossName, 24)} (across)", Left + width / 2.0 - 40, top + height + 22, style),
        };
        option["visualMap"] = new JsonObject
        {
            ["type"] = "continuous", ["min"] = -Math.Round(reach, 2), ["max"] = Math.Round(reach, 2), ["orient"] = "horizontal", ["left"] = "center", ["top"] = top + height + 42, ["itemWidth"] = 12, ["itemHeight"] = 150,
            ["calculable"] = false, ["hoverLink"] = false, ["seriesIndex"] = new JsonArray(), ["dimension"] = 2,
            ["text"] = new JsonArray { ChartText.Change(reach, reach < 10 ? 1 : 0) + " %", ChartText.Change(-reach, reach < 10 ? 1 : 0) + " %" },
            ["textStyle"] = ChartFrame.Text(style.Muted, ChartStyle.SmallSize), ["textGap"] = 8,
            ["inRange"] = new JsonObject { ["color"] = new JsonArray { style.StrongLoss, style.Neutral, style.StrongGain } },
        };
        option["series"] = new JsonArray
        {
            new JsonObject
            {
                ["type"] = "heatmap", ["silent"] = true, ["data"] = data,
                ["label"] = new JsonObject { ["show"] = hasNumbers, ["formatter"] = "{b}", ["fontSize"] = ChartStyle.SmallSize },
                ["itemStyle"] = new JsonObject { ["borderColor"] = style.Background, ["borderWidth"] = columns > 60 ? 0 : 1 },
            },
            Frame(input, best, style),
        };
        return new Chart("heat-map", input.Heading.Title, option, Chart.PhoneWidth, (int)(top + height + 74));
    }

    private static JsonObject Field(int column, int row, double value, double reach, bool isBest, bool hasNumbers, ChartStyle style)
    {
        var field = new JsonObject
        {
            ["value"] = ChartFrame.Numbers(column, row, AxisScale.Shorten(value)),
            ["itemStyle"] = new JsonObject { ["color"] = style.Shade(value / reach) },
        };
        if (hasNumbers)
        {
            field["name"] = ChartText.Change(value, Math.Abs(value) < 10 ? 1 : 0);
            field["label"] = new JsonObject { ["color"] = Math.Abs(value / reach) > 0.55 ? style.OnStrong : style.Text, ["fontWeight"] = isBest ? "bold" : "normal" };
        }

        return field;
    }

    /// <summary>A frame around the best, which is seen also where the fields are small.</summary>
    private static JsonObject Frame(HeatMapInput input, double best, ChartStyle style)
    {
        var row = input.Percent.Index().First(line => line.Item.Contains(best)).Index;
        var column = input.Percent[row].Index().First(field => field.Item == best).Index;
        return new JsonObject
        {
            ["type"] = "heatmap", ["silent"] = true, ["z"] = 5,
            ["data"] = new JsonArray
            {
                new JsonObject
                {
                    ["value"] = ChartFrame.Numbers(column, row, AxisScale.Shorten(best)),
                    ["itemStyle"] = new JsonObject { ["color"] = "rgba(0,0,0,0)", ["borderColor"] = style.Mark, ["borderWidth"] = 3 },
                },
            },
        };
    }

    private static JsonObject Axis(IReadOnlyList<decimal> values, int every, ChartStyle style)
    {
        var label = ChartFrame.Label(style);
        label["interval"] = Math.Max(every - 1, 0);
        return new JsonObject
        {
            ["type"] = "category", ["data"] = new JsonArray([.. values.Select(value => (JsonNode)value.ToString("0.########", CultureInfo.InvariantCulture))]),
            ["axisLabel"] = label, ["axisTick"] = ChartFrame.Hidden(), ["axisLine"] = ChartFrame.Hidden(), ["splitLine"] = ChartFrame.Hidden(),
        };
    }

    private static double Quantile(double[] ascending, double share) => ascending[(int)Math.Floor((ascending.Length - 1) * share)];
}
