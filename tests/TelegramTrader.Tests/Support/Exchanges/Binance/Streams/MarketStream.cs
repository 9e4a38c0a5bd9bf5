using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Binance.Futures;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Streams;

/// <summary>What the market streams say of a symbol.</summary>
internal static class MarketStream
{
    /// <summary>By which name a fault speaks of the pushes of this stream.</summary>
    public static string EventOf(string stream) => Channel(stream) switch
    {
        "ticker" => "24hrTicker",
        "markPrice" => "markPriceUpdate",
        var channel => channel.StartsWith("kline", StringComparison.Ordinal) ? "kline" : channel,
    };

    /// <summary>Null when the stream is of another symbol, or unknown.</summary>
    /// <param name="hasMinuteEnded">The last minute has ended just now; otherwise it is the price that moves, in the minute after.</param>
    public static JsonNode? Message(TradingVenue venue, VenueMarket market, string stream, bool hasMinuteEnded)
    {
        var id = BinanceText.Id(market.Instrument.Symbol);
        if (!stream.StartsWith(id.ToLowerInvariant() + "@", StringComparison.Ordinal))
            return null;
        var channel = Channel(stream);
        return channel switch
        {
            "bookTicker" => Book(venue, market, id),
            "ticker" => Day(venue, market, id),
            "markPrice" when !venue.Settings.IsSpot => Mark(venue, market, id),
            _ when channel.StartsWith("kline_", StringComparison.Ordinal) && market.Candles.Count > 0 => Kline(venue, market, id, channel["kline_".Length..], hasMinuteEnded),
            _ => null,
        };
    }

    private static string Channel(string stream) => stream.Split('@') is { Length: > 1 } parts ? parts[1] : stream;

    private static JsonObject Book(TradingVenue venue, VenueMarket market, string id)
    {
        var book = new JsonObject
        {
            ["u"] = market.Quote!.Value.Time.UnixMilliseconds,
            ["s"] = id,
            ["b"] = BinanceText.Of(market.Quote.Value.Bid),
            ["B"] = BinanceText.Of(10m),
            ["a"] = BinanceText.Of(market.Quote.Value.Ask),
            ["A"] = BinanceText.Of(10m),
        };
        // Only futures say when.
        if (!venue.Settings.IsSpot)
        {
            book["e"] = "bookTicker";
            book["T"] = market.Quote.Value.Time.UnixMilliseconds;
            book["E"] = venue.Now.UnixMilliseconds;
        }

        return book;
    }

    private static JsonObject Day(TradingVenue venue, VenueMarket market, string id)
    {
        var day = BinanceMarketData.Day(market, venue.Now);
        return new JsonObject
        {
            ["e"] = "24hrTicker",
            ["E"] = venue.Now.UnixMilliseconds,
            ["s"] = id,
            ["p"] = day["priceChange"]!.DeepClone(),
            ["P"] = day["priceChangePercent"]!.DeepClone(),
            ["w"] = day["weightedAvgPrice"]!.DeepClone(),
            ["c"] = day["lastPrice"]!.DeepClone(),
            ["Q"] = day["lastQty"]!.DeepClone(),
            ["o"] = day["openPrice"]!.DeepClone(),
            ["h"] = day["highPrice"]!.DeepClone(),
            ["l"] = day["lowPrice"]!.DeepClone(),
            ["v"] = day["volume"]!.DeepClone(),
            ["q"] = day["quoteVolume"]!.DeepClone(),
            ["O"] = day["openTime"]!.DeepClone(),
            ["C"] = day["closeTime"]!.DeepClone(),
            ["F"] = 1,
            ["L"] = 2,
            ["n"] = 2,
        };
    }

    private static JsonObject Mark(TradingVenue venue, VenueMarket market, string id) => new()
    {
        ["e"] = "markPriceUpdate",
        ["E"] = venue.Now.UnixMilliseconds,
        ["s"] = id,
        ["p"] = BinanceText.Of(market.Mark),
        ["i"] = BinanceText.Of(market.Mark),
        ["P"] = BinanceText.Of(market.Mark),
        ["r"] = BinanceText.Of(market.FundingRate),
        ["T"] = FuturesMarkets.NextFunding(venue.Now),
    };

    private static JsonObject Kline(TradingVenue venue, VenueMarket market, string id, string interval, bool hasMinuteEnded)
    {
        var candle = market.Collected(BinanceMarketData.Interval(interval))[^1];
        // A longer one closes with its last minute.
        var isWhole = market.Candles[^1].CloseTime >= candle.CloseTime;
        if (!hasMinuteEnded)
            candle = Moved(candle, isWhole, market.Quote!.Value.Mid);
        return new JsonObject
        {
            ["e"] = "kline",
            ["E"] = venue.Now.UnixMilliseconds,
            ["s"] = id,
            ["k"] = new JsonObject
            {
                ["t"] = candle.OpenTime.UnixMilliseconds,
                ["T"] = candle.CloseTime.UnixMilliseconds - 1,
                ["s"] = id,
                ["i"] = interval,
                ["f"] = 1,
                ["L"] = 2,
                ["o"] = BinanceText.Of(candle.Open),
                ["c"] = BinanceText.Of(candle.Close),
                ["h"] = BinanceText.Of(candle.High),
                ["l"] = BinanceText.Of(candle.Low),
                ["v"] = BinanceText.Of(candle.Volume),
                ["x"] = hasMinuteEnded && isWhole,
                ["n"] = 2,
                ["q"] = BinanceText.Of(candle.Volume * candle.Close.Value),
                ["V"] = BinanceText.Of(0m),
                ["Q"] = BinanceText.Of(0m),
                ["B"] = "0",
            },
        };
    }

    /// <summary>The candle that is open while the price stands there.</summary>
    private static Candle Moved(Candle last, bool isWhole, Price price) => isWhole
        ? new Candle(last.CloseTime, last.Timeframe, price, price, price, price, 0m)
        : new Candle(last.OpenTime, last.Timeframe, last.Open, price > last.High ? price : last.High, price < last.Low ? price : last.Low, price, last.Volume);
}
