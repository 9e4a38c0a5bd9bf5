using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Bybit;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>That the simulated Bybit is one that the real CCXT takes for the real one.</summary>
public sealed class RealCcxtBybitTests
{
    private const string Symbol = "BTC/USDT:USDT";
    private const string SpotSymbol = "BTC/USDT";

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

    [NodeFact(packages: true)]
    public async Task Linear_ExecutionsOfTenDays_AreReadToTheLast()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        // More than one page of an old day, then a week and more of nothing.
        server.Clock.Drift = TimeSpan.FromDays(-10);
        server.Linear.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        for (var trade = 0; trade < 130; trade++)
        {
            server.Clock.Drift += TimeSpan.FromSeconds(1);
            server.Linear.Place(new VenueOrderRequest { ClientId = $"old-{trade}", Symbol = Some.Btc, Side = trade % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, Type = VenueOrderType.Market, Quantity = new Quantity(0.01m) });
        }

        server.Clock.Drift = TimeSpan.Zero;
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));

        var fills = await gateway.ResultAsync("exchange.fills", new { account = "main", symbol = Symbol, since = DateTimeOffset.UtcNow.AddDays(-11).ToUnixTimeMilliseconds(), limit = 500 });

        Assert.Equal([.. Enumerable.Range(0, 130).Select(trade => $"old-{trade}"), "tt-entry-1"], fills.EnumerateArray().Select(fill => fill.GetProperty("clientOrderId").GetString()));
    }

    [NodeFact(packages: true)]
    public async Task Linear_Funding_IsALossOfWhoPaysAndNoExecution()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));
        server.Linear.Fund(Some.Btc, 0.001m);

        var payments = await gateway.ResultAsync("exchange.fundingPayments", new { account = "main", since = DateTimeOffset.UtcNow.AddDays(-3).ToUnixTimeMilliseconds() });
        var rates = await gateway.ResultAsync("exchange.fundingRates", new { account = "main", symbols = new[] { Symbol } });
        var fills = await gateway.ResultAsync("exchange.fills", new { account = "main", symbol = Symbol, since = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds() });

        var paid = Assert.Single(payments.EnumerateArray());
        Assert.Equal(("-6.000005", Symbol, "USDT"), (paid.GetProperty("amount").GetString(), paid.GetProperty("symbol").GetString(), paid.GetProperty("asset").GetString()));
        Assert.Equal("0.001", rates[0].GetProperty("rate").GetString());
        Assert.Equal("tt-entry-1", Assert.Single(fills.EnumerateArray()).GetProperty("clientOrderId").GetString());
        Assert.Empty(server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task Linear_Pushes_ArePassedOn()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        await gateway.ResultAsync("exchange.watchQuotes", new { account = "main", symbols = new[] { Symbol } });
        await gateway.ResultAsync("exchange.watchAccount", new { account = "main" });
        await server.WaitForConnectionsAsync(2, GatewayStage.Patience);
        server.Faults.NextPush(1, new PushFault.Doubled(), "execution");
        server.Faults.NextPush(1, new PushFault.Dropped(), "order");

        var quote = await NotificationAsync(gateway, "exchange.quote", told => told.GetProperty("via").GetString() == "push");
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));
        var fill = await NotificationAsync(gateway, "exchange.fill", _ => true);
        var order = await NotificationAsync(gateway, "exchange.order", told => told.GetProperty("order").GetProperty("status").GetString() == "closed");

        Assert.Equal(("60000", "60000.1"), (quote.GetProperty("bid").GetString(), quote.GetProperty("ask").GetString()));
        Assert.Equal((Symbol, "tt-entry-1", "0.1"), (fill.GetProperty("fill").GetProperty("symbol").GetString(), fill.GetProperty("fill").GetProperty("clientOrderId").GetString(), fill.GetProperty("fill").GetProperty("quantity").GetString()));
        Assert.Equal((Symbol, "tt-entry-1"), (order.GetProperty("order").GetProperty("symbol").GetString(), order.GetProperty("order").GetProperty("clientOrderId").GetString()));
    }

    [NodeFact(packages: true)]
    public async Task Linear_TooManyOrders_IsToldWithTheTimeToWait()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        server.Limits.OrdersPerSecond = 0;
        var limited = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"))).Refusal;
        server.Limits.RequestsPerFiveSeconds = 0;
        var barred = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"))).Refusal;

        Assert.Equal(("rateLimited", "10006", false), (limited.Exchange!.Kind, limited.Exchange.Code, limited.Exchange.MayHaveHappened));
        Assert.True(limited.Wait <= TimeSpan.FromSeconds(2), limited.Wait.ToString());
        Assert.Equal(("bannedAddress", false, TimeSpan.FromMinutes(10)), (barred.Exchange!.Kind, barred.Exchange.MayHaveHappened, barred.Wait));
        Assert.Empty(server.Linear.Orders);
    }

    [NodeFact(packages: true)]
    public async Task Linear_AClockThatGoesWrong_IsMadeGood()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        server.Clock.Drift = TimeSpan.FromMinutes(3);
        var refused = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"))).Refusal;
        await gateway.ResultAsync("exchange.clock", new { account = "main" });
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-2"));

        Assert.Equal(("timestamp", false), (refused.Exchange!.Kind, refused.Exchange.MayHaveHappened));
        Assert.Single(server.Linear.Orders);
    }

    [NodeFact(packages: true)]
    public async Task Linear_Maintenance_LeavesTheOutcomeOpen()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        // What kind of account it is is asked once, before the first order.
        await gateway.ResultAsync("exchange.balance", new { account = "main" });
        server.IsInMaintenance = true;
        var unknown = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"))).Refusal;
        Assert.True(unknown.Exchange!.MayHaveHappened, unknown.Message);
    }

    [NodeFact(packages: true)]
    public async Task Linear_AForcedClose_IsAmongTheExecutions()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));
        server.Linear.Liquidate(Some.Btc);

        var fills = await gateway.ResultAsync("exchange.fills", new { account = "main", symbol = Symbol, since = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds() });
        var positions = await gateway.ResultAsync("exchange.positions", new { account = "main" });

        Assert.Equal(["buy", "sell"], fills.EnumerateArray().Select(fill => fill.GetProperty("side").GetString()));
        Assert.Empty(positions.EnumerateArray());
    }

    [NodeFact(packages: true)]
    public async Task Linear_AStopThatWaits_IsChangedInPlace()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret);
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1"));
        await gateway.ResultAsync("exchange.place", Order("sell", "stopMarket", "0.1", "tt-stop-1", trigger: "58000", reduceOnly: true));

        await gateway.ResultAsync("exchange.amend", new { account = "main", symbol = Symbol, clientOrderId = "tt-stop-1", trigger = "58500" });

        var open = await gateway.ResultAsync("exchange.openOrders", new { account = "main", symbol = Symbol });
        Assert.Equal("58500", Assert.Single(open.EnumerateArray()).GetProperty("trigger").GetString());
        Assert.Equal(2, server.Linear.Orders.Count);
    }

    [NodeFact(packages: true)]
    public async Task Linear_AMisspeltParameter_WouldBeSeen()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        using var client = new HttpClient { BaseAddress = server.BaseUrl };
        var answer = await client.GetStringAsync("/v5/market/tickers?category=linear&sybmol=BTCUSDT");
        Assert.Contains("\"retCode\":10001", answer, StringComparison.Ordinal);
        Assert.Contains("sybmol", answer, StringComparison.Ordinal);
    }

    [NodeFact(packages: true)]
    public async Task Spot_ATrade_FromEntryToStop()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret, "spot");
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1", symbol: SpotSymbol));
        var balance = await gateway.ResultAsync("exchange.balance", new { account = "main" });
        await gateway.ResultAsync("exchange.place", Order("sell", "stopMarket", "0.0999", "tt-stop-1", trigger: "58000", symbol: SpotSymbol));
        var open = await gateway.ResultAsync("exchange.openOrders", new { account = "main", symbol = SpotSymbol });
        server.Spot.MovePrice(BinanceStage.BtcSpot, 57_990m, 57_990.01m);
        var stopped = await gateway.ResultAsync("exchange.order", new { account = "main", symbol = SpotSymbol, clientOrderId = "tt-stop-1", isTrigger = true });
        var fills = await gateway.ResultAsync("exchange.fills", new { account = "main", symbol = SpotSymbol, since = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds() });

        Assert.Equal("0.0999", Assert.Single(balance.GetProperty("assets").EnumerateArray(), asset => asset.GetProperty("asset").GetString() == "BTC").GetProperty("total").GetString());
        Assert.Equal("tt-stop-1", Assert.Single(open.EnumerateArray()).GetProperty("clientOrderId").GetString());
        Assert.Equal("closed", stopped.GetProperty("status").GetString());
        Assert.Equal(("BTC", "USDT"), (fills[0].GetProperty("fee").GetProperty("asset").GetString(), fills[1].GetProperty("fee").GetProperty("asset").GetString()));
        Assert.Empty(server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task Spot_AStopThatThePriceHasPassed_IsRefusedAndDoesNotWaitAsATarget()
    {
        await using var server = await BybitServer.StartAsync(TimeProvider.System);
        await using var gateway = await OpenedAsync(server, BybitServer.Secret, "spot");
        await gateway.ResultAsync("exchange.place", Order("buy", "market", "0.1", "tt-entry-1", symbol: SpotSymbol));

        var refused = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await gateway.CallAsync("exchange.place", Order("sell", "stopMarket", "0.0999", "tt-stop-1", trigger: "61000", symbol: SpotSymbol))).Refusal;

        Assert.Equal(("wouldTriggerAtOnce", false), (refused.Exchange!.Kind, refused.Exchange.MayHaveHappened));
        Assert.Single(server.Spot.Orders);
    }

    private static async Task<JsonElement> NotificationAsync(GatewayStage gateway, string method, Func<JsonElement, bool> isWanted)
    {
        for (var seen = 0; seen < 200; seen++)
        {
            var notification = await gateway.NotificationAsync();
            if (notification.Method == method && isWanted(notification.Parameters))
                return notification.Parameters;
        }

        throw new TimeoutException($"No such {method} among two hundred notifications.");
    }

    private static async Task<GatewayStage> OpenedAsync(BybitServer server, string secret, string kind = "swap")
    {
        server.Linear.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        server.Spot.MovePrice(BinanceStage.BtcSpot, 60_000m, 60_000.01m);
        var gateway = new GatewayStage(null);
        gateway.Start();
        await gateway.HealthAsync<GatewayHealth.Running>();
        await gateway.ResultAsync("exchange.open", new
        {
            account = "main", exchange = "bybit", kind, apiKey = BybitServer.ApiKey, secret, sandbox = false, baseUrl = server.BaseUrl.ToString(), requestTimeout = 30_000,
        });
        return gateway;
    }

    private static object Order(string side, string type, string quantity, string id, string? trigger = null, bool reduceOnly = false, string symbol = Symbol) => new
    {
        account = "main", symbol, side, type, quantity, trigger, reduceOnly, postOnly = false, clientOrderId = id,
    };
}
