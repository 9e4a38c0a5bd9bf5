using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Charts;

/// <summary>
/// The scale of an axis of time, in the zone of whoever looks. ECharts draws instants of UTC, so each is moved to where its local time would be in UTC; ticks lie on
/// round local times and all have one form.
/// </summary>
public sealed class TimeScale
{
    private static readonly long Minute = 60_000;
    private static readonly long Day = 1440 * Minute;

    private readonly TimeZoneInfo _zone;

    private TimeScale(TimeZoneInfo zone, long low, long high, IReadOnlyList<long> ticks, string form) => (_zone, Low, High, Ticks, Form) = (zone, low, high, ticks, form);

    /// <summary>Unix milliseconds, moved.</summary>
    public long Low { get; }

    public long High { get; }

    public IReadOnlyList<long> Ticks { get; }

    /// <summary>In ECharts' words, as in <c>{d} {MMM}</c>.</summary>
    public string Form { get; }

    /// <param name="most">The most ticks, 4 or more; half as many where a label has both day and hour.</param>
    public static TimeScale Of(Instant from, Instant to, TimeZoneInfo zone, int most = 6)
    {
        var low = Local(from, zone);
        var high = Math.Max(Local(to, zone), low + Minute);
        foreach (var minutes in (ReadOnlySpan<int>)[1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 7200, 10080, 14400, 21600])
        {
            var hasBoth = minutes < 1440 && high - low > Day;
            if ((high - low) / (minutes * Minute) <= (hasBoth ? most / 2 : most))
                return new TimeScale(zone, low, high, Even(low, high, minutes * Minute), minutes >= 1440 ? "{d} {MMM}" : hasBoth ? "{d} {MMM} {HH}:{mm}" : "{HH}:{mm}");
        }

        foreach (var months in (ReadOnlySpan<int>)[1, 2, 3, 6, 12, 24, 60, 120])
            if (Months(low, high, months) is var ticks && ticks.Count <= most)
                return new TimeScale(zone, low, high, ticks, months < 12 ? "{MMM} {yy}" : "{yyyy}");
        return new TimeScale(zone, low, high, Months(low, high, 600), "{yyyy}");
    }

    /// <summary>Where an instant lies on the axis.</summary>
    public long At(Instant time) => Local(time, _zone);

    public JsonObject Apply(JsonObject axis, JsonObject label)
    {
        // Half of the label of a tick at the very end would be outside the picture.
        var ticks = Ticks.Where(tick => tick <= High - (High - Low) / 25).ToArray();
        axis["type"] = "time";
        axis["min"] = Low;
        axis["max"] = High;
        axis["axisTick"] = new JsonObject { ["customValues"] = Array(), ["length"] = 4 };
        label["customValues"] = Array();
        label["formatter"] = Form;
        axis["axisLabel"] = label;
        return axis;

        JsonArray Array() => [.. ticks.Select(tick => (JsonNode)JsonValue.Create(tick))];
    }

    private static long Local(Instant time, TimeZoneInfo zone) => time.UnixMilliseconds + (long)zone.GetUtcOffset(time.ToDateTimeOffset()).TotalMilliseconds;

    private static List<long> Even(long low, long high, long step)
    {
        var ticks = new List<long>();
        for (var tick = (low + step - 1) / step * step; tick <= high; tick += step)
            ticks.Add(tick);
        return ticks;
    }

    private static List<long> Months(long low, long high, int step)
    {
        var ticks = new List<long>();
        var first = DateTimeOffset.FromUnixTimeMilliseconds(low);
        // Years and half-years begin in January.
        for (var month = first.Year * 12 / step * step; ; month += step)
        {
            var tick = new DateTimeOffset(month / 12, month % 12 + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            if (tick > high)
                return ticks;
            if (tick >= low)
                ticks.Add(tick);
        }
    }
}
