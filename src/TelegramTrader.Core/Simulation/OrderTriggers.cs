using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>At which price a resting order acts. A pair is a stop when the price goes one way and a limit when it goes the other.</summary>
internal static class OrderTriggers
{
    /// <summary>What acts when the price falls (true) or rises (false): the order itself, of a pair one of the two, null when the order waits for the other direction.</summary>
    public static OrderKind? Acting(OrderKind kind, OrderSide side, bool onFall) => kind switch
    {
        OrderKind.OneCancelsOther pair => side == OrderSide.Sell == onFall ? StopOf(pair) : TargetOf(pair),
        OrderKind.Limit => side == OrderSide.Buy == onFall ? kind : null,
        OrderKind.StopMarket => side == OrderSide.Sell == onFall ? kind : null,
        OrderKind.TakeProfitMarket => side == OrderSide.Buy == onFall ? kind : null,
        _ => throw new InvalidOperationException($"{kind} has no direction."),
    };

    /// <summary>What acts at this point: the order itself, of a pair that of the two which is reached, the stop first; null when nothing is.</summary>
    public static OrderKind? ActingAt(OrderKind kind, OrderSide side, in PricePoint point) => kind switch
    {
        OrderKind.OneCancelsOther pair when IsReached(StopOf(pair), side, point) => StopOf(pair),
        OrderKind.OneCancelsOther pair => IsReached(TargetOf(pair), side, point) ? TargetOf(pair) : null,
        _ => IsReached(kind, side, point) ? kind : null,
    };

    /// <summary>Whether an order that rests as it was placed acts at this point.</summary>
    public static bool IsReached(OrderIntent intent, in PricePoint point) => IsReached(intent.Kind, intent.Side, point);

    /// <summary>Whether a resting order acts at this point. A limit order acts once the other side of the book reaches its price.</summary>
    public static bool IsReached(OrderKind kind, OrderSide side, in PricePoint point) => (kind, side) switch
    {
        (OrderKind.Market, _) => true,
        (OrderKind.Limit limit, OrderSide.Buy) => point.Ask <= limit.Price.Value,
        (OrderKind.Limit limit, OrderSide.Sell) => point.Bid >= limit.Price.Value,
        (OrderKind.StopMarket stop, OrderSide.Sell) => point.Trigger(OrderSide.Sell) <= stop.Trigger.Value,
        (OrderKind.StopMarket stop, OrderSide.Buy) => point.Trigger(OrderSide.Buy) >= stop.Trigger.Value,
        (OrderKind.TakeProfitMarket target, OrderSide.Sell) => point.Trigger(OrderSide.Sell) >= target.Trigger.Value,
        (OrderKind.TakeProfitMarket target, OrderSide.Buy) => point.Trigger(OrderSide.Buy) <= target.Trigger.Value,
        (OrderKind.OneCancelsOther pair, _) => IsReached(StopOf(pair), side, point) || IsReached(TargetOf(pair), side, point),
        _ => throw new InvalidOperationException($"{kind} {side} is not in the set of orders."),
    };

    /// <summary>The last price of a candle at which the order acts. A pair has two, each of what <see cref="Acting"/> gives.</summary>
    public static decimal Threshold(OrderKind kind, OrderSide side, decimal spread) => (kind, side) switch
    {
        (OrderKind.Limit limit, OrderSide.Buy) => limit.Price.Value / (1m + spread / 2m),
        (OrderKind.Limit limit, OrderSide.Sell) => limit.Price.Value / (1m - spread / 2m),
        (OrderKind.StopMarket stop, _) => stop.Trigger.Value,
        (OrderKind.TakeProfitMarket target, _) => target.Trigger.Value,
        _ => throw new InvalidOperationException($"{kind} has no threshold."),
    };

    /// <summary>The stop that the order is or has in it; null for none.</summary>
    public static OrderKind.StopMarket? StopOf(OrderKind kind) => kind switch
    {
        OrderKind.StopMarket stop => stop,
        OrderKind.OneCancelsOther pair => StopOf(pair),
        _ => null,
    };

    /// <summary>The target that the order is or has in it; null for none.</summary>
    public static OrderKind? TargetOf(OrderKind kind) => kind switch
    {
        OrderKind.Limit or OrderKind.TakeProfitMarket => kind,
        OrderKind.OneCancelsOther pair => TargetOf(pair),
        _ => null,
    };

    private static OrderKind.StopMarket StopOf(OrderKind.OneCancelsOther pair) => new(pair.Trigger);

    private static OrderKind.Limit TargetOf(OrderKind.OneCancelsOther pair) => new(pair.Limit);
}
