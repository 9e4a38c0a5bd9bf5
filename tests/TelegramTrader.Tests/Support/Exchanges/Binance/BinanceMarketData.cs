using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>Market data that spot and futures have in common, under their own addresses.</summary>
internal sealed class BinanceMarketData(TradingVenue venue, string root)
{
    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Public($"GET {root}/ping", "", _ => new JsonObject()),
        BinanceRoute.Public($"GET {root}/time", "", _ => new JsonObject { ["serverTime"] = venue.Now.UnixMilliseconds }),
        BinanceRoute.Public($"GET {root}/ticker/bookTicker", "symbol symbols", Each(Book), 2, venue.Settings.IsSpot ? 4 : 5),
        BinanceRoute.Public($"GET {root}/ticker/24hr", "symbol symbols type", Each(Day), venue.Settings.IsSpot ? 2 : 1, venue.Settings.IsSpot ? 80 : 40),
        BinanceRoute.Public($"GET {root}/ticker/price", "symbol symbols", Each(Last), 2, venue.Settings.IsSpot ? 4 : 2),
        BinanceRoute.Public($"GET {root}/klines", "symbol! interval! startTime endTime timeZone limit", Candles, 2),
        BinanceRoute.Public($"GET {root}/depth", "symbol! limit", Depth, 5),
    ];

    public static JsonObject Day(VenueMarket market, Instant now)
    {
        var last = market.Quote!.Value.Mid.Value;
        var day = market.Candles.Where(candle => now - candle.OpenTime <= TimeSpan.FromDays(1)).ToArray();
        var open = day.Length > 0 ? day[0].Open.Value : last;
        return new JsonObject
        {
            ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
            ["priceChange"] = BinanceText.Of(last - open),
            ["priceChangePercent"] = BinanceText.Of((last - open) / open * 100m),
            ["weightedAvgPrice"] = BinanceText.Of(last),
            ["lastPrice"] = BinanceText.Of(last),
            ["lastQty"] = BinanceText.Of(1m),
            ["openPrice"] = BinanceText.Of(open),
            ["highPrice"] = BinanceText.Of(day.Length > 0 ? day.Max(candle => candle.High.Value) : last),
            ["lowPrice"] = BinanceText.Of(day.Length > 0 ? day.Min(candle => candle.Low.Value) : last),
            ["volume"] = BinanceText.Of(day.Sum(candle => candle.Volume)),
            ["quoteVolume"] = BinanceText.Of(day.Sum(candle => candle.Volume * candle.Close.Value)),
            ["openTime"] = now.UnixMilliseconds - 86_400_000,
            ["closeTime"] = now.UnixMilliseconds,
            ["firstId"] = 1,
            ["lastId"] = 2,
            ["count"] = 2,
        };
    }

    private JsonObject Book(VenueMarket market)
    {
        var book = new JsonObject
        {
            ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
            ["bidPrice"] = BinanceText.Of(market.Quote?.Bid),
            ["bidQty"] = BinanceText.Of(10m),
            ["askPrice"] = BinanceText.Of(market.Quote?.Ask),
            ["askQty"] = BinanceText.Of(10m),
        };
        if (!venue.Settings.IsSpot)
            book["time"] = market.Quote?.Time.UnixMilliseconds;
        return book;
    }

    private JsonObject Day(VenueMarket market)
    {
        var day = Day(market, venue.Now);
        if (venue.Settings.IsSpot)
        {
            day["bidPrice"] = BinanceText.Of(market.Quote?.Bid);
            day["bidQty"] = BinanceText.Of(10m);
            day["askPrice"] = BinanceText.Of(market.Quote?.Ask);
            day["askQty"] = BinanceText.Of(10m);
        }

        return day;
    }

    private static JsonObject Last(VenueMarket market) =>
        new() { ["symbol"] = BinanceText.Id(market.Instrument.Symbol), ["price"] = BinanceText.Of(market.Quote?.Mid) };

    private static JsonArray Candles(BinanceRequest request, VenueMarket market, Timeframe timeframe)
    {
        var wanted = market.Collected(timeframe).Where(candle => request.IsWithin(candle.OpenTime));
        var limit = request.Limit(500, 1000);
        var chosen = request.Whole("startTime") is null ? wanted.TakeLast(limit) : wanted.Take(limit);
        return [.. chosen.Select(candle => (JsonNode)new JsonArray(
            candle.OpenTime.UnixMilliseconds, BinanceText.Of(candle.Open), BinanceText.Of(candle.High), BinanceText.Of(candle.Low), BinanceText.Of(candle.Close),
            BinanceText.Of(candle.Volume), candle.CloseTime.UnixMilliseconds - 1, BinanceText.Of(candle.Volume * candle.Close.Value), 1, "0", "0", "0"))];
    }

    private JsonNode Candles(BinanceRequest request) => Candles(request, request.Market(venue), Interval(request.Required("interval")));

    private JsonNode Depth(BinanceRequest request)
    {
        var quote = request.Market(venue).Quote!.Value;
        return new JsonObject
        {
            ["lastUpdateId"] = quote.Time.UnixMilliseconds,
            ["E"] = venue.Now.UnixMilliseconds,
            ["T"] = quote.Time.UnixMilliseconds,
            ["bids"] = new JsonArray(new JsonArray(BinanceText.Of(quote.Bid), BinanceText.Of(10m))),
            ["asks"] = new JsonArray(new JsonArray(BinanceText.Of(quote.Ask), BinanceText.Of(10m))),
        };
    }

    /// <summary>One object for one symbol, a list for several or all.</summary>
    private Func<BinanceRequest, JsonNode> Each(Func<VenueMarket, JsonObject> describe) => request =>
    {
        if (request.Text("symbol") is not null)
            return describe(request.Market(venue));
        var markets = request.Text("symbols") is { } symbols
            ? JsonNode.Parse(symbols)!.AsArray().Select(id => BinanceRequest.Find(venue, id!.GetValue<string>()) ?? throw BinanceRefusal.InvalidSymbol)
            : venue.Markets.Where(market => market.Quote is not null);
        return new JsonArray([.. markets.Select(describe)]);
    };

    internal static Timeframe Interval(string text) => text switch
    {
        "1m" => new Timeframe(1),
        "3m" => new Timeframe(3),
        "5m" => new Timeframe(5),
        "15m" => new Timeframe(15),
        "30m" => new Timeframe(30),
        "1h" => new Timeframe(60),
        "2h" => new Timeframe(120),
        "4h" => new Timeframe(240),
        "6h" => new Timeframe(360),
        "8h" => new Timeframe(480),
        "12h" => new Timeframe(720),
        "1d" => new Timeframe(1440),
        _ => throw new BinanceRefusal(-1120, "Invalid interval."),
    };
}
