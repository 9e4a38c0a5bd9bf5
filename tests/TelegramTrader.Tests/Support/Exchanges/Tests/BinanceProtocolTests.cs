
namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>Keys, signatures, clocks, parameters, limits.</summary>
public sealed class BinanceProtocolTests
{
    [Fact]
    public async Task Signed_WrongSecret_IsRefused()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Caller.Secret = "another";

        var reply = await stage.Caller.SignedAsync("GET", "/fapi/v2/balance");

        Assert.Equal((400, -1022), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData(null, -2014)]
    [InlineData("somebodyElses", -2015)]
    public async Task Signed_WrongKey_IsRefused(string? key, int code)
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Caller.Key = key;

        var reply = await stage.Caller.SignedAsync("GET", "/fapi/v2/balance");

        Assert.Equal((401, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData(0, 0, 200)]
    [InlineData(-5000, 0, 200)]
    [InlineData(-5001, 0, 400)]
    [InlineData(999, 0, 200)]
    [InlineData(1000, 0, 400)]
    [InlineData(0, 5001, 400)]
    [InlineData(0, -1000, 400)]
    public async Task Signed_ClocksApart_IsRefusedOutsideOfTheWindow(int callerAhead, int serverAhead, int status)
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Caller.ClockError = TimeSpan.FromMilliseconds(callerAhead);
        stage.Server.Clock.Drift = TimeSpan.FromMilliseconds(serverAhead);

        var reply = await stage.Caller.SignedAsync("GET", "/fapi/v2/balance");

        Assert.Equal(status, reply.Status);
        if (status != 200)
            Assert.Equal(-1021, reply.Code);
    }

    [Fact]
    public async Task Time_ClockDrifted_SaysTheServersOwn()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Clock.Drift = TimeSpan.FromSeconds(7);

        var reply = await stage.Caller.SendAsync("GET", "/fapi/v1/time");

        Assert.Equal((stage.Time.GetUtcNow().ToUnixTimeMilliseconds() + 7000).ToString(System.Globalization.CultureInfo.InvariantCulture), reply["serverTime"]);
    }

    [Theory]
    [InlineData("side=BUY&type=MARKET&quantity=0.01&colour=red", -1104)]
    [InlineData("side=BUY&type=MARKET&quantity=0.01&side=BUY", -1101)]
    [InlineData("type=MARKET&quantity=0.01", -1102)]
    [InlineData("side=BUY&type=MARKET", -1102)]
    [InlineData("side=BUY&type=MARKET&quantity=1e-2", -1100)]
    [InlineData("side=LONG&type=MARKET&quantity=0.01", -1117)]
    [InlineData("side=BUY&type=MAGIC&quantity=0.01", -1116)]
    [InlineData("side=BUY&type=MARKET&quantity=0.01&price=60000", -1106)]
    [InlineData("side=BUY&type=LIMIT&quantity=0.01&price=60000", -1102)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.01&stopPrice=50000", -4120)]
    public async Task Order_BadParameters_IsRefusedAndLeavesNothing(string order, int code)
    {
        await using var stage = await BinanceStage.StartAsync();

        var reply = await stage.FuturesOrder(order);

        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Empty(stage.Server.Futures.Orders);
    }

    [Fact]
    public async Task Request_UnknownEndpoint_IsNotFoundAndNoted()
    {
        await using var stage = await BinanceStage.StartAsync();

        var reply = await stage.Caller.SendAsync("GET", "/fapi/v9/thing", "a=b");

        Assert.Equal(404, reply.Status);
        Assert.Equal(["GET /fapi/v9/thing"], stage.Server.UnknownRequests);
    }

    [Fact]
    public async Task Weight_Used_IsSaidAndStartsAnewEachMinute()
    {
        await using var stage = await BinanceStage.StartAsync();

        Assert.Equal(5, (await stage.Caller.SignedAsync("GET", "/fapi/v2/balance")).Weight);
        Assert.Equal(45, (await stage.Caller.SignedAsync("GET", "/fapi/v1/openOrders")).Weight);
        Assert.Equal(46, (await stage.Caller.SignedAsync("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Weight);
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await stage.Caller.SendAsync("GET", "/fapi/v1/time")).Weight);
    }

    [Fact]
    public async Task Weight_TooMuch_IsRefusedThenBannedThenForgiven()
    {
        await using var stage = await BinanceStage.StartAsync();
        (stage.Server.FuturesLimits.WeightPerMinute, stage.Server.FuturesLimits.Patience) = (2, 1);
        var statuses = new List<int>();
        for (var call = 0; call < 5; call++)
            statuses.Add((await stage.Caller.SendAsync("GET", "/fapi/v1/time")).Status);
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        var during = await stage.Caller.SendAsync("GET", "/fapi/v1/time");
        var elsewhere = await stage.Caller.SendAsync("GET", "/api/v3/time");
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await stage.Caller.SendAsync("GET", "/fapi/v1/time");

        Assert.Equal([200, 200, 429, 418, 418], statuses);
        Assert.Equal((418, 60), (during.Status, during.RetryAfter));
        Assert.Equal(200, elsewhere.Status);
        Assert.Equal(200, after.Status);
    }

    [Fact]
    public async Task Orders_TooManyInTenSeconds_AreRefused()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.FuturesLimits.OrdersPerTenSeconds = 1;
        const string Order = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=55000&newClientOrderId=";

        Assert.Equal(200, (await stage.FuturesOrder(Order + "a")).Status);
        var second = await stage.FuturesOrder(Order + "b");
        stage.Time.Advance(TimeSpan.FromSeconds(10));
        var third = await stage.FuturesOrder(Order + "b");

        Assert.Equal((429, -1015), (second.Status, second.Code));
        Assert.Equal(200, third.Status);
    }

    [Fact]
    public async Task Maintenance_AnyRequest_IsUnavailable()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.IsInMaintenance = true;

        Assert.Equal(503, (await stage.Caller.SendAsync("GET", "/fapi/v1/time")).Status);
    }

    [Fact]
    public async Task Restrictions_RightsOfTheKey_AreSaid()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Account.CanWithdraw = true;

        var reply = await stage.Caller.SignedAsync("GET", "/sapi/v1/account/apiRestrictions");

        Assert.Equal(("true", "true", "true"), (reply["enableWithdrawals"], reply["enableFutures"], reply["ipRestrict"]));
    }
}
