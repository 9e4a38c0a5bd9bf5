using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>From a request to its answer: limits, key, signature, time, parameters, and then the endpoint itself.</summary>
internal sealed class BinanceEndpoint(BinanceAccount account, ExchangeClock clock, TradingVenue futures, TradingVenue spot, IEnumerable<BinanceRoute> routes)
{
    private readonly Dictionary<string, BinanceRoute> _routes = routes.ToDictionary(route => route.Endpoint);
    private readonly ConcurrentQueue<string> _unknown = new();

    public BinanceLimits FuturesLimits { get; } = new("X-MBX-USED-WEIGHT-1M", 2400, 300);

    public BinanceLimits SpotLimits { get; } = new("X-MBX-USED-WEIGHT-1M", 6000, 100);

    public BinanceLimits WalletLimits { get; } = new("X-SAPI-USED-IP-WEIGHT-1M", 12_000, 100);

    public bool IsInMaintenance { get; set; }

    /// <summary>Requests that no endpoint was there for.</summary>
    public IReadOnlyList<string> Unknown => [.. _unknown];

    public ExchangeAnswer Answer(ExchangeCall call)
    {
        var isFutures = call.Path.StartsWith("/fapi/", StringComparison.Ordinal);
        var limits = isFutures ? FuturesLimits : call.Path.StartsWith("/sapi/", StringComparison.Ordinal) ? WalletLimits : SpotLimits;
        try
        {
            if (IsInMaintenance)
                throw new BinanceRefusal(-1016, "This service is no longer available.", 503);
            if (!_routes.TryGetValue(call.Endpoint, out var route))
            {
                _unknown.Enqueue(call.Endpoint);
                return new ExchangeAnswer(404, "<html><body><h2>404 Not found</h2></body></html>", limits.Headers());
            }

            var body = Carry(route, new BinanceRequest(call), limits, isFutures ? futures : spot);
            return new ExchangeAnswer(200, body.ToJsonString(), limits.Headers());
        }
        catch (BinanceRefusal refusal)
        {
            var headers = limits.Headers();
            if (refusal.RetryAfterSeconds is { } seconds)
                headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
            return new ExchangeAnswer(refusal.Status, refusal.Body, headers);
        }
    }

    private JsonNode Carry(BinanceRoute route, BinanceRequest request, BinanceLimits limits, TradingVenue venue)
    {
        limits.Take(route.Weight(request), clock.Now);
        if (route.Security != BinanceSecurity.None)
            account.CheckKey(request.Call.Headers.GetValueOrDefault("X-MBX-APIKEY"));
        if (route.Security == BinanceSecurity.Signed)
        {
            BinanceAccount.CheckSignature(Signed(request.Call), request.Text("signature"));
            BinanceAccount.CheckTime(request.Whole("timestamp") ?? throw BinanceRefusal.Malformed("timestamp"), request.Whole("recvWindow"), clock.Now);
        }

        route.Check(request);
        if (route.Orders > 0)
        {
            if (!account.CanTrade)
                throw new BinanceRefusal(-2015, "Invalid API-key, IP, or permissions for action.", 401);
            for (var order = 0; order < route.Orders; order++)
                limits.TakeOrder(clock.Now);
        }

        lock (venue.Gate)
        {
            try
            {
                return route.Answer(request);
            }
            catch (VenueRefusal refusal)
            {
                throw BinanceRefusal.Of(venue, refusal);
            }
        }
    }

    /// <summary>Everything sent, without the signature, which comes last.</summary>
    private static string Signed(ExchangeCall call)
    {
        var all = call.Query + call.Body;
        var at = all.LastIndexOf("&signature=", StringComparison.Ordinal);
        return at < 0 ? all : all[..at];
    }
}
