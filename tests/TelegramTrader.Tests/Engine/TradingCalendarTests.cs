using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Engine;

public sealed class TradingCalendarTests
{
    // A zone of our own, so that the test does not depend on what time zones a machine knows: UTC+1, summer UTC+2 from the last Sunday of March
    // 02:00 to the last Sunday of October 03:00, as in Berlin.
    private static readonly TimeZoneInfo Berlin = Zone("TestBerlin", 1, 2, 3);

    // The same with the jump at midnight, as in Beirut: on the last Sunday of March the day begins at 01:00.
    private static readonly TimeZoneInfo Midnight = Zone("TestMidnight", 2, 0, 0);

    public static TheoryData<string, string, string, string> Cases => new()
    {
        // zone, moment (UTC), first moment of its local day, first moment of its local week
        { "utc", "2025-05-06T12:00:00Z", "2025-05-06T00:00:00Z", "2025-05-05T00:00:00Z" },
        { "utc", "2025-05-05T00:00:00Z", "2025-05-05T00:00:00Z", "2025-05-05T00:00:00Z" }, // a Monday begins with its first moment
        { "utc", "2025-05-04T23:59:59Z", "2025-05-04T00:00:00Z", "2025-04-28T00:00:00Z" }, // a Sunday belongs to the week before
        { "utc", "2025-01-01T10:00:00Z", "2025-01-01T00:00:00Z", "2024-12-30T00:00:00Z" }, // over the new year
        // Berlin in winter: the day begins at 23:00 UTC of the day before
        { "berlin", "2025-01-15T22:59:59Z", "2025-01-14T23:00:00Z", "2025-01-12T23:00:00Z" },
        { "berlin", "2025-01-15T23:00:00Z", "2025-01-15T23:00:00Z", "2025-01-12T23:00:00Z" },
        // clocks forward on Sunday 2025-03-30: that day has 23 hours, from 23:00 UTC to 22:00 UTC
        { "berlin", "2025-03-30T12:00:00Z", "2025-03-29T23:00:00Z", "2025-03-23T23:00:00Z" },
        { "berlin", "2025-03-30T21:59:59Z", "2025-03-29T23:00:00Z", "2025-03-23T23:00:00Z" },
        { "berlin", "2025-03-30T22:00:00Z", "2025-03-30T22:00:00Z", "2025-03-30T22:00:00Z" },
        // clocks back on Sunday 2025-10-26: that day has 25 hours, from 22:00 UTC to 23:00 UTC
        { "berlin", "2025-10-26T22:30:00Z", "2025-10-25T22:00:00Z", "2025-10-19T22:00:00Z" },
        { "berlin", "2025-10-26T23:00:00Z", "2025-10-26T23:00:00Z", "2025-10-26T23:00:00Z" },
        // a midnight that does not exist: the day begins at 01:00 local (summer, UTC+3) = 22:00 UTC of the day before
        { "midnight", "2025-03-30T12:00:00Z", "2025-03-29T22:00:00Z", "2025-03-23T22:00:00Z" },
        // and one that happens twice: clocks go back from 24:00 Saturday to 23:00, so Sunday's midnight is there once, in winter time (UTC+2)
        { "midnight", "2025-10-26T12:00:00Z", "2025-10-25T22:00:00Z", "2025-10-19T21:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void DayAndWeekStart_AnyMoment_AreTheFirstLocalMoments(string zone, string at, string day, string week)
    {
        var calendar = new TradingCalendar(zone switch { "utc" => TimeZoneInfo.Utc, "berlin" => Berlin, _ => Midnight });
        Assert.Equal(Moment(day), calendar.DayStart(Moment(at)));
        Assert.Equal(Moment(week), calendar.WeekStart(Moment(at)));
    }

    [Fact]
    public void DayStart_EveryHourOfAYear_NeverLiesAheadAndNeverGoesBack()
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Berlin, Midnight })
        {
            var calendar = new TradingCalendar(zone);
            var last = Instant.Epoch;
            for (var at = Moment("2025-01-01T00:00:00Z"); at < Moment("2026-01-01T00:00:00Z"); at += TimeSpan.FromHours(1))
            {
                var start = calendar.DayStart(at);
                Assert.True(start <= at && start >= last && at - start < TimeSpan.FromHours(25), $"{zone.Id} {at}: {start}");
                last = start;
            }
        }
    }

    private static Instant Moment(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    private static TimeZoneInfo Zone(string name, int offsetHours, int startHour, int endHour) => TimeZoneInfo.CreateCustomTimeZone(
        name, TimeSpan.FromHours(offsetHours), name, name, name,
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, startHour, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, endHour, 0, 0), 10, 5, DayOfWeek.Sunday)),
        ]);
}
