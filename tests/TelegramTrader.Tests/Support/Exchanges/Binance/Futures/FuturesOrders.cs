using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>Orders that go into the book. Those with a trigger are refused here since they have endpoints of their own.</summary>
internal sealed class FuturesOrders(TradingVenue venue)
{
    private const string Lookup = "symbol! orderId origClientOrderId";

    private long _named;

    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("POST /fapi/v1/order",
            "symbol! side! type! positionSide timeInForce quantity reduceOnly price newClientOrderId stopPrice closePosition activationPrice callbackRate workingType priceProtect newOrderRespType priceMatch selfTradePreventionMode goodTillDate",
            Place, 0) with { Orders = 1 },
        BinanceRoute.Signed("PUT /fapi/v1/order", Lookup + " side! quantity! price priceMatch origType positionSide", Amend) with { Orders = 1 },
        BinanceRoute.Signed("GET /fapi/v1/order", Lookup, request => FuturesOrderText.Order(Found(request, BinanceRefusal.NoSuchOrder))),
        BinanceRoute.Signed("GET /fapi/v1/openOrder", Lookup, request =>
            FuturesOrderText.Order(Found(request, BinanceRefusal.NoSuchOrder) is { IsOpen: true } open ? open : throw BinanceRefusal.NoSuchOrder)),
        BinanceRoute.Signed("DELETE /fapi/v1/order", Lookup, Cancel),
        BinanceRoute.Signed("DELETE /fapi/v1/allOpenOrders", "symbol!", CancelAll),
        BinanceRoute.Signed("GET /fapi/v1/openOrders", "symbol", request => List(request, order => order.IsOpen), 1, 40),
        BinanceRoute.Signed("GET /fapi/v1/allOrders", "symbol! orderId startTime endTime limit", request =>
            List(request, order => request.IsWithin(order.CreatedAt) && order.Id >= (request.Whole("orderId") ?? 0)), 5),
        BinanceRoute.Signed("GET /fapi/v1/userTrades", "symbol orderId startTime endTime fromId limit", Trades, 5),
    ];

    /// <summary>What may be written of an order on either endpoint.</summary>
    public static VenueOrderRequest Request(BinanceRequest request, TradingVenue venue, VenueOrderType type, string clientId, string triggerName)
    {
        var market = request.Market(venue);
        if (request.Text("positionSide") is { } side && (side == "BOTH") == venue.IsHedged)
            throw new BinanceRefusal(-4061, "Order's position side does not match user's setting.");
        if (request.Text("positionSide") is null && venue.IsHedged)
            throw new BinanceRefusal(-4061, "Order's position side does not match user's setting.");
        var isLimit = type is VenueOrderType.Limit or VenueOrderType.StopLimit or VenueOrderType.TakeProfitLimit;
        if (isLimit && request.Number("price") is null or 0m)
            throw BinanceRefusal.Malformed("price");
        if (!isLimit && request.Text("price") is not null)
            throw new BinanceRefusal(-1106, "Parameter 'price' sent when not required.");
        if (type == VenueOrderType.Limit && request.Text("timeInForce") is null)
            throw BinanceRefusal.Malformed("timeInForce");
        if (type == VenueOrderType.Market && request.Text("timeInForce") is not null)
            throw new BinanceRefusal(-1106, "Parameter 'timeInForce' sent when not required.");
        var closes = request.Flag("closePosition");
        if (closes && request.Text("quantity") is not null)
            throw new BinanceRefusal(-4136, "Target strategy invalid for orderType " + request.Required("type") + ",closePosition true");
        if (closes && request.Text("reduceOnly") is not null)
            throw new BinanceRefusal(-1106, "Parameter 'reduceOnly' sent when not required.");
        var isConditional = type is not (VenueOrderType.Market or VenueOrderType.Limit);
        var made = new VenueOrderRequest
        {
            ClientId = clientId,
            Symbol = market.Instrument.Symbol,
            Side = request.Side(),
            Type = type,
            Quantity = closes ? null : new Quantity(request.Number("quantity") ?? throw BinanceRefusal.Malformed("quantity")),
            Price = isLimit ? new Price(request.Number("price")!.Value) : null,
            Trigger = isConditional ? new Price(request.Number(triggerName) is > 0m and var trigger ? trigger : throw BinanceRefusal.Malformed(triggerName)) : null,
            ReduceOnly = request.Flag("reduceOnly"),
            TimeInForce = BinanceText.TimeInForce(request.Text("timeInForce")),
        };
        BinanceFilters.CheckClientId(clientId, isSpot: false);
        BinanceFilters.CheckFutures(market, made);
        return made;
    }

    private JsonNode Place(BinanceRequest request)
    {
        var type = request.Required("type") switch
        {
            "MARKET" => VenueOrderType.Market,
            "LIMIT" => VenueOrderType.Limit,
            "STOP" or "STOP_MARKET" or "TAKE_PROFIT" or "TAKE_PROFIT_MARKET" or "TRAILING_STOP_MARKET" =>
                throw new BinanceRefusal(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead."),
            _ => throw new BinanceRefusal(-1116, "Invalid orderType."),
        };
        var clientId = request.Text("newClientOrderId") ?? $"auto_{++_named}";
        var order = venue.Place(Request(request, venue, type, clientId, "stopPrice"));
        return FuturesOrderText.Order(order, isAcknowledgement: request.Text("newOrderRespType") is not "RESULT");
    }

    private JsonNode Amend(BinanceRequest request)
    {
        var order = Found(request, BinanceRefusal.NoSuchOrder);
        if (order.Request.Type != VenueOrderType.Limit)
            throw new BinanceRefusal(-5025, "Only limit order is supported.");
        if (request.Side() != order.Request.Side)
            throw new BinanceRefusal(-1117, "Invalid side.");
        var quantity = new Quantity(request.Number("quantity")!.Value);
        var price = new Price(request.Number("price") is > 0m and var named ? named : throw BinanceRefusal.Malformed("price"));
        if (quantity == order.Quantity && price == order.Request.Price)
            throw new BinanceRefusal(-5027, "No need to modify the order.");
        BinanceFilters.CheckFutures(request.Market(venue), order.Request with { Quantity = quantity, Price = price });
        if (!order.IsOpen)
            throw BinanceRefusal.NoSuchOrder;
        venue.Amend(order, quantity, price, null);
        return FuturesOrderText.Order(order);
    }

    private JsonNode Cancel(BinanceRequest request)
    {
        var order = Found(request, new BinanceRefusal(-2011, "Unknown order sent."));
        venue.Cancel(order);
        return FuturesOrderText.Order(order);
    }

    private JsonNode CancelAll(BinanceRequest request)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        foreach (var order in venue.Orders.Where(order => order.IsOpen && !order.Request.IsConditional && order.Request.Symbol == symbol))
            venue.Cancel(order);
        return new JsonObject { ["code"] = 200, ["msg"] = "The operation of cancel all open order is done." };
    }

    private JsonNode List(BinanceRequest request, Func<VenueOrder, bool> isWanted)
    {
        var symbols = request.Markets(venue).Select(market => market.Instrument.Symbol).ToHashSet();
        return new JsonArray([.. venue.Orders.Where(order => !order.Request.IsConditional && symbols.Contains(order.Request.Symbol) && isWanted(order))
            .TakeLast(request.Limit(500, 1000)).Select(order => FuturesOrderText.Order(order))]);
    }

    private JsonNode Trades(BinanceRequest request)
    {
        var symbols = request.Markets(venue).Select(market => market.Instrument.Symbol).ToHashSet();
        var wanted = venue.Trades.Where(trade => symbols.Contains(trade.Order.Request.Symbol) && request.IsWithin(trade.At)
            && trade.Id >= (request.Whole("fromId") ?? 0) && (request.Whole("orderId") is not { } id || trade.Order.Id == id));
        var limit = request.Limit(500, 1000);
        // With a beginning, from there on; without, the newest.
        var chosen = request.Whole("startTime") is null && request.Whole("fromId") is null ? wanted.TakeLast(limit) : wanted.Take(limit);
        return new JsonArray([.. chosen.Select(FuturesOrderText.Trade)]);
    }

    private VenueOrder Found(BinanceRequest request, BinanceRefusal missing)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        var order = request.Whole("orderId") is { } id ? venue.Find(id)
            : request.Text("origClientOrderId") is { } clientId ? venue.FindByClientId(symbol, clientId, isConditional: false)
            : throw new BinanceRefusal(-1102, "Either 'origClientOrderId' or 'orderId' must be sent.");
        return order is { Request.IsConditional: false } && order.Request.Symbol == symbol ? order : throw missing;
    }
}
