using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>From a request to its answer: key, signature, time, and then the endpoint itself. Refusals are answers with 200 and a code.</summary>
internal sealed class BybitEndpoint
{
    private readonly TradingVenue _venue;
    private readonly Dictionary<string, (bool IsSigned, Func<BybitRequest, JsonObject> Answer)> _routes;
    private readonly ConcurrentQueue<string> _unknown = new();

    public BybitEndpoint(TradingVenue venue, BybitMarketData data, BybitOrders orders, BybitAccount account)
    {
        _venue = venue;
        _routes = new()
        {
            ["GET /v5/market/time"] = (false, _ => data.Time()),
            ["GET /v5/market/instruments-info"] = (false, data.Instruments),
            ["GET /v5/market/tickers"] = (false, data.Tickers),
            ["GET /v5/market/kline"] = (false, data.Candles),
            ["POST /v5/order/create"] = (true, orders.Create),
            ["POST /v5/order/amend"] = (true, orders.Amend),
            ["POST /v5/order/cancel"] = (true, orders.Cancel),
            ["GET /v5/order/realtime"] = (true, orders.Live),
            ["GET /v5/order/history"] = (true, orders.History),
            ["GET /v5/execution/list"] = (true, orders.Trades),
            ["GET /v5/position/list"] = (true, account.Positions),
            ["POST /v5/position/set-leverage"] = (true, account.SetLeverage),
            ["POST /v5/position/switch-mode"] = (true, account.SwitchMode),
            ["POST /v5/account/set-margin-mode"] = (true, account.SetMarginMode),
            ["GET /v5/account/wallet-balance"] = (true, _ => account.Wallet()),
            ["GET /v5/account/info"] = (true, _ => account.Information()),
            ["GET /v5/account/transaction-log"] = (true, account.Log),
            ["GET /v5/user/query-api"] = (true, _ => account.Key()),
        };
    }

    public IReadOnlyList<string> Unknown => [.. _unknown];

    /// <summary>A list with no further page.</summary>
    public static JsonObject Page(JsonArray list) => new() { ["category"] = "linear", ["nextPageCursor"] = "", ["list"] = list };

    public ExchangeAnswer Answer(ExchangeCall call)
    {
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
            if (request.Text("category") is { } category && category != "linear")
                throw BybitRefusal.Parameters($"category {category}");
            lock (_venue.Gate)
                return Written(0, "OK", route.Answer(request));
        }
        catch (BybitRefusal refusal)
        {
            return Written(refusal.Code, refusal.Message, []);
        }
        catch (VenueRefusal refusal)
        {
            var own = BybitRefusal.Of(refusal);
            return Written(own.Code, own.Message, []);
        }
    }

    private ExchangeAnswer Written(int code, string message, JsonObject result) => ExchangeAnswer.Ok(new JsonObject
    {
        ["retCode"] = code,
        ["retMsg"] = message,
        ["result"] = result,
        ["retExtInfo"] = new JsonObject(),
        ["time"] = _venue.Now.UnixMilliseconds,
    }.ToJsonString());

    private void CheckSignature(ExchangeCall call)
    {
        var key = call.Headers.GetValueOrDefault("X-BAPI-API-KEY");
        var timestamp = call.Headers.GetValueOrDefault("X-BAPI-TIMESTAMP") ?? "";
        var window = call.Headers.GetValueOrDefault("X-BAPI-RECV-WINDOW") ?? "5000";
        if (key != BybitServer.ApiKey)
            throw new BybitRefusal(10003, "API key is invalid.");
        var payload = timestamp + key + window + (call.Method == "GET" ? call.Query : call.Body);
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(BybitServer.Secret), Encoding.UTF8.GetBytes(payload)));
        if (right != call.Headers.GetValueOrDefault("X-BAPI-SIGN"))
            throw new BybitRefusal(10004, "error sign! please check your signature generation algorithm.");
        var now = _venue.Now.UnixMilliseconds;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || !long.TryParse(window, NumberStyles.None, CultureInfo.InvariantCulture, out var allowed)
            || at < now - allowed || at >= now + 1000)
            throw new BybitRefusal(10002, string.Create(CultureInfo.InvariantCulture,
                $"invalid request, please check your server timestamp or recv_window param. req_timestamp[{timestamp}],server_timestamp[{now}],recv_window[{window}]"));
    }
}
