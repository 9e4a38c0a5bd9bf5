using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Mexc;

/// <summary>Orders and executions of MEXC's spot market. A new order is answered with its number and hardly more.</summary>
internal sealed class MexcOrders(TradingVenue venue)
{
    private const string NumberPrefix = "C02__";

    private int _named;

    public static string Id(Symbol symbol) => symbol.Base + symbol.Quote;

    public static string Text(decimal number) => number.ToString("0.##################", CultureInfo.InvariantCulture);

    public static VenueMarket Market(TradingVenue venue, ExchangeCall call) =>
        venue.Markets.FirstOrDefault(market => Id(market.Instrument.Symbol) == call["symbol"]) ?? throw new MexcRefusal(-1121, "Invalid symbol.");

    public JsonNode Place(ExchangeCall call)
    {
        var market = Market(venue, call);
        var type = Required(call, "type");
        var isLimit = type is "LIMIT" or "LIMIT_MAKER";
        if (!isLimit && type != "MARKET" || call["stopPrice"] is not null)
            throw new MexcRefusal(-1128, "Combination of optional parameters invalid.");
        var request = new VenueOrderRequest
        {
            ClientId = call["newClientOrderId"] ?? $"auto{++_named}",
            Symbol = market.Instrument.Symbol,
            Side = Required(call, "side") == "BUY" ? OrderSide.Buy : OrderSide.Sell,
            Type = isLimit ? VenueOrderType.Limit : VenueOrderType.Market,
            Quantity = new Quantity(Number(call, "quantity")),
            Price = isLimit ? new Price(Number(call, "price")) : null,
            TimeInForce = type == "LIMIT_MAKER" ? VenueTimeInForce.PostOnly : VenueTimeInForce.GoodTillCancelled,
        };
        var quote = market.Quote!.Value;
        var price = request.Price ?? (request.Side == OrderSide.Buy ? quote.Ask : quote.Bid);
        if (!market.Instrument.IsOnStep(request.Quantity.Value) || request.Price is { } limit && !market.Instrument.IsOnTick(limit))
            throw new MexcRefusal(400, "quantity or price scale is invalid");
        if (!market.Instrument.ClearsMinimums(price, request.Quantity.Value))
            throw MexcRefusal.Of(new ExchangeError(ExchangeErrorKind.BelowMinimum, "minimum", "too small"));
        var order = Refusing(() => venue.Place(request));
        return new JsonObject
        {
            ["symbol"] = call["symbol"],
            ["orderId"] = NumberOf(order),
            ["orderListId"] = -1,
            ["price"] = request.Price is { } named ? Text(named.Value) : null,
            ["origQty"] = Text(order.Quantity.Value),
            ["type"] = type,
            ["side"] = call["side"],
            ["transactTime"] = order.CreatedAt.UnixMilliseconds,
        };
    }

    public JsonNode Find(ExchangeCall call) => Order(Known(call) ?? throw new MexcRefusal(-2013, "Order does not exist."));

    public JsonNode Cancel(ExchangeCall call)
    {
        var order = Known(call) ?? throw new MexcRefusal(-2011, "Unknown order sent.");
        Refusing(() =>
        {
            venue.Cancel(order);
            return order;
        });
        return Order(order);
    }

    public JsonNode Open(ExchangeCall call) =>
        new JsonArray([.. venue.Orders.Where(order => order.IsOpen && (call["symbol"] is null || Id(order.Request.Symbol) == call["symbol"])).Select(Order)]);

    /// <summary>The newest first, and at most so many.</summary>
    public JsonNode Trades(ExchangeCall call)
    {
        var symbol = Market(venue, call).Instrument.Symbol;
        var (from, until) = (Whole(call, "startTime") ?? 0, Whole(call, "endTime") ?? long.MaxValue);
        return new JsonArray([.. venue.Trades.Where(trade => trade.Order.Request.Symbol == symbol && trade.At.UnixMilliseconds >= from && trade.At.UnixMilliseconds <= until)
            .Reverse().Take((int)(Whole(call, "limit") ?? 100)).Select(trade => new JsonObject
            {
                ["symbol"] = Id(symbol),
                ["id"] = trade.Id.ToString(CultureInfo.InvariantCulture),
                ["orderId"] = NumberOf(trade.Order),
                ["orderListId"] = -1,
                ["price"] = Text(trade.Price.Value),
                ["qty"] = Text(trade.Quantity.Value),
                ["quoteQty"] = Text(trade.Value),
                ["commission"] = Text(trade.Fee),
                ["commissionAsset"] = trade.FeeAsset,
                ["time"] = trade.At.UnixMilliseconds,
                ["isBuyer"] = trade.Order.Request.Side == OrderSide.Buy,
                ["isMaker"] = trade.IsMaker,
                ["isBestMatch"] = true,
                ["clientOrderId"] = trade.Order.Request.ClientId,
            })]);
    }

    private static JsonObject Order(VenueOrder order) => new()
    {
        ["symbol"] = Id(order.Request.Symbol),
        ["orderId"] = NumberOf(order),
        ["orderListId"] = -1,
        ["clientOrderId"] = order.Request.ClientId,
        ["price"] = Text(order.Request.Price?.Value ?? 0m),
        ["origQty"] = Text(order.Quantity.Value),
        ["executedQty"] = Text(order.Filled.Value),
        ["cummulativeQuoteQty"] = Text(order.Value),
        ["status"] = order.Status switch
        {
            VenueOrderStatus.New => "NEW",
            VenueOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
            VenueOrderStatus.Filled => "FILLED",
            _ => order.Filled.IsZero ? "CANCELED" : "PARTIALLY_CANCELED",
        },
        ["timeInForce"] = null,
        ["type"] = order.Request.Type == VenueOrderType.Market ? "MARKET" : order.Request.TimeInForce == VenueTimeInForce.PostOnly ? "LIMIT_MAKER" : "LIMIT",
        ["side"] = order.Request.Side == OrderSide.Buy ? "BUY" : "SELL",
        ["stopPrice"] = null,
        ["time"] = order.CreatedAt.UnixMilliseconds,
        ["updateTime"] = order.ChangedAt.UnixMilliseconds,
        ["isWorking"] = true,
        ["origQuoteOrderQty"] = null,
    };

    private VenueOrder? Known(ExchangeCall call)
    {
        var symbol = Market(venue, call).Instrument.Symbol;
        return venue.Orders.LastOrDefault(order => order.Request.Symbol == symbol
            && (call["orderId"] is { } number ? NumberOf(order) == number : order.Request.ClientId == Required(call, "origClientOrderId")));
    }

    private static string NumberOf(VenueOrder order) => NumberPrefix + order.Id.ToString(CultureInfo.InvariantCulture);

    private static VenueOrder Refusing(Func<VenueOrder> act)
    {
        try
        {
            return act();
        }
        catch (VenueRefusal refusal)
        {
            throw MexcRefusal.Of(refusal.Error);
        }
    }

    private static string Required(ExchangeCall call, string name) =>
        call[name] is { Length: > 0 } text ? text : throw new MexcRefusal(700004, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    private static decimal Number(ExchangeCall call, string name) =>
        decimal.TryParse(Required(call, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0m ? number : throw new MexcRefusal(-1128, $"{name} is invalid");

    private static long? Whole(ExchangeCall call, string name) => call[name] is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
