using System.Text.Json.Nodes;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Spot;

/// <summary>Orders and trades of spot as Binance writes them.</summary>
internal static class SpotOrderText
{
    public static string Type(VenueOrderRequest request) => request.Type switch
    {
        VenueOrderType.Market => "MARKET",
        VenueOrderType.Limit => request.TimeInForce == VenueTimeInForce.PostOnly ? "LIMIT_MAKER" : "LIMIT",
        VenueOrderType.StopMarket => "STOP_LOSS",
        VenueOrderType.StopLimit => "STOP_LOSS_LIMIT",
        VenueOrderType.TakeProfitMarket => "TAKE_PROFIT",
        VenueOrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
        _ => throw new InvalidOperationException($"{request.Type} is not in the set of types."),
    };

    public static JsonObject Order(VenueOrder order) => new()
    {
        ["symbol"] = BinanceText.Id(order.Request.Symbol),
        ["orderId"] = order.Id,
        ["orderListId"] = order.List?.Id ?? -1,
        ["clientOrderId"] = order.Request.ClientId,
        ["price"] = BinanceText.Of(order.Request.Price),
        ["origQty"] = BinanceText.Of(order.Quantity),
        ["executedQty"] = BinanceText.Of(order.Filled),
        ["origQuoteOrderQty"] = "0.00000000",
        ["cummulativeQuoteQty"] = BinanceText.Of(order.Value),
        ["status"] = BinanceText.Of(order.Status),
        ["timeInForce"] = order.Request.TimeInForce == VenueTimeInForce.PostOnly ? "GTC" : BinanceText.Of(order.Request.TimeInForce),
        ["type"] = Type(order.Request),
        ["side"] = BinanceText.Of(order.Request.Side),
        ["stopPrice"] = BinanceText.Of(order.Request.Trigger),
        ["icebergQty"] = "0.00000000",
        ["time"] = order.CreatedAt.UnixMilliseconds,
        ["updateTime"] = order.ChangedAt.UnixMilliseconds,
        ["isWorking"] = order.Status != VenueOrderStatus.Waiting,
        ["workingTime"] = order.CreatedAt.UnixMilliseconds,
        ["selfTradePreventionMode"] = "EXPIRE_MAKER",
    };

    /// <summary>The answer to a new order: with its state from RESULT on, with its trades for FULL.</summary>
    public static JsonObject Placed(VenueOrder order, string detail, IEnumerable<VenueTrade> trades)
    {
        var answer = new JsonObject
        {
            ["symbol"] = BinanceText.Id(order.Request.Symbol),
            ["orderId"] = order.Id,
            ["orderListId"] = order.List?.Id ?? -1,
            ["clientOrderId"] = order.Request.ClientId,
            ["transactTime"] = order.CreatedAt.UnixMilliseconds,
        };
        if (detail == "ACK")
            return answer;
        foreach (var (name, value) in Order(order).Where(field => !answer.ContainsKey(field.Key) && field.Key is not ("time" or "updateTime" or "isWorking" or "icebergQty")))
            answer[name] = value?.DeepClone();
        if (detail == "FULL")
            answer["fills"] = new JsonArray([.. trades.Select(trade => new JsonObject
            {
                ["price"] = BinanceText.Of(trade.Price),
                ["qty"] = BinanceText.Of(trade.Quantity),
                ["commission"] = BinanceText.Of(trade.Fee),
                ["commissionAsset"] = trade.FeeAsset,
                ["tradeId"] = trade.Id,
            })]);
        return answer;
    }

    /// <summary>The answer to a withdrawal, which has a client id of its own; that of the order is the original one.</summary>
    public static JsonObject Withdrawn(VenueOrder order, string withdrawal)
    {
        var answer = Order(order);
        answer["origClientOrderId"] = order.Request.ClientId;
        answer["clientOrderId"] = withdrawal;
        answer["transactTime"] = order.ChangedAt.UnixMilliseconds;
        return answer;
    }

    /// <summary>A list, without its orders' states where no reports are given.</summary>
    public static JsonObject List(VenueOrderList list, IEnumerable<JsonObject>? reports = null)
    {
        var answer = new JsonObject
        {
            ["orderListId"] = list.Id,
            ["contingencyType"] = "OCO",
            ["listStatusType"] = list.IsOpen ? "EXEC_STARTED" : "ALL_DONE",
            ["listOrderStatus"] = list.IsOpen ? "EXECUTING" : "ALL_DONE",
            ["listClientOrderId"] = list.ClientId,
            ["transactionTime"] = list.Orders.Max(order => order.ChangedAt.UnixMilliseconds),
            ["symbol"] = BinanceText.Id(list.Limit.Request.Symbol),
            ["orders"] = new JsonArray([.. list.Orders.Select(order => new JsonObject
            {
                ["symbol"] = BinanceText.Id(order.Request.Symbol),
                ["orderId"] = order.Id,
                ["clientOrderId"] = order.Request.ClientId,
            })]),
        };
        if (reports is not null)
            answer["orderReports"] = new JsonArray([.. reports]);
        return answer;
    }

    public static JsonObject Trade(VenueTrade trade) => new()
    {
        ["symbol"] = BinanceText.Id(trade.Order.Request.Symbol),
        ["id"] = trade.Id,
        ["orderId"] = trade.Order.Id,
        ["orderListId"] = trade.Order.List?.Id ?? -1,
        ["price"] = BinanceText.Of(trade.Price),
        ["qty"] = BinanceText.Of(trade.Quantity),
        ["quoteQty"] = BinanceText.Of(trade.Value),
        ["commission"] = BinanceText.Of(trade.Fee),
        ["commissionAsset"] = trade.FeeAsset,
        ["time"] = trade.At.UnixMilliseconds,
        ["isBuyer"] = trade.Order.Request.Side == OrderSide.Buy,
        ["isMaker"] = trade.IsMaker,
        ["isBestMatch"] = true,
    };
}
