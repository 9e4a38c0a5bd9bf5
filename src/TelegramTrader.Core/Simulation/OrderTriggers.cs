using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>At which price a resting order acts.</summary>
internal static class OrderTriggers
{
    /// <summary>Whether a resting order acts at this point. A limit order acts once the other side of the book reaches its price.</summary>
    public static bool IsReached(OrderIntent intent, in PricePoint point) => (intent.Kind, intent.Side) switch
    {
        (OrderKind.Market, _) => true,
        (OrderKind.Limit limit, OrderSide.Buy) => point.Ask <= limit.Price.Value,
        (OrderKind.Limit limit, OrderSide.Sell) => point.Bid >= limit.Price.Value,
        (OrderKind.StopMarket stop, OrderSide.Sell) => point.Trigger(OrderSide.Sell) <= stop.Trigger.Value,
        (OrderKind.StopMarket stop, OrderSide.Buy) => point.Trigger(OrderSide.Buy) >= stop.Trigger.Value,
        (OrderKind.TakeProfitMarket target, OrderSide.Sell) => point.Trigger(OrderSide.Sell) >= target.Trigger.Value,
        (OrderKind.TakeProfitMarket target, OrderSide.Buy) => point.Trigger(OrderSide.Buy) <= target.Trigger.Value,
        _ => throw new InvalidOperationException($"{intent.Kind} {intent.Side} is not in the set of orders."),
    };

    /// <summary>The last price of a candle at which the order acts.</summary>
    public static decimal Threshold(OrderIntent intent, decimal spread) => (intent.Kind, intent.Side) switch
    {
        (OrderKind.Limit limit, OrderSide.Buy) => limit.Price.Value / (1m + spread / 2m),
        (OrderKind.Limit limit, OrderSide.Sell) => limit.Price.Value / (1m - spread / 2m),
        (OrderKind.StopMarket stop, _) => stop.Trigger.Value,
        (OrderKind.TakeProfitMarket target, _) => target.Trigger.Value,
        _ => throw new InvalidOperationException($"{intent.Kind} has no threshold."),
    };

    /// <summary>Whether the order acts when the price falls (true) or rises (false).</summary>
    public static bool ActsOnFall(OrderIntent intent) => (intent.Kind, intent.Side) switch
    {
        (OrderKind.Limit, OrderSide.Buy) or (OrderKind.StopMarket, OrderSide.Sell) or (OrderKind.TakeProfitMarket, OrderSide.Buy) => true,
        (OrderKind.Limit, OrderSide.Sell) or (OrderKind.StopMarket, OrderSide.Buy) or (OrderKind.TakeProfitMarket, OrderSide.Sell) => false,
        _ => throw new InvalidOperationException($"{intent.Kind} has no direction."),
    };
}
