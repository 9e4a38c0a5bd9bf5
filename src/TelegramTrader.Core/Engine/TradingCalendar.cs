using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine;

/// <summary>Where days and weeks begin in one time zone, daylight saving included.</summary>
public sealed class TradingCalendar(TimeZoneInfo zone)
{
    /// <summary>The first moment of the local day that holds this one.</summary>
    public Instant DayStart(Instant at) => Midnight(LocalDate(at));

    /// <summary>The first moment of the local Monday on or before this one.</summary>
    public Instant WeekStart(Instant at)
    {
        var date = LocalDate(at);
        var sinceMonday = ((int)date.DayOfWeek + 6) % 7;
        return Midnight(date.AddDays(-sinceMonday));
    }

    public DateOnly LocalDate(Instant at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone).DateTime);

    private Instant Midnight(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        // Where the clock jumps over midnight, the day begins with the first moment that exists.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return Instant.From(new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local)));
    }
}
