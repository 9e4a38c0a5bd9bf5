using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.SenderStage;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>How fast, and in which order.</summary>
public sealed class SenderLimitTests
{
    [Fact]
    public void SendAsync_FortyChats_SendsThirtyInTheFirstSecond()
    {
        using var stage = new SenderStage();
        for (var chatId = 1; chatId <= 40; chatId++)
            _ = stage.SendAsync(chatId, $"to {chatId}");

        Assert.Equal(30, stage.Api.Sent.Count);
        stage.Advance(0.999);
        Assert.Equal(30, stage.Api.Sent.Count);
        stage.Advance(0.001);

        Assert.Equal(40, stage.Api.Sent.Count);
        Assert.Equal(Enumerable.Range(1, 40).Select(chatId => $"to {chatId}"), stage.Api.Texts);
    }

    [Fact]
    public void SendAsync_ManyToAPrivateChat_SendsThreeAndThenThreeEveryThreeSeconds()
    {
        using var stage = new SenderStage();
        for (var count = 1; count <= 8; count++)
            _ = stage.SendAsync(Ann, $"{count}");

        stage.Advance(10);

        Assert.Equal([0, 0, 0, 3, 3, 3, 6, 6], stage.Api.Sent.Select(sent => sent.At.TotalSeconds));
        Assert.Equal(Enumerable.Range(1, 8).Select(count => $"{count}"), stage.Api.Texts);
    }

    [Fact]
    public void SendAsync_ManyToAGroup_SendsTwentyAMinute()
    {
        using var stage = new SenderStage();
        for (var count = 1; count <= 45; count++)
            _ = stage.SendAsync(Desk, $"{count}");

        stage.Advance(200);

        var times = stage.Api.Sent.Select(sent => sent.At.TotalSeconds).ToList();
        Assert.Equal(45, times.Count);
        // 3 every 3 s: the 19th and 20th go at 18 s; the 21st when the first is a minute old.
        Assert.Equal((18, 18, 60), (times[18], times[19], times[20]));
        Assert.All(times, start => Assert.InRange(times.Count(time => time >= start && time < start + 60), 1, 20));
        Assert.All(times, start => Assert.InRange(times.Count(time => time >= start && time < start + 3), 1, 3));
    }

    [Fact]
    public async Task SendAsync_SlowAnswers_CountFromTheAnswer()
    {
        // Telegram counts the arrival, which may be as late as the answer.
        using var stage = new SenderStage(new SendingLimits { PerChat = new RateLimit(1, TimeSpan.FromSeconds(3)) });
        var answer = new TaskCompletionSource<TelegramResult<MessageReceipt>>();
        stage.Api.Plan(Ann, _ => answer.Task);
        var first = stage.SendAsync(Ann, "1");
        var second = stage.SendAsync(Ann, "2");

        stage.Advance(2);
        answer.SetResult(await stage.Api.Delivered());
        await EndAsync<SendOutcome.Delivered>(first);
        stage.Advance(2.999);
        Assert.Single(stage.Api.Sent);
        stage.Advance(0.001);

        await EndAsync<SendOutcome.Delivered>(second);
    }

    [Fact]
    public async Task SendAsync_OverallLimitTakenBySlowAnswers_GoesOnWithThem()
    {
        using var stage = new SenderStage(new SendingLimits { Overall = new RateLimit(2, TimeSpan.FromSeconds(1)) });
        var answers = Enumerable.Range(1, 2).Select(_ => new TaskCompletionSource<TelegramResult<MessageReceipt>>()).ToList();
        stage.Api.Plan(1, _ => answers[0].Task);
        stage.Api.Plan(2, _ => answers[1].Task);
        var all = Enumerable.Range(1, 3).Select(chatId => stage.SendAsync(chatId, $"to {chatId}")).ToList();

        stage.Advance(60);
        Assert.Equal(2, stage.Api.Sent.Count);
        answers[0].SetResult(await stage.Api.Delivered());
        await EndAsync<SendOutcome.Delivered>(all[0]);
        stage.Advance(1);

        await EndAsync<SendOutcome.Delivered>(all[2]);
        answers[1].SetResult(await stage.Api.Delivered());
        await EndAsync<SendOutcome.Delivered>(all[1]);
    }

