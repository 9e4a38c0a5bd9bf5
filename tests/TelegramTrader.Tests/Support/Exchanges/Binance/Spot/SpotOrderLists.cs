using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Spot;

/// <summary>Lists of two orders of which one cancels the other: a limit that only makes, and a stop at the market.</summary>
internal sealed class SpotOrderLists(TradingVenue venue)
{
    private const string OfOneLeg = "{0}Type! {0}ClientOrderId {0}IcebergQty {0}Price {0}StopPrice {0}TrailingDelta {0}TimeInForce {0}StrategyId {0}StrategyType";

    private static readonly BinanceRefusal NoSuchList = new(-2018, "Order list does not exist.");

    private static readonly BinanceRefusal NoneToCancel = new(-2011, "Unknown order list sent.");

    private long _named;

    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("POST /api/v3/orderList/oco",
            $"symbol! listClientOrderId side! quantity! {Leg("above")} {Leg("below")} newOrderRespType selfTradePreventionMode",
            Place) with { Orders = 2 },
        // It names no symbol, and is refused with one.
        BinanceRoute.Signed("GET /api/v3/orderList", "orderListId origClientOrderId", request => SpotOrderText.List(Found(request, "origClientOrderId", NoSuchList)), 4),
        BinanceRoute.Signed("DELETE /api/v3/orderList", "symbol! orderListId listClientOrderId newClientOrderId", Cancel),
        BinanceRoute.Signed("GET /api/v3/openOrderList", "", _ => new JsonArray([.. venue.Lists.Where(list => list.IsOpen).Select(list => SpotOrderText.List(list))]), 6),
    ];

    private static string Leg(string leg) => OfOneLeg.Replace("{0}", leg, StringComparison.Ordinal);

    private JsonNode Place(BinanceRequest request)
    {
        var market = request.Market(venue);
        if (!market.Instrument.HoldsPairs)
            throw new BinanceRefusal(-2010, "OCO orders are not supported for this symbol");
        var side = request.Side();
        var (above, below) = (Type(request, "above"), Type(request, "below"));
        if (above == below)
            throw above == VenueOrderType.Limit ? new BinanceRefusal(-1168, "At least one OCO order must be contingent.") : new BinanceRefusal(-1158, "Order type not supported in OCO.");
        if (side == OrderSide.Sell && above != VenueOrderType.Limit)
            throw new BinanceRefusal(-1166, "A limit order in a sell OCO must be above.");
        if (side == OrderSide.Buy && below != VenueOrderType.Limit)
            throw new BinanceRefusal(-1165, "A limit order in a buy OCO must be below.");
        var (first, second) = (Read(request, market, "above", above), Read(request, market, "below", below));
        var (limit, stop) = side == OrderSide.Sell ? (first, second) : (second, first);
        var id = request.Text("listClientOrderId") ?? $"list{++_named}";
        BinanceFilters.CheckClientId(id, isSpot: true);
        var list = venue.PlacePair(id, limit, stop);
        var detail = request.Text("newOrderRespType") ?? "RESULT";
        return SpotOrderText.List(list, list.Orders.Select(order => SpotOrderText.Placed(order, detail, venue.Trades.Where(trade => trade.Order == order))));
    }

    private static VenueOrderType Type(BinanceRequest request, string leg) => request.Required(leg + "Type") switch
    {
        "LIMIT_MAKER" => VenueOrderType.Limit,
        "STOP_LOSS" => VenueOrderType.StopMarket,
        // Binance takes these as well; nobody here sends them.
        "STOP_LOSS_LIMIT" or "TAKE_PROFIT" or "TAKE_PROFIT_LIMIT" => throw new BinanceRefusal(-1158, "Order type not supported in OCO."),
        _ => throw new BinanceRefusal(-1116, "Invalid orderType."),
    };

    private VenueOrderRequest Read(BinanceRequest request, VenueMarket market, string leg, VenueOrderType type)
    {
        var (needed, other) = type == VenueOrderType.Limit ? (leg + "Price", leg + "StopPrice") : (leg + "StopPrice", leg + "Price");
        var level = new Price(request.Number(needed) is > 0m and var number ? number : throw BinanceRefusal.Malformed(needed));
        foreach (var unneeded in new[] { other, leg + "TimeInForce", leg + "TrailingDelta", leg + "IcebergQty" }.Where(name => request.Text(name) is not null))
            throw new BinanceRefusal(-1106, $"Parameter '{unneeded}' sent when not required.");
        var asked = new VenueOrderRequest
        {
            ClientId = request.Text(leg + "ClientOrderId") ?? $"leg{++_named}",
            Symbol = market.Instrument.Symbol,
            Side = request.Side(),
            Type = type,
            Quantity = new Quantity(request.Number("quantity") is > 0m and var quantity ? quantity : throw BinanceRefusal.Malformed("quantity")),
            Price = type == VenueOrderType.Limit ? level : null,
            Trigger = type == VenueOrderType.StopMarket ? level : null,
            TimeInForce = type == VenueOrderType.Limit ? VenueTimeInForce.PostOnly : VenueTimeInForce.GoodTillCancelled,
        };
        BinanceFilters.CheckClientId(asked.ClientId, isSpot: true);
        BinanceFilters.CheckSpot(market, asked);
        return asked;
    }

    private JsonNode Cancel(BinanceRequest request)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        var list = Found(request, "listClientOrderId", NoneToCancel);
        if (!list.IsOpen || list.Limit.Request.Symbol != symbol)
            throw NoneToCancel;
        // Only what was still open is reported.
        var open = list.Orders.Where(order => order.IsOpen).ToArray();
        venue.Cancel(list);
        return SpotOrderText.List(list, open.Select(order => SpotOrderText.Withdrawn(order, request.Text("newClientOrderId") ?? $"cancel{++_named}")));
    }

    private VenueOrderList Found(BinanceRequest request, string byOurId, BinanceRefusal missing)
    {
        var list = request.Whole("orderListId") is { } id ? venue.FindList(id)
            : request.Text(byOurId) is { } clientId ? venue.FindList(clientId)
            : throw new BinanceRefusal(-1128, "Combination of optional parameters invalid. Recommendation: 'orderListId' should also be sent.");
        return list ?? throw missing;
    }
}
