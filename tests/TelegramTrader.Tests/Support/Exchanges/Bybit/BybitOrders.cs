using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Orders of linear contracts. The answer to a new order names it and says no more; an id is never used twice, not even after its order is done.</summary>
internal sealed class BybitOrders(TradingVenue venue)
{
    private long _named;

    public JsonObject Create(BybitRequest request)
    {
        var market = request.Market(venue);
        var side = request.Required("side") switch
        {
            "Buy" => OrderSide.Buy,
            "Sell" => OrderSide.Sell,
            _ => throw BybitRefusal.Parameters("side invalid"),
        };
        var isMarket = request.Required("orderType") switch
        {
            "Market" => true,
            "Limit" => false,
            _ => throw BybitRefusal.Parameters("orderType invalid"),
        };
        var asked = new VenueOrderRequest
        {
            ClientId = request.Text("orderLinkId") ?? string.Create(CultureInfo.InvariantCulture, $"auto{++_named}"),
            Symbol = market.Instrument.Symbol,
            Side = side,
            Type = Type(request, side, isMarket),
            Quantity = new Quantity(request.Number("qty") is > 0m and var quantity ? quantity : throw BybitRefusal.Parameters("qty")),
            Price = isMarket ? null : new Price(request.Number("price") is > 0m and var price ? price : throw BybitRefusal.Parameters("price")),
            Trigger = request.Number("triggerPrice") is { } trigger ? new Price(trigger) : null,
            ReduceOnly = request.Flag("reduceOnly"),
            TimeInForce = request.Text("timeInForce") switch
            {
                null or "GTC" => VenueTimeInForce.GoodTillCancelled,
                "IOC" => isMarket ? VenueTimeInForce.GoodTillCancelled : VenueTimeInForce.ImmediateOrCancel,
                "FOK" => VenueTimeInForce.FillOrKill,
                "PostOnly" => VenueTimeInForce.PostOnly,
                _ => throw BybitRefusal.Parameters("timeInForce invalid"),
            },
        };
        Check(market.Instrument, asked);
        if (asked.ClientId.Length > 36)
            throw BybitRefusal.Parameters("OrderLinkId too long");
        if (venue.Orders.Any(order => order.Request.ClientId == asked.ClientId))
            throw new BybitRefusal(110072, "OrderLinkedID is duplicate");
        return Named(venue.Place(asked));
    }

    public JsonObject Amend(BybitRequest request)
    {
        var order = Found(request);
        var quantity = request.Number("qty") is { } wanted ? new Quantity(wanted) : order.Quantity;
        var price = request.Number("price") is { } named ? new Price(named) : order.Request.Price;
        var trigger = request.Number("triggerPrice") is { } moved ? new Price(moved) : order.Request.Trigger;
        if (quantity == order.Quantity && price == order.Request.Price && trigger == order.Request.Trigger)
            throw BybitRefusal.Parameters("The order remains unchanged as the parameters entered match the existing ones.");
        Check(request.Market(venue).Instrument, order.Request with { Quantity = quantity, Price = price, Trigger = trigger });
        venue.Amend(order, quantity, price, trigger);
        return Named(order);
    }

    public JsonObject Cancel(BybitRequest request)
    {
        var order = Found(request);
        venue.Cancel(order);
        return Named(order);
    }

    /// <summary>The open ones; of a named order also the one that is done.</summary>
    public JsonObject Live(BybitRequest request) => List(request, order => order.IsOpen || IsNamed(request));

    public JsonObject History(BybitRequest request) => List(request, order => !order.IsOpen && request.IsWithin(order.CreatedAt));

    public JsonObject Trades(BybitRequest request)
    {
        var symbols = request.Markets(venue).Select(market => market.Instrument.Symbol).ToHashSet();
        var trades = venue.Trades.Where(trade => symbols.Contains(trade.Order.Request.Symbol) && request.IsWithin(trade.At)
            && (request.Text("orderId") is not { } id || trade.Order.Id.ToString(CultureInfo.InvariantCulture) == id)
            && (request.Text("orderLinkId") is not { } link || trade.Order.Request.ClientId == link));
        return BybitEndpoint.Page([.. trades.Reverse().Take(request.Limit(50, 100)).Select(BybitText.Trade)]);
    }

    private static VenueOrderType Type(BybitRequest request, OrderSide side, bool isMarket)
    {
        if (request.Text("triggerPrice") is null)
            return isMarket ? VenueOrderType.Market : VenueOrderType.Limit;
        var rises = request.Required("triggerDirection") switch
        {
            "1" => true,
            "2" => false,
            _ => throw BybitRefusal.Parameters("triggerDirection invalid"),
        };
        return (rises == (side == OrderSide.Buy), isMarket) switch
        {
            (true, true) => VenueOrderType.StopMarket,
            (true, false) => VenueOrderType.StopLimit,
            (false, true) => VenueOrderType.TakeProfitMarket,
            (false, false) => VenueOrderType.TakeProfitLimit,
        };
    }

    private static void Check(Instrument instrument, VenueOrderRequest asked)
    {
        var quantity = asked.Quantity!.Value;
        if (quantity < instrument.MinimumQuantity || !instrument.IsOnStep(quantity))
            throw BybitRefusal.Parameters("Qty invalid");
        foreach (var price in new[] { asked.Price, asked.Trigger }.OfType<Price>())
            if (!instrument.IsOnTick(price))
                throw BybitRefusal.Parameters("price does not fit the tick size");
    }

    private JsonObject List(BybitRequest request, Func<VenueOrder, bool> isWanted)
    {
        var symbols = request.Markets(venue).Select(market => market.Instrument.Symbol).ToHashSet();
        return BybitEndpoint.Page([.. venue.Orders
            .Where(order => symbols.Contains(order.Request.Symbol) && isWanted(order)
                && (request.Text("orderId") is not { } id || order.Id.ToString(CultureInfo.InvariantCulture) == id)
                && (request.Text("orderLinkId") is not { } link || order.Request.ClientId == link))
            .Reverse().Take(request.Limit(20, 50))
            .Select(order => BybitText.Order(order, venue.Market(order.Request.Symbol).Quote?.Mid))]);
    }

    private static bool IsNamed(BybitRequest request) => request.Text("orderId") is not null || request.Text("orderLinkId") is not null;

    private VenueOrder Found(BybitRequest request)
    {
        var symbol = request.Market(venue).Instrument.Symbol;
        if (!IsNamed(request))
            throw BybitRefusal.Parameters("orderId or orderLinkId is required");
        return venue.Orders.LastOrDefault(order => order.Request.Symbol == symbol
                && (request.Text("orderId") is { } id ? order.Id.ToString(CultureInfo.InvariantCulture) == id : order.Request.ClientId == request.Text("orderLinkId")))
            ?? throw new BybitRefusal(110001, "order not exists or too late to cancel");
    }

    private static JsonObject Named(VenueOrder order) =>
        new() { ["orderId"] = order.Id.ToString(CultureInfo.InvariantCulture), ["orderLinkId"] = order.Request.ClientId };
}
