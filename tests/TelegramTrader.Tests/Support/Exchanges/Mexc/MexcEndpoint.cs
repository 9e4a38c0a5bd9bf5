using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Mexc;

/// <summary>From a request to its answer: key, signature, time, and then the endpoint itself.</summary>
internal sealed class MexcEndpoint(ExchangeClock clock, TradingVenue venue)
{
    private readonly ConcurrentQueue<string> _unknown = new();
    private readonly MexcOrders _orders = new(venue);

    public IReadOnlyList<string> Unknown => [.. _unknown];

    public bool IsKeyRevoked { get; set; }

    public ExchangeAnswer Answer(ExchangeCall call)
    {
        try
        {
            Func<JsonNode>? answer = call.Endpoint switch
            {
                "GET /api/v3/time" => () => new JsonObject { ["serverTime"] = clock.Now.UnixMilliseconds },
                "GET /api/v3/exchangeInfo" => Listing,
                // Whoever reads the markets reads those of futures too; this account has none.
                "GET /api/v1/contract/detail" => () => new JsonObject { ["success"] = true, ["code"] = 0, ["data"] = new JsonArray() },
                "GET /api/v3/ticker/24hr" => () => call["symbol"] is null ? new JsonArray([.. venue.Markets.Where(market => market.Quote is not null).Select(Ticker)]) : Ticker(MexcOrders.Market(venue, call)),
                "GET /api/v3/account" => () => Signed(call, Account),
                "POST /api/v3/order" => () => Signed(call, () => _orders.Place(call)),
                "GET /api/v3/order" => () => Signed(call, () => _orders.Find(call)),
                "DELETE /api/v3/order" => () => Signed(call, () => _orders.Cancel(call)),
                "GET /api/v3/openOrders" => () => Signed(call, () => _orders.Open(call)),
                "GET /api/v3/myTrades" => () => Signed(call, () => _orders.Trades(call)),
                "POST /api/v3/userDataStream" => () => Signed(call, () => new JsonObject { ["listenKey"] = "simulatedListenKey" }),
                _ => null,
            };
            if (answer is null)
            {
                _unknown.Enqueue(call.Endpoint);
                return new ExchangeAnswer(404, """{"code":404,"msg":"Not Found"}""", new Dictionary<string, string>());
            }

            lock (venue.Gate)
                return ExchangeAnswer.Ok(answer().ToJsonString());
        }
        catch (MexcRefusal refusal)
        {
            return new ExchangeAnswer(400, refusal.Body, new Dictionary<string, string>());
        }
    }

