using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>Orders, triggers, positions and settings on futures.</summary>
public sealed class BinanceFuturesTests
{
    private const string Buy = "side=BUY&type=MARKET&quantity=0.1&newOrderRespType=RESULT&newClientOrderId=";
    private const string Bid = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=59000&newClientOrderId=";
    private const string Stop = "side=SELL&type=STOP_MARKET&quantity=0.1&reduceOnly=true&triggerPrice=58000&clientAlgoId=";

    [Theory]
    [InlineData("side=BUY&type=MARKET&quantity=0.0001", -1111)]
    [InlineData("side=BUY&type=MARKET&quantity=0", -4003)]
    [InlineData("side=BUY&type=MARKET&quantity=1001", -4005)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=59000.05", -1111)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=4000", -4164)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=70000", -4016)]
    [InlineData("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.1&price=50000", -4024)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.1&price=60000.1", -5022)]
    [InlineData("side=SELL&type=MARKET&quantity=0.1&reduceOnly=true", -2022)]
    [InlineData("side=BUY&type=MARKET&quantity=100", -2019)]
    [InlineData("side=BUY&type=MARKET&quantity=0.1&positionSide=LONG", -4061)]
    [InlineData("side=BUY&type=MARKET&quantity=0.1&newClientOrderId=white%20space", -4015)]
    public async Task Order_AgainstARule_IsRefusedAndLeavesNothing(string order, int code)
    {
        await using var stage = await BinanceStage.StartAsync();

        var reply = await stage.FuturesOrder(order);

        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Empty(stage.Server.Futures.Orders);
        Assert.Empty(stage.Server.Futures.Positions);
    }

    [Fact]
    public async Task Market_Buy_FillsAndIsHeld()
    {
        await using var stage = await BinanceStage.StartAsync();

        var reply = await stage.FuturesOrder(Buy + "one");
        var risk = (await stage.Caller.SignedAsync("GET", "/fapi/v3/positionRisk")).Body![0]!;
        var trade = (await stage.Caller.SignedAsync("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT")).Body![0]!;

        Assert.Equal(("FILLED", "0.10000000", "60000.10000000"), (reply["status"], reply["executedQty"], reply["avgPrice"]));
        Assert.Equal(("0.10000000", "60000.10000000"), (risk["positionAmt"]!.ToString(), risk["entryPrice"]!.ToString()));
        // 60,000.1 × 0.1 × 0.0005
        Assert.Equal(("3.00000500", "USDT", reply["orderId"]), (trade["commission"]!.ToString(), trade["commissionAsset"]!.ToString(), trade["orderId"]!.ToString()));
    }

    [Fact]
    public async Task Market_Acknowledged_SaysNewThoughItFilled()
    {
        await using var stage = await BinanceStage.StartAsync();

        var reply = await stage.FuturesOrder("side=BUY&type=MARKET&quantity=0.1&newClientOrderId=one");
        var asked = await stage.Caller.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=one");

        Assert.Equal(("NEW", "FILLED"), (reply["status"], asked["status"]));
    }

    [Fact]
    public async Task Limit_SameIdWhileOpen_IsRefusedAndTakenOnceItIsDone()
    {
        await using var stage = await BinanceStage.StartAsync();

        var first = await stage.FuturesOrder(Bid + "one");
        var second = await stage.FuturesOrder(Bid + "one");
        await stage.Caller.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=one");
        var third = await stage.FuturesOrder(Bid + "one");

        Assert.Equal((200, -4116, 200), (first.Status, second.Code, third.Status));
        Assert.NotEqual(first["orderId"], third["orderId"]);
    }

    [Fact]
    public async Task Limit_PriceComes_FillsAtItsPriceAsMaker()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Bid + "one");

        stage.Server.Futures.MovePrice(Some.Btc, 58_900m, 58_900.1m);

