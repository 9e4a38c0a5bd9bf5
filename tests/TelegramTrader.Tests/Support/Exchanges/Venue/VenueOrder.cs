using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>How an order of a venue is executed; those with a trigger wait outside of the book until the price reaches it.</summary>
public enum VenueOrderType
{
    Market,
    Limit,
    StopMarket,
    StopLimit,
    TakeProfitMarket,
    TakeProfitLimit,
}

public enum VenueOrderStatus
{
    /// <summary>Waits for its trigger.</summary>
    Waiting,

    /// <summary>Its trigger was reached, and an order of its own went into the book.</summary>
    Triggered,
    New,
    PartiallyFilled,
    Filled,
    Cancelled,
    Expired,
    Rejected,
}

public enum VenueTimeInForce
{
    GoodTillCancelled,
    ImmediateOrCancel,
    FillOrKill,
    PostOnly,
}

/// <summary>What somebody with an account asks for.</summary>
public sealed record VenueOrderRequest
{
    public required string ClientId { get; init; }

    public required Symbol Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required VenueOrderType Type { get; init; }

    /// <summary>In contracts; null for an order that closes the whole position when it is triggered.</summary>
    public required Quantity? Quantity { get; init; }

    public Price? Price { get; init; }

    public Price? Trigger { get; init; }

    public bool ReduceOnly { get; init; }

    public VenueTimeInForce TimeInForce { get; init; }

    public bool IsConditional => Type is not (VenueOrderType.Market or VenueOrderType.Limit);

    public bool ClosesPosition => Quantity is null;
}

/// <summary>An order as the venue keeps it. Changed only under the venue's lock.</summary>
public sealed class VenueOrder(long id, VenueOrderRequest request, Instant at)
{
    public long Id { get; } = id;

    public VenueOrderRequest Request { get; internal set; } = request;

    public VenueOrderStatus Status { get; internal set; } = request.IsConditional ? VenueOrderStatus.Waiting : VenueOrderStatus.New;

    public Quantity Filled { get; internal set; } = Quantity.Zero;

    /// <summary>Sum of price × quantity over its trades, in the quote asset.</summary>
    public decimal Value { get; internal set; }

    public Instant CreatedAt { get; } = at;

    public Instant ChangedAt { get; internal set; } = at;

    public Instant? TriggeredAt { get; internal set; }

    /// <summary>The order that the trigger put into the book, where conditional orders have their own numbers.</summary>
    public VenueOrder? Spawned { get; internal set; }

    /// <summary>The pair that it is one of; null for an order by itself.</summary>
    public VenueOrderList? List { get; internal set; }

    /// <summary>Why it ended otherwise than asked for; null while it did not.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Under which id the matching engine knows it; null while it waits for its trigger.</summary>
    internal ClientOrderId? Matched { get; set; }

    public bool IsOpen => Status is VenueOrderStatus.Waiting or VenueOrderStatus.New or VenueOrderStatus.PartiallyFilled;

    public Quantity Quantity => Request.Quantity ?? Quantity.Zero;

    public Quantity Remaining => Filled >= Quantity ? Quantity.Zero : Quantity - Filled;

    /// <summary>Average price of what was traded; zero before the first trade.</summary>
    public decimal Average => Filled.IsZero ? 0m : Value / Filled.Value;
}

/// <summary>One execution, as the venue reports it.</summary>
/// <param name="Fee">In <paramref name="FeeAsset"/>.</param>
/// <param name="Realised">What it earned on a position that it made smaller, before fees.</param>
public sealed record VenueTrade(
    long Id, VenueOrder Order, Price Price, Quantity Quantity, decimal Fee, string FeeAsset, bool IsMaker, decimal Realised, Instant At)
{
    public decimal Value => Price.Value * Quantity.Value;
}

/// <summary>The venue says no.</summary>
public sealed class VenueRefusal(ExchangeError error) : Exception(error.Message)
{
    public ExchangeError Error { get; } = error;
}
