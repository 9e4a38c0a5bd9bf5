using System.Globalization;
using System.Text.Json.Nodes;

namespace TelegramTrader.Connectors.Charts;

/// <summary>
/// The scale of an axis of numbers: round ticks chosen here and not by what draws, so that labels are few, never 0.30000000004 and never crammed. Large values are divided by
/// <see cref="Unit"/>, whose name has to stand beside the axis.
/// </summary>
public sealed record AxisScale
{
    private AxisScale(double low, double high, IReadOnlyList<double> ticks, double unit, string unitName, string suffix) =>
        (Low, High, Ticks, Unit, UnitName, Suffix) = (low, high, ticks, unit, unitName, suffix);

    /// <summary>Where the axis begins, in units.</summary>
    public double Low { get; }

    public double High { get; }

    /// <summary>Ascending, in units.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>1, a thousand, a million or a billion.</summary>
    public double Unit { get; }

    /// <summary>As in "thousand "; empty for 1.</summary>
    public string UnitName { get; }

    /// <summary>Behind each label, as in " %".</summary>
    public string Suffix { get; }

    /// <param name="least">The lowest value that must be seen.</param>
    /// <param name="most">The highest.</param>
    /// <param name="steps">About how many steps, 2 to 10.</param>
    /// <param name="isTight">The axis ends a little beyond the values, and not at the next tick.</param>
    /// <param name="suffix">Behind each label, as in " %".</param>
    /// <param name="hasUnits">Large values may be divided; prices never are.</param>
    public static AxisScale Of(double least, double most, int steps, bool isTight = false, string suffix = "", bool hasUnits = false)
    {
        if (!double.IsFinite(least) || !double.IsFinite(most) || least > most)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An axis from {least} to {most} can't be drawn."));
        if (least == most)
        {
            // A flat line lies in the middle.
            var room = least == 0 ? 1 : Math.Abs(least) * 0.01;
            (least, most) = (least - room, most + room);
        }

        var largest = Math.Max(Math.Abs(least), Math.Abs(most));
        var (unit, name) = !hasUnits ? (1.0, "") : largest switch { >= 1e11 => (1e9, "billion "), >= 1e8 => (1e6, "million "), >= 1e5 => (1e3, "thousand "), _ => (1.0, "") };
        var step = Step((most - least) / unit / steps);
        var digits = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9) + (IsQuarter(step) ? 1 : 0));
        var (low, high) = (Math.Floor(least / unit / step + 1e-9), Math.Ceiling(most / unit / step - 1e-9));
        var ticks = Enumerable.Range(0, (int)(high - low) + 1).Select(index => Round((low + index) * step, digits));
        if (!isTight)
            return new AxisScale(Round(low * step, digits), Round(high * step, digits), [.. ticks], unit, name, suffix);
        var margin = (most - least) / unit * 0.04;
        var (from, to) = (least / unit - margin, most / unit + margin);
        return new AxisScale(Shorten(from), Shorten(to), [.. ticks.Where(tick => tick >= from && tick <= to)], unit, name, suffix);
    }

    /// <summary>A value as it stands in the data of the chart: in units, and no longer than a picture can show.</summary>
    public double Value(double value) => Shorten(value / Unit);

    /// <summary>The part of an axis option that makes it show these ticks with these labels.</summary>
    public JsonObject Apply(JsonObject axis, JsonObject label)
    {
        axis["min"] = Low;
        axis["max"] = High;
        axis["axisTick"] = new JsonObject { ["show"] = false, ["customValues"] = Array() };
        label["customValues"] = Array();
        label["formatter"] = "{value}" + Suffix;
        axis["axisLabel"] = label;
        return axis;

        JsonArray Array() => [.. Ticks.Select(tick => (JsonNode)JsonValue.Create(tick))];
    }

    /// <summary>Seven digits: a picture has a thousand rows of pixels.</summary>
    internal static double Shorten(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var digits = 6 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits is >= 0 and <= 15 ? Math.Round(value, digits) : value;
    }

    /// <summary>The next of 1, 2, 2.5, 5 times a power of ten.</summary>
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
            if (factor * power >= least * (1 - 1e-9))
                return factor * power;
        return 10 * power;
    }

    private static bool IsQuarter(double step) => Math.Abs(step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9)) - 2.5) < 1e-6;

    private static double Round(double value, int digits) => Math.Round(value, Math.Min(digits, 15)) + 0.0;
}
