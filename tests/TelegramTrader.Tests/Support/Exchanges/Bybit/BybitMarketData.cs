using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>What is listed, prices, candles.</summary>
internal sealed class BybitMarketData(BybitBook book)
{
    public JsonObject Instruments(BybitRequest request) => BybitEndpoint.Page(book, [.. book.Markets(request)
        .Where(_ => request.Text("status") is null or "Trading").Select(market => book.IsSpot ? Pair(market) : Contract(market))]);

    public JsonObject Tickers(BybitRequest request) => BybitEndpoint.Page(book, [.. book.Markets(request).Where(market => market.Quote is not null).Select(market =>
    {
        var ticker = BybitText.Ticker(book, market);
        ticker["bid1Price"] = BybitText.Of(market.Quote?.Bid);
        ticker["bid1Size"] = "10";
        ticker["ask1Price"] = BybitText.Of(market.Quote?.Ask);
        ticker["ask1Size"] = "10";
        return ticker;
    })]);

    /// <summary>The newest first.</summary>
    public JsonObject Candles(BybitRequest request)
    {
        var market = book.Market(request);
        var timeframe = request.Required("interval") == "D" ? new Timeframe(1440) : new Timeframe((int)(request.Number("interval") ?? 1m));
        var rows = market.Collected(timeframe).Where(candle => request.IsWithin(candle.OpenTime, "start", "end")).Reverse().Take(request.Limit(200, 1000));
        return new JsonObject
        {
            ["category"] = book.Category,
            ["symbol"] = BybitText.Id(market.Instrument.Symbol),
            ["list"] = new JsonArray([.. rows.Select(candle => new JsonArray(
                BybitText.Of(candle.OpenTime), BybitText.Of(candle.Open), BybitText.Of(candle.High), BybitText.Of(candle.Low), BybitText.Of(candle.Close),
                BybitText.Of(candle.Volume), BybitText.Of(candle.Volume * candle.Close.Value)))]),
        };
    }

    private static JsonObject Pair(VenueMarket market) => new()
    {
        ["symbol"] = BybitText.Id(market.Instrument.Symbol),
        ["baseCoin"] = market.Instrument.Symbol.Base,
        ["quoteCoin"] = market.Instrument.Symbol.Quote,
        ["innovation"] = "0",
        ["status"] = market.IsTrading ? "Trading" : "Closed",
        ["marginTrading"] = "utaOnly",
        ["lotSizeFilter"] = new JsonObject
        {
            ["basePrecision"] = BybitText.Of(market.Instrument.QuantityStep),
            ["quotePrecision"] = "0.0000001",
            ["minOrderQty"] = BybitText.Of(market.Instrument.MinimumQuantity.Value),
            ["maxOrderQty"] = "1000",
            ["minOrderAmt"] = BybitText.Of(market.Instrument.MinimumNotional),
            ["maxOrderAmt"] = "8000000",
        },
        ["priceFilter"] = new JsonObject { ["tickSize"] = BybitText.Of(market.Instrument.PriceTick) },
    };

    private static JsonObject Contract(VenueMarket market) => new()
    {
        ["symbol"] = BybitText.Id(market.Instrument.Symbol),
        ["contractType"] = "LinearPerpetual",
        ["status"] = market.IsTrading ? "Trading" : "Closed",
        ["baseCoin"] = market.Instrument.Symbol.Base,
        ["quoteCoin"] = market.Instrument.Symbol.Quote,
        ["settleCoin"] = market.Instrument.Symbol.Settle,
        ["launchTime"] = "1585526400000",
        ["deliveryTime"] = "0",
        ["priceScale"] = "2",
        ["leverageFilter"] = new JsonObject { ["minLeverage"] = "1", ["maxLeverage"] = BybitText.Of(market.Instrument.MaximumLeverage), ["leverageStep"] = "0.01" },
        ["priceFilter"] = new JsonObject { ["minPrice"] = BybitText.Of(market.Instrument.PriceTick), ["maxPrice"] = "1999999.8", ["tickSize"] = BybitText.Of(market.Instrument.PriceTick) },
        ["lotSizeFilter"] = new JsonObject
        {
            ["maxOrderQty"] = "1000",
            ["minOrderQty"] = BybitText.Of(market.Instrument.MinimumQuantity.Value),
            ["qtyStep"] = BybitText.Of(market.Instrument.QuantityStep),
            ["minNotionalValue"] = BybitText.Of(market.Instrument.MinimumNotional),
        },
        ["fundingInterval"] = 480,
    };
}
