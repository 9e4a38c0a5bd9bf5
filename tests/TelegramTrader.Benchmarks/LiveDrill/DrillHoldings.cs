using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>What the bot holds, as the exchange knows it, and whether it is protected there: positions, or coins.</summary>
internal abstract class DrillHoldings(TradingVenue venue)
{
    public static DrillHoldings Of(TradingVenue venue) => venue.Settings.IsSpot ? new DrillCoins(venue) : new DrillPositions(venue);

    protected TradingVenue Venue => venue;

    /// <summary>How long something may be bare while somebody is there to place a stop.</summary>
    public abstract TimeSpan LongestBare { get; }

    /// <summary>What has no stop at the exchange for a part of it, at this moment. Asked under the venue's lock.</summary>
    public abstract IReadOnlyList<BareHolding> Bare();

    /// <summary>What is held according to the exchange and not according to the books, or the other way round.</summary>
    public abstract IReadOnlyList<string> Differences(DrillBooks books);

    /// <summary>All that was sold or was for sale and should not have been, from the first execution on.</summary>
    public abstract IReadOnlyList<string> Wrong();
}

/// <param name="Key">The same for as long as the same thing is held.</param>
/// <param name="What">For people.</param>
internal sealed record BareHolding(string Key, string What);
