using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Spot;

/// <summary>Spot orders, with and without a trigger: here both are of one kind.</summary>
internal sealed class SpotOrders(TradingVenue venue)
{
    private const string Lookup = "symbol! orderId origClientOrderId";

    private long _named;

    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("POST /api/v3/order",
            "symbol! side! type! timeInForce quantity quoteOrderQty price newClientOrderId strategyId strategyType stopPrice trailingDelta icebergQty newOrderRespType selfTradePreventionMode",
            Place) with { Orders = 1 },
        BinanceRoute.Signed("GET /api/v3/order", Lookup, request => SpotOrderText.Order(Found(request, BinanceRefusal.NoSuchOrder)), 4),
        BinanceRoute.Signed("DELETE /api/v3/order", Lookup + " newClientOrderId cancelRestrictions", Cancel),
        BinanceRoute.Signed("DELETE /api/v3/openOrders", "symbol!", CancelAll),
        BinanceRoute.Signed("GET /api/v3/openOrders", "symbol", request => List(request, order => order.IsOpen), 6, 80),
        BinanceRoute.Signed("GET /api/v3/allOrders", "symbol! orderId startTime endTime limit", request =>
            List(request, order => request.IsWithin(order.CreatedAt) && order.Id >= (request.Whole("orderId") ?? 0)), 20),
        BinanceRoute.Signed("GET /api/v3/myTrades", "symbol! orderId startTime endTime fromId limit", Trades, 20),
    ];

    private JsonNode Place(BinanceRequest request)
    {
        var market = request.Market(venue);
        var type = request.Required("type") switch
        {
            "MARKET" => VenueOrderType.Market,
            "LIMIT" or "LIMIT_MAKER" => VenueOrderType.Limit,
            "STOP_LOSS" => VenueOrderType.StopMarket,
            "STOP_LOSS_LIMIT" => VenueOrderType.StopLimit,
            "TAKE_PROFIT" => VenueOrderType.TakeProfitMarket,
            "TAKE_PROFIT_LIMIT" => VenueOrderType.TakeProfitLimit,
            _ => throw new BinanceRefusal(-1116, "Invalid orderType."),
        };
        var isMaker = request.Required("type") == "LIMIT_MAKER";
        var isLimit = type is VenueOrderType.Limit or VenueOrderType.StopLimit or VenueOrderType.TakeProfitLimit;
        if (isLimit && request.Number("price") is null or 0m)
            throw BinanceRefusal.Malformed("price");
        if (!isLimit && request.Text("price") is not null)
            throw new BinanceRefusal(-1106, "Parameter 'price' sent when not required.");
        if (isLimit && !isMaker && request.Text("timeInForce") is null)
            throw BinanceRefusal.Malformed("timeInForce");
        if ((!isLimit || isMaker) && request.Text("timeInForce") is not null)
            throw new BinanceRefusal(-1106, "Parameter 'timeInForce' sent when not required.");
        var asked = new VenueOrderRequest
        {
            ClientId = request.Text("newClientOrderId") ?? $"auto{++_named}",
            Symbol = market.Instrument.Symbol,
            Side = request.Side(),
            Type = type,
            Quantity = Quantity(request, market, type),
            Price = isLimit ? new Price(request.Number("price")!.Value) : null,
            Trigger = type is VenueOrderType.Market or VenueOrderType.Limit ? null : new Price(request.Number("stopPrice") is > 0m and var trigger ? trigger : throw BinanceRefusal.Malformed("stopPrice")),
            TimeInForce = isMaker ? VenueTimeInForce.PostOnly : BinanceText.TimeInForce(request.Text("timeInForce")),
        };
        BinanceFilters.CheckClientId(asked.ClientId, isSpot: true);
        BinanceFilters.CheckSpot(market, asked);
        var order = venue.Place(asked);
        // Where nothing is said, orders that may trade at once are answered with their trades.
        var detail = request.Text("newOrderRespType") ?? (type is VenueOrderType.Market or VenueOrderType.Limit && !isMaker ? "FULL" : "ACK");
        return SpotOrderText.Placed(order, detail, venue.Trades.Where(trade => trade.Order == order));
    }

    private static Quantity Quantity(BinanceRequest request, VenueMarket market, VenueOrderType type)
    {
        if (request.Number("quantity") is { } quantity)
            return new Quantity(quantity);
        if (type == VenueOrderType.Market && request.Number("quoteOrderQty") is { } value)
            return market.Instrument.RoundDownToStep(value / (request.Side() == OrderSide.Buy ? market.Quote!.Value.Ask : market.Quote!.Value.Bid).Value);
        throw BinanceRefusal.Malformed("quantity");
    }

    private JsonNode Cancel(BinanceRequest request)
    {
        var order = Found(request, new BinanceRefusal(-2011, "Unknown order sent."));
        // One of a list takes the other with it, and the answer is about the list.
        var withdrawn = order.List?.Orders.Where(each => each.IsOpen).ToArray() ?? [order];
        venue.Cancel(order);
        var texts = withdrawn.Select(each => SpotOrderText.Withdrawn(each, request.Text("newClientOrderId") ?? $"cancel{++_named}")).ToArray();
        return order.List is { } list ? SpotOrderText.List(list, texts) : texts[0];
    }

    private JsonNode CancelAll(BinanceRequest request)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        var open = venue.Orders.Where(order => order.IsOpen && order.Request.Symbol == symbol).ToArray();
        if (open.Length == 0)
            throw new BinanceRefusal(-2011, "Unknown order sent.");
        foreach (var order in open.Where(order => order.IsOpen))
            venue.Cancel(order);
        return new JsonArray([.. open.Where(order => order.List is null).Select(SpotOrderText.Order),
            .. open.Select(order => order.List).OfType<VenueOrderList>().Distinct().Select(list => SpotOrderText.List(list, list.Orders.Select(SpotOrderText.Order)))]);
    }

    private JsonNode List(BinanceRequest request, Func<VenueOrder, bool> isWanted)
    {
        var symbols = request.Markets(venue).Select(market => market.Instrument.Symbol).ToHashSet();
        return new JsonArray([.. venue.Orders.Where(order => symbols.Contains(order.Request.Symbol) && isWanted(order)).TakeLast(request.Limit(500, 1000)).Select(SpotOrderText.Order)]);
    }

    private JsonNode Trades(BinanceRequest request)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        var wanted = venue.Trades.Where(trade => trade.Order.Request.Symbol == symbol && request.IsWithin(trade.At)
            && trade.Id >= (request.Whole("fromId") ?? 0) && (request.Whole("orderId") is not { } id || trade.Order.Id == id));
        var limit = request.Limit(500, 1000);
        var chosen = request.Whole("startTime") is null && request.Whole("fromId") is null ? wanted.TakeLast(limit) : wanted.Take(limit);
        return new JsonArray([.. chosen.Select(SpotOrderText.Trade)]);
    }

    private VenueOrder Found(BinanceRequest request, BinanceRefusal missing)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        var order = request.Whole("orderId") is { } id ? venue.Find(id)
            : request.Text("origClientOrderId") is { } clientId ? venue.Orders.LastOrDefault(each => each.Request.Symbol == symbol && each.Request.ClientId == clientId)
            : throw new BinanceRefusal(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
        return order is not null && order.Request.Symbol == symbol ? order : throw missing;
    }
}
