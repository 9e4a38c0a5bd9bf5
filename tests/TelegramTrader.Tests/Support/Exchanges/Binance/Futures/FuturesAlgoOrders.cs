using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>
/// Orders with a trigger. They live in a book of their own with numbers and client ids of their own; once triggered, an order with another number does the trading.
/// </summary>
internal sealed class FuturesAlgoOrders(TradingVenue venue)
{
    private const string Lookup = "algoId clientAlgoId";

    private long _named;

    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("POST /fapi/v1/algoOrder",
            "algoType! symbol! side! type! positionSide timeInForce quantity price triggerPrice workingType priceMatch closePosition priceProtect reduceOnly activatePrice callbackRate clientAlgoId newOrderRespType selfTradePreventionMode goodTillDate",
            Place, 0) with { Orders = 1 },
        // CCXT names the symbol as well, and Binance bears it.
        BinanceRoute.Signed("GET /fapi/v1/algoOrder", Lookup + " symbol", request => FuturesOrderText.Algo(Found(request, BinanceRefusal.NoSuchOrder))),
        BinanceRoute.Signed("DELETE /fapi/v1/algoOrder", Lookup + " symbol", Cancel),
        BinanceRoute.Signed("DELETE /fapi/v1/algoOpenOrders", "symbol!", CancelAll),
        BinanceRoute.Signed("GET /fapi/v1/openAlgoOrders", "algoType symbol algoId", request => List(request, order => order.IsOpen), 1, 40),
        BinanceRoute.Signed("GET /fapi/v1/allAlgoOrders", "symbol! algoId startTime endTime page limit", request => List(request, order => request.IsWithin(order.CreatedAt)), 5),
    ];

    private JsonNode Place(BinanceRequest request)
    {
        if (request.Required("algoType") != "CONDITIONAL")
            throw BinanceRefusal.Malformed("algoType");
        var type = request.Required("type") switch
        {
            "STOP_MARKET" => VenueOrderType.StopMarket,
            "STOP" => VenueOrderType.StopLimit,
            "TAKE_PROFIT_MARKET" => VenueOrderType.TakeProfitMarket,
            "TAKE_PROFIT" => VenueOrderType.TakeProfitLimit,
            _ => throw new BinanceRefusal(-1116, "Invalid orderType."),
        };
        var asked = FuturesOrders.Request(request, venue, type, request.Text("clientAlgoId") ?? $"auto_algo_{++_named}", "triggerPrice");
        if (asked.ClosesPosition && venue.Orders.Any(order => order is { IsOpen: true, Request.ClosesPosition: true } && order.Request.Symbol == asked.Symbol
            && order.Request.Side == asked.Side && order.Request.Type == asked.Type))
            throw new BinanceRefusal(-4130, "An open stop or take profit order with GTE and closePosition in the direction is existing.");
        return FuturesOrderText.Algo(venue.Place(asked));
    }

    private JsonNode Cancel(BinanceRequest request)
    {
        var order = Found(request, new BinanceRefusal(-2011, "Unknown order sent."));
        venue.Cancel(order);
        return new JsonObject { ["algoId"] = order.Id, ["clientAlgoId"] = order.Request.ClientId, ["code"] = "200", ["msg"] = "success" };
    }

    private JsonNode CancelAll(BinanceRequest request)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        foreach (var order in venue.Orders.Where(order => order.IsOpen && order.Request.IsConditional && order.Request.Symbol == symbol))
            venue.Cancel(order);
        return new JsonObject { ["code"] = 200, ["msg"] = "The operation of cancel all open order is done." };
    }

    private JsonNode List(BinanceRequest request, Func<VenueOrder, bool> isWanted)
    {
        var symbols = request.Markets(venue).Select(market => market.Instrument.Symbol).ToHashSet();
        return new JsonArray([.. venue.Orders.Where(order => order.Request.IsConditional && symbols.Contains(order.Request.Symbol) && isWanted(order)
                && (request.Whole("algoId") is not { } id || order.Id == id))
            .TakeLast(request.Limit(500, 1000)).Select(FuturesOrderText.Algo)]);
    }

    private VenueOrder Found(BinanceRequest request, BinanceRefusal missing)
    {
        var order = request.Whole("algoId") is { } id ? venue.Find(id)
            : request.Text("clientAlgoId") is { } clientId ? venue.Orders.LastOrDefault(each => each.Request.IsConditional && each.Request.ClientId == clientId)
            : throw new BinanceRefusal(-1102, "Either 'algoId' or 'clientAlgoId' must be sent.");
        return order is { Request.IsConditional: true } ? order : throw missing;
    }
}
