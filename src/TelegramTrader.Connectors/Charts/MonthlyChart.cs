using System.Globalization;
using System.Text.Json.Nodes;

namespace TelegramTrader.Connectors.Charts;

/// <param name="Month">1 to 12.</param>
/// <param name="Result">In <see cref="MonthlyInput.Unit"/>.</param>
public readonly record struct MonthResult(int Year, int Month, double Result);

public sealed record MonthlyInput
{
    public required ChartHeading Heading { get; init; }

    /// <summary>One a month, in any order; months without trades are missing. One or more.</summary>
    public required IReadOnlyList<MonthResult> Months { get; init; }

    /// <summary>As in "%", "R" or "USDT".</summary>
    public required string Unit { get; init; }

    /// <summary>The results are parts of what was there at the beginning of the month, in per cent: a year is not their sum but one on top of the other.</summary>
    public bool AreReturns { get; init; }
}

/// <summary>A table of months: the years side by side, the months down, the whole year underneath. Colour and sign say gain or loss.</summary>
public static class MonthlyChart
{
    private const int MostYears = 6;
    private const int Left = 42;
    private const int RowHeight = 23;

    /// <exception cref="ArgumentException">There is no month, one twice, or one that is none.</exception>
    public static Chart Of(MonthlyInput input, ChartStyle style)
    {
        if (input.Months.Count == 0)
            throw new ArgumentException("A table of months needs at least one.");
        if (input.Months.FirstOrDefault(month => month.Month is < 1 or > 12) is { Month: not 0 } wrong || input.Months.Any(month => month.Month == 0))
            throw new ArgumentException("A month must be 1 to 12.");
        var results = new Dictionary<(int, int), double>();
        foreach (var month in input.Months)
            if (!results.TryAdd((month.Year, month.Month), month.Result))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The month {month.Year}-{month.Month:00} is given twice."));
        int[] years = [.. input.Months.Select(month => month.Year).Distinct().Order().TakeLast(MostYears)];
        var shown = results.Where(month => years.Contains(month.Key.Item1)).Select(month => Math.Abs(month.Value)).Order().ToArray();
        var reach = Math.Max(shown[(int)Math.Ceiling((shown.Length - 1) * 0.9)], 1e-9);
        var digits = shown[^1] >= 1000 ? 0 : input.Unit == "R" || shown[^1] < 100 ? 1 : 0;
        var (width, height) = (Chart.PhoneWidth - Left - ChartFrame.Side, 13 * RowHeight);
        var top = ChartFrame.Top + 18;
        var option = ChartFrame.Option(input.Heading, style);
        option["grid"] = ChartFrame.Grid(Left, top, width, height);
        option["xAxis"] = Axis(years.Select(year => year.ToString(CultureInfo.InvariantCulture)), "top", style);
        var down = Axis(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.Take(12).Append("Year"), "left", style);
        down["inverse"] = true;
        option["yAxis"] = down;
        var data = new JsonArray();
        foreach (var (column, year) in years.Index())
        {
            for (var month = 1; month <= 12; month++)
                if (results.TryGetValue((year, month), out var result))
                    data.Add(Field(column, month - 1, result, result / reach, digits, isSum: false, style));
            var sum = Sum([.. Enumerable.Range(1, 12).Where(month => results.ContainsKey((year, month))).Select(month => results[(year, month)])], input.AreReturns);
            data.Add(Field(column, 12, sum, 0, digits, isSum: true, style));
        }

        option["series"] = new JsonArray
        {
            new JsonObject
            {
                ["type"] = "heatmap", ["silent"] = true, ["data"] = data, ["label"] = new JsonObject { ["show"] = true, ["formatter"] = "{b}", ["fontSize"] = years.Length > 5 ? ChartStyle.SmallSize : ChartStyle.TextSize },
                ["itemStyle"] = new JsonObject { ["borderColor"] = style.Background, ["borderWidth"] = 1.5, ["borderRadius"] = 3 },
            },
        };
        // What gives a heat map its colours; each field has its own.
        option["visualMap"] = new JsonObject { ["show"] = false, ["min"] = 0, ["max"] = 1, ["seriesIndex"] = new JsonArray() };
        option["graphic"] = new JsonArray { ChartFrame.Note($"Results in {ChartText.Clean(input.Unit, 12)}{(years.Length < input.Months.Select(month => month.Year).Distinct().Count() ? $", the latest {MostYears} years" : "")}", ChartFrame.Side, top + height + 8, style) };
        return new Chart("months", input.Heading.Title, option, Chart.PhoneWidth, top + height + 32);
    }

    private static double Sum(IReadOnlyList<double> months, bool areReturns) => areReturns ? (months.Aggregate(1.0, (all, month) => all * (1 + month / 100)) - 1) * 100 : months.Sum();

    private static JsonObject Field(int column, int row, double result, double share, int digits, bool isSum, ChartStyle style) => new()
    {
        ["name"] = ChartText.Change(result, digits),
        ["value"] = ChartFrame.Numbers(column, row, AxisScale.Shorten(result)),
        ["itemStyle"] = new JsonObject { ["color"] = isSum ? "rgba(0,0,0,0)" : style.Shade(share) },
        ["label"] = new JsonObject
        {
            ["color"] = isSum ? result < 0 ? style.Loss : result > 0 ? style.Gain : style.Text : Math.Abs(share) > 0.55 ? style.OnStrong : style.Text, ["fontWeight"] = isSum ? "bold" : "normal",
        },
    };

    private static JsonObject Axis(IEnumerable<string> names, string position, ChartStyle style)
    {
        var label = ChartFrame.Label(style);
        label["interval"] = 0;
        label["fontSize"] = ChartStyle.TextSize;
        return new JsonObject
        {
            ["type"] = "category", ["position"] = position, ["data"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
            ["axisLabel"] = label, ["axisTick"] = ChartFrame.Hidden(), ["axisLine"] = ChartFrame.Hidden(), ["splitLine"] = ChartFrame.Hidden(),
        };
    }
}
