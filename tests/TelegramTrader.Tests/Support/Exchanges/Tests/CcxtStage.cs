using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>The real gateway with the real CCXT before a simulated exchange. CCXT knows no clock but the machine's, so the exchange has it, too.</summary>
internal sealed class CcxtStage : IAsyncDisposable
{
    private readonly string _kind;

    private CcxtStage(BinanceServer server, string kind)
    {
        Server = server;
        _kind = kind;
    }

    public BinanceServer Server { get; }

    public GatewayStage Gateway { get; } = new(null);

    public string Symbol => _kind == "swap" ? "BTC/USDT:USDT" : "BTC/USDT";

    /// <param name="kind"><c>swap</c> or <c>spot</c>.</param>
    public static async Task<CcxtStage> StartAsync(string kind)
    {
        var server = await BinanceServer.StartAsync(TimeProvider.System);
        server.Futures.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        server.Spot.MovePrice(BinanceStage.BtcSpot, 60_000m, 60_000.01m);
        var stage = new CcxtStage(server, kind);
        stage.Gateway.Start();
        await stage.Gateway.HealthAsync<GatewayHealth.Running>();
        await stage.ResultAsync("open", new
        {
            account = "main",
            exchange = "binance",
            kind,
            apiKey = BinanceAccount.ApiKey,
            secret = BinanceAccount.Secret,
            sandbox = false,
            baseUrl = server.BaseUrl.ToString(),
            requestTimeout = 30_000,
        });
        return stage;
    }

    public Task<JsonElement> ResultAsync(string method, object parameters) => Gateway.ResultAsync("exchange." + method, parameters);

    public Task<GatewayAnswer<JsonElement>> CallAsync(string method, object parameters) => Gateway.CallAsync("exchange." + method, parameters);

    public object Order(string side, string type, string quantity, string id, string? price = null, string? trigger = null, bool reduceOnly = false) => new
    {
        account = "main", symbol = Symbol, side, type, quantity, price, trigger, reduceOnly, postOnly = false, clientOrderId = id,
    };

    public object Which(string id, bool isTrigger = false) => new { account = "main", symbol = Symbol, clientOrderId = id, isTrigger };

    /// <summary>The next notification of this name. Others are passed over, a bounded number of them.</summary>
    public async Task<JsonElement> NotificationAsync(string method, Func<JsonElement, bool> isWanted)
    {
        for (var seen = 0; seen < 200; seen++)
        {
            var notification = await Gateway.NotificationAsync();
            if (notification.Method == method && isWanted(notification.Parameters))
                return notification.Parameters;
        }

        throw new TimeoutException($"No such {method} among two hundred notifications.");
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
    }
}
