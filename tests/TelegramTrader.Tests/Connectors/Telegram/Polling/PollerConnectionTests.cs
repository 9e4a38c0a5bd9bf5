using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Polling;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram.Polling;

/// <summary>Outages, other instances, webhooks and wrong tokens.</summary>
public sealed class PollerConnectionTests : IAsyncLifetime
{
    private const long Ann = 42;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(50);

    private readonly MemoryOffsetStore _store = new();
    private ConnectedBot _bot = null!;

    public static TheoryData<string, BotApiFault> Outages => new()
    {
        { "connections cut", new BotApiFault.CutBefore() },
        { "server errors", BotApiFault.ServerError },
        { "gateway pages", BotApiFault.BadGateway },
        { "garbage", BotApiFault.Garbage },
    };

    public async Task InitializeAsync()
    {
        _bot = await ConnectedBot.StartAsync();
        _bot.Server.AddPerson(Ann, "Ann");
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task RunAsync_Outage_ReportsLossAndReturnOnceAndLosesNothing(string name, BotApiFault fault)
    {
        await using var stage = new PollerStage(_bot, _store);
        Assert.Null((await stage.NextStatusAsync<PollerStatus.Connected>()).Away);
        await _bot.Time.WaitForTimerAsync(Poll);

        _bot.Server.Faults.Always(fault);
        _bot.Time.Advance(Poll);
        var lost = await stage.NextStatusAsync<PollerStatus.Lost>();
        _bot.Server.Write(Ann, Ann, "/stop");
        // 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 = 183 s away.
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
            _bot.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            if (seconds == 60 && _bot.Time.Elapsed > TimeSpan.FromSeconds(230))
                _bot.Server.Faults.Clear();
            _bot.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(183), (await stage.NextStatusAsync<PollerStatus.Connected>()).Away);
        Assert.Equal("/stop", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.False(stage.HasMoreStatuses, name);
        Assert.NotEmpty(lost.Reason);
    }

    [Fact]
    public async Task RunAsync_AnswerLostOnTheWay_BringsTheUpdateWithTheNext()
    {
        _bot.Server.Write(Ann, Ann, "/stop");
        _bot.Server.Faults.Next(1, new BotApiFault.CutAfter());
        await using var stage = new PollerStage(_bot, _store);

        await stage.NextStatusAsync<PollerStatus.Lost>();
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("/stop", (await stage.NextUpdateAsync()).Message?.Text);
    }

    [Fact]
    public async Task RunAsync_CancelledDuringAnOutage_EndsAtOnce()
    {
        _bot.Server.Faults.Always(new BotApiFault.CutBefore());
        await using var stage = new PollerStage(_bot, _store);
        await stage.NextStatusAsync<PollerStatus.Lost>();
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));

        stage.Cancel();

