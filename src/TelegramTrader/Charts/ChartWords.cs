using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Charts;

/// <summary>Times as they stand above charts.</summary>
public static class ChartWords
{
    /// <summary>As in "1 Jan to 31 Mar 2025 (UTC+3)", or with the time of day where it is about a few days.</summary>
    public static string Span(Instant from, Instant to, TimeZoneInfo zone)
    {
        var (begin, end) = (Local(from, zone), Local(to, zone));
        var span = begin.Date == end.Date ? $"{Date(begin)} {Time(begin)} to {Time(end)}"
            : (end - begin).TotalDays < 4 ? $"{DayOf(begin)} {Time(begin)} to {Date(end)} {Time(end)}"
            : begin.Year == end.Year ? $"{DayOf(begin)} to {Date(end)}"
            : $"{Date(begin)} to {Date(end)}";
        return $"{span} ({ZoneName(end.Offset)})";
    }

    private static DateTimeOffset Local(Instant time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone);

    private static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string DayOf(DateTimeOffset at) => at.ToString("d MMM", CultureInfo.InvariantCulture);

    private static string Date(DateTimeOffset at) => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>People know their offset; the name of a zone is long.</summary>
    private static string ZoneName(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset.Duration().ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture)}";
}
