using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.ScriptedTelegramApi;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.SenderStage;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>Network trouble, refusals, cancellation.</summary>
public sealed class SenderTroubleTests
{
    [Theory]
    // 1 + 2 + 4 + 8 + 16 + 32 = 63, and from then on 60 each.
    [InlineData(0, new double[] { 0, 1, 3, 7, 15, 31, 63, 123, 183 })]
    // Full jitter takes half of each wait off.
    [InlineData(1, new double[] { 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5 })]
    public async Task SendAsync_NoAnswer_TriesAgainEverSlowerUntilDelivered(double jitter, double[] expected)
    {
        using var stage = new SenderStage(jitter: jitter);
        stage.Api.Plan(Ann, [.. Enumerable.Repeat(NoAnswer(), 8)]);
        var sending = stage.SendAsync(Ann, "a");

        stage.Advance(200);

        await EndAsync<SendOutcome.Delivered>(sending);
        Assert.Equal(expected, stage.Api.Sent.Select(sent => sent.At.TotalSeconds));
    }

    [Fact]
    public async Task SendAsync_ServerDownForAWhile_DeliversAllInOrderAndUrgentFirst()
    {
        using var stage = new SenderStage(Unlimited);
        stage.Api.Plan(Ann, [.. Enumerable.Repeat(NoAnswer(), 6)]);
        var all = Enumerable.Range(1, 5).Select(count => stage.SendAsync(Ann, $"notice {count}")).ToList();
        all.Add(stage.SendAsync(Ann, "alarm", MessagePriority.Alarm));

        stage.Advance(120);

        foreach (var sending in all)
            await EndAsync<SendOutcome.Delivered>(sending);
        Assert.Equal(["alarm", "notice 1", "notice 2", "notice 3", "notice 4", "notice 5"], stage.Api.Texts.Skip(6));
    }

