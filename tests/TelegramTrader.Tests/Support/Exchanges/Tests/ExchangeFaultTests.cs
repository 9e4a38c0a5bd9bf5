using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>What goes wrong on the way: with and without effect.</summary>
public sealed class ExchangeFaultTests
{
    private const string Endpoint = "POST /fapi/v1/order";
    private const string Order = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=59000&newClientOrderId=one";

    [Fact]
    public async Task CutBefore_Order_WasNeverThere()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Faults.Next(1, new ExchangeFault.CutBefore(), Endpoint);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stage.FuturesOrder(Order));

        Assert.Empty(stage.Server.Futures.Orders);
        Assert.Equal(200, (await stage.FuturesOrder(Order)).Status);
    }

    [Fact]
    public async Task CutAfter_Order_IsThere()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Faults.Next(1, new ExchangeFault.CutAfter(), Endpoint);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stage.FuturesOrder(Order));

        Assert.Single(stage.Server.Futures.Orders);
        Assert.Equal(-4116, (await stage.FuturesOrder(Order)).Code);
    }

    [Fact]
    public async Task HalfAnswer_Order_IsThere()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Faults.Next(1, new ExchangeFault.HalfAnswer(), Endpoint);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stage.FuturesOrder(Order));

        Assert.Single(stage.Server.Futures.Orders);
    }

    [Fact]
    public async Task AnswerAfter_ServerError_OrderIsThere()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Faults.Next(1, new ExchangeFault.AnswerAfter(503, """{"code":-1007,"msg":"Timeout waiting for response from backend server. Send status unknown; execution status unknown."}"""), Endpoint);

        var reply = await stage.FuturesOrder(Order);

        Assert.Equal((503, -1007), (reply.Status, reply.Code));
        Assert.Single(stage.Server.Futures.Orders);
    }

    [Fact]
    public async Task AnswerBefore_TooManyRequests_OrderIsNotThere()
    {
        await using var stage = await BinanceStage.StartAsync();
        stage.Server.Faults.Next(1, new ExchangeFault.AnswerBefore(429, """{"code":-1003,"msg":"Too many requests."}""", 30), Endpoint);

        var reply = await stage.FuturesOrder(Order);

        Assert.Equal((429, 30), (reply.Status, reply.RetryAfter));
        Assert.Empty(stage.Server.Futures.Orders);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Held_Order_IsAnsweredWhenLetGo(bool isBefore)
    {
        await using var stage = await BinanceStage.StartAsync();
        var release = new TaskCompletionSource();
        stage.Server.Faults.Next(1, isBefore ? new ExchangeFault.HeldBefore(release.Task) : new ExchangeFault.HeldAfter(release.Task), Endpoint);

        var sending = stage.FuturesOrder(Order);
        await stage.Server.WaitForCallAsync(call => call.Endpoint == Endpoint, ManualTimeProvider.Patience);
        Assert.False(sending.IsCompleted);
        if (isBefore)
            Assert.Empty(stage.Server.Futures.Orders);
        release.SetResult();

        Assert.Equal(200, (await sending.WaitAsync(ManualTimeProvider.Patience)).Status);
        Assert.Single(stage.Server.Futures.Orders);
    }

    [Fact]
    public async Task Randomly_SameSeed_SameRequestsGoWrong()
    {
        async Task<string> Pattern(ulong seed)
        {
            await using var stage = await BinanceStage.StartAsync();
            stage.Server.Faults.Randomly(seed, 40, [new ExchangeFault.AnswerBefore(502, "<html>502</html>")]);
            var pattern = "";
            for (var call = 0; call < 30; call++)
                pattern += (await stage.Caller.SendAsync("GET", "/fapi/v1/time")).Status == 200 ? '.' : 'x';
            return pattern;
        }

        var first = await Pattern(7);

        Assert.Equal(first, await Pattern(7));
        Assert.NotEqual(first, await Pattern(8));
        Assert.Contains('x', first);
        Assert.Contains('.', first);
    }
}
