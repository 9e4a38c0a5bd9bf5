using TelegramTrader.Connectors.Telegram.Sending;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.ScriptedTelegramApi;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.SenderStage;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>"Too many requests": how long, and who waits.</summary>
public sealed class SenderFloodTests
{
    [Fact]
    public async Task SendAsync_TooManyRequests_WaitsExactlyAsLongAsToldAndThenDelivers()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Flood(7));
        var sending = stage.SendAsync(Ann, "a");

        stage.Advance(6.999);
        Assert.Single(stage.Api.Sent);
        stage.Advance(0.001);

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(7)], stage.Api.Sent.Select(sent => sent.At));
        Assert.Equal([1], (await EndAsync<SendOutcome.Delivered>(sending)).MessageIds);
    }

    [Fact]
    public async Task SendAsync_OneChatFlooded_OthersGoOnAndItsOwnOrderIsKept()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Flood(60));
        var first = stage.SendAsync(Ann, "a1");
        var second = stage.SendAsync(Ann, "a2");

        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Bob, "b1"));
        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Desk, "d1"));
        stage.Advance(60);

        await EndAsync<SendOutcome.Delivered>(first);
        await EndAsync<SendOutcome.Delivered>(second);
        Assert.Equal(["a1", "b1", "d1", "a1", "a2"], stage.Api.Texts);
    }

    [Fact]
    public void SendAsync_AlarmIntoAFloodedChat_WaitsTooButGoesFirst()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Flood(10));
        _ = stage.SendAsync(Ann, "notice");
        _ = stage.SendAsync(Ann, "alarm", MessagePriority.Alarm);

        stage.Advance(9.999);
        Assert.Single(stage.Api.Sent);
        stage.Advance(0.001);

        Assert.Equal(["notice", "alarm", "notice"], stage.Api.Texts);
    }

    [Fact]
    public void SendAsync_ToldToWaitVeryLong_TriesAgainAtTheCap()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Flood(36_000));
        _ = stage.SendAsync(Ann, "a");

        stage.Advance(15 * 60 - 0.001);
        Assert.Single(stage.Api.Sent);
        stage.Advance(0.001);

        Assert.Equal(2, stage.Api.Sent.Count);
    }

    [Fact]
    public void SendAsync_ToldAgainAndAgain_ObeysEachTime()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Flood(5), Flood(10), Flood(20));
        _ = stage.SendAsync(Ann, "a");

        stage.Advance(100);

        Assert.Equal([0, 5, 15, 35], stage.Api.Sent.Select(sent => sent.At.TotalSeconds));
    }

    [Fact]
    public void SendAsync_SeveralChatsFloodedAtOnce_AllChatsWait()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(1, Flood(10));
        stage.Api.Plan(2, Flood(20));
        stage.Api.Plan(3, Flood(30));
        foreach (var chatId in new[] { 1, 2 })
            _ = stage.SendAsync(chatId, $"to {chatId}");
        _ = stage.SendAsync(Ann, "after two");
        _ = stage.SendAsync(3, "to 3");
        _ = stage.SendAsync(Bob, "after three");

        Assert.Equal(["to 1", "to 2", "after two", "to 3"], stage.Api.Texts);
        stage.Advance(29.999);
        Assert.Equal(4, stage.Api.Sent.Count);
        stage.Advance(0.001);

        // In the order in which they were asked for.
        Assert.Equal(["to 1", "to 2", "to 3", "after three"], stage.Api.Texts.Skip(4));
    }

    [Fact]
    public void SendAsync_ChatsFloodedOneAfterTheOther_AreNotTakenForAll()
    {
        using var stage = new SenderStage();
        foreach (var chatId in new[] { 1, 2, 3 })
        {
            stage.Api.Plan(chatId, Flood(5));
            _ = stage.SendAsync(chatId, $"to {chatId}");
            stage.Advance(5);
        }

        _ = stage.SendAsync(Bob, "b");

        Assert.Equal("b", stage.Api.Texts.Last());
    }
}
