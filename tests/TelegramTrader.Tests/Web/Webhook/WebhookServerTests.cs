using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Web.Webhook;

public sealed class WebhookServerTests
{
    [Fact]
    public async Task Post_PlainText_IsAPostAsItStands()
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal((202, "Accepted.\n"), await stage.PostAsync("LONG BTC 🚀\nSL 1"));
        var post = Assert.Single(stage.Posts);
        Assert.Equal(("hook:desk", "LONG BTC 🚀\nSL 1", 1, MessageChange.Posted), (post.Channel.Value, post.Text, post.Revision, post.Change));
        Assert.Equal((Instant.From(stage.Time.GetUtcNow()), Instant.From(stage.Time.GetUtcNow())), (post.PostedAt, post.ReceivedAt));
    }

    public static TheoryData<string, string> Alerts => new()
    {
        { """{"ticker":"BINANCE:BTCUSDT.P","action":"buy","price":64800,"stop":64500,"targets":[65000,"66000.5"],"leverage":5}""", "LONG BTCUSDT.P\nEntry: 64800\nTargets: 65000, 66000.5\nStop loss: 64500\nLeverage: 5x" },
        { """{"Symbol":"eth/usdt","SIDE":"Short","entry":"3000","stop_loss":"3100.10","tp1":"2900","tp2":2800,"id":7}""", "SHORT ETH/USDT\nEntry: 3000\nTargets: 2900, 2800\nStop loss: 3100.10" },
        { """{"ticker":"SOLUSDT","action":"sell","market_position":"flat","price":100}""", "Close SOLUSDT" },
        { """{"ticker":"SOLUSDT","action":"sell","market_position":"short","type":"market","price":100,"sl":110,"tp":90}""", "SHORT SOLUSDT\nEntry: market\nTargets: 90\nStop loss: 110" },
        { """{"ticker":"PEPEUSDT","action":"long","price":1e-5,"stopLoss":0.000009,"takeProfit":"","target":null,"tp1":0.00002}""", "LONG PEPEUSDT\nEntry: 0.00001\nTargets: 0.00002\nStop loss: 0.000009" },
        { """{"ticker":"BTCUSDT","action":"exit"}""", "Close BTCUSDT" },
        { """{"text":"LONG BTC\nSL 5","ticker":"ignored"}""", "LONG BTC\nSL 5" },
        { """{"message":"TP1 hit"}""", "TP1 hit" },
    };

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task Post_AnAlert_IsWrittenAsAChannelWould(string body, string text)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(202, (await stage.PostAsync(body)).Status);
        Assert.Equal(text, Assert.Single(stage.Posts).Text);
    }

    [Fact]
    public async Task Post_AnAlert_IsReadByTheParser()
    {
        await using var stage = await WebhookStage.StartAsync();
        await stage.PostAsync("""{"ticker":"BINANCE:BTCUSDT.P","action":"sell","price":64800,"stop":65500,"targets":[64000,63000],"leverage":5}""");
        var signal = Assert.IsType<ParseResult.Signal>(new SignalParser().Parse(stage.Posts[0], ParseContext.TextOnly));
        var idea = Assert.Single(signal.Ideas);
        Assert.Equal(("BTC/USDT", TradeSide.Short, 2), (idea.Pair.ToString(), idea.Side, idea.Targets.Count));
        Assert.IsType<EntryPlan.AtLimit>(idea.Entry);
        Assert.Equal(5m, idea.Leverage!.Value.Highest);
        await stage.PostAsync("""{"ticker":"BTCUSDT","action":"close"}""");
        Assert.Equal(UpdateAction.Close, Assert.IsType<ParseResult.Update>(new SignalParser().Parse(stage.Posts[1], ParseContext.TextOnly)).Content.Action);
    }

    [Theory]
    [InlineData("""{"action":"buy"}""", "there is neither a text nor a ticker")]
    [InlineData("""{"ticker":"BTCUSDT"}""", "there is no action")]
    [InlineData("""{"ticker":"BTCUSDT","action":"{{strategy.order.action}}"}""", "its action is none of")]
    [InlineData("""{"ticker":"BTC USDT; close all","action":"buy"}""", "its ticker is not the name of a pair")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","stop":"{{plot_0}}"}""", "its stop is not a number above 0")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","stop":-5}""", "its stop is not a number above 0")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","price":"NaN"}""", "its price is not a number above 0")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","targets":[1,"high"]}""", "its targets are not numbers above 0")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","leverage":0}""", "its leverage is not a number above 0")]
    [InlineData("""{"text":" "}""", "its text is empty")]
    [InlineData("""{"text":"LONG BTC","time":"yesterday"}""", "its time is neither Unix time nor ISO 8601 with a zone")]
    public async Task Post_AnAlertThatCantBeUsed_IsRefusedWithTheReason(string body, string problem)
    {
        await using var stage = await WebhookStage.StartAsync();
        var (status, text) = await stage.PostAsync(body);
        Assert.Equal(422, status);
        Assert.StartsWith("Refused: " + problem, text, StringComparison.Ordinal);
        Assert.Empty(stage.Posts);
    }

    [Theory]
    [InlineData("/hooks/desk", WebhookStage.Secret, "LONG BTC")]
    [InlineData("/hooks/desk?secret=" + WebhookStage.Secret, null, "LONG BTC")]
    [InlineData("/hooks/DESK", null, "{\"secret\":\"" + WebhookStage.Secret + "\",\"text\":\"LONG BTC\"}")]
    public async Task Post_TheSecretInAnyOfItsPlaces_IsLetIn(string path, string? secret, string body)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(202, (await stage.PostAsync(body, path, secret)).Status);
        Assert.Equal("LONG BTC", Assert.Single(stage.Posts).Text);
    }

    [Fact]
    public async Task Post_WithAnId_IsTakenOnceForEver()
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(202, (await stage.PostAsync("""{"id":"a1","text":"LONG BTC"}""")).Status);
        stage.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(202, (await stage.PostAsync("""{"id":"a1","text":"LONG BTC, again"}""")).Status);
        Assert.Single(stage.Posts);
        await stage.PostAsync("""{"id":"a2","text":"LONG BTC"}""");
        Assert.Equal(2, stage.Posts.Count);
        // The ids of one source are not those of another.
        await stage.PostAsync("""{"id":"a1","text":"LONG BTC"}""", "/hooks/other", WebhookStage.OtherSecret);
        Assert.Equal(["hook:desk", "hook:desk", "hook:other"], stage.Posts.Select(post => post.Channel.Value));
    }

    [Fact]
    public async Task Post_TheSameBodyWithoutIdOrTime_IsARepetitionWithinTheWindowOnly()
    {
        await using var stage = await WebhookStage.StartAsync();
        // The clock begins at a full minute; the window is 30 s, and the second call is in the next one.
        stage.Time.Advance(TimeSpan.FromSeconds(29));
        await stage.PostAsync("LONG BTC");
        stage.Time.Advance(TimeSpan.FromSeconds(2));
        await stage.PostAsync("LONG BTC");
        await stage.PostAsync("LONG ETH");
        Assert.Equal(["LONG BTC", "LONG ETH"], stage.Posts.Select(post => post.Text));
        stage.Time.Advance(TimeSpan.FromSeconds(28));
        await stage.PostAsync("LONG BTC");
        Assert.Equal(3, stage.Posts.Count);
    }

    [Fact]
    public async Task Post_BeforeTheEngineMayTrade_WaitsAndIsStoredThen()
    {
        await using var stage = await WebhookStage.StartAsync(isReady: false);
        var posting = stage.PostAsync("LONG BTC");
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        // The sender is not kept waiting for it.
        stage.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(202, (await posting).Status);
        Assert.Empty(stage.Posts);
        stage.MakeReady();
        await stage.StopAsync();
        Assert.Single(stage.Posts);
    }

    [Fact]
    public async Task Stop_WithPostsThatWait_StoresThemFirst()
    {
        await using var stage = await WebhookStage.StartAsync(isReady: false);
        var posting = stage.PostAsync("LONG BTC");
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        stage.Time.Advance(TimeSpan.FromSeconds(2));
        await posting;
        await stage.StopAsync();
        Assert.Equal("LONG BTC", Assert.Single(stage.Posts).Text);
    }

    [Fact]
    public async Task Post_MoreThanMayWait_IsSentAway()
    {
        await using var stage = await WebhookStage.StartAsync(options => options with { MostWaiting = 2 }, isReady: false);
        var waiting = new[] { stage.PostAsync("LONG BTC"), stage.PostAsync("LONG ETH"), stage.PostAsync("LONG SOL") };
        Assert.Equal(503, (await await Task.WhenAny(waiting)).Status);
        stage.MakeReady();
        Assert.Equal([202, 202, 503], (await Task.WhenAll(waiting)).Select(answer => answer.Status).Order());
        Assert.Equal(2, stage.Posts.Count);
    }

    [Fact]
    public async Task Post_ThatCantBeStored_IsToldToTheSenderWhoMaySendItAgain()
    {
        await using var stage = await WebhookStage.StartAsync();
        stage.Failure = new IOException("disk full");
        Assert.Equal(500, (await stage.PostAsync("LONG BTC")).Status);
        stage.Failure = null;
        Assert.Equal(202, (await stage.PostAsync("LONG BTC")).Status);
        Assert.Single(stage.Posts);
    }
}
