using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>How Bybit writes things.</summary>
internal static class BybitText
{
    public static string Id(Symbol symbol) => symbol.Base + symbol.Quote;

    public static string Of(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Of(Price? price) => price is { } known ? Of(known.Value) : "";

    public static string Of(Instant at) => at.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);

    public static string Of(OrderSide side) => side == OrderSide.Buy ? "Buy" : "Sell";

    public static string Of(VenueOrder order) => order.Status switch
    {
        VenueOrderStatus.Waiting => "Untriggered",
        VenueOrderStatus.Triggered => "Triggered",
        VenueOrderStatus.New => "New",
        VenueOrderStatus.PartiallyFilled => "PartiallyFilled",
        VenueOrderStatus.Filled => "Filled",
        // Before its trigger an order is deactivated; what was traded in part keeps a name of its own.
        VenueOrderStatus.Cancelled or VenueOrderStatus.Expired when order.Request.IsConditional && order.TriggeredAt is null => "Deactivated",
        VenueOrderStatus.Cancelled or VenueOrderStatus.Expired => order.Filled.IsZero ? "Cancelled" : "PartiallyFilledCanceled",
        VenueOrderStatus.Rejected => "Rejected",
        _ => throw new InvalidOperationException($"{order.Status} is not in the set of states."),
    };

    public static JsonObject Order(VenueOrder order, Price? last) => new()
    {
        ["orderId"] = order.Id.ToString(CultureInfo.InvariantCulture),
        ["orderLinkId"] = order.Request.ClientId,
        ["symbol"] = Id(order.Request.Symbol),
        ["price"] = order.Request.Price is { } price ? Of(price.Value) : "0",
        ["qty"] = Of(order.Quantity.Value),
        ["side"] = Of(order.Request.Side),
        ["positionIdx"] = 0,
        ["orderStatus"] = Of(order),
        ["cancelType"] = order.Status == VenueOrderStatus.Cancelled ? "CancelByUser" : "UNKNOWN",
        ["rejectReason"] = "EC_NoError",
        ["avgPrice"] = order.Filled.IsZero ? "" : Of(order.Average),
        ["leavesQty"] = Of(order.IsOpen ? order.Remaining.Value : 0m),
        ["cumExecQty"] = Of(order.Filled.Value),
        ["cumExecValue"] = Of(order.Value),
        ["timeInForce"] = order.Request.TimeInForce switch
        {
            _ when IsMarket(order.Request.Type) => "IOC",
            VenueTimeInForce.ImmediateOrCancel => "IOC",
            VenueTimeInForce.FillOrKill => "FOK",
            VenueTimeInForce.PostOnly => "PostOnly",
            _ => "GTC",
        },
        ["orderType"] = IsMarket(order.Request.Type) ? "Market" : "Limit",
        ["stopOrderType"] = order.Request.IsConditional ? "Stop" : "",
        ["triggerPrice"] = Of(order.Request.Trigger),
        ["triggerDirection"] = order.Request.IsConditional ? Rises(order.Request) ? 1 : 2 : 0,
        ["triggerBy"] = order.Request.IsConditional ? "LastPrice" : "",
        ["lastPriceOnCreated"] = Of(last),
        ["takeProfit"] = "",
        ["stopLoss"] = "",
        ["reduceOnly"] = order.Request.ReduceOnly,
        ["closeOnTrigger"] = false,
        ["createdTime"] = Of(order.CreatedAt),
        ["updatedTime"] = Of(order.ChangedAt),
    };

    public static JsonObject Trade(VenueTrade trade) => new()
    {
        ["symbol"] = Id(trade.Order.Request.Symbol),
        ["orderId"] = trade.Order.Id.ToString(CultureInfo.InvariantCulture),
        ["orderLinkId"] = trade.Order.Request.ClientId,
        ["side"] = Of(trade.Order.Request.Side),
        ["orderPrice"] = Of(trade.Price),
        ["orderQty"] = Of(trade.Order.Quantity.Value),
        ["leavesQty"] = Of(trade.Order.Remaining.Value),
        ["orderType"] = IsMarket(trade.Order.Request.Type) ? "Market" : "Limit",
        ["execFee"] = Of(trade.Fee),
        ["feeCurrency"] = trade.FeeAsset,
        ["execId"] = trade.Id.ToString(CultureInfo.InvariantCulture),
        ["execPrice"] = Of(trade.Price),
        ["execQty"] = Of(trade.Quantity.Value),
        ["execType"] = trade.Order.Request.ClientId.StartsWith("autoclose-", StringComparison.Ordinal) ? "BustTrade" : "Trade",
        ["execValue"] = Of(trade.Value),
        ["execTime"] = Of(trade.At),
        ["isMaker"] = trade.IsMaker,
        ["feeRate"] = Of(trade.Fee / trade.Value),
    };

    private static bool IsMarket(VenueOrderType type) => type is VenueOrderType.Market or VenueOrderType.StopMarket or VenueOrderType.TakeProfitMarket;

    private static bool Rises(VenueOrderRequest request) =>
        request.Type is VenueOrderType.StopMarket or VenueOrderType.StopLimit == (request.Side == OrderSide.Buy);
}
