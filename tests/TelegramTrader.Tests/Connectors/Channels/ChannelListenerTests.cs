using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Connectors.Channels;

/// <summary>Each version of each post once, whatever push and history do.</summary>
public sealed class ChannelListenerTests
{
    private static readonly ChannelId Channel = new(FakeChannelGateway.Channel);

    [Fact]
    public async Task Push_IsHandedOnAtOnceWithItsTimes()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Push(stage.Post(11, "BUY BTC", minutesAgo: 2) with { ReplyTo = 5, HasMedia = true });
        Assert.Equal(
            new ChannelMessage
            {
                Channel = Channel, MessageId = 11, Revision = 1, Change = MessageChange.Posted, PostedAt = stage.Now - TimeSpan.FromMinutes(2), ReceivedAt = stage.Now, Text = "BUY BTC",
                ReplyTo = 5, HasMedia = true,
            },
            await stage.NextAsync());
    }

    [Fact]
    public async Task Follow_StartsBehindWhatIsThere()
    {
        await using var stage = new ListenerStage();
        stage.Telegram.Put(stage.Post(9, "old", minutesAgo: 60));
        stage.Telegram.Put(stage.Post(10, "older than following", minutesAgo: 1));
        await stage.FollowAsync();
        stage.Telegram.Put(stage.Post(11, "new"));
        await stage.PollAsync();
        Assert.Equal("new", (await stage.NextAsync()).Text);
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task PushAndPoll_OfTheSamePost_HandItOnOnce()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        var post = stage.Telegram.Put(stage.Post(11, "BUY BTC"));
        stage.Telegram.Push(post);
        stage.Telegram.Push(post);
        await stage.PollAsync();
        await stage.PollAsync();
        stage.Telegram.Push(post);
        await stage.QuietAsync();
        Assert.Equal("BUY BTC", (await stage.NextAsync()).Text);
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Poll_FindsAPostThatNoPushBrought_AlsoBeforeOneThatWasPushed()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Put(stage.Post(11, "lost by the push"));
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(12, "pushed")));
        Assert.Equal("pushed", (await stage.NextAsync()).Text);
        await stage.PollAsync();
        var late = await stage.NextAsync();
        Assert.Equal(("lost by the push", TimeSpan.FromSeconds(60)), (late.Text, late.ReceivedAt - late.PostedAt));
    }

    [Fact]
    public async Task Edits_CountUpAndComeOnce()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        var post = stage.Post(11, "stop 95");
        stage.Telegram.Push(post);
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        var first = stage.Edit(post, "stop 96");
        stage.Telegram.Push(first);
        stage.Telegram.Push(first);
        // Telegram counts a reaction as an edit: the text is what matters.
        stage.Telegram.Push(first with { EditedAt = first.EditedAt + 1_000 });
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        stage.Telegram.Put(stage.Edit(post, "stop 97"));
        await stage.PollAsync();

        var versions = new[] { await stage.NextAsync(), await stage.NextAsync(), await stage.NextAsync() };
        Assert.Equal([("stop 95", 1, MessageChange.Posted), ("stop 96", 2, MessageChange.Edited), ("stop 97", 3, MessageChange.Edited)], versions.Select(version => (version.Text, version.Revision, version.Change)));
        Assert.Equal(first.EditedAt, versions[1].PostedAt.UnixMilliseconds);
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task OlderVersion_AfterANewerOne_IsNotTakenForAnEdit()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        var post = stage.Telegram.Put(stage.Post(11, "stop 95", minutesAgo: 5));
        // The edit comes first; the history still shows the text before it.
        stage.Telegram.Push(stage.Edit(post, "stop 96"));
        await stage.PollAsync();
        var only = await stage.NextAsync();
        Assert.Equal(("stop 96", 1, post.PostedAt), (only.Text, only.Revision, only.PostedAt.UnixMilliseconds));
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Deletion_IsAVersionOfItsOwn_AndComesOnce()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Push(stage.Post(11, "BUY BTC") with { ReplyTo = 3 });
        stage.Telegram.Push(ListenerStage.Deletion(11));
        stage.Telegram.Push(ListenerStage.Deletion(11));
        stage.Telegram.Push(ListenerStage.Deletion(99));
        await stage.QuietAsync();
        await stage.NextAsync();
        var deletion = await stage.NextAsync();
        Assert.Equal((11L, 2, MessageChange.Deleted, "", 3L), (deletion.MessageId, deletion.Revision, deletion.Change, deletion.Text, deletion.ReplyTo));
        Assert.Equal(stage.Now, deletion.PostedAt);
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Deletion_ThatNoPushBrought_IsFoundAfterAGap()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(11, "BUY BTC")));
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(12, "BUY ETH")));
        await stage.NextTextsAsync(2);
        stage.Telegram.Remove(11);
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "tooLong"));
        var deletion = await stage.NextAsync();
        Assert.Equal((11L, MessageChange.Deleted), (deletion.MessageId, deletion.Change));
        await stage.QuietAsync();
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Gap_MissedPostsComeInOrderBeforeThePushesThatFollow()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.PageSize = 2;
        for (var id = 11; id <= 15; id++)
            stage.Telegram.Put(stage.Post(id, $"missed {id}"));
        var history = stage.Telegram.StopHistory();
        stage.Telegram.Notice(new ChannelNotice.Gap(null, "reconnected"));
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(16, "pushed 16")));
        await ListenerStage.UntilAsync(() => stage.Telegram.Calls.Last().StartsWith("history", StringComparison.Ordinal));
        stage.AssertNothingElse();
        history.SetResult();
        Assert.Equal(["missed 11", "missed 12", "missed 13", "missed 14", "missed 15", "pushed 16"], await stage.NextTextsAsync(6));
    }

    [Fact]
    public async Task Gap_HistoryDoesNotCome_PushesWaitNotForEver()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.StopHistory();
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        stage.Telegram.Push(stage.Post(11, "fresh"));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(15));
        await stage.PassUntilAsync(() => stage.HasNext);
        Assert.Equal("fresh", (await stage.NextAsync()).Text);
    }

    [Fact]
    public async Task Gap_HistoryFails_PushesWaitForTheRetry()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Put(stage.Post(11, "missed"));
        stage.Telegram.HistoryTrouble.Enqueue(new GatewayAnswer<HistoryPage>.TimedOut(TimeSpan.FromSeconds(25)));
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(12, "fresh")));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        // And no further: while the history is read, pushes must not come to the end of what they wait.
        stage.Time.Advance(TimeSpan.FromSeconds(10));
        await ListenerStage.UntilAsync(() => stage.HasNext);
        Assert.Equal(["missed", "fresh"], await stage.NextTextsAsync(2));
    }

    [Fact]
    public async Task Gap_ChannelCanNotBeReadAnyMore_PushesGoOnAtOnce()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.HistoryTrouble.Enqueue(new GatewayAnswer<HistoryPage>.Refused(new GatewayRefusal(GatewayRefusalKind.NotMember, "You are not a member.")));
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        stage.Telegram.Push(stage.Post(12, "fresh"));
        Assert.Equal("fresh", (await stage.NextAsync()).Text);
    }

    [Fact]
    public async Task Gap_GatewayDiesWhileItsHistoryIsRead_MissedPostsComeFirstAllTheSame()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Put(stage.Post(11, "missed"));
        stage.Telegram.HistoryTrouble.Enqueue(new GatewayAnswer<HistoryPage>.Lost("The gateway ended."));
        stage.Telegram.Notice(new ChannelNotice.Ready());
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(12, "pushed by the one that died")));
        await ListenerStage.UntilAsync(() => stage.Listener.Channels is [{ Problem: not null }]);
        stage.AssertNothingElse();
        stage.Telegram.Put(stage.Post(13, "missed too"));
        stage.Telegram.Notice(new ChannelNotice.Ready());
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(14, "pushed by the next")));
        Assert.Equal(["missed", "pushed by the one that died", "missed too", "pushed by the next"], await stage.NextTextsAsync(4));
        await stage.QuietAsync();
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Gap_OfAnOlderHold_DoesNotReleaseANewerOne()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.StopHistory();
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "first"));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(15));
        stage.Time.Advance(TimeSpan.FromSeconds(10));
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "second"));
        stage.Telegram.Push(stage.Post(11, "fresh"));
        await stage.TakenAsync();
        // The first would be over by now, the second is not.
        stage.Time.Advance(TimeSpan.FromSeconds(6));
        await stage.TakenAsync();
        stage.AssertNothingElse();
        await stage.PassUntilAsync(() => stage.HasNext);
        Assert.Equal("fresh", (await stage.NextAsync()).Text);
        Assert.True(stage.Now - Instant.From(ListenerStage.Beginning) >= TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Gap_WhatWasPushedWhileItWaits_AndIsGoneFromTheHistory_KeepsItsPlace()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        var history = stage.Telegram.StopHistory();
        stage.Telegram.Put(stage.Post(11, "missed"));
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        stage.Telegram.Push(stage.Post(12, "soon deleted"));
        var first = stage.Post(13, "stop 95", minutesAgo: 1);
        stage.Telegram.Push(first);
        stage.Telegram.Push(stage.Telegram.Put(stage.Edit(first, "stop 96")));
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(14, "later")));
        await stage.TakenAsync();
        history.SetResult();
        Assert.Equal(["missed", "soon deleted", "stop 95", "later", "stop 96", ""], await stage.NextTextsAsync(6));
        await stage.QuietAsync();
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Ready_WhileTheOneBeforeStillAnswers_SubscribesAgain()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        var subscribing = stage.Telegram.StopSubscribing();
        stage.Telegram.Notice(new ChannelNotice.Ready());
        await ListenerStage.UntilAsync(() => Subscriptions(stage) == 2);
        // That gateway is gone, and its last answer comes late.
        stage.Telegram.Notice(new ChannelNotice.Ready());
        await stage.TakenAsync();
        subscribing.SetResult();
        await ListenerStage.UntilAsync(() => Subscriptions(stage) == 3);
    }

    [Fact]
    public async Task Gap_OnABusyChannel_DeletionOfAnyPostOfTheLastHalfHourIsFound()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        const int posts = 350;
        for (var id = 11; id < 11 + posts; id++)
            stage.Telegram.Push(stage.Telegram.Put(stage.Post(id, $"post {id}")));
        await stage.NextTextsAsync(posts);
        stage.Telegram.Remove(12);
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        var deletion = await stage.NextAsync();
        Assert.Equal((12L, MessageChange.Deleted), (deletion.MessageId, deletion.Change));
        await stage.QuietAsync();
        Assert.All(stage.Telegram.Calls.Where(call => call.StartsWith("messages", StringComparison.Ordinal)), call => Assert.True(call.Split(',').Length <= IChannelGateway.LargestPage));

        // Half an hour later the latest hundred are looked at, and no more.
        stage.Time.Advance(TimeSpan.FromMinutes(31));
        await stage.QuietAsync();
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(1_000, "much later")));
        await stage.NextAsync();
        stage.Telegram.Remove(13);
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        await stage.QuietAsync();
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task Restart_OfTheProgram_CatchesUpInOrderWithTheAgeOfEachPost()
    {
        var memory = new FakeMemory();
        await using (var earlier = new ListenerStage(memory))
        {
            await earlier.FollowAsync();
            earlier.Telegram.Push(earlier.Telegram.Put(earlier.Post(11, "before", minutesAgo: 90)));
            await earlier.NextAsync();
            await earlier.PollAsync();
        }

        await using var stage = new ListenerStage(memory);
        stage.Telegram.Put(stage.Post(11, "before", minutesAgo: 90));
        stage.Telegram.Put(stage.Post(12, "while down 1", minutesAgo: 60));
        stage.Telegram.Put(stage.Post(13, "while down 2", minutesAgo: 30));
        stage.Start();
        stage.Telegram.Notice(new ChannelNotice.Ready());
        var missed = new[] { await stage.NextAsync(), await stage.NextAsync() };
        Assert.Equal([("while down 1", TimeSpan.FromMinutes(60)), ("while down 2", TimeSpan.FromMinutes(30))], missed.Select(message => (message.Text, message.ReceivedAt - message.PostedAt)));
        await stage.QuietAsync();
        stage.AssertNothingElse();
        Assert.Contains($"subscribe @signals {Channel}", stage.Telegram.Calls);
    }

    [Fact]
    public async Task Restart_EditAndDeletionWhileDown_AreVersionsOfTheStoredPosts()
    {
        var memory = new FakeMemory();
        ChannelPost edited;
        await using (var earlier = new ListenerStage(memory))
        {
            await earlier.FollowAsync();
            edited = earlier.Post(11, "stop 95", minutesAgo: 20);
            earlier.Telegram.Push(earlier.Telegram.Put(edited));
            earlier.Telegram.Push(earlier.Telegram.Put(earlier.Post(12, "to be deleted", minutesAgo: 10)));
            await earlier.NextTextsAsync(2);
            await earlier.PollAsync();
        }

        await using var stage = new ListenerStage(memory);
        stage.Telegram.Put(stage.Edit(edited, "stop 96", minutesAgo: 1));
        stage.Start();
        stage.Telegram.Notice(new ChannelNotice.Ready());
        var versions = new[] { await stage.NextAsync(), await stage.NextAsync() };
        Assert.Equal([(11L, 2, MessageChange.Edited), (12L, 2, MessageChange.Deleted)], versions.Select(version => (version.MessageId, version.Revision, version.Change)));
    }

    [Fact]
    public async Task Restart_OfTheGateway_SubscribesAndCatchesUp()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.Put(stage.Post(11, "while the gateway was down"));
        stage.Telegram.Notice(new ChannelNotice.Ready());
        Assert.Equal("while the gateway was down", (await stage.NextAsync()).Text);
        Assert.Equal(2, stage.Telegram.Calls.Count(call => call.StartsWith("subscribe", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Handler_ThatFails_GetsThePostAgain()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.FailuresLeft = 1;
        stage.Telegram.Push(stage.Telegram.Put(stage.Post(11, "BUY BTC")));
        var message = await stage.NextAsync();
        Assert.Equal(("BUY BTC", 1), (message.Text, message.Revision));
        await stage.QuietAsync();
        stage.AssertNothingElse();
    }

    [Fact]
    public async Task FloodWait_PausesTheHistoryAndNotThePush()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        stage.Telegram.HistoryTrouble.Enqueue(new GatewayAnswer<HistoryPage>.Refused(new GatewayRefusal(GatewayRefusalKind.FloodWait, "Telegram asks to wait 300 s.", TimeSpan.FromSeconds(300))));
        await stage.PollAsync();
        var calls = stage.Telegram.Calls.Count;
        stage.Telegram.Notice(new ChannelNotice.Gap(Channel, "gap"));
        stage.Telegram.Push(stage.Post(11, "fresh"));
        Assert.Equal("fresh", (await stage.NextAsync()).Text);
        for (var tenSeconds = 0; tenSeconds < 29; tenSeconds++)
        {
            await stage.QuietAsync();
            stage.Time.Advance(TimeSpan.FromSeconds(10));
        }
        await stage.QuietAsync();
        Assert.Equal(calls, stage.Telegram.Calls.Count);
        await stage.PassUntilAsync(() => stage.Telegram.Calls.Count > calls);
    }

    [Fact]
    public async Task FollowAndUnfollow_WhileRunning()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        Assert.IsType<GatewayAnswer<ChannelInfo>.Ok>(await stage.Listener.FollowAsync("@signals", CancellationToken.None));
        Assert.Equal(Channel.Value, Assert.Single(stage.Memory.LoadFollowed()).Channel);

        Assert.True(await stage.Listener.UnfollowAsync(Channel, CancellationToken.None));
        Assert.False(await stage.Listener.UnfollowAsync(Channel, CancellationToken.None));
        stage.Telegram.Push(stage.Post(11, "not for us"));
        await stage.QuietAsync();
        stage.AssertNothingElse();
        Assert.Empty(stage.Memory.LoadFollowed());
    }

    [Fact]
    public async Task Follow_Refused_IsAnAnswerAndNothingIsKept()
    {
        await using var stage = new ListenerStage();
        stage.Start();
        stage.Telegram.SubscribeRefusal = new GatewayRefusal(GatewayRefusalKind.NotFound, "There is no such channel.");
        Assert.Equal("There is no such channel.", (await stage.Listener.FollowAsync("@nobody", CancellationToken.None)).Trouble);
        Assert.Empty(stage.Memory.LoadFollowed());
    }

    [Fact]
    public async Task Unreadable_IsToldOnceUntilItWorksAgain()
    {
        await using var stage = new ListenerStage();
        await stage.FollowAsync();
        for (var round = 1; round <= 2; round++)
        {
            stage.Telegram.SubscribeRefusal = new GatewayRefusal(GatewayRefusalKind.DifferentChannel, "The name has another owner.");
            stage.Telegram.Notice(new ChannelNotice.Ready());
            await ListenerStage.UntilAsync(() => stage.Alarms.Count == round);
            await stage.QuietAsync();
            stage.Time.Advance(TimeSpan.FromSeconds(10));
            await stage.QuietAsync();
            Assert.Equal("The name has another owner.", Assert.IsType<ChannelAlarm.Unreadable>(stage.Alarms.Last()).Reason);
            Assert.Equal((round, "The name has another owner."), (stage.Alarms.Count, Assert.Single(stage.Listener.Channels).Problem));
            stage.Telegram.SubscribeRefusal = null;
            await stage.PassUntilAsync(() => Assert.Single(stage.Listener.Channels).Problem is null);
            await stage.QuietAsync();
        }
    }

    [Fact]
    public async Task Silence_LongerThanItsHabit_IsToldOnceUntilTheNextPost()
    {
        await using var stage = new ListenerStage();
        // A post each quarter of an hour: its habit is far below the least of six hours.
        for (var place = 0; place < 40; place++)
            stage.Telegram.Put(stage.Post(place + 1, "chat", minutesAgo: (40 - place) * 15));
        await stage.FollowAsync();
        // The last post was 15 minutes before; 5 h 44 min more make just less than six hours.
        for (var hour = 0; hour < 5; hour++)
            await PassAsync(stage, TimeSpan.FromHours(1));
        await PassAsync(stage, TimeSpan.FromMinutes(44));
        Assert.Empty(stage.Alarms);
        await PassAsync(stage, TimeSpan.FromMinutes(2));
        await PassAsync(stage, TimeSpan.FromHours(1));
        var silent = Assert.IsType<ChannelAlarm.Silent>(Assert.Single(stage.Alarms));
        Assert.Equal((TimeSpan.FromMinutes(361), TimeSpan.FromHours(6)), (silent.Since, silent.LongestUsual));

        stage.Telegram.Push(stage.Telegram.Put(stage.Post(50, "back")));
        await stage.NextAsync();
        await stage.PollAsync();
        await PassAsync(stage, TimeSpan.FromHours(5));
        Assert.Single(stage.Alarms);
        // The silence of seven hours is a gap of its own now: the 40 gaps have it as their longest.
        await PassAsync(stage, TimeSpan.FromHours(3));
        Assert.Equal(2, stage.Alarms.Count);
    }

    private static int Subscriptions(ListenerStage stage) => stage.Telegram.Calls.Count(call => call.StartsWith("subscribe", StringComparison.Ordinal));

    private static async Task PassAsync(ListenerStage stage, TimeSpan time)
    {
        stage.Time.Advance(time - TimeSpan.FromSeconds(60));
        await stage.QuietAsync();
        await stage.PollAsync();
    }
}
