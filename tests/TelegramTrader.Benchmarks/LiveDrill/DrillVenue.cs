using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Bybit;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>What is traded, and the price it begins at.</summary>
internal sealed record DrillCoin(string Name, decimal Price, decimal Tick);

/// <summary>One market of a simulated exchange, with all that is another on each.</summary>
/// <param name="Exchange">As CCXT calls it.</param>
/// <param name="OrderEndpoints">Where orders go, and what is held there is held until it has timed out.</param>
/// <param name="LateFailures">Answers that say that it failed, to a request that was carried out.</param>
/// <param name="TooMany">A refusal for too many requests.</param>
/// <param name="ExecutionPush">The push that tells of executions.</param>
/// <param name="ClientIdOf">Our id in a request; null where it has none.</param>
internal sealed record DrillVenue(
    string Exchange, ExchangeKeys Keys, Uri Address, TradingVenue Venue, FaultScript Faults, Func<IReadOnlyList<ExchangeCall>> Calls, IReadOnlyList<string> OrderEndpoints,
    IReadOnlyList<ExchangeFault> LateFailures, ExchangeFault TooMany, string ExecutionPush, Func<ExchangeCall, string?> ClientIdOf, IAsyncDisposable Server)
{
    /// <summary>The markets that there are drills for; the first is the usual one.</summary>
    public static readonly IReadOnlyList<string> Names = ["binance", "binance-spot", "bybit", "bybit-spot"];

    // What is looked for here are broken connections and kills; a ban would only make the drill wait.
    private const int NoLimit = 100_000;

    public static IReadOnlyList<DrillCoin> Coins { get; } =
    [
        new("BTC", 60_000m, 0.1m), new("ETH", 3_000m, 0.01m), new("SOL", 150m, 0.01m), new("LTC", 80m, 0.01m), new("LINK", 14m, 0.001m), new("AVAX", 28m, 0.001m), new("XRP", 0.6m, 0.0001m), new("ADA", 0.45m, 0.0001m),
    ];

    public bool IsSpot => Venue.Settings.IsSpot;

    public Symbol SymbolOf(string coin) => Symbol.Parse(IsSpot ? $"{coin}/USDT" : $"{coin}/USDT:USDT");

    /// <param name="name">One of <see cref="Names"/>; throws <see cref="ArgumentOutOfRangeException"/> for another.</param>
    public static async Task<DrillVenue> StartAsync(string name) => name switch
    {
        "binance" => OfBinance(await BinanceServer.StartAsync(TimeProvider.System, Perpetuals(BinanceServer.DefaultFutures)), isSpot: false),
        "binance-spot" => OfBinance(await BinanceServer.StartAsync(TimeProvider.System, spot: CoinsOf(BinanceServer.DefaultSpot)), isSpot: true),
        // The wallet of a unified account is one, and here contracts and coins have each their own: all the money is where it is traded with.
        "bybit" => OfBybit(await BybitServer.StartAsync(TimeProvider.System, Perpetuals(BybitServer.DefaultLinear), BybitServer.DefaultSpot with { StartingBalance = 0m }), isSpot: false),
        "bybit-spot" => OfBybit(await BybitServer.StartAsync(TimeProvider.System, BybitServer.DefaultLinear with { StartingBalance = 0m }, CoinsOf(BybitServer.DefaultSpot)), isSpot: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"must be one of {string.Join(", ", Names)}"),
    };

    private static VenueSettings Perpetuals(VenueSettings usual) => usual with
    {
        StartingBalance = 1_000_000m,
        Instruments = [.. Coins.Select(coin => Some.Instrument($"{coin.Name}/USDT:USDT", tick: coin.Tick))],
    };

    /// <summary>Two of the coins take no pairs, so that stop and target take turns there on every exchange.</summary>
    private static VenueSettings CoinsOf(VenueSettings usual) => usual with
    {
        StartingBalance = 2_000_000m,
        Instruments = [.. Coins.Select(coin => new Instrument
        {
            Symbol = Symbol.Parse($"{coin.Name}/USDT"),
            PriceTick = coin.Tick,
            QuantityStep = 0.001m,
            MinimumQuantity = new Quantity(0.001m),
            MinimumNotional = 5m,
            HoldsPairs = coin.Name is not ("LTC" or "ADA"),
        })],
    };

    private static DrillVenue OfBinance(BinanceServer server, bool isSpot)
    {
        foreach (var limits in new[] { server.FuturesLimits, server.SpotLimits })
            (limits.WeightPerMinute, limits.OrdersPerTenSeconds) = (NoLimit, NoLimit);
        return new DrillVenue(
            "binance", new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), server.BaseUrl, isSpot ? server.Spot : server.Futures, server.Faults, () => server.Calls,
            isSpot ? ["POST /api/v3/order", "POST /api/v3/orderList/oco"] : ["POST /fapi/v1/order", "POST /fapi/v1/algoOrder"],
            [new ExchangeFault.AnswerAfter(503, "Service Unavailable"), new ExchangeFault.AnswerAfter(500, """{"code":-1000,"msg":"An unknown error occurred while processing the request."}""")],
            new ExchangeFault.AnswerBefore(429, """{"code":-1003,"msg":"Too many requests."}""", 1),
            isSpot ? "executionReport" : "ORDER_TRADE_UPDATE",
            call => call["clientAlgoId"] ?? call["listClientOrderId"] ?? call["newClientOrderId"] ?? call["origClientOrderId"], server);
    }

    private static DrillVenue OfBybit(BybitServer server, bool isSpot)
    {
        (server.Limits.RequestsPerFiveSeconds, server.Limits.OrdersPerSecond) = (NoLimit, NoLimit);
        return new DrillVenue(
            "bybit", new ExchangeKeys(BybitServer.ApiKey, BybitServer.Secret, null), server.BaseUrl, isSpot ? server.Spot : server.Linear, server.Faults, () => server.Calls,
            ["POST /v5/order/create", isSpot ? "POST /v5/order/amend" : "POST /v5/order/cancel"],
            [new ExchangeFault.AnswerAfter(503, "<html><body>503 Service Unavailable</body></html>"), new ExchangeFault.AnswerAfter(200, """{"retCode":10016,"retMsg":"Internal server error.","result":{},"retExtInfo":{},"time":1672211918471}""")],
            new ExchangeFault.AnswerBefore(200, """{"retCode":10006,"retMsg":"Too many visits!","result":{},"retExtInfo":{},"time":1672211918471}"""),
            "execution", call => call.Method == "GET" ? call["orderLinkId"] : BybitServer.ClientIdOf(call), server);
    }
}
