using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

public enum OrderSide
{
    Buy,
    Sell,
}

public static class OrderSides
{
    /// <summary>The side of an order that opens a position of this side.</summary>
    public static OrderSide Opening(this TradeSide side) => side == TradeSide.Long ? OrderSide.Buy : OrderSide.Sell;

    /// <summary>The side of an order that closes a position of this side.</summary>
    public static OrderSide Closing(this TradeSide side) => side == TradeSide.Long ? OrderSide.Sell : OrderSide.Buy;
}

/// <summary>How an order is executed: one of a closed set.</summary>
public abstract record OrderKind
{
    private OrderKind()
    {
    }

    /// <summary>At once, at what the market gives.</summary>
    public sealed record Market : OrderKind;

    /// <summary>At this price or better.</summary>
    public sealed record Limit(Price Price) : OrderKind;

    /// <summary>At the market once the last price reaches the trigger from the losing side: at or below it to sell, at or above it to buy.</summary>
    public sealed record StopMarket(Price Trigger) : OrderKind;

    /// <summary>At the market once the last price reaches the trigger from the winning side: at or above it to sell, at or below it to buy.</summary>
    public sealed record TakeProfitMarket(Price Trigger) : OrderKind;

    /// <summary>
    /// A pair that the exchange keeps as one (OCO): at the limit or better, or at the market once the last price reaches the trigger from the losing side, whichever comes first.
    /// With the first execution at the limit the trigger is gone, and what is left waits at the limit alone.
    /// </summary>
    /// <param name="Limit">On the winning side of the market: above it to sell, below it to buy.</param>
    /// <param name="Trigger">On the losing side of the market.</param>
    public sealed record OneCancelsOther(Price Limit, Price Trigger) : OrderKind
    {
        // The case of the set with the same name would hide it.
        public new Price Limit { get; init; } = Limit;
    }

    /// <summary>The price the order names, of a pair that of its limit; null for a market order.</summary>
    public Price? NamedPrice => this switch
    {
        OneCancelsOther pair => pair.Limit,
        Limit limit => limit.Price,
        StopMarket stop => stop.Trigger,
        TakeProfitMarket target => target.Trigger,
        _ => null,
    };
}
