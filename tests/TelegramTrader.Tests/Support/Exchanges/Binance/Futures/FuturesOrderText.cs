using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>Orders and trades of futures as Binance writes them.</summary>
internal static class FuturesOrderText
{
    public static string Type(VenueOrderType type) => type switch
    {
        VenueOrderType.Market => "MARKET",
        VenueOrderType.Limit => "LIMIT",
        VenueOrderType.StopMarket => "STOP_MARKET",
        VenueOrderType.StopLimit => "STOP",
        VenueOrderType.TakeProfitMarket => "TAKE_PROFIT_MARKET",
        VenueOrderType.TakeProfitLimit => "TAKE_PROFIT",
        _ => throw new InvalidOperationException($"{type} is not in the set of types."),
    };

    /// <param name="isAcknowledgement">As it was when it was taken, before anything was filled.</param>
    public static JsonObject Order(VenueOrder order, bool isAcknowledgement = false) => new()
    {
        ["orderId"] = order.Id,
        ["symbol"] = BinanceText.Id(order.Request.Symbol),
        ["status"] = isAcknowledgement ? "NEW" : BinanceText.Of(order.Status),
        ["clientOrderId"] = order.Request.ClientId,
        ["price"] = BinanceText.Of(order.Request.Price),
        ["avgPrice"] = BinanceText.Of(isAcknowledgement ? 0m : order.Average),
        ["origQty"] = BinanceText.Of(order.Quantity),
        ["executedQty"] = BinanceText.Of(isAcknowledgement ? 0m : order.Filled.Value),
        ["cumQty"] = BinanceText.Of(isAcknowledgement ? 0m : order.Filled.Value),
        ["cumQuote"] = BinanceText.Of(isAcknowledgement ? 0m : order.Value),
        ["timeInForce"] = BinanceText.Of(order.Request.TimeInForce),
        ["type"] = Type(order.Request.Type),
        ["reduceOnly"] = order.Request.ReduceOnly,
        ["closePosition"] = false,
        ["side"] = BinanceText.Of(order.Request.Side),
        ["positionSide"] = "BOTH",
        ["stopPrice"] = "0",
        ["workingType"] = "CONTRACT_PRICE",
        ["priceProtect"] = false,
        ["origType"] = Type(order.Request.Type),
        ["priceMatch"] = "NONE",
        ["selfTradePreventionMode"] = "EXPIRE_MAKER",
        ["goodTillDate"] = 0,
        ["time"] = order.CreatedAt.UnixMilliseconds,
        ["updateTime"] = order.ChangedAt.UnixMilliseconds,
    };

    public static string AlgoStatus(VenueOrder order) => order.Status switch
    {
        VenueOrderStatus.Waiting => "NEW",
        VenueOrderStatus.Triggered => order.Spawned is { IsOpen: true } ? "TRIGGERED" : "FINISHED",
        VenueOrderStatus.Cancelled => "CANCELED",
        VenueOrderStatus.Expired => "EXPIRED",
        VenueOrderStatus.Rejected => "REJECTED",
        _ => throw new InvalidOperationException($"A conditional order can't be {order.Status}."),
    };

    public static JsonObject Algo(VenueOrder order)
    {
        var text = new JsonObject
        {
            ["algoId"] = order.Id,
            ["clientAlgoId"] = order.Request.ClientId,
            ["algoType"] = "CONDITIONAL",
            ["orderType"] = Type(order.Request.Type),
            ["symbol"] = BinanceText.Id(order.Request.Symbol),
            ["side"] = BinanceText.Of(order.Request.Side),
            ["positionSide"] = "BOTH",
            ["timeInForce"] = BinanceText.Of(order.Request.TimeInForce),
            ["quantity"] = BinanceText.Of(order.Quantity),
            ["algoStatus"] = AlgoStatus(order),
            ["actualOrderId"] = order.Spawned?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            ["actualPrice"] = BinanceText.Of(order.Spawned?.Average ?? 0m),
            ["triggerPrice"] = BinanceText.Of(order.Request.Trigger),
            ["price"] = BinanceText.Of(order.Request.Price),
            ["icebergQuantity"] = null,
            ["tpTriggerPrice"] = "0.000",
            ["tpPrice"] = "0.000",
            ["slTriggerPrice"] = "0.000",
            ["slPrice"] = "0.000",
            ["tpOrderType"] = "",
            ["selfTradePreventionMode"] = "EXPIRE_MAKER",
            ["workingType"] = "CONTRACT_PRICE",
            ["priceMatch"] = "NONE",
            ["closePosition"] = order.Request.ClosesPosition,
            ["priceProtect"] = false,
            ["reduceOnly"] = order.Request.ReduceOnly,
            ["createTime"] = order.CreatedAt.UnixMilliseconds,
            ["updateTime"] = order.ChangedAt.UnixMilliseconds,
            ["triggerTime"] = order.TriggeredAt?.UnixMilliseconds ?? 0,
            ["goodTillDate"] = 0,
        };
        // Only an order that was triggered has these, as seen in August 2026.
        if (order.Spawned is { } spawned)
        {
            text["actualQty"] = BinanceText.Of(spawned.Filled);
            text["actualType"] = Type(spawned.Request.Type);
        }

        return text;
    }

    public static JsonObject Trade(VenueTrade trade) => new()
    {
        ["symbol"] = BinanceText.Id(trade.Order.Request.Symbol),
        ["id"] = trade.Id,
        ["orderId"] = trade.Order.Id,
        ["side"] = BinanceText.Of(trade.Order.Request.Side),
        ["price"] = BinanceText.Of(trade.Price),
        ["qty"] = BinanceText.Of(trade.Quantity),
        ["realizedPnl"] = BinanceText.Of(trade.Realised),
        ["quoteQty"] = BinanceText.Of(trade.Value),
        ["commission"] = BinanceText.Of(trade.Fee),
        ["commissionAsset"] = trade.FeeAsset,
        ["time"] = trade.At.UnixMilliseconds,
        ["positionSide"] = "BOTH",
        ["buyer"] = trade.Order.Request.Side == Core.Orders.OrderSide.Buy,
        ["maker"] = trade.IsMaker,
    };
}
