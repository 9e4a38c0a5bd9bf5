using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Bybit;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>
/// Orders changed in place, through the gateway and real CCXT. The engine does not use it: it places the new stop first and withdraws the old one when the new one works.
/// </summary>
public sealed class RealCcxtAmendTests
{
    [NodeFact(packages: true)]
    public async Task BinanceFutures_LimitOrder_KeepsItsIdsAndHasTheNewPrice()
    {
        await using var stage = await CcxtStage.StartAsync("swap");
        var placed = await stage.ResultAsync("place", stage.Order("buy", "limit", "0.1", "tt-entry-1", price: "59000"));

        var amended = await stage.ResultAsync("amend", Change(stage.Symbol, "tt-entry-1", price: "59500"));
        var found = await stage.ResultAsync("order", stage.Which("tt-entry-1"));

        Assert.Equal(placed.GetProperty("id").GetString(), amended.GetProperty("id").GetString());
        Assert.Equal(("open", "59500", "0.1"), (Text(found, "status"), Text(found, "price"), Text(found, "quantity")));
        Assert.Single(stage.Server.Futures.Orders);
        Assert.Empty(stage.Server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task BinanceFutures_AnswerLost_SaysThatItMayHaveHappened()
    {
        await using var stage = await CcxtStage.StartAsync("swap");
        await stage.ResultAsync("place", stage.Order("buy", "limit", "0.1", "tt-entry-1", price: "59000"));
        stage.Server.Faults.Next(1, new ExchangeFault.CutAfter(), "PUT /fapi/v1/order");

        var amended = await stage.CallAsync("amend", Change(stage.Symbol, "tt-entry-1", price: "59500"));

        var refused = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(amended);
        Assert.True(refused.Refusal.Exchange!.MayHaveHappened);
        Assert.Single(stage.Server.Calls, call => call.Endpoint == "PUT /fapi/v1/order");
    }

    [NodeFact(packages: true)]
    public async Task Binance_WaitingStopAndSpot_AreSaidNotToBeChangeable()
    {
        await using var futures = await CcxtStage.StartAsync("swap");
        await futures.ResultAsync("place", futures.Order("buy", "market", "0.1", "tt-entry-1"));
        await futures.ResultAsync("place", futures.Order("sell", "stopMarket", "0.1", "tt-stop-1", trigger: "58000", reduceOnly: true));
        await using var spot = await CcxtStage.StartAsync("spot");
        await spot.ResultAsync("place", spot.Order("buy", "limit", "0.1", "tt-entry-1", price: "59000"));

        var ofStop = await futures.CallAsync("amend", Change(futures.Symbol, "tt-stop-1", trigger: "58500"));
        var onSpot = await spot.CallAsync("amend", Change(spot.Symbol, "tt-entry-1", price: "59500"));

        foreach (var answer in new[] { ofStop, onSpot })
            Assert.Equal("notSupported", Assert.IsType<GatewayAnswer<JsonElement>.Refused>(answer).Refusal.Exchange!.Kind);
    }

    [NodeFact(packages: true)]
    public async Task Bybit_WaitingStop_HasTheNewTriggerAndFiresThere()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        server.Linear.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        await using var gateway = new GatewayStage(null);
        gateway.Start();
        await gateway.HealthAsync<GatewayHealth.Running>();
        await gateway.ResultAsync("exchange.open", new
        {
            account = "main", exchange = "bybit", kind = "swap", apiKey = BybitServer.ApiKey, secret = BybitServer.Secret, sandbox = false, baseUrl = server.BaseUrl.ToString(), requestTimeout = 30_000,
        });
        await gateway.ResultAsync("exchange.prepare", new { account = "main", symbol = "BTC/USDT:USDT", leverage = 10, oneWay = true });
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "tt-entry-1"));
        await gateway.ResultAsync("exchange.place", Order("sell", "stopMarket", "tt-stop-1", trigger: "58000", reduceOnly: true));

        await gateway.ResultAsync("exchange.amend", Change("BTC/USDT:USDT", "tt-stop-1", trigger: "59000"));
        server.Linear.MovePrice(Some.Btc, 58_990m, 58_990.1m);
        var stopped = await gateway.ResultAsync("exchange.order", new { account = "main", symbol = "BTC/USDT:USDT", clientOrderId = "tt-stop-1", isTrigger = true });

        Assert.Equal("closed", Text(stopped, "status"));
        Assert.Empty(server.Linear.Positions);
        Assert.Empty(server.UnknownRequests);
    }

    private static object Change(string symbol, string id, string? price = null, string? trigger = null) =>
        new { account = "main", symbol, clientOrderId = id, price, trigger };

    private static object Order(string side, string type, string id, string? trigger = null, bool reduceOnly = false) => new
    {
        account = "main", symbol = "BTC/USDT:USDT", side, type, quantity = "0.1", trigger, reduceOnly, postOnly = false, clientOrderId = id,
    };

    private static string? Text(JsonElement fields, string name) => fields.GetProperty(name).GetString();
}
