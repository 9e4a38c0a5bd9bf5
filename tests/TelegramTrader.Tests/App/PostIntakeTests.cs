using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>What an earlier run left behind goes to the engine one at a time.</summary>
public sealed class PostIntakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TakeUp_OverAPostThatFellsTheEngine_LeavesTheGoodOnesBehindItUntried_AndHandlesThemOnceItIsLeftAside()
    {
        using (var desk = new StoredDesk(_folder.Path, new ScriptedParser()))
            desk.Inbox.Receive([Some.Message("good before", 4), Some.Message("bad", 5), Some.Message("good", 6), Some.Message("good too", 7)]);

        for (var start = 1; start <= 3; start++)
        {
            Assert.False(await StartAsync());
            Assert.Equal((1, start, 0, 0), (Tries(4), Tries(5), Tries(6), Tries(7)));
        }

        Assert.True(await StartAsync());
        Assert.Equal((3, 1, 1), (Tries(5), Tries(6), Tries(7)));
        using var after = DataFolder.Open(_folder.Path);
        using var inbox = new TelegramTrader.Connectors.Storage.Messages.MessageInbox(after);
        Assert.Equal(5, Assert.Single(inbox.Unhandled()).MessageId);
    }

    [Fact]
    public void Hand_PostsThatCameTogether_AreHandedOverInTheirOrderAndOnce()
    {
        using var desk = new StoredDesk(_folder.Path, GoodOnly());
        desk.Start();
        var intake = Intake(desk);
        Assert.Equal(2, intake.Hand([Some.Message("second", 2), Some.Message("first", 1), Some.Message("second", 2)]));
        Assert.Equal(0, intake.Hand([Some.Message("first", 1)]));
        desk.Runner.RunPending();
        Assert.Equal(["second", "first"], desk.Collected.Commits.SelectMany(commit => commit.Changes.Messages).Select(outcome => outcome.Message.Text));
    }

    /// <returns>False when the engine fell.</returns>
    private async Task<bool> StartAsync()
    {
        using var desk = new StoredDesk(_folder.Path, GoodOnly());
        desk.Start();
        using var end = new CancellationTokenSource();
        var engine = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
                desk.Runner.RunPending();
        });
        var takingUp = Intake(desk).TakeUpAsync(_ => true, CancellationToken.None);
        // An engine that fell answers nobody any more.
        var first = await Task.WhenAny(takingUp, engine).WaitAsync(ManualTimeProvider.Patience);
        await end.CancelAsync();
        await Task.WhenAny(engine);
        return first == takingUp && takingUp.IsCompletedSuccessfully;
    }

    private int Tries(long id)
    {
        using var data = DataFolder.Open(_folder.Path);
        return new KeyValueStore(data).Get<int>($"tries:@alpha/{id}/1");
    }

    /// <summary>Falls over the post that it was not taught.</summary>
    private static ScriptedParser GoodOnly()
    {
        var parser = new ScriptedParser();
        foreach (var text in new[] { "good before", "good", "good too", "first", "second" })
            parser.Teach(text, ScriptedParser.Update(UpdateAction.Close));
        return parser;
    }

    private static PostIntake Intake(StoredDesk desk) =>
        new(desk.Inbox, new PostTries(new KeyValueStore(desk.Folder), new CollectingLogger<PostTries>()), new TradingDesk(desk.Runner, new Clock(), "PAPER", new EngineSettings()), null, TimeProvider.System, new CollectingLogger<PostIntake>());

    private sealed class Clock : IDeskClock
    {
        public Instant Now => Some.Time;

        public bool IsReal => true;
    }
}
