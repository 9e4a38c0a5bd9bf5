using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>Leverage, margin mode, position mode: what an account sets before it trades. Asking for what is so already is refused, as Binance does.</summary>
internal sealed class FuturesSettings(TradingVenue venue)
{
    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("POST /fapi/v1/leverage", "symbol! leverage!", Leverage),
        BinanceRoute.Signed("POST /fapi/v1/marginType", "symbol! marginType!", MarginType),
        BinanceRoute.Signed("POST /fapi/v1/positionSide/dual", "dualSidePosition!", PositionMode),
        BinanceRoute.Signed("GET /fapi/v1/positionSide/dual", "", _ => new JsonObject { ["dualSidePosition"] = venue.IsHedged }, 30),
        BinanceRoute.Signed("GET /fapi/v1/multiAssetsMargin", "", _ => new JsonObject { ["multiAssetsMargin"] = false }, 30),
        BinanceRoute.Signed("GET /fapi/v1/symbolConfig", "symbol", request => new JsonArray([.. request.Markets(venue).Select(Configuration)]), 5),
        BinanceRoute.Signed("GET /fapi/v1/accountConfig", "", _ => new JsonObject
        {
            ["feeTier"] = 0,
            ["canTrade"] = true,
            ["canDeposit"] = true,
            ["canWithdraw"] = true,
            ["dualSidePosition"] = venue.IsHedged,
            ["updateTime"] = 0,
            ["multiAssetsMargin"] = false,
            ["tradeGroupId"] = -1,
        }, 5),
    ];

    private static JsonObject Configuration(VenueMarket market) => new()
    {
        ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
        ["marginType"] = market.IsIsolated ? "ISOLATED" : "CROSSED",
        ["isAutoAddMargin"] = false,
        ["leverage"] = (int)market.Leverage,
        ["maxNotionalValue"] = "50000000",
    };

    private JsonNode Leverage(BinanceRequest request)
    {
        var market = request.Market(venue);
        var leverage = request.Whole("leverage")!.Value;
        if (leverage < 1 || leverage > market.Instrument.MaximumLeverage)
            throw new BinanceRefusal(-4028, $"Leverage {leverage} is not valid");
        if (market.IsIsolated && leverage < market.Leverage && venue.Position(market.Instrument.Symbol) is not null)
            throw new BinanceRefusal(-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions");
        market.Leverage = leverage;
        return new JsonObject { ["symbol"] = BinanceText.Id(market.Instrument.Symbol), ["leverage"] = leverage, ["maxNotionalValue"] = "50000000" };
    }

    private JsonNode MarginType(BinanceRequest request)
    {
        var market = request.Market(venue);
        var isIsolated = request.Required("marginType") switch
        {
            "ISOLATED" => true,
            "CROSSED" => false,
            _ => throw BinanceRefusal.Malformed("marginType"),
        };
        if (isIsolated == market.IsIsolated)
            throw new BinanceRefusal(-4046, "No need to change margin type.");
        if (venue.Orders.Any(order => order.IsOpen && order.Request.Symbol == market.Instrument.Symbol))
            throw new BinanceRefusal(-4047, "Margin type cannot be changed if there exists open orders.");
        if (venue.Position(market.Instrument.Symbol) is not null)
            throw new BinanceRefusal(-4048, "Margin type cannot be changed if there exists position.");
        market.IsIsolated = isIsolated;
        return Done();
    }

    private JsonNode PositionMode(BinanceRequest request)
    {
        var isHedged = request.Flag("dualSidePosition");
        if (isHedged == venue.IsHedged)
            throw new BinanceRefusal(-4059, "No need to change position side.");
        if (venue.Orders.Any(order => order.IsOpen))
            throw new BinanceRefusal(-4067, "Position side cannot be changed if there exists open orders.");
        if (venue.Positions.Count > 0)
            throw new BinanceRefusal(-4068, "Position side cannot be changed if there exists position.");
        venue.IsHedged = isHedged;
        return Done();
    }

    private static JsonObject Done() => new() { ["code"] = 200, ["msg"] = "success" };
}
