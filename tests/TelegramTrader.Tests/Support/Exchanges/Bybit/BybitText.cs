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

    /// <summary>Without bid and ask, which the streams tell on contracts only.</summary>
    public static JsonObject Ticker(BybitBook book, VenueMarket market)
    {
        var last = Of(market.Quote?.Mid);
        var ticker = new JsonObject
        {
            ["symbol"] = Id(market.Instrument.Symbol),
            ["lastPrice"] = last,
            ["prevPrice24h"] = last,
            ["price24hPcnt"] = "0",
            ["highPrice24h"] = last,
            ["lowPrice24h"] = last,
            ["turnover24h"] = "0",
            ["volume24h"] = "0",
        };
        if (book.IsSpot)
        {
            ticker["usdIndexPrice"] = last;
            return ticker;
        }

        ticker["markPrice"] = Of(market.Mark);
        ticker["indexPrice"] = Of(market.Mark);
        ticker["fundingRate"] = Of(market.FundingRate);
        ticker["nextFundingTime"] = Of(book.Venue.Now + TimeSpan.FromHours(8));
        ticker["fundingIntervalHour"] = "8";
        return ticker;
    }

    public static JsonObject Order(BybitBook book, VenueOrder order)
    {
        var text = Common(order, book.Venue.Market(order.Request.Symbol).Quote?.Mid);
        text["category"] = book.Category;
        if (book.IsSpot)
        {
            text["marketUnit"] = IsMarket(order.Request.Type) ? "baseCoin" : "";
            // A spot order says what it is by the book in which it waits.
            text["stopOrderType"] = order.Request.IsConditional ? "tpslOrder" : "";
            text["triggerDirection"] = 0;
            return text;
        }

        // Only contracts have it, and CCXT tells the two apart by that.
        text["tpslMode"] = "";
        return text;
    }

    private static JsonObject Common(VenueOrder order, Price? last) => new()
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

    public static JsonObject Trade(BybitBook book, VenueTrade trade)
    {
        var text = Common(trade);
        text["category"] = book.Category;
        // Only the executions of contracts say who made the order.
        if (!book.IsSpot)
            text["createType"] = text["execType"]!.GetValue<string>() == "BustTrade" ? "CreateByLiq" : "CreateByUser";
        return text;
    }

    /// <summary>Funding is an execution, too: of nobody's order, with what is paid as its fee.</summary>
    public static JsonObject Funding(BybitBook book, VenueIncome income) => new()
    {
        ["category"] = book.Category,
        ["symbol"] = Id(income.Symbol),
        ["orderId"] = Guid.Empty.ToString(),
        ["orderLinkId"] = "",
        ["side"] = "Sell",
        ["orderPrice"] = "0",
        ["orderQty"] = "0",
        ["leavesQty"] = "0",
        ["orderType"] = "UNKNOWN",
        ["execFee"] = Of(-income.Amount),
        ["execId"] = income.Id.ToString(CultureInfo.InvariantCulture),
        ["execPrice"] = Of(book.Venue.Market(income.Symbol).Mark),
        ["execQty"] = Of(book.Venue.Position(income.Symbol)?.Quantity.Value ?? 0m),
        ["execType"] = "Funding",
        ["execTime"] = Of(income.At),
        ["isMaker"] = false,
        ["feeRate"] = Of(income.Rate ?? 0m),
        ["createType"] = "",
    };

    private static JsonObject Common(VenueTrade trade) => new()
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