    [Fact]
    public async Task SendAsync_OneChatWithoutAnswer_HoldsUpNoOther()
    {
        using var stage = new SenderStage();
        var never = new TaskCompletionSource<TelegramResult<MessageReceipt>>();
        stage.Api.Plan(Ann, _ => never.Task);
        var hanging = stage.SendAsync(Ann, "a");

        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Bob, "b"));

        Assert.False(hanging.IsCompleted);
    }

    [Fact]
    public async Task SendAsync_MessageTheServerCanNotStand_LetsOthersPassAfterTenMinutes()
    {
        using var stage = new SenderStage(Unlimited);
        // Attempts at 0, 1, 3, 7, 15, 31, 63 s and then once a minute: the 15th at 543 s, the next at 603 s.
        stage.Api.Plan(Ann, [.. Enumerable.Repeat(ServerError(), 15)]);
        var stuck = stage.SendAsync(Ann, "stuck", MessagePriority.Alarm);
        var behind = stage.SendAsync(Ann, "behind", MessagePriority.Alarm);

        stage.Advance(602.999);
        Assert.DoesNotContain("behind", stage.Api.Texts);
        stage.Advance(0.001);

        await EndAsync<SendOutcome.Delivered>(behind);
        await EndAsync<SendOutcome.Delivered>(stuck);
        Assert.Equal(["behind", "stuck"], stage.Api.Texts.Skip(15));
    }

    [Fact]
    public void SendAsync_NoAnswerForHours_KeepsTheOrder()
    {
        using var stage = new SenderStage(Unlimited);
        stage.Api.Plan(Ann, [.. Enumerable.Repeat(NoAnswer(), 100)]);
        _ = stage.SendAsync(Ann, "1");
        _ = stage.SendAsync(Ann, "2");

        stage.Advance(2 * 3600);

        Assert.Equal(["1", "2"], stage.Api.Texts.Skip(100));
    }

    [Fact]
    public async Task SendAsync_MarkupRefused_SendsOnceMoreAsPlainText()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Refusal(400, "Bad Request: can't parse entities: Unsupported start tag \"x\""));
        var text = new TelegramText([new TelegramRow("<x>5 &lt; 6</x>", "5 < 6")], new InlineKeyboardMarkup([[InlineKeyboardButton.Callback("Ok", "ok")]]));

        var outcome = await EndAsync<SendOutcome.Delivered>(stage.SendAsync(new OutgoingMessage { ChatId = Ann, Text = text }));

        Assert.True(outcome.AsPlainText);
        var requests = stage.Api.Sent.Select(sent => (SendMessage)sent.Request).ToList();
        Assert.Equal([("<x>5 &lt; 6</x>", "HTML"), ("5 < 6", null)], requests.Select(request => (request.Text, request.ParseMode)));
        Assert.Same(text.Keyboard, requests[1].ReplyMarkup);
    }

    [Fact]
    public async Task SendAsync_PlainTextRefusedToo_ComesBackAsAValue()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Refusal(400, "can't parse entities"), Refusal(400, "can't parse entities"));

        var outcome = await EndAsync<SendOutcome.Refused>(stage.SendAsync(Ann, "a"));

        Assert.True(outcome.Refusal.IsMarkupRefused);
        Assert.Equal(2, stage.Api.Sent.Count);
    }

    [Theory]
    [InlineData(403, "Forbidden: bot was blocked by the user", true)]
    [InlineData(403, "Forbidden: bot was kicked from the group chat", true)]
    [InlineData(400, "Bad Request: chat not found", true)]
    [InlineData(400, "Bad Request: BUTTON_DATA_INVALID", false)]
    [InlineData(401, "Unauthorized", false)]
    public async Task SendAsync_RefusedForGood_ComesBackAtOnceAndTheNextGoesOn(int code, string description, bool isClosed)
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Refusal(code, description));
        var refused = stage.SendAsync(Ann, "a");

        Assert.Equal(isClosed, (await EndAsync<SendOutcome.Refused>(refused)).Refusal.IsChatClosed);
        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Ann, "b"));
        Assert.Equal(0, stage.Sender.QueueLength);
    }

    [Fact]
    public async Task SendAsync_GroupBecameASupergroup_FollowsAndSaysSo()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Desk, Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", -100_500), Refusal(400, "upgraded", -100_500));
        var first = stage.SendAsync(Desk, "1");
        var second = stage.SendAsync(Desk, "2");

        Assert.Equal(-100_500, (await EndAsync<SendOutcome.Delivered>(first)).ChatId);
        Assert.Equal(-100_500, (await EndAsync<SendOutcome.Delivered>(second)).ChatId);
        Assert.Equal([Desk, -100_500], stage.Api.Sent.Where(sent => sent.Text == "1").Select(sent => sent.ChatId));
    }

    [Fact]
    public async Task SendAsync_SupergroupThatMovesAgain_IsRefusedInsteadOfChased()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Desk, Refusal(400, "upgraded", -200));
        stage.Api.Plan(-200, Refusal(400, "upgraded", -300));

        await EndAsync<SendOutcome.Refused>(stage.SendAsync(Desk, "a"));
    }

    [Fact]
    public async Task SendAsync_EditOutcomes_AreToldApart()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Refusal(400, "Bad Request: message is not modified: same"), Refusal(400, "Bad Request: message to edit not found"), Refusal(400, "Bad Request: message can't be edited"));
        stage.Advance(60);
        var edit = Message(Ann, "a") with { EditMessageId = 9 };

        Assert.Equal([9], (await EndAsync<SendOutcome.Delivered>(stage.SendAsync(edit))).MessageIds);
        await EndAsync<SendOutcome.EditTargetGone>(stage.SendAsync(edit));
        await EndAsync<SendOutcome.EditTargetGone>(stage.SendAsync(edit));
        Assert.All(stage.Api.Sent, sent => Assert.Equal(9, Assert.IsType<EditMessageText>(sent.Request).MessageId));
    }

    [Fact]
    public async Task SendAsync_CancelledWhileWaiting_ThrowsAndLetsTheNextPass()
    {
        using var stage = new SenderStage();
        using var cancellation = new CancellationTokenSource();
        stage.Api.Plan(Ann, NoAnswer());
        var cancelled = stage.SendAsync(Message(Ann, "a"), cancellation.Token);
        var next = stage.SendAsync(Ann, "b");

        await cancellation.CancelAsync();

        await EndAsync<SendOutcome.Delivered>(next);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(0, stage.Sender.QueueLength);
    }

    [Fact]
    public async Task SendAsync_CancelledUnderWay_ThrowsAndLetsTheNextPass()
    {
        using var stage = new SenderStage();
        using var cancellation = new CancellationTokenSource();
        stage.Api.Plan(Ann, HangAsync);
        var cancelled = stage.SendAsync(Message(Ann, "a"), cancellation.Token);
        var next = stage.SendAsync(Ann, "b");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(ManualTimeProvider.Patience));
        await EndAsync<SendOutcome.Delivered>(next);
    }

    [Fact]
    public async Task SendAsync_CancelledBefore_AsksNothing()
    {
        using var stage = new SenderStage();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.SendAsync(Message(Ann, "a"), new CancellationToken(canceled: true)));

        Assert.Empty(stage.Api.Sent);
    }

    [Fact]
    public async Task Dispose_WithMessagesLeft_CancelsThemAll()
    {
        var stage = new SenderStage();
        stage.Api.Plan(Ann, HangAsync);
        var underWay = stage.SendAsync(Ann, "a");
        var waiting = stage.SendAsync(Ann, "b");

        stage.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => underWay.WaitAsync(ManualTimeProvider.Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(ManualTimeProvider.Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.SendAsync(Ann, "c"));
    }

    [Fact]
    public async Task SendAsync_DefectInTheClient_ReachesItsCallerAndNobodyElse()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, _ => throw new InvalidOperationException("a defect"));
        var broken = stage.SendAsync(Ann, "a");

        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Ann, "b"));

        Assert.Equal("a defect", (await Assert.ThrowsAsync<InvalidOperationException>(() => broken)).Message);
    }

    private static async Task<TelegramResult<MessageReceipt>> HangAsync(CancellationToken cancellationToken) =>
        await new TaskCompletionSource<TelegramResult<MessageReceipt>>().Task.WaitAsync(cancellationToken);
}
