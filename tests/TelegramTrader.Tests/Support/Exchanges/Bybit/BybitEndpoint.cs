using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>From a request to its answer: limits, key, signature, time, parameters, and then the endpoint itself. Refusals are answers with 200 and a code.</summary>
internal sealed class BybitEndpoint
{
    private readonly ExchangeClock _clock;
    private readonly BybitAccount _account;
    private readonly BybitBook _linear;
    private readonly BybitBook _spot;
    private readonly Dictionary<string, BybitRoute> _routes;
    private readonly ConcurrentQueue<string> _unknown = new();

    public BybitEndpoint(ExchangeClock clock, BybitAccount account, BybitBook linear, BybitBook spot)
    {
        (_clock, _account, _linear, _spot) = (clock, account, linear, spot);
        var (linearData, spotData) = (new BybitMarketData(linear), new BybitMarketData(spot));
        var (linearOrders, spotOrders) = (new BybitOrders(linear), new BybitOrders(spot));
        BybitMarketData Data(BybitRequest request) => Book(request).IsSpot ? spotData : linearData;
        BybitOrders Orders(BybitRequest request) => Book(request).IsSpot ? spotOrders : linearOrders;
        const string Named = "category! symbol! orderId orderLinkId";
        const string Listed = "category! symbol baseCoin settleCoin orderId orderLinkId openOnly orderFilter limit cursor";
        BybitRoute[] routes =
        [
            BybitRoute.Public("GET /v5/market/time", "", _ => Time()),
            BybitRoute.Public("GET /v5/market/instruments-info", "category! symbol status baseCoin limit cursor", request => Data(request).Instruments(request)),
            BybitRoute.Public("GET /v5/market/tickers", "category! symbol baseCoin expDate", request => Data(request).Tickers(request)),
            BybitRoute.Public("GET /v5/market/kline", "category symbol! interval! start end limit", request => Data(request).Candles(request)),
            BybitRoute.Signed("POST /v5/order/create",
                "category! symbol! isLeverage side! orderType! qty! marketUnit price triggerDirection orderFilter triggerPrice triggerBy timeInForce positionIdx orderLinkId reduceOnly closeOnTrigger",
                request => Orders(request).Create(request)) with { IsOrder = true },
            BybitRoute.Signed("POST /v5/order/amend", Named + " triggerPrice triggerBy qty price", request => Orders(request).Amend(request)) with { IsOrder = true },
            BybitRoute.Signed("POST /v5/order/cancel", Named + " orderFilter", request => Orders(request).Cancel(request)) with { IsOrder = true },
            BybitRoute.Signed("GET /v5/order/realtime", Listed, request => Orders(request).Live(request)),
            BybitRoute.Signed("GET /v5/order/history", Listed + " orderStatus startTime endTime", request => Orders(request).History(request)),
            BybitRoute.Signed("GET /v5/execution/list", "category! symbol orderId orderLinkId baseCoin startTime endTime execType limit cursor", request => Orders(request).Trades(request)),
            BybitRoute.Signed("GET /v5/position/list", "category! symbol baseCoin settleCoin limit cursor", account.Positions),
            BybitRoute.Signed("POST /v5/position/set-leverage", "category! symbol! buyLeverage! sellLeverage!", account.SetLeverage),
            BybitRoute.Signed("POST /v5/position/switch-mode", "category! symbol coin mode!", account.SwitchMode),
            BybitRoute.Signed("POST /v5/account/set-margin-mode", "setMarginMode! leverage", account.SetMarginMode),
            BybitRoute.Signed("GET /v5/account/wallet-balance", "accountType! coin", _ => account.Wallet()),
            BybitRoute.Signed("GET /v5/account/info", "", _ => account.Information()),
            BybitRoute.Signed("GET /v5/account/transaction-log", "accountType category currency baseCoin type startTime endTime limit cursor", account.Log),
            BybitRoute.Signed("GET /v5/user/query-api", "", _ => account.Key()),
        ];
        _routes = routes.ToDictionary(route => route.Endpoint);
    }

    public IReadOnlyList<string> Unknown => [.. _unknown];

    public BybitLimits Limits { get; } = new();

    public bool IsInMaintenance { get; set; }

    /// <summary>A list with no further page.</summary>
    public static JsonObject Page(BybitBook book, JsonArray list) => new() { ["category"] = book.Category, ["nextPageCursor"] = "", ["list"] = list };