        var trade = Assert.Single(stage.Server.Futures.Trades);
        Assert.Equal((59_000m, true), (trade.Price.Value, trade.IsMaker));
    }

    [Fact]
    public async Task Limit_LittleVolume_FillsInParts()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Bid + "one");
        stage.Server.Futures.OfferVolume(Some.Btc, 0.04m);

        stage.Server.Futures.MovePrice(Some.Btc, 58_900m, 58_900.1m);
        var part = await stage.Caller.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=one");
        stage.Server.Futures.OfferVolume(Some.Btc, null);
        var whole = await stage.Caller.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=one");

        Assert.Equal(("PARTIALLY_FILLED", "0.04000000"), (part["status"], part["executedQty"]));
        Assert.Equal(("FILLED", "0.10000000"), (whole["status"], whole["executedQty"]));
    }

    [Fact]
    public async Task Market_LittleVolume_ExpiresWithAPart()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Futures.OfferVolume(Some.Btc, 0.04m);

        var reply = await stage.FuturesOrder(Buy + "one");

        Assert.Equal(("EXPIRED", "0.04000000"), (reply["status"], reply["executedQty"]));
    }

    [Fact]
    public async Task Amend_Limit_MovesItsPriceUnderTheSameNumber()
    {
        await using var stage = await BinanceStage.StartAsync();
        var placed = await stage.FuturesOrder(Bid + "one");

        var amended = await stage.Caller.SignedAsync("PUT", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&quantity=0.2&price=59500&origClientOrderId=one");
        stage.Server.Futures.MovePrice(Some.Btc, 59_400m, 59_400.1m);

        Assert.Equal((placed["orderId"], "59500.00000000", "0.20000000"), (amended["orderId"], amended["price"], amended["origQty"]));
        var trade = Assert.Single(stage.Server.Futures.Trades);
        Assert.Equal((59_500m, 0.2m), (trade.Price.Value, trade.Quantity.Value));
    }

    [Fact]
    public async Task Cancel_Twice_IsUnknownTheSecondTime()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Bid + "one");

        var first = await stage.Caller.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=one");
        var second = await stage.Caller.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=one");
        var missing = await stage.Caller.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=never");

        Assert.Equal(("CANCELED", -2011, -2013), (first["status"], second.Code, missing.Code));
    }

    [Fact]
    public async Task Stop_Reached_TradesUnderAnotherNumber()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");
        var placed = await stage.AlgoOrder(Stop + "two");
        var openBefore = (await stage.Caller.SignedAsync("GET", "/fapi/v1/openAlgoOrders")).Body!.AsArray().Count;

        stage.Server.Futures.MovePrice(Some.Btc, 57_990m, 57_990.1m);
        var asked = await stage.Caller.SignedAsync("GET", "/fapi/v1/algoOrder", "clientAlgoId=two");
        var actual = await stage.Caller.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&orderId=" + asked["actualOrderId"]);

        Assert.Equal(("NEW", 1), (placed["algoStatus"], openBefore));
        Assert.Equal(("FINISHED", "57990.00000000"), (asked["algoStatus"], asked["actualPrice"]));
        Assert.Equal(("FILLED", "MARKET", "true"), (actual["status"], actual["type"], actual["reduceOnly"]));
        Assert.NotEqual(asked["algoId"], actual["orderId"]);
        Assert.Empty(stage.Server.Futures.Positions);
        Assert.Empty((await stage.Caller.SignedAsync("GET", "/fapi/v1/openAlgoOrders")).Body!.AsArray());
    }

    [Theory]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.1&reduceOnly=true&triggerPrice=60000", -2021)]
    [InlineData("side=SELL&type=TAKE_PROFIT_MARKET&quantity=0.1&reduceOnly=true&triggerPrice=60000", -2021)]
    [InlineData("side=BUY&type=STOP_MARKET&quantity=0.1&reduceOnly=true&triggerPrice=61000", -2022)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.1&reduceOnly=true&triggerPrice=58000.05", -1111)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.1&reduceOnly=true", -1102)]
    public async Task Stop_AgainstARule_IsRefused(string order, int code)
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");

        var reply = await stage.AlgoOrder(order);

        Assert.Equal((400, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Stop_ClosesPosition_TakesAllThatIsHeldThen()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");
        await stage.AlgoOrder("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=58000&clientAlgoId=all");
        await stage.FuturesOrder(Buy + "two");

        stage.Server.Futures.MovePrice(Some.Btc, 57_000m, 57_000.1m);

        Assert.Empty(stage.Server.Futures.Positions);
        Assert.Equal(0.2m, stage.Server.Futures.Trades[^1].Quantity.Value);
    }

    [Fact]
    public async Task TakeProfitLimit_Reached_PutsALimitIntoTheBook()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");
        await stage.AlgoOrder("side=SELL&type=TAKE_PROFIT&timeInForce=GTC&quantity=0.1&reduceOnly=true&triggerPrice=61000&price=61500&clientAlgoId=two");

        stage.Server.Futures.MovePrice(Some.Btc, 61_000m, 61_000.1m);
        var waiting = await stage.Caller.SignedAsync("GET", "/fapi/v1/algoOrder", "clientAlgoId=two");
        stage.Server.Futures.MovePrice(Some.Btc, 61_500m, 61_500.1m);
        var done = await stage.Caller.SignedAsync("GET", "/fapi/v1/algoOrder", "clientAlgoId=two");

        Assert.Equal(("TRIGGERED", "FINISHED"), (waiting["algoStatus"], done["algoStatus"]));
        Assert.Equal(61_500m, stage.Server.Futures.Trades[^1].Price.Value);
    }

    [Fact]
    public async Task Settings_AsTheyAre_NeedNoChange()
    {
        await using var stage = await BinanceStage.StartAsync();

        Assert.Equal(200, (await stage.Caller.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).Status);
        Assert.Equal(-4046, (await stage.Caller.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).Code);
        Assert.Equal(-4059, (await stage.Caller.SignedAsync("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=false")).Code);
        Assert.Equal(-4028, (await stage.Caller.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=101")).Code);
        Assert.Equal("50", (await stage.Caller.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=50"))["leverage"]);
        Assert.Equal("50", (await stage.Caller.SignedAsync("GET", "/fapi/v1/symbolConfig", "symbol=BTCUSDT")).Body![0]!["leverage"]!.ToString());
    }

    [Fact]
    public async Task Funding_Paid_IsIncome()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");

        stage.Server.Futures.Fund(Some.Btc, 0.001m);
        var income = (await stage.Caller.SignedAsync("GET", "/fapi/v1/income", "symbol=BTCUSDT&incomeType=FUNDING_FEE")).Body!.AsArray();

        // A long of 0.1 at 60,000.05 pays a thousandth.
        Assert.Equal("-6.00000500", Assert.Single(income)!["income"]!.ToString());
    }

    [Fact]
    public async Task Liquidation_PositionAndOrders_AreGone()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");
        await stage.AlgoOrder("side=SELL&type=STOP_MARKET&quantity=0.1&reduceOnly=true&triggerPrice=50000&clientAlgoId=late");

        stage.Server.Futures.Liquidate(Some.Btc);

        Assert.Empty(stage.Server.Futures.Positions);
        Assert.StartsWith("autoclose-", stage.Server.Futures.Trades[^1].Order.Request.ClientId, StringComparison.Ordinal);
        Assert.Equal("EXPIRED", (await stage.Caller.SignedAsync("GET", "/fapi/v1/algoOrder", "clientAlgoId=late"))["algoStatus"]);
    }

    [Fact]
    public async Task Klines_LongerTimeframe_IsMadeOfMinutes()
    {
        await using var stage = await BinanceStage.StartAsync();
        var start = new Instant(1_767_225_600_000);
        for (var minute = 0; minute < 10; minute++)
            stage.Server.Futures.AddCandle(Some.Btc, Some.Candle(100m + minute, 102m + minute, 99m + minute, 101m + minute, 1m, start + TimeSpan.FromMinutes(minute)));

        var rows = (await stage.Caller.SendAsync("GET", "/fapi/v1/klines", "symbol=BTCUSDT&interval=5m")).Body!.AsArray();

        Assert.Equal(2, rows.Count);
        Assert.Equal(["105.00000000", "111.00000000", "104.00000000", "110.00000000", "5.00000000"], rows[1]!.AsArray().Skip(1).Take(5).Select(cell => cell!.ToString()));
    }

    [Fact]
    public async Task Connections_ComeAndGo_TheAccountStays()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.FuturesOrder(Buy + "one");
        using var other = new BinanceCaller(stage.Server);

        var risk = (await other.SignedAsync("GET", "/fapi/v3/positionRisk")).Body!.AsArray();

        Assert.Equal("0.10000000", Assert.Single(risk)!["positionAmt"]!.ToString());
    }
}
