using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Bybit;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>Orders changed in place, through the gateway and real CCXT. The engine has only stops on spot changed so.</summary>
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

    [NodeFact(packages: true)]
    public async Task BybitSpot_WaitingStop_IsMovedMadeSmallerAndFiresThere()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await BoughtOnSpotAsync(server);

        Assert.All((await gateway.ResultAsync("exchange.markets", new { account = "main" })).EnumerateArray(), market => Assert.True(market.GetProperty("amendsStops").GetBoolean()));
        await gateway.ResultAsync("exchange.amend", StopOnSpot("59000", "0.09"));
        await gateway.ResultAsync("exchange.amend", StopOnSpot("59000", "0.05"));
        var standing = await gateway.ResultAsync("exchange.order", new { account = "main", symbol = "BTC/USDT", clientOrderId = "tt-stop-1", isTrigger = true });
        server.Spot.MovePrice(BinanceStage.BtcSpot, 58_990m, 58_990.01m);
        var stopped = await gateway.ResultAsync("exchange.order", new { account = "main", symbol = "BTC/USDT", clientOrderId = "tt-stop-1", isTrigger = true });

        Assert.Equal(("open", "59000", "0.05"), (Text(standing, "status"), Text(standing, "trigger"), Text(standing, "quantity")));
        Assert.Equal(("closed", "0.05"), (Text(stopped, "status"), Text(stopped, "filled")));
        Assert.Equal(2, server.Spot.Orders.Count);
        Assert.Empty(server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task BybitSpot_StopMovedPastThePrice_IsRefusedBeforeItIsSentAndStaysAStop()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await BoughtOnSpotAsync(server);

        var refused = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.amend", StopOnSpot("61000", "0.09"))).Refusal.Exchange!;

        Assert.Equal(("wouldTriggerAtOnce", false), (refused.Kind, refused.MayHaveHappened));
        Assert.DoesNotContain(server.Calls, call => call.Endpoint == "POST /v5/order/amend");
        Assert.Equal((VenueOrderType.StopMarket, new Price(58_000m)), (server.Spot.Orders[^1].Request.Type, server.Spot.Orders[^1].Request.Trigger!.Value));
    }

    [NodeFact(packages: true)]
    public async Task BybitSpot_MoreCoinsThanThereAre_AreRefused()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await BoughtOnSpotAsync(server);

        var refused = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.amend", StopOnSpot("59000", "0.2"))).Refusal.Exchange!;

        Assert.Equal(("insufficientFunds", false), (refused.Kind, refused.MayHaveHappened));
    }

    private static async Task<GatewayStage> BoughtOnSpotAsync(BybitServer server)
    {
        server.Spot.MovePrice(BinanceStage.BtcSpot, 60_000m, 60_000.01m);
        var gateway = new GatewayStage(null);
        gateway.Start();
        await gateway.HealthAsync<GatewayHealth.Running>();
        await gateway.ResultAsync("exchange.open", new
        {
            account = "main", exchange = "bybit", kind = "spot", apiKey = BybitServer.ApiKey, secret = BybitServer.Secret, sandbox = false, baseUrl = server.BaseUrl.ToString(), requestTimeout = 30_000,
        });
        await gateway.ResultAsync("exchange.place", new { account = "main", symbol = "BTC/USDT", side = "buy", type = "market", quantity = "0.1", reduceOnly = false, postOnly = false, clientOrderId = "tt-entry-1" });
        await gateway.ResultAsync("exchange.place", new { account = "main", symbol = "BTC/USDT", side = "sell", type = "stopMarket", quantity = "0.09", trigger = "58000", reduceOnly = false, postOnly = false, clientOrderId = "tt-stop-1" });
        return gateway;
    }

    private static object StopOnSpot(string trigger, string quantity) =>
        new { account = "main", symbol = "BTC/USDT", clientOrderId = "tt-stop-1", type = "stopMarket", trigger, quantity };

    private static object Change(string symbol, string id, string? price = null, string? trigger = null) =>
        new { account = "main", symbol, clientOrderId = id, price, trigger };

    private static object Order(string side, string type, string id, string? trigger = null, bool reduceOnly = false) => new
    {
        account = "main", symbol = "BTC/USDT:USDT", side, type, quantity = "0.1", trigger, reduceOnly, postOnly = false, clientOrderId = id,
    };

    private static string? Text(JsonElement fields, string name) => fields.GetProperty(name).GetString();
}
