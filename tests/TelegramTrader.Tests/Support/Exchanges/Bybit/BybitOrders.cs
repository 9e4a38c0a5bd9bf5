using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Orders of one category. The answer to a new order names it and says no more; an id is never used twice, not even after its order is done.</summary>
internal sealed class BybitOrders(BybitBook book)
{
    private readonly TradingVenue _venue = book.Venue;
    private long _named;

    public JsonObject Create(BybitRequest request)
    {
        var market = book.Market(request);
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
            Type = Type(request, market, side, isMarket),
            Quantity = Quantity(request, market, side, isMarket),
            Price = isMarket ? null : new Price(request.Number("price") is > 0m and var price ? price : throw BybitRefusal.Parameters("price")),
            Trigger = request.Number("triggerPrice") is { } trigger ? new Price(trigger) : null,
            // It has no meaning on spot.
            ReduceOnly = !book.IsSpot && request.Flag("reduceOnly"),
            TimeInForce = request.Text("timeInForce") switch
            {
                null or "GTC" => VenueTimeInForce.GoodTillCancelled,
                "IOC" => isMarket ? VenueTimeInForce.GoodTillCancelled : VenueTimeInForce.ImmediateOrCancel,
                "FOK" => VenueTimeInForce.FillOrKill,
                "PostOnly" => VenueTimeInForce.PostOnly,
                _ => throw BybitRefusal.Parameters("timeInForce invalid"),
            },
        };
        Check(market, asked);
        if (asked.ClientId.Length > 36 || !asked.ClientId.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            throw BybitRefusal.Parameters("OrderLinkId is longer than 36 characters, or has one that is no letter, digit, dash or underscore");
        if (_venue.Orders.Any(order => order.Request.ClientId == asked.ClientId))
            throw book.IsSpot ? new BybitRefusal(170141, "Duplicate clientOrderId") : new BybitRefusal(110072, "OrderLinkedID is duplicate");
        return Named(_venue.Place(asked));
    }

    public JsonObject Amend(BybitRequest request)
    {
        var order = Found(request);
        var quantity = request.Number("qty") is { } wanted ? new Quantity(wanted) : order.Quantity;
        var price = request.Number("price") is { } named ? new Price(named) : order.Request.Price;
        var trigger = request.Number("triggerPrice") is { } moved ? new Price(moved) : order.Request.Trigger;
        if (quantity == order.Quantity && price == order.Request.Price && trigger == order.Request.Trigger)
            throw BybitRefusal.Parameters("The order remains unchanged as the parameters entered match the existing ones.");
        var market = book.Market(request);
        Check(market, order.Request with { Quantity = quantity, Price = price, Trigger = trigger });
        // On spot a trigger that is moved past the price is awaited from the other side from then on.
        var type = book.IsSpot && order.Request.IsConditional ? Type(trigger!.Value.Value > market.Quote?.Mid.Value, order.Request.Side, order.Request.Price is null) : order.Request.Type;
        _venue.Amend(order, quantity, price, trigger, type);
        return Named(order);
    }

    public JsonObject Cancel(BybitRequest request)
    {
        var order = Found(request);
        _venue.Cancel(order);
        return Named(order);
    }

    /// <summary>The open ones; of a named order also the one that is done.</summary>
    public JsonObject Live(BybitRequest request)
    {
        if (!book.IsSpot && request.Text("symbol") is null && request.Text("settleCoin") is null && request.Text("baseCoin") is null)
            throw BybitRefusal.Parameters("Missing some parameters that must be filled in, symbol or settleCoin or baseCoin");
        return List(request, order => order.IsOpen || IsNamed(request));
    }

    public JsonObject History(BybitRequest request) => List(request, order => !order.IsOpen && request.IsWithin(order.CreatedAt));

    /// <summary>The newest first. Funding is an execution of nobody's order; a week at most is told at once, from the start on where only that is named.</summary>
    public JsonObject Trades(BybitRequest request)
    {
        var symbols = book.Symbols(request);
        var (from, until) = request.Window(_venue.Now, TimeSpan.FromDays(7));
        bool IsWanted(Instant at, Symbol symbol, string type) =>
            symbols.Contains(symbol) && at.UnixMilliseconds >= from && at.UnixMilliseconds <= until && (request.Text("execType") ?? type) == type;

        var trades = _venue.Trades.Where(trade => (request.Text("orderId") is not { } id || trade.Order.Id.ToString(CultureInfo.InvariantCulture) == id)
                && (request.Text("orderLinkId") is not { } link || trade.Order.Request.ClientId == link))
            .Select(trade => (trade.At, trade.Order.Request.Symbol, Text: BybitText.Trade(book, trade)));
        var funding = IsNamed(request) ? [] : _venue.Income.Where(income => income.Kind == VenueIncomeKind.Funding)
            .Select(income => (income.At, income.Symbol, Text: BybitText.Funding(book, income)));
        var wanted = trades.Concat(funding).Where(each => IsWanted(each.At, each.Symbol, each.Text["execType"]!.GetValue<string>()))
            .OrderByDescending(each => each.At).ThenByDescending(each => long.Parse(each.Text["execId"]!.GetValue<string>(), CultureInfo.InvariantCulture))
            .Select(each => each.Text);
        return BybitEndpoint.Page(book, request, wanted, 50, 100);
    }

