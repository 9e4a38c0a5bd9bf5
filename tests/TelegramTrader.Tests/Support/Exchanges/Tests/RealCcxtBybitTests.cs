using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Bybit;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>That the simulated Bybit is one that the real CCXT takes for the real one.</summary>
public sealed class RealCcxtBybitTests
{
    private const string Symbol = "BTC/USDT:USDT";

    [NodeFact(packages: true)]
    public async Task Linear_ATrade_FromEntryToStop()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        await gateway.ResultAsync("exchange.prepare", new { account = "main", symbol = Symbol, leverage = 10, oneWay = true });

        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));
        var positions = await gateway.ResultAsync("exchange.positions", new { account = "main" });
        await gateway.ResultAsync("exchange.place", Order("sell", "stopMarket", "0.1", "tt-stop-1", trigger: "58000", reduceOnly: true));
        var open = await gateway.ResultAsync("exchange.openOrders", new { account = "main", symbol = Symbol });
        server.Linear.MovePrice(Some.Btc, 57_990m, 57_990.1m);
        var stopped = await gateway.ResultAsync("exchange.order", new { account = "main", symbol = Symbol, clientOrderId = "tt-stop-1", isTrigger = true });
        var fills = await gateway.ResultAsync("exchange.fills", new { account = "main", symbol = Symbol });

        Assert.Equal("long", positions[0].GetProperty("side").GetString());
        Assert.Equal("tt-stop-1", Assert.Single(open.EnumerateArray()).GetProperty("clientOrderId").GetString());
        Assert.Equal("closed", stopped.GetProperty("status").GetString());
        Assert.Equal(2, fills.GetArrayLength());
        Assert.Empty(server.Linear.Positions);
        Assert.Empty(server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task Linear_AnswerLostOrIdUsed_IsNotTradedTwice()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        server.Faults.Next(1, new ExchangeFault.CutAfter(), "POST /v5/order/create");

        var lost = await gateway.CallAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));
        var again = await gateway.CallAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));

        Assert.IsNotType<GatewayAnswer<JsonElement>.Ok>(lost);
        Assert.IsType<GatewayAnswer<JsonElement>.Refused>(again);
        Assert.Single(server.Linear.Orders);
    }

    [NodeFact(packages: true)]
    public async Task Linear_WrongSecret_IsRefused()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, "wrong");

        Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.balance", new { account = "main" }));
    }

    private static async Task<GatewayStage> OpenedAsync(BybitServer server, string secret)
    {
        server.Linear.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        var gateway = new GatewayStage(null);
        gateway.Start();
        await gateway.HealthAsync<GatewayHealth.Running>();
        await gateway.ResultAsync("exchange.open", new
        {
            account = "main", exchange = "bybit", kind = "swap", apiKey = BybitServer.ApiKey, secret, sandbox = false, baseUrl = server.BaseUrl.ToString(), requestTimeout = 30_000,
        });
        return gateway;
    }

    private static object Order(string side, string type, string quantity, string id, string? trigger = null, bool reduceOnly = false) => new
    {
        account = "main", symbol = Symbol, side, type, quantity, trigger, reduceOnly, postOnly = false, clientOrderId = id,
    };
}