    /// <summary>The signature is made of the whole query without it, and comes last.</summary>
    private JsonNode Signed(ExchangeCall call, Func<JsonNode> answer)
    {
        if (call.Headers.GetValueOrDefault("X-MEXC-APIKEY") != MexcServer.ApiKey || IsKeyRevoked)
            throw new MexcRefusal(10072, "Api key info invalid");
        var at = call.Query.LastIndexOf("&signature=", StringComparison.Ordinal);
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(MexcServer.Secret), Encoding.UTF8.GetBytes(at < 0 ? call.Query : call.Query[..at])));
        if (call["signature"] != right)
            throw new MexcRefusal(700002, "Signature for this request is not valid.");
        var timestamp = long.Parse(call["timestamp"] ?? throw new MexcRefusal(700004, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed."), CultureInfo.InvariantCulture);
        var window = long.Parse(call["recvWindow"] ?? "5000", CultureInfo.InvariantCulture);
        if (timestamp > clock.Now.UnixMilliseconds + 1000 || clock.Now.UnixMilliseconds - timestamp > Math.Min(window, 60_000))
            throw new MexcRefusal(700003, "Timestamp for this request is outside of the recvWindow.");
        return answer();
    }

    private JsonNode Listing() => new JsonObject
    {
        ["timezone"] = "CST",
        ["serverTime"] = clock.Now.UnixMilliseconds,
        ["rateLimits"] = new JsonArray(),
        ["exchangeFilters"] = new JsonArray(),
        ["symbols"] = new JsonArray([.. venue.Markets.Select(market => new JsonObject
        {
            ["symbol"] = MexcOrders.Id(market.Instrument.Symbol),
            ["status"] = market.IsTrading ? "1" : "2",
            ["baseAsset"] = market.Instrument.Symbol.Base,
            ["baseAssetPrecision"] = Decimals(market.Instrument.QuantityStep),
            ["quoteAsset"] = market.Instrument.Symbol.Quote,
            ["quotePrecision"] = Decimals(market.Instrument.PriceTick),
            ["quoteAssetPrecision"] = Decimals(market.Instrument.PriceTick),
            ["baseCommissionPrecision"] = Decimals(market.Instrument.QuantityStep),
            ["quoteCommissionPrecision"] = Decimals(market.Instrument.PriceTick),
            ["orderTypes"] = new JsonArray("LIMIT", "MARKET", "LIMIT_MAKER"),
            ["isSpotTradingAllowed"] = true,
            ["isMarginTradingAllowed"] = false,
            ["permissions"] = new JsonArray("SPOT"),
            ["filters"] = new JsonArray(),
            // The smallest quantity and the smallest value, whatever their names say.
            ["baseSizePrecision"] = MexcOrders.Text(market.Instrument.MinimumQuantity.Value),
            ["quoteAmountPrecision"] = MexcOrders.Text(market.Instrument.MinimumNotional),
            ["maxQuoteAmount"] = "2000000",
            ["makerCommission"] = MexcOrders.Text(venue.Settings.MakerFee),
            ["takerCommission"] = MexcOrders.Text(venue.Settings.TakerFee),
        })]),
    };

    private JsonNode Ticker(VenueMarket market) => new JsonObject
    {
        ["symbol"] = MexcOrders.Id(market.Instrument.Symbol),
        ["lastPrice"] = MexcOrders.Text(market.Quote!.Value.Bid.Value),
        ["bidPrice"] = MexcOrders.Text(market.Quote.Value.Bid.Value),
        ["bidQty"] = "1",
        ["askPrice"] = MexcOrders.Text(market.Quote.Value.Ask.Value),
        ["askQty"] = "1",
        ["openTime"] = clock.Now.UnixMilliseconds - 86_400_000,
        ["closeTime"] = clock.Now.UnixMilliseconds,
        ["count"] = null,
    };

    private JsonNode Account() => new JsonObject
    {
        ["makerCommission"] = null,
        ["canTrade"] = true,
        ["canWithdraw"] = true,
        ["canDeposit"] = true,
        ["updateTime"] = null,
        ["accountType"] = "SPOT",
        ["balances"] = new JsonArray([.. venue.Balances.Where(balance => balance.Total != 0m)
            .Select(balance => new JsonObject { ["asset"] = balance.Asset, ["free"] = MexcOrders.Text(balance.Free), ["locked"] = MexcOrders.Text(balance.Locked) })]),
        ["permissions"] = new JsonArray("SPOT"),
    };

    private static int Decimals(decimal step)
    {
        var decimals = 0;
        for (; step != Math.Truncate(step); step *= 10m)
            decimals++;
        return decimals;
    }
}

/// <summary>MEXC says no, in its own words.</summary>
internal sealed class MexcRefusal(int code, string message) : Exception(message)
{
    public string Body => new JsonObject { ["code"] = code, ["msg"] = Message }.ToJsonString();

    public static MexcRefusal Of(ExchangeError error) => (error.Kind, error.Code) switch
    {
        (ExchangeErrorKind.InsufficientFunds or ExchangeErrorKind.ReduceOnlyRefused, _) => new(30004, "Insufficient position"),
        (ExchangeErrorKind.BelowMinimum, _) => new(30002, "The minimum transaction volume cannot be less than:1USDT"),
        (ExchangeErrorKind.OrderNotFound, _) => new(-2011, "Unknown order sent."),
        _ => new(-1128, error.Message),
    };
}