    private VenueOrderType Type(BybitRequest request, VenueMarket market, OrderSide side, bool isMarket)
    {
        if (request.Text("triggerPrice") is null)
            return isMarket ? VenueOrderType.Market : VenueOrderType.Limit;
        // On spot nobody says from where the price must come: it comes from where it is.
        var rises = book.IsSpot ? request.Number("triggerPrice") > market.Quote?.Mid.Value : request.Required("triggerDirection") switch
        {
            "1" => true,
            "2" => false,
            _ => throw BybitRefusal.Parameters("triggerDirection invalid"),
        };
        if (book.IsSpot && request.Required("orderFilter") is not ("tpslOrder" or "StopOrder"))
            throw BybitRefusal.Parameters("orderFilter invalid");
        return Type(rises, side, isMarket);
    }

    private static VenueOrderType Type(bool rises, OrderSide side, bool isMarket) => (rises == (side == OrderSide.Buy), isMarket) switch
    {
        (true, true) => VenueOrderType.StopMarket,
        (true, false) => VenueOrderType.StopLimit,
        (false, true) => VenueOrderType.TakeProfitMarket,
        (false, false) => VenueOrderType.TakeProfitLimit,
    };

    private Quantity Quantity(BybitRequest request, VenueMarket market, OrderSide side, bool isMarket)
    {
        var said = request.Number("qty") is > 0m and var quantity ? quantity : throw BybitRefusal.Parameters("qty");
        if (!book.IsSpot || !isMarket || side == OrderSide.Sell || request.Text("marketUnit") == "baseCoin")
            return new Quantity(said);
        // What a market buy names is the money to be spent, unless it says otherwise.
        return market.Instrument.RoundDownToStep(said / market.Quote!.Value.Ask.Value);
    }

    private void Check(VenueMarket market, VenueOrderRequest asked)
    {
        var instrument = market.Instrument;
        var quantity = asked.Quantity!.Value;
        if (!instrument.IsOnStep(quantity))
            throw book.IsSpot ? new BybitRefusal(170137, "Order volume decimal too long.") : BybitRefusal.Parameters("Qty invalid");
        if (quantity < instrument.MinimumQuantity)
            throw book.IsSpot ? new BybitRefusal(170136, "Order quantity exceeded lower limit.") : BybitRefusal.Parameters("The number of contracts exceeds minimum limit allowed");
        foreach (var price in new[] { asked.Price, asked.Trigger }.OfType<Price>())
            if (!instrument.IsOnTick(price))
                throw book.IsSpot ? new BybitRefusal(170134, "Order price decimal too long.") : BybitRefusal.Parameters("price does not fit the tick size");
        var value = instrument.Notional(asked.Price ?? asked.Trigger ?? market.Quote!.Value.Mid, quantity).Amount;
        if (value < instrument.MinimumNotional && !asked.ReduceOnly)
            throw book.IsSpot ? new BybitRefusal(170140, "Order value exceeded lower limit.") : new BybitRefusal(110094, $"Order does not meet minimum order value {BybitText.Of(instrument.MinimumNotional)}USDT");
    }

    private JsonObject List(BybitRequest request, Func<VenueOrder, bool> isWanted)
    {
        var symbols = book.Symbols(request);
        var wanted = _venue.Orders.Where(order => symbols.Contains(order.Request.Symbol) && isWanted(order) && IsInBook(request, order)
                && (request.Text("orderId") is not { } id || order.Id.ToString(CultureInfo.InvariantCulture) == id)
                && (request.Text("orderLinkId") is not { } link || order.Request.ClientId == link))
            .Reverse().Select(order => BybitText.Order(book, order));
        return BybitEndpoint.Page(book, request, wanted, 20, 50);
    }

    /// <summary>Without a filter all are told. On spot an order whose trigger was reached is one like any other from then on.</summary>
    private static bool IsInBook(BybitRequest request, VenueOrder order)
    {
        var waits = order.Request.IsConditional && order.TriggeredAt is null;
        return request.Text("orderFilter") switch
        {
            null => true,
            "Order" => !waits,
            _ => waits,
        };
    }

    private static bool IsNamed(BybitRequest request) => request.Text("orderId") is not null || request.Text("orderLinkId") is not null;

    private VenueOrder Found(BybitRequest request)
    {
        var symbol = book.Market(request).Instrument.Symbol;
        if (!IsNamed(request))
            throw BybitRefusal.Parameters("orderId or orderLinkId is required");
        var found = _venue.Orders.LastOrDefault(order => order.Request.Symbol == symbol
            && (request.Text("orderId") is { } id ? order.Id.ToString(CultureInfo.InvariantCulture) == id : order.Request.ClientId == request.Text("orderLinkId")));
        if (found is not null && (!book.IsSpot || request.Call.Path.EndsWith("/amend", StringComparison.Ordinal) || IsInBook(request, found)))
            return found;
        throw book.IsSpot ? new BybitRefusal(170213, "Order does not exist.") : new BybitRefusal(110001, "order not exists or too late to cancel");
    }

    private static JsonObject Named(VenueOrder order) =>
        new() { ["orderId"] = order.Id.ToString(CultureInfo.InvariantCulture), ["orderLinkId"] = order.Request.ClientId };
}