    [Fact]
    public void SendAsync_PrioritiesInOneChat_MoreUrgentGoesFirst()
    {
        using var stage = new SenderStage(new SendingLimits { PerChat = new RateLimit(1, TimeSpan.FromSeconds(1)) });
        MessagePriority[] asked = [MessagePriority.Card, MessagePriority.Card, MessagePriority.Notice, MessagePriority.Answer, MessagePriority.Alarm, MessagePriority.Notice, MessagePriority.Alarm];
        for (var index = 0; index < asked.Length; index++)
            _ = stage.SendAsync(Ann, $"{asked[index]} {index}", asked[index]);

        stage.Advance(10);

        // The first went before the others were asked for.
        Assert.Equal(["Card 0", "Alarm 4", "Alarm 6", "Answer 3", "Notice 2", "Notice 5", "Card 1"], stage.Api.Texts);
    }

    [Fact]
    public void SendAsync_PrioritiesOverChats_MoreUrgentTakesTheNextFreePlace()
    {
        using var stage = new SenderStage(new SendingLimits { Overall = new RateLimit(1, TimeSpan.FromSeconds(1)) });
        for (var chatId = 1; chatId <= 5; chatId++)
            _ = stage.SendAsync(chatId, $"card {chatId}", MessagePriority.Card);
        _ = stage.SendAsync(Ann, "alarm", MessagePriority.Alarm);

        stage.Advance(2);

        Assert.Equal(["card 1", "alarm", "card 2"], stage.Api.Texts);
    }

    [Fact]
    public async Task SendAsync_QueueFull_RefusesNoticesAndCardsAndNeverAlarmsAndAnswers()
    {
        using var stage = new SenderStage(new SendingLimits { MaximumWaiting = 5 });
        for (var count = 0; count < 8; count++)
            _ = stage.SendAsync(Ann, $"{count}");
        // Three of eight went at once.
        Assert.Equal(5, stage.Sender.QueueLength);

        Assert.Equal(new SendOutcome.QueueFull(5, 5), await EndAsync<SendOutcome.QueueFull>(stage.SendAsync(Bob, "notice")));
        await EndAsync<SendOutcome.QueueFull>(stage.SendAsync(Bob, "card", MessagePriority.Card));
        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Bob, "alarm", MessagePriority.Alarm));
        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Bob, "answer", MessagePriority.Answer));
        var waitingAlarm = stage.SendAsync(Ann, "alarm", MessagePriority.Alarm);
        Assert.Equal(6, stage.Sender.QueueLength);

        stage.Advance(60);
        await EndAsync<SendOutcome.Delivered>(waitingAlarm);
        Assert.Equal(0, stage.Sender.QueueLength);
        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Bob, "notice"));
    }

    [Fact]
    public async Task SendAsync_NewerEditOfAWaitingCard_TakesItsPlace()
    {
        using var stage = new SenderStage(new SendingLimits { PerChat = new RateLimit(1, TimeSpan.FromSeconds(1)) });
        _ = stage.SendAsync(Ann, "busy");
        var older = stage.SendAsync(Card(7, "seven, old"));
        _ = stage.SendAsync(Card(8, "eight"));
        var newer = stage.SendAsync(Card(7, "seven, new"));
        var notice = stage.SendAsync(Card(8, "not a card") with { Priority = MessagePriority.Answer });

        await EndAsync<SendOutcome.Superseded>(older);
        stage.Advance(10);

        await EndAsync<SendOutcome.Delivered>(newer);
        await EndAsync<SendOutcome.Delivered>(notice);
        Assert.Equal(["busy", "not a card", "seven, new", "eight"], stage.Api.Texts);
        Assert.Equal(0, stage.Sender.QueueLength);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    public void Constructor_LimitThatCanNotWork_IsRefusedByName(int messages, int seconds)
    {
        var limits = new SendingLimits { PerGroup = new RateLimit(messages, TimeSpan.FromSeconds(seconds)) };

        Assert.Contains("PerGroup", Assert.Throws<ArgumentException>(() => new SenderStage(limits)).Message);
    }

    private static OutgoingMessage Card(long messageId, string text) => Message(Ann, text, MessagePriority.Card) with { EditMessageId = messageId };
}
