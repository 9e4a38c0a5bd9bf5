using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Channels;

public sealed class ChannelBackfillTests : IDisposable
{
    private static readonly FollowedChannel Followed = new(FakeChannelGateway.Channel, "@signals", "Signals");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeChannelGateway _gateway = new();
    private readonly ManualTimeProvider _time = new();
    private readonly DataFolder _data;
    private readonly MessageInbox _inbox;

    public ChannelBackfillTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _inbox = new MessageInbox(_data);
    }

    private Instant Now => Instant.From(_time.GetUtcNow());

    public void Dispose()
    {
        _inbox.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Posts_AreFetchedPageByPage_AsHistoryThatTheEngineNeverGets()
    {
        PutHourly(1000);
        var job = await RunAsync(BackfillJob.OfPosts(Followed, 990, 350));
        Assert.Equal((350, 0), (job.Added, job.Known));
        Assert.Equal(4, _gateway.Calls.Count);
        using var context = _data.Read();
        Assert.Equal(Enumerable.Range(641, 350).Select(id => (long)id), context.Messages.OrderBy(row => row.MessageId).Select(row => row.MessageId));
        Assert.All(context.Messages, row => Assert.Equal(MessageInbox.History, row.Outcome));
        Assert.Equal(["Fetched"], context.Ledger.Select(row => row.Origin).Distinct().AsEnumerable().Select(origin => origin.ToString()));
        Assert.Empty(_inbox.Unhandled());
        // Whoever brings it again does not get it to the engine either.
        Assert.False(_inbox.Receive(new ChannelMessage { Channel = new ChannelId(Followed.Channel), MessageId = 900, PostedAt = Now, ReceivedAt = Now, Text = "post 900" }));
    }

    [Fact]
    public async Task Days_AreFoundBySearching_AndNothingOlderIsStored()
    {
        PutHourly(5000);
        var job = await RunAsync(BackfillJob.OfDays(Followed, 5000, 10, Now));
        // Post 5000 is an hour old; of ten days the youngest two hundred and forty are within.
        Assert.Equal(240, job.Added);
        Assert.True(_gateway.Calls.Count < 15, $"{_gateway.Calls.Count} calls");
        using var context = _data.Read();
        Assert.Equal(4761, context.Messages.Min(row => row.MessageId));
    }

    [Fact]
    public async Task KnownEditedAndFreshPosts_StayTheListeners()
    {
        PutHourly(10);
        _gateway.Put(Post(11, Now - TimeSpan.FromMinutes(59)));
        var known = new ChannelMessage { Channel = new ChannelId(Followed.Channel), MessageId = 5, PostedAt = Now - TimeSpan.FromHours(6), ReceivedAt = Now, Text = "post 5" };
        Assert.True(_inbox.Receive(known));
        // An edit that the listener has not handed on yet must reach the engine through it.
        _gateway.Put(Post(5, known.PostedAt) with { Change = MessageChange.Edited, EditedAt = Now.UnixMilliseconds, Text = "stop 950" });
        _gateway.Put(Post(6, known.PostedAt) with { Change = MessageChange.Edited, EditedAt = Now.UnixMilliseconds - 1 });
        var job = await RunAsync(BackfillJob.OfPosts(Followed, 11, 100));
        Assert.Equal((9, 1), (job.Added, job.Known));
        Assert.Equal("post 5", _inbox.Latest(known.Channel, 5)!.Text);
        Assert.Null(_inbox.Latest(known.Channel, 11));
        // Its first text is not known: not taken for the first version.
        Assert.Equal(2, _inbox.Latest(known.Channel, 6)!.Revision);
        Assert.True(_inbox.Receive(known with { Revision = 2, Change = MessageChange.Edited, Text = "stop 950" }));
    }

    [Fact]
    public async Task Trouble_LeavesTheJobWhereItWas_AndItGoesOnFromWhatWasStored()
    {
        PutHourly(300);
        var refusal = new GatewayAnswer<HistoryPage>.Refused(new GatewayRefusal(GatewayRefusalKind.FloodWait, "Telegram asks to wait 30 s.", TimeSpan.FromSeconds(30)));
        var backfill = new ChannelBackfill(_gateway, _inbox, _time);
        var (first, _) = await backfill.StepAsync(BackfillJob.OfPosts(Followed, 300, 250), CancellationToken.None);
        _gateway.HistoryTrouble.Enqueue(refusal);
        var (second, answer) = await backfill.StepAsync(first, CancellationToken.None);
        Assert.Equal((first, refusal.Trouble), (second, answer.Trouble));
        Assert.Equal(0.4, first.Progress, 3);
        // Over a restart the job is what was stored of it.
        var stored = new KeyValueStore(_data);
        stored.Set("job", second);
        var job = await RunAsync(stored.Get<BackfillJob>("job")!);
        Assert.Equal((250, 0), (job.Added, job.Known));
    }

    [Fact]
    public async Task ChannelWithoutPosts_IsDone()
    {
        Assert.True((await RunAsync(BackfillJob.OfDays(Followed, 40, 30, Now))).IsDone);
        Assert.True((await RunAsync(BackfillJob.OfPosts(Followed, 0, 10))).IsDone);
    }

    private async Task<BackfillJob> RunAsync(BackfillJob job)
    {
        var backfill = new ChannelBackfill(_gateway, _inbox, _time);
        for (var steps = 0; !job.IsDone; steps++)
        {
            Assert.True(steps < 100, $"it does not end: {job}");
            (job, _) = await backfill.StepAsync(job, CancellationToken.None);
        }

        return job;
    }

    /// <summary>One post an hour; the last is an hour old.</summary>
    private void PutHourly(int count)
    {
        for (var id = 1; id <= count; id++)
            _gateway.Put(Post(id, Now - TimeSpan.FromHours(count - id + 1)));
    }

    private static ChannelPost Post(long id, Instant at) => new(MessageChange.Posted, FakeChannelGateway.Channel, id, at.UnixMilliseconds, null, $"post {id}", null, false);
}
