using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>Months in UTC, named by their first moment.</summary>
internal static class Months
{
    public static Instant Of(Instant at)
    {
        var time = at.ToDateTimeOffset();
        return Instant.From(new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The first month that begins at this moment or later.</summary>
    public static Instant NotBefore(Instant at) => Of(at) is var begun && begun == at ? begun : After(begun);

    public static Instant After(Instant month) => Instant.From(month.ToDateTimeOffset().AddMonths(1));
}
