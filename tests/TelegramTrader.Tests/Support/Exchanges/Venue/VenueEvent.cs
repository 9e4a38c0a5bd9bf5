using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>What happened at a venue, for the streams: one of a closed set. Told under the venue's lock, in order.</summary>
public abstract record VenueEvent
{
    private VenueEvent()
    {
    }

    /// <param name="IsAmendment">Its price or quantity was changed.</param>
    public sealed record OrderChanged(VenueOrder Order, bool IsAmendment = false) : VenueEvent;

    /// <summary>A pair has begun, or has ended.</summary>
    public sealed record ListChanged(VenueOrderList List) : VenueEvent;

    public sealed record Traded(VenueTrade Trade) : VenueEvent;

    public sealed record FundingPaid(VenueIncome Income) : VenueEvent;

    public sealed record PriceMoved(Quote Quote) : VenueEvent;

    /// <summary>A minute has ended.</summary>
    public sealed record MinuteEnded(Symbol Symbol) : VenueEvent;
}

/// <param name="Kind">Of the venue's books: funding, result, fee, or insurance after a liquidation.</param>
/// <param name="Amount">Positive was received.</param>
public sealed record VenueIncome(long Id, VenueIncomeKind Kind, Symbol Symbol, decimal Amount, string Asset, decimal? Rate, long? TradeId, Instant At);

public enum VenueIncomeKind
{
    Funding,
    Realised,
    Fee,
    Liquidation,
}
