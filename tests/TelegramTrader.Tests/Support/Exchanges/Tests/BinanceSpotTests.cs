namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>Orders and balances on spot.</summary>
public sealed class BinanceSpotTests
{
    [Theory]
    [InlineData("side=BUY&type=MARKET&quantity=0.000001", -1013, "LOT_SIZE")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000.005", -1013, "PRICE_FILTER")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=30000", -1013, "PERCENT_PRICE_BY_SIDE")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00008&price=59000", -1013, "NOTIONAL")]
    [InlineData("side=BUY&type=MARKET&quantity=1", -2010, "insufficient balance")]
    [InlineData("side=SELL&type=MARKET&quantity=0.01", -2010, "insufficient balance")]
    [InlineData("side=BUY&type=LIMIT_MAKER&quantity=0.01&price=60001", -2010, "immediately match")]
    [InlineData("side=BUY&type=STOP_LOSS&quantity=0.01&stopPrice=59000", -2010, "trigger immediately")]
    public async Task Order_AgainstARule_IsRefusedAndLeavesNothing(string order, int code, string words)
    {
        await using var stage = await BinanceStage.StartAsync();

        var reply = await stage.SpotOrder(order);

        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Contains(words, reply["msg"], StringComparison.Ordinal);
        Assert.Empty(stage.Server.Spot.Orders);
    }

    [Fact]
    public async Task Buy_FeeInTheCoin_LeavesALittleLessThanBought()
    {
        await using var stage = await BinanceStage.StartAsync();

        var bought = await stage.SpotOrder("side=BUY&type=MARKET&quantity=0.1");
        var tooMuch = await stage.SpotOrder("side=SELL&type=MARKET&quantity=0.1");
        var balances = (await stage.Caller.SignedAsync("GET", "/api/v3/account", "omitZeroBalances=true")).Body!["balances"]!.AsArray();

        var fill = bought.Body!["fills"]![0]!;
        Assert.Equal(("0.00010000", "BTC"), (fill["commission"]!.ToString(), fill["commissionAsset"]!.ToString()));
        Assert.Equal(-2010, tooMuch.Code);
        // 10,000 − 0.1 × 60,000.01; 0.1 less a thousandth
        Assert.Equal(("3999.99900000", "0.09990000"), (balances[0]!["free"]!.ToString(), balances[1]!["free"]!.ToString()));
    }

    [Fact]
    public async Task Sell_PriceFallen_TheRestOfTheMoneyIsStillFree()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.SpotOrder("side=BUY&type=MARKET&quantity=0.1");
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 30_000m, 30_000.01m);

        var reply = await stage.SpotOrder("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.13&price=30000");

        Assert.Equal(200, reply.Status);
        Assert.Equal(("99.99900000", "3900.00000000"), (await FreeAndLocked(stage)));
    }

    [Fact]
    public async Task StopLoss_Reached_SellsUnderTheSameNumber()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.SpotOrder("side=BUY&type=MARKET&quantity=0.1");
        var placed = await stage.SpotOrder("side=SELL&type=STOP_LOSS&quantity=0.0999&stopPrice=58000&newClientOrderId=stop");

        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 57_000m, 57_000.01m);
        var asked = await stage.Caller.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=stop");

        Assert.Equal((placed["orderId"], "FILLED", "STOP_LOSS", "0.09990000"), (asked["orderId"], asked["status"], asked["type"], asked["executedQty"]));
    }

    [Fact]
    public async Task Cancel_Open_NamesBothIds()
    {
        await using var stage = await BinanceStage.StartAsync();
        await stage.SpotOrder("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000&newClientOrderId=one");

        var reply = await stage.Caller.SignedAsync("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=one");

        Assert.Equal(("CANCELED", "one"), (reply["status"], reply["origClientOrderId"]));
        Assert.NotEqual("one", reply["clientOrderId"]);
    }

    private static async Task<(string Free, string Locked)> FreeAndLocked(BinanceStage stage)
    {
        var usdt = (await stage.Caller.SignedAsync("GET", "/api/v3/account")).Body!["balances"]![0]!;
        return (usdt["free"]!.ToString(), usdt["locked"]!.ToString());
    }
}