        await stage.Running.WaitAsync(ManualTimeProvider.Patience);
    }

    [Fact]
    public async Task RunAsync_SilentConnection_IsGivenUpAfterTheTimeLimit()
    {
        await using var stage = new PollerStage(_bot, _store);
        await stage.NextStatusAsync<PollerStatus.Connected>();
        await _bot.Time.WaitForTimerAsync(Poll);
        _bot.Server.Faults.Next(1, new BotApiFault.Silence());
        _bot.Time.Advance(Poll);
        // 50 s that the server may hold the poll and 30 s for the answer.
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(80));

        _bot.Time.Advance(TimeSpan.FromSeconds(80));

        Assert.Equal("no answer to getUpdates within 80 s", (await stage.NextStatusAsync<PollerStatus.Lost>()).Reason);
    }

    [Fact]
    public async Task RunAsync_AnotherInstance_IsReportedOnceInASentenceAndOutlasted()
    {
        await using var stage = new PollerStage(_bot, _store);
        await stage.NextStatusAsync<PollerStatus.Connected>();
        await _bot.Time.WaitForTimerAsync(Poll);

        await RivalPollsAsync();
        var conflict = await stage.NextStatusAsync<PollerStatus.ConflictingInstance>();
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _bot.Time.Advance(TimeSpan.FromSeconds(1));
        await _bot.Time.WaitForTimerAsync(Poll);
        await RivalPollsAsync();
        // Slower with each conflict.
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        _bot.Server.Write(Ann, Ann, "1");
        _bot.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("1", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.Equal("Another program reads this bot's messages with the same token: stop it, or give this one a bot of its own.", conflict.Explanation);
        Assert.False(stage.HasMoreStatuses);
        // Two minutes after the last conflict it counts as over.
        for (var polls = 0; polls < 3; polls++)
        {
            await _bot.Time.WaitForTimerAsync(Poll);
            _bot.Time.Advance(Poll);
        }
        // The first conflict was 1 + 2 + 3 × 50 s ago.
        Assert.Equal(TimeSpan.FromSeconds(153), (await stage.NextStatusAsync<PollerStatus.Connected>()).Away);
    }

    [Fact]
    public async Task RunAsync_WebhookSet_IsRemovedWithoutDroppingAnything()
    {
        _bot.Server.Updates.Webhook = "https://example.com/hook";
        _bot.Server.Write(Ann, Ann, "/stop");
        await using var stage = new PollerStage(_bot, _store);

        await stage.NextStatusAsync<PollerStatus.WebhookRemoved>();
        await stage.NextStatusAsync<PollerStatus.Connected>();

        Assert.Equal("/stop", (await stage.NextUpdateAsync()).Message?.Text);
        var removal = Assert.Single(_bot.Server.Calls, call => call.Method == "deleteWebhook");
        Assert.Equal("{}", removal.Fields.GetRawText());
    }

    [Fact]
    public async Task RunAsync_WebhookSetAgainAndAgain_IsRemovedEverSlower()
    {
        _bot.Server.Updates.Webhook = "https://example.com/hook";
        await using var stage = new PollerStage(_bot, _store, onStatus: status =>
        {
            if (status is PollerStatus.WebhookRemoved)
                _bot.Server.Updates.Webhook = "https://example.com/hook";
        });
        await stage.NextStatusAsync<PollerStatus.WebhookRemoved>();
        await stage.NextStatusAsync<PollerStatus.WebhookRemoved>();

        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _bot.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.NextStatusAsync<PollerStatus.WebhookRemoved>();

        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task RunAsync_WebhookThatCanNotBeRemoved_IsALoss()
    {
        _bot.Server.Updates.Webhook = "https://example.com/hook";
        _bot.Server.Faults.Always(BotApiFault.ServerError, "deleteWebhook");
        await using var stage = new PollerStage(_bot, _store);

        Assert.Contains("500", (await stage.NextStatusAsync<PollerStatus.Lost>()).Reason);
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task RunAsync_TokenRefused_SaysWhatToDoAndRecovers()
    {
        _bot.Server.Faults.Next(2, new BotApiFault.EchoAddress());
        await using var stage = new PollerStage(_bot, _store);

        var refused = await stage.NextStatusAsync<PollerStatus.TokenRefused>();
        foreach (var seconds in new[] { 1, 2 })
        {
            await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
            _bot.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(TimeSpan.FromSeconds(3), (await stage.NextStatusAsync<PollerStatus.Connected>()).Away);
        Assert.Contains("BotFather", refused.Explanation);
        Assert.DoesNotContain(BotApiServer.Token.Reveal(), refused.ToString());
    }

    [Fact]
    public async Task RunAsync_TooManyRequests_WaitsAsLongAsTold()
    {
        _bot.Server.Faults.Next(1, new BotApiFault.Flood(13));
        await using var stage = new PollerStage(_bot, _store);

        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(13));
        _bot.Time.Advance(TimeSpan.FromSeconds(13));

        await stage.NextStatusAsync<PollerStatus.Connected>();
    }

    [Fact]
    public async Task RunAsync_ReportThatThrows_DoesNotStopIt()
    {
        await using var stage = new PollerStage(_bot, _store, onStatus: _ => throw new InvalidOperationException("a defect in the report"));

        _bot.Server.Write(Ann, Ann, "1");

        Assert.Equal("1", (await stage.NextUpdateAsync()).Message?.Text);
    }

    [Fact]
    public async Task RunAsync_EmptyAnswersWithoutWaiting_AreNotAskedForWithoutPause()
    {
        _bot.Server.Faults.Always(new BotApiFault.Answer(200, """{"ok":true,"result":[]}"""));
        await using var stage = new PollerStage(_bot, _store);

        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _bot.Server.Calls.Count);
    }

    [Fact]
    public async Task RunAsync_UpdatesWithoutAnyId_AreTroubleAndNotAHotLoop()
    {
        _bot.Server.Faults.Always(new BotApiFault.Answer(200, """{"ok":true,"result":[{"message":{}}]}"""));
        await using var stage = new PollerStage(_bot, _store);

        await stage.NextStatusAsync<PollerStatus.Lost>();
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));

        Assert.Single(_bot.Server.Calls);
    }

    /// <summary>A second program with the same token takes the poll over and goes away.</summary>
    private async Task RivalPollsAsync()
    {
        var answer = await _bot.Api.SendAsync(new GetUpdates { Timeout = 0 }, CancellationToken.None);
        Assert.IsType<TelegramResult<IReadOnlyList<TelegramTrader.Connectors.Telegram.Types.Update>>.Ok>(answer);
    }
}
