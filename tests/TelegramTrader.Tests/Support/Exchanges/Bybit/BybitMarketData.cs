using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Listed contracts, prices, candles.</summary>
internal sealed class BybitMarketData(TradingVenue venue)
{
    public JsonObject Time() => new()
    {
        ["timeSecond"] = (venue.Now.UnixMilliseconds / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["timeNano"] = BybitText.Of(venue.Now) + "000000",
    };

    public JsonObject Instruments(BybitRequest request) => BybitEndpoint.Page([.. request.Markets(venue)
        .Where(_ => request.Text("status") is null or "Trading").Select(market => new JsonObject
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
        })]);

    public JsonObject Tickers(BybitRequest request) => BybitEndpoint.Page([.. request.Markets(venue).Where(market => market.Quote is not null).Select(market => new JsonObject
    {
        ["symbol"] = BybitText.Id(market.Instrument.Symbol),
        ["lastPrice"] = BybitText.Of(market.Quote?.Mid),
        ["markPrice"] = BybitText.Of(market.Mark),
        ["indexPrice"] = BybitText.Of(market.Mark),
        ["prevPrice24h"] = BybitText.Of(market.Quote?.Mid),
        ["price24hPcnt"] = "0",
        ["highPrice24h"] = BybitText.Of(market.Quote?.Mid),
        ["lowPrice24h"] = BybitText.Of(market.Quote?.Mid),
        ["turnover24h"] = "0",
        ["volume24h"] = "0",
        ["fundingRate"] = BybitText.Of(market.FundingRate),
        ["nextFundingTime"] = BybitText.Of(venue.Now + TimeSpan.FromHours(8)),
        ["fundingIntervalHour"] = "8",
        ["bid1Price"] = BybitText.Of(market.Quote?.Bid),
        ["bid1Size"] = "10",
        ["ask1Price"] = BybitText.Of(market.Quote?.Ask),
        ["ask1Size"] = "10",
    })]);

    /// <summary>The newest first.</summary>
    public JsonObject Candles(BybitRequest request)
    {
        var market = request.Market(venue);
        var timeframe = request.Required("interval") == "D" ? new Timeframe(1440) : new Timeframe((int)(request.Number("interval") ?? 1m));
        var rows = market.Collected(timeframe).Where(candle => request.IsWithin(candle.OpenTime, "start", "end")).Reverse().Take(request.Limit(200, 1000));
        return new JsonObject
        {
            ["category"] = "linear",
            ["symbol"] = BybitText.Id(market.Instrument.Symbol),
            ["list"] = new JsonArray([.. rows.Select(candle => new JsonArray(
                BybitText.Of(candle.OpenTime), BybitText.Of(candle.Open), BybitText.Of(candle.High), BybitText.Of(candle.Low), BybitText.Of(candle.Close),
                BybitText.Of(candle.Volume), BybitText.Of(candle.Volume * candle.Close.Value)))]),
        };
    }
}
