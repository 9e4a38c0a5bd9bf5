using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

/// <summary>An order as we want it, before anybody approved or accepted it.</summary>
public sealed record OrderIntent
{
    public required ClientOrderId Id { get; init; }

    public required AccountId Account { get; init; }

    public required Symbol Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderKind Kind { get; init; }

    /// <summary>In contracts (base units where a contract is one unit); on the instrument's step.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The order may only make a position smaller, never open or turn one.</summary>
    public required bool ReduceOnly { get; init; }

    /// <summary>The number of the trade it belongs to.</summary>
    public required int TradeNumber { get; init; }

    public required OrderPurpose Purpose { get; init; }

    /// <summary>The leverage the position is to have; 1 or more.</summary>
    public decimal Leverage { get; init; } = 1m;

    /// <summary>As what it was executed at this price: of a pair the target at its limit or better, else the stop; any other order as what it is.</summary>
    public (OrderPurpose Purpose, OrderKind Kind) ActedAt(Price price) =>
        Kind is not OrderKind.OneCancelsOther pair ? (Purpose, Kind)
        : (Side == OrderSide.Sell ? price >= pair.Limit : price <= pair.Limit) ? (Purpose, new OrderKind.Limit(pair.Limit))
        : (new OrderPurpose.Stop(), new OrderKind.StopMarket(pair.Trigger));
}