    /// <summary>The part of a list that is told at once, and where the next begins.</summary>
    public static JsonObject Page(BybitBook book, BybitRequest request, IEnumerable<JsonObject> all, int usual, int largest)
    {
        var limit = request.Limit(usual, largest);
        var skipped = int.TryParse(request.Text("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0;
        var rest = all.Skip(skipped).Take(limit + 1).ToArray();
        return new JsonObject
        {
            ["category"] = book.Category,
            ["nextPageCursor"] = rest.Length > limit ? (skipped + limit).ToString(CultureInfo.InvariantCulture) : "",
            ["list"] = new JsonArray([.. rest.Take(limit)]),
        };
    }

    public ExchangeAnswer Answer(ExchangeCall call)
    {
        if (!Limits.Take(_clock.Now))
            return new ExchangeAnswer(403, "<html><body>403, access too frequent</body></html>", new Dictionary<string, string>());
        if (IsInMaintenance)
            return new ExchangeAnswer(503, "<html><body>503 Service Unavailable</body></html>", new Dictionary<string, string>());
        if (!_routes.TryGetValue(call.Endpoint, out var route))
        {
            _unknown.Enqueue(call.Endpoint);
            return new ExchangeAnswer(404, "<html><body>404</body></html>", new Dictionary<string, string>());
        }

        try
        {
            if (route.IsSigned)
                CheckSignature(call);
            var request = new BybitRequest(call);
            route.Check(request);
            if (route.IsOrder)
            {
                if (!_account.CanTrade)
                    throw new BybitRefusal(10005, "Permission denied, please check your API key permissions.");
                Limits.TakeOrder(_clock.Now);
            }

            return Carry(route, request);
        }
        catch (BybitRefusal refusal)
        {
            return Written(refusal.Code, refusal.Message, []);
        }
    }

    private ExchangeAnswer Carry(BybitRoute route, BybitRequest request)
    {
        var book = request.Text("category") is null ? _linear : Book(request);
        lock (_linear.Venue.Gate)
        lock (_spot.Venue.Gate)
        {
            try
            {
                return Written(0, "OK", route.Answer(request));
            }
            catch (VenueRefusal refusal)
            {
                throw book.Refusal(refusal);
            }
        }
    }

    private BybitBook Book(BybitRequest request) => request.Text("category") switch
    {
        "linear" => _linear,
        "spot" => _spot,
        var other => throw BybitRefusal.Parameters($"category {other}"),
    };

    private JsonObject Time() => new()
    {
        ["timeSecond"] = (_clock.Now.UnixMilliseconds / 1000).ToString(CultureInfo.InvariantCulture),
        ["timeNano"] = BybitText.Of(_clock.Now) + "000000",
    };

    private ExchangeAnswer Written(int code, string message, JsonObject result) => new(200, new JsonObject
    {
        ["retCode"] = code,
        ["retMsg"] = message,
        ["result"] = result,
        ["retExtInfo"] = new JsonObject(),
        ["time"] = _clock.Now.UnixMilliseconds,
    }.ToJsonString(), Limits.Headers(_clock.Now));

    private void CheckSignature(ExchangeCall call)
    {
        var key = call.Headers.GetValueOrDefault("X-BAPI-API-KEY");
        var timestamp = call.Headers.GetValueOrDefault("X-BAPI-TIMESTAMP") ?? "";
        var window = call.Headers.GetValueOrDefault("X-BAPI-RECV-WINDOW") ?? "5000";
        if (key != BybitServer.ApiKey || _account.IsKeyRevoked)
            throw new BybitRefusal(10003, "API key is invalid.");
        var payload = timestamp + key + window + (call.Method == "GET" ? call.Query : call.Body);
        if (Signature(payload) != call.Headers.GetValueOrDefault("X-BAPI-SIGN"))
            throw new BybitRefusal(10004, "error sign! please check your signature generation algorithm.");
        var now = _clock.Now.UnixMilliseconds;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || !long.TryParse(window, NumberStyles.None, CultureInfo.InvariantCulture, out var allowed)
            || at < now - allowed || at >= now + 1000)
            throw new BybitRefusal(10002, string.Create(CultureInfo.InvariantCulture,
                $"invalid request, please check your server timestamp or recv_window param. req_timestamp[{timestamp}],server_timestamp[{now}],recv_window[{window}]"));
    }

    public static string Signature(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(BybitServer.Secret), Encoding.UTF8.GetBytes(payload)));
}
