using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Spot;

/// <summary>What the account hears of its own on spot.</summary>
internal static class SpotEvents
{
    public static IEnumerable<(string Name, JsonObject Text)> Of(TradingVenue venue, VenueEvent happened)
    {
        if (happened is VenueEvent.ListChanged { List: var list })
            yield return ("listStatus", Status(venue, list));
        var (order, trade) = happened switch
        {
            VenueEvent.OrderChanged changed => (changed.Order, null),
            VenueEvent.Traded traded => (traded.Trade.Order, traded.Trade),
            _ => ((VenueOrder?)null, (VenueTrade?)null),
        };
        if (order is null)
            yield break;
        yield return ("outboundAccountPosition", Account(venue, order));
        yield return ("executionReport", Report(venue, order, trade));
    }

    private static JsonObject Account(TradingVenue venue, VenueOrder order) => new()
    {
        ["e"] = "outboundAccountPosition",
        ["E"] = venue.Now.UnixMilliseconds,
        ["u"] = order.ChangedAt.UnixMilliseconds,
        ["B"] = new JsonArray([.. venue.Balances.Where(balance => balance.Asset == order.Request.Symbol.Base || balance.Asset == order.Request.Symbol.Quote)
            .Select(balance => new JsonObject { ["a"] = balance.Asset, ["f"] = BinanceText.Of(balance.Free), ["l"] = BinanceText.Of(balance.Locked) })]),
    };

    private static JsonObject Status(TradingVenue venue, VenueOrderList list) => new()
    {
        ["e"] = "listStatus",
        ["E"] = venue.Now.UnixMilliseconds,
        ["s"] = BinanceText.Id(list.Limit.Request.Symbol),
        ["g"] = list.Id,
        ["c"] = "OCO",
        ["l"] = list.IsOpen ? "EXEC_STARTED" : "ALL_DONE",
        ["L"] = list.IsOpen ? "EXECUTING" : "ALL_DONE",
        ["r"] = "NONE",
        ["C"] = list.ClientId,
        ["T"] = list.Orders.Max(order => order.ChangedAt.UnixMilliseconds),
        ["O"] = new JsonArray([.. list.Orders.Select(order => new JsonObject { ["s"] = BinanceText.Id(order.Request.Symbol), ["i"] = order.Id, ["c"] = order.Request.ClientId })]),
    };

    private static JsonObject Report(TradingVenue venue, VenueOrder order, VenueTrade? trade) => new()
    {
        ["e"] = "executionReport",
        ["E"] = venue.Now.UnixMilliseconds,
        ["s"] = BinanceText.Id(order.Request.Symbol),
        // Of a cancelled order the cancellation's id stands here, and the order's own in C.
        ["c"] = order.Status == VenueOrderStatus.Cancelled ? $"cancel-{order.Id}" : order.Request.ClientId,
        ["S"] = BinanceText.Of(order.Request.Side),
        ["o"] = SpotOrderText.Type(order.Request),
        ["f"] = order.Request.TimeInForce == VenueTimeInForce.PostOnly ? "GTC" : BinanceText.Of(order.Request.TimeInForce),
        ["q"] = BinanceText.Of(order.Quantity),
        ["p"] = BinanceText.Of(order.Request.Price),
        ["P"] = BinanceText.Of(order.Request.Trigger),
        ["F"] = "0.00000000",
        ["g"] = order.List?.Id ?? -1,
        ["C"] = order.Status == VenueOrderStatus.Cancelled ? order.Request.ClientId : "",
        ["x"] = trade is not null ? "TRADE" : BinanceText.Of(order.Status),
        ["X"] = BinanceText.Of(order.Status),
        ["r"] = "NONE",
        ["i"] = order.Id,
        ["l"] = BinanceText.Of(trade?.Quantity.Value ?? 0m),
        ["z"] = BinanceText.Of(order.Filled),
        ["L"] = BinanceText.Of(trade?.Price),
        ["n"] = BinanceText.Of(trade?.Fee ?? 0m),
        ["N"] = trade?.FeeAsset,
        ["T"] = order.ChangedAt.UnixMilliseconds,
        ["t"] = trade?.Id ?? -1,
        ["w"] = order.IsOpen,
        ["m"] = trade?.IsMaker ?? false,
        ["O"] = order.CreatedAt.UnixMilliseconds,
        ["Z"] = BinanceText.Of(order.Value),
        ["Y"] = BinanceText.Of(trade?.Value ?? 0m),
        ["Q"] = "0.00000000",
        ["V"] = "EXPIRE_MAKER",
    };
}
