using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Spot;

/// <summary>The listed pairs.</summary>
internal sealed class SpotMarkets(TradingVenue venue)
{
    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Public("GET /api/v3/exchangeInfo", "symbol symbols permissions showPermissionSets symbolStatus", Listing, 20),
    ];

    private JsonNode Listing(BinanceRequest request) => new JsonObject
    {
        ["timezone"] = "UTC",
        ["serverTime"] = venue.Now.UnixMilliseconds,
        ["rateLimits"] = new JsonArray(
            new JsonObject { ["rateLimitType"] = "REQUEST_WEIGHT", ["interval"] = "MINUTE", ["intervalNum"] = 1, ["limit"] = 6000 },
            new JsonObject { ["rateLimitType"] = "ORDERS", ["interval"] = "SECOND", ["intervalNum"] = 10, ["limit"] = 100 }),
        ["exchangeFilters"] = new JsonArray(),
        ["symbols"] = new JsonArray([.. request.Markets(venue).Select(Pair)]),
    };

    private static JsonObject Pair(VenueMarket market)
    {
        var instrument = market.Instrument;
        return new JsonObject
        {
            ["symbol"] = BinanceText.Id(instrument.Symbol),
            ["status"] = market.IsTrading ? "TRADING" : "BREAK",
            ["baseAsset"] = instrument.Symbol.Base,
            ["baseAssetPrecision"] = 8,
            ["quoteAsset"] = instrument.Symbol.Quote,
            ["quotePrecision"] = 8,
            ["quoteAssetPrecision"] = 8,
            ["baseCommissionPrecision"] = 8,
            ["quoteCommissionPrecision"] = 8,
            ["orderTypes"] = new JsonArray("LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"),
            ["icebergAllowed"] = false,
            ["ocoAllowed"] = instrument.HoldsPairs,
            ["otoAllowed"] = false,
            ["quoteOrderQtyMarketAllowed"] = true,
            ["allowTrailingStop"] = false,
            ["cancelReplaceAllowed"] = false,
            ["isSpotTradingAllowed"] = true,
            ["isMarginTradingAllowed"] = false,
            ["filters"] = BinanceFilters.List(instrument, isSpot: true),
            ["permissions"] = new JsonArray(),
            ["permissionSets"] = new JsonArray(new JsonArray("SPOT")),
            ["defaultSelfTradePreventionMode"] = "EXPIRE_MAKER",
            ["allowedSelfTradePreventionModes"] = new JsonArray("EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"),
        };
    }
}
