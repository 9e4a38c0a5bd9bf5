using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>What futures list beside prices: contracts, mark prices, funding, and how much leverage they allow.</summary>
internal sealed class FuturesMarkets(TradingVenue venue)
{
    private const long FundingInterval = 8 * 60 * 60 * 1000L;

    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Public("GET /fapi/v1/exchangeInfo", "", _ => Listing()),
        BinanceRoute.Public("GET /fapi/v1/premiumIndex", "symbol", Premium, 1, 10),
        BinanceRoute.Public("GET /fapi/v1/fundingRate", "symbol startTime endTime limit", Rates),
        BinanceRoute.Public("GET /fapi/v1/fundingInfo", "", _ => new JsonArray()),
        BinanceRoute.Public("GET /fapi/v2/ticker/price", "symbol", request => new JsonArray([.. request.Markets(venue).Select(market =>
            new JsonObject { ["symbol"] = BinanceText.Id(market.Instrument.Symbol), ["price"] = BinanceText.Of(market.Quote?.Mid), ["time"] = venue.Now.UnixMilliseconds })])),
        BinanceRoute.Signed("GET /fapi/v1/leverageBracket", "symbol", Brackets),
    ];

    public static long NextFunding(Instant now) => (now.UnixMilliseconds / FundingInterval + 1) * FundingInterval;

    private JsonObject Listing() => new()
    {
        ["timezone"] = "UTC",
        ["serverTime"] = venue.Now.UnixMilliseconds,
        ["futuresType"] = "U_MARGINED",
        ["rateLimits"] = new JsonArray(
            new JsonObject { ["rateLimitType"] = "REQUEST_WEIGHT", ["interval"] = "MINUTE", ["intervalNum"] = 1, ["limit"] = 2400 },
            new JsonObject { ["rateLimitType"] = "ORDERS", ["interval"] = "SECOND", ["intervalNum"] = 10, ["limit"] = 300 }),
        ["exchangeFilters"] = new JsonArray(),
        ["assets"] = new JsonArray(new JsonObject { ["asset"] = venue.Settings.SettlementAsset, ["marginAvailable"] = true, ["autoAssetExchange"] = null }),
        ["symbols"] = new JsonArray([.. venue.Markets.Select(Contract)]),
    };

    private static JsonObject Contract(VenueMarket market)
    {
        var instrument = market.Instrument;
        return new JsonObject
        {
            ["symbol"] = BinanceText.Id(instrument.Symbol),
            ["pair"] = BinanceText.Id(instrument.Symbol),
            ["contractType"] = "PERPETUAL",
            ["deliveryDate"] = 4133404800000,
            ["onboardDate"] = 1569398400000,
            ["status"] = market.IsTrading ? "TRADING" : "SETTLING",
            ["maintMarginPercent"] = "2.5000",
            ["requiredMarginPercent"] = "5.0000",
            ["baseAsset"] = instrument.Symbol.Base,
            ["quoteAsset"] = instrument.Symbol.Quote,
            ["marginAsset"] = instrument.Symbol.Settle,
            ["pricePrecision"] = BinanceText.Decimals(instrument.PriceTick),
            ["quantityPrecision"] = BinanceText.Decimals(instrument.QuantityStep),
            ["baseAssetPrecision"] = 8,
            ["quotePrecision"] = 8,
            ["underlyingType"] = "COIN",
            ["underlyingSubType"] = new JsonArray(),
            ["triggerProtect"] = "0.0500",
            ["liquidationFee"] = "0.012500",
            ["marketTakeBound"] = "0.05",
            ["maxMoveOrderLimit"] = 10000,
            ["filters"] = BinanceFilters.List(instrument, isSpot: false),
            ["orderTypes"] = new JsonArray("LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"),
            ["timeInForce"] = new JsonArray("GTC", "IOC", "FOK", "GTX", "GTD"),
        };
    }

    private JsonNode Premium(BinanceRequest request)
    {
        var all = request.Markets(venue).Select(market => new JsonObject
        {
            ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
            ["markPrice"] = BinanceText.Of(market.Mark),
            ["indexPrice"] = BinanceText.Of(market.Mark),
            ["estimatedSettlePrice"] = BinanceText.Of(market.Mark),
            ["lastFundingRate"] = BinanceText.Of(market.FundingRate),
            ["interestRate"] = "0.00010000",
            ["nextFundingTime"] = NextFunding(venue.Now),
            ["time"] = venue.Now.UnixMilliseconds,
        }).ToArray();
        return request.Text("symbol") is null ? new JsonArray(all) : all[0];
    }

    private JsonNode Rates(BinanceRequest request)
    {
        _ = request.Markets(venue).ToArray();
        return new JsonArray([.. venue.Income
            .Where(income => income.Kind == VenueIncomeKind.Funding && request.IsWithin(income.At)
                && (request.Text("symbol") is not { } id || BinanceText.Id(income.Symbol) == id))
            .Take(request.Limit(100, 1000))
            .Select(income => new JsonObject
            {
                ["symbol"] = BinanceText.Id(income.Symbol),
                ["fundingRate"] = BinanceText.Of(income.Rate!.Value),
                ["fundingTime"] = income.At.UnixMilliseconds,
                ["markPrice"] = BinanceText.Of(venue.Market(income.Symbol).Mark),
            })]);
    }

    private JsonNode Brackets(BinanceRequest request) => new JsonArray([.. request.Markets(venue).Select(market => new JsonObject
    {
        ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
        ["notionalCoef"] = 1.0m,
        ["brackets"] = new JsonArray(new JsonObject
        {
            ["bracket"] = 1,
            ["initialLeverage"] = (int)market.Instrument.MaximumLeverage,
            ["notionalCap"] = 50_000_000,
            ["notionalFloor"] = 0,
            ["maintMarginRatio"] = market.Instrument.MaintenanceMarginRate,
            ["cum"] = 0m,
        }),
    })]);
}
