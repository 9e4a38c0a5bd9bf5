using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>What the account hears of its own on futures.</summary>
internal static class FuturesEvents
{
    public static IEnumerable<(string Name, JsonObject Text)> Of(TradingVenue venue, VenueEvent happened)
    {
        switch (happened)
        {
            case VenueEvent.OrderChanged { Order.Request.IsConditional: true } changed:
                yield return ("ALGO_UPDATE", Algo(venue, changed.Order));
                break;
            case VenueEvent.OrderChanged changed:
                yield return ("ORDER_TRADE_UPDATE", Order(venue, changed.Order, null, changed.IsAmendment));
                break;
            case VenueEvent.Traded traded:
                // The account comes before the order, as Binance sends them.
                yield return ("ACCOUNT_UPDATE", Account(venue, "ORDER", traded.Trade.Order.Request.Symbol, 0m));
                yield return ("ORDER_TRADE_UPDATE", Order(venue, traded.Trade.Order, traded.Trade, false));
                break;
            case VenueEvent.FundingPaid paid:
                yield return ("ACCOUNT_UPDATE", Account(venue, "FUNDING_FEE", paid.Income.Symbol, paid.Income.Amount));
                break;
        }
    }

    private static JsonObject Order(TradingVenue venue, VenueOrder order, VenueTrade? trade, bool isAmendment) => new()
    {
        ["e"] = "ORDER_TRADE_UPDATE",
        ["E"] = venue.Now.UnixMilliseconds,
        ["T"] = order.ChangedAt.UnixMilliseconds,
        ["o"] = new JsonObject
        {
            ["s"] = BinanceText.Id(order.Request.Symbol),
            ["c"] = order.Request.ClientId,
            ["S"] = BinanceText.Of(order.Request.Side),
            ["o"] = FuturesOrderText.Type(order.Request.Type),
            ["f"] = BinanceText.Of(order.Request.TimeInForce),
            ["q"] = BinanceText.Of(order.Quantity),
            ["p"] = BinanceText.Of(order.Request.Price),
            ["ap"] = BinanceText.Of(order.Average),
            ["sp"] = "0",
            ["x"] = trade is not null ? "TRADE" : isAmendment ? "AMENDMENT" : BinanceText.Of(order.Status),
            ["X"] = BinanceText.Of(order.Status),
            ["i"] = order.Id,
            ["l"] = BinanceText.Of(trade?.Quantity.Value ?? 0m),
            ["z"] = BinanceText.Of(order.Filled),
            ["L"] = BinanceText.Of(trade?.Price),
            ["N"] = trade?.FeeAsset,
            ["n"] = BinanceText.Of(trade?.Fee ?? 0m),
            ["T"] = order.ChangedAt.UnixMilliseconds,
            ["t"] = trade?.Id ?? 0,
            ["b"] = "0",
            ["a"] = "0",
            ["m"] = trade?.IsMaker ?? false,
            ["R"] = order.Request.ReduceOnly,
            ["wt"] = "CONTRACT_PRICE",
            ["ot"] = FuturesOrderText.Type(order.Request.Type),
            ["ps"] = "BOTH",
            ["cp"] = false,
            ["rp"] = BinanceText.Of(trade?.Realised ?? 0m),
            ["pP"] = false,
            ["V"] = "EXPIRE_MAKER",
            ["pm"] = "NONE",
            ["gtd"] = 0,
        },
    };

    private static JsonObject Algo(TradingVenue venue, VenueOrder order) => new()
    {
        ["e"] = "ALGO_UPDATE",
        ["T"] = order.ChangedAt.UnixMilliseconds,
        ["E"] = venue.Now.UnixMilliseconds,
        ["o"] = new JsonObject
        {
            ["caid"] = order.Request.ClientId,
            ["aid"] = order.Id,
            ["at"] = "CONDITIONAL",
            ["o"] = FuturesOrderText.Type(order.Request.Type),
            ["s"] = BinanceText.Id(order.Request.Symbol),
            ["S"] = BinanceText.Of(order.Request.Side),
            ["ps"] = "BOTH",
            ["f"] = BinanceText.Of(order.Request.TimeInForce),
            ["q"] = BinanceText.Of(order.Quantity),
            ["X"] = FuturesOrderText.AlgoStatus(order),
            ["ai"] = order.Spawned?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            ["ap"] = BinanceText.Of(order.Spawned?.Average ?? 0m),
            ["aq"] = BinanceText.Of(order.Spawned?.Filled.Value ?? 0m),
            ["act"] = order.Spawned is { } spawned ? FuturesOrderText.Type(spawned.Request.Type) : "",
            ["tp"] = BinanceText.Of(order.Request.Trigger),
            ["p"] = BinanceText.Of(order.Request.Price),
            ["V"] = "EXPIRE_MAKER",
            ["wt"] = "CONTRACT_PRICE",
            ["pm"] = "NONE",
            ["cp"] = order.Request.ClosesPosition,
            ["pP"] = false,
            ["R"] = order.Request.ReduceOnly,
            ["tt"] = order.TriggeredAt?.UnixMilliseconds ?? 0,
            ["gtd"] = 0,
            ["rm"] = order.Reason ?? "",
        },
    };

    private static JsonObject Account(TradingVenue venue, string reason, Symbol symbol, decimal change)
    {
        var market = venue.Market(symbol);
        var position = venue.Position(symbol);
        return new JsonObject
        {
            ["e"] = "ACCOUNT_UPDATE",
            ["E"] = venue.Now.UnixMilliseconds,
            ["T"] = venue.Now.UnixMilliseconds,
            ["a"] = new JsonObject
            {
                ["m"] = reason,
                ["B"] = new JsonArray(new JsonObject
                {
                    ["a"] = venue.Settings.SettlementAsset,
                    ["wb"] = BinanceText.Of(venue.Wallet),
                    ["cw"] = BinanceText.Of(venue.Wallet),
                    ["bc"] = BinanceText.Of(change),
                }),
                ["P"] = new JsonArray(new JsonObject
                {
                    ["s"] = BinanceText.Id(symbol),
                    ["pa"] = BinanceText.Of(position is null ? 0m : position.Side.Sign() * position.Quantity.Value),
                    ["ep"] = BinanceText.Of(position is null ? 0m : position.Cost / (position.Quantity.Value * market.Instrument.ContractSize)),
                    ["bep"] = "0",
                    ["cr"] = "0",
                    ["up"] = BinanceText.Of(position?.UnrealisedAt(market.Instrument, market.Mark) ?? 0m),
                    ["mt"] = market.IsIsolated ? "isolated" : "cross",
                    ["iw"] = BinanceText.Of(market.IsIsolated ? position?.Margin ?? 0m : 0m),
                    ["ps"] = "BOTH",
                }),
            },
        };
    }
}
