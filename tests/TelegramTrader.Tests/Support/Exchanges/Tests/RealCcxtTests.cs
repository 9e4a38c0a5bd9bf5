using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>That the simulated exchange is one that the real CCXT takes for the real one.</summary>
public sealed class RealCcxtTests
{
    [NodeFact(packages: true)]
    public async Task Futures_ATrade_FromEntryToStop()
    {
        await using var stage = await CcxtStage.StartAsync("swap");
        await stage.ResultAsync("clock", new { account = "main" });
        var markets = await stage.ResultAsync("markets", new { account = "main" });
        await stage.ResultAsync("prepare", new { account = "main", symbol = stage.Symbol, leverage = 10, marginMode = "isolated", oneWay = true });

        var entry = await stage.ResultAsync("place", stage.Order("buy", "market", "0.1", "tt-entry-1"));
        await stage.ResultAsync("place", stage.Order("sell", "stopMarket", "0.1", "tt-stop-1", trigger: "58000", reduceOnly: true));
        var open = await stage.ResultAsync("openOrders", new { account = "main", symbol = stage.Symbol });
        var positions = await stage.ResultAsync("positions", new { account = "main" });
        stage.Server.Futures.MovePrice(Some.Btc, 57_990m, 57_990.1m);
        var stopped = await stage.ResultAsync("order", stage.Which("tt-stop-1", isTrigger: true));
        var fills = await stage.ResultAsync("fills", new { account = "main", symbol = stage.Symbol });
        var after = await stage.ResultAsync("positions", new { account = "main" });

        Assert.Equal(2, markets.GetArrayLength());
        Assert.Equal("tt-entry-1", entry.GetProperty("clientOrderId").GetString());
        Assert.Equal("tt-stop-1", Assert.Single(open.EnumerateArray()).GetProperty("clientOrderId").GetString());
        Assert.Equal(("long", 0.1m), (positions[0].GetProperty("side").GetString(), Number(positions[0], "quantity")));
        Assert.Equal("closed", stopped.GetProperty("status").GetString());
        Assert.Equal([60_000.1m, 57_990m], fills.EnumerateArray().Select(fill => Number(fill, "price")));
        Assert.Equal(0, after.GetArrayLength());
        Assert.Equal(10m, stage.Server.Futures.Market(Some.Btc).Leverage);
        Assert.Empty(stage.Server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task Futures_AnswerLost_OutcomeIsUnknownAndTheOrderIsFound()
    {
        await using var stage = await CcxtStage.StartAsync("swap");
        stage.Server.Faults.Next(1, new ExchangeFault.CutAfter(), "POST /fapi/v1/order");

        var placed = await stage.CallAsync("place", stage.Order("buy", "limit", "0.1", "tt-entry-1", price: "59000"));
        var found = await stage.ResultAsync("order", stage.Which("tt-entry-1"));

        Assert.IsNotType<GatewayAnswer<JsonElement>.Ok>(placed);
        Assert.Equal("open", found.GetProperty("status").GetString());
        Assert.Single(stage.Server.Calls, call => call.Endpoint == "POST /fapi/v1/order");
    }

    [NodeFact(packages: true)]
    public async Task Futures_Questions_AreAllUnderstood()
    {
        await using var stage = await CcxtStage.StartAsync("swap");
        stage.Server.Futures.MovePrice(Some.Eth, 3_000m, 3_000.01m);
        await stage.ResultAsync("place", stage.Order("buy", "market", "0.1", "tt-entry-1"));
        stage.Server.Futures.Fund(Some.Btc, 0.001m);

        var balance = await stage.ResultAsync("balance", new { account = "main" });
        var quotes = await stage.ResultAsync("quotes", new { account = "main", symbols = new[] { stage.Symbol } });
        var funding = await stage.ResultAsync("fundingPayments", new { account = "main", symbol = stage.Symbol });
        var rates = await stage.ResultAsync("fundingRates", new { account = "main", symbols = new[] { stage.Symbol } });
        var rights = await stage.ResultAsync("permissions", new { account = "main" });

        // CCXT's total is the wallet with the open result: 0.1 × (60,000.05 − 60,000.1).
        Assert.Equal(stage.Server.Futures.Wallet - 0.005m, Number(balance.GetProperty("assets")[0], "total"));
        Assert.Equal(60_000m, Number(quotes[0], "bid"));
        Assert.Equal(-6.000005m, Number(funding[0], "amount"));
        Assert.Equal(0.001m, Number(rates[0], "rate"));
        Assert.True(rights.GetProperty("trade").GetBoolean());
        Assert.False(rights.GetProperty("withdraw").GetBoolean());
        Assert.Empty(stage.Server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task Futures_Pushes_ArePassedOn()
    {
        await using var stage = await CcxtStage.StartAsync("swap");
        await stage.CallAsync("watchQuotes", new { account = "main", symbols = new[] { stage.Symbol } });
        await stage.CallAsync("watchAccount", new { account = "main" });
        await stage.Server.WaitForConnectionsAsync(2, GatewayStage.Patience);

        var quote = await stage.NotificationAsync("exchange.quote", quote => quote.GetProperty("via").GetString() == "push");
        await stage.ResultAsync("place", stage.Order("buy", "market", "0.1", "tt-entry-1"));
        var order = await stage.NotificationAsync("exchange.order", each => each.GetProperty("order").GetProperty("status").GetString() == "closed");

        Assert.Equal(60_000m, Number(quote, "bid"));
        Assert.Equal("tt-entry-1", order.GetProperty("order").GetProperty("clientOrderId").GetString());
    }

    [NodeFact(packages: true)]
    public async Task Spot_ATrade_FromEntryToStop()
    {
        await using var stage = await CcxtStage.StartAsync("spot");
        await stage.ResultAsync("clock", new { account = "main" });

        await stage.ResultAsync("place", stage.Order("buy", "market", "0.1", "tt-entry-1"));
        await stage.ResultAsync("place", stage.Order("sell", "stopMarket", "0.0999", "tt-stop-1", trigger: "58000"));
        var open = await stage.ResultAsync("openOrders", new { account = "main", symbol = stage.Symbol });
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 57_990m, 57_990.01m);
        var stopped = await stage.ResultAsync("order", stage.Which("tt-stop-1", isTrigger: true));
        var fills = await stage.ResultAsync("fills", new { account = "main", symbol = stage.Symbol });

        Assert.Equal("tt-stop-1", Assert.Single(open.EnumerateArray()).GetProperty("clientOrderId").GetString());
        Assert.Equal("closed", stopped.GetProperty("status").GetString());
        Assert.Equal(("BTC", "USDT"), (fills[0].GetProperty("fee").GetProperty("asset").GetString(), fills[1].GetProperty("fee").GetProperty("asset").GetString()));
        Assert.Empty(stage.Server.UnknownRequests);
    }

    private static decimal Number(JsonElement fields, string name) =>
        decimal.Parse(fields.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
