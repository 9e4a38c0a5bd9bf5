using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>Months in UTC, named by their first moment, and all of them together.</summary>
internal static class Months
{
    /// <summary>Stands for all months.</summary>
    public static readonly Instant All = Instant.Epoch;

    public static Instant Of(Instant at)
    {
        var time = at.ToDateTimeOffset();
        return Instant.From(new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The first month that begins at this moment or later.</summary>
    public static Instant NotBefore(Instant at) => Of(at) is var begun && begun == at ? begun : After(begun);

    public static Instant After(Instant month) => Instant.From(month.ToDateTimeOffset().AddMonths(1));
}
