using System.Text.Json.Nodes;
using TelegramTrader.Connectors.Telegram.Polling;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram.Polling;

/// <summary>What is handed on, when it counts as handled, and what a restart brings.</summary>
public sealed class UpdatePollerTests : IAsyncLifetime
{
    private const long Ann = 42;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(50);

    private readonly MemoryOffsetStore _store = new();
    private ConnectedBot _bot = null!;

    public async Task InitializeAsync()
    {
        _bot = await ConnectedBot.StartAsync();
        _bot.Server.AddPerson(Ann, "Ann");
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task RunAsync_MessagesSentBeforeAndDuring_AreHandedOnInOrderNoneDropped()
    {
        _bot.Server.Write(Ann, Ann, "/stop");
        _bot.Server.Write(Ann, Ann, "1");
        await using var stage = new PollerStage(_bot, _store);
        Assert.Equal("/stop", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.Equal("1", (await stage.NextUpdateAsync()).Message?.Text);

        await _bot.Time.WaitForTimerAsync(Poll);
        var edited = _bot.Server.Write(Ann, Ann, "2");
        _bot.Server.Rewrite(edited, "3");

        Assert.Equal("2", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.Equal("3", (await stage.NextUpdateAsync()).EditedMessage?.Text);
        Assert.DoesNotContain(_bot.Server.Calls, call => call.Method == "deleteWebhook");
    }

    [Fact]
    public async Task RunAsync_PressedButton_IsHandedOn()
    {
        var sent = await _bot.Api.SendAsync(
            new SendMessage { ChatId = Ann, Text = "BTC", ReplyMarkup = new InlineKeyboardMarkup([[InlineKeyboardButton.Callback("Close", "close:BTC")]]) },
            CancellationToken.None);
        Assert.NotNull(sent);
        await using var stage = new PollerStage(_bot, _store);

        var query = _bot.Server.Press(_bot.Server.Messages(Ann)[0], Ann, "Close");

        var update = await stage.NextUpdateAsync();
        Assert.Equal((query, "close:BTC", Ann, "BTC"), (update.CallbackQuery!.Id, update.CallbackQuery.Data, update.CallbackQuery.From.Id, update.CallbackQuery.Message!.Text));
    }

    [Fact]
    public async Task RunAsync_HandlerAtWork_SavesTheOffsetOnlyAfterwards()
    {
        var release = new TaskCompletionSource();
        _bot.Server.Write(Ann, Ann, "1");
        await using var stage = new PollerStage(_bot, _store, (_, _) => release.Task);
        // The connection is reported before the first update is handed on.
        await stage.NextStatusAsync<PollerStatus.Connected>();
        Assert.Empty(_store.Saved);

        release.SetResult();

        var update = await stage.NextUpdateAsync();
        await _bot.Server.WaitForCallAsync(call => call.Number("offset") == update.UpdateId + 1, ManualTimeProvider.Patience);
        Assert.Equal([update.UpdateId + 1], _store.Saved);
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddleOfABatch_GoesOnThereAfterRestart()
    {
        foreach (var number in Enumerable.Range(1, 5))
            _bot.Server.Write(Ann, Ann, $"{number}");
        var reached = new TaskCompletionSource();
        await using (var first = new PollerStage(_bot, _store, async (update, cancellationToken) =>
        {
            if (update.Message!.Text != "4")
                return;
            reached.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }))
        {
            await reached.Task.WaitAsync(ManualTimeProvider.Patience);
            await first.EndAsync();
            foreach (var number in Enumerable.Range(1, 3))
                Assert.Equal($"{number}", (await first.NextUpdateAsync()).Message?.Text);
        }
        Assert.Equal(3, _store.Saved.Count);

        await using var second = new PollerStage(_bot, _store);

        Assert.Equal("4", (await second.NextUpdateAsync()).Message?.Text);
        Assert.Equal("5", (await second.NextUpdateAsync()).Message?.Text);
    }

    [Fact]
    public async Task RunAsync_CrashBeforeTheOffsetIsSaved_BringsOnlyThatUpdateAgain()
    {
        foreach (var number in Enumerable.Range(1, 3))
            _bot.Server.Write(Ann, Ann, $"{number}");
        var saving = new TaskCompletionSource();
        var power = new TaskCompletionSource();
        _store.BeforeSaving = count =>
        {
            if (count < 2)
                return Task.CompletedTask;
            saving.SetResult();
            return power.Task;
        };
        await using (var first = new PollerStage(_bot, _store))
        {
            // The second update is handled and its offset is about to be written when the machine goes down.
            await saving.Task.WaitAsync(ManualTimeProvider.Patience);
            first.Cancel();
            power.SetException(new IOException("no power"));
            await first.Running.WaitAsync(ManualTimeProvider.Patience);
            Assert.Equal("1", (await first.NextUpdateAsync()).Message?.Text);
            Assert.Equal("2", (await first.NextUpdateAsync()).Message?.Text);
        }
        _store.BeforeSaving = _ => Task.CompletedTask;

        await using var second = new PollerStage(_bot, _store);

        Assert.Equal("2", (await second.NextUpdateAsync()).Message?.Text);
        Assert.Equal("3", (await second.NextUpdateAsync()).Message?.Text);
    }

    [Fact]
    public async Task RunAsync_OffsetCanNotBeSaved_ReportsAndGoesOn()
    {
        _store.BeforeSaving = _ => Task.FromException(new IOException("no space left"));
        await using var stage = new PollerStage(_bot, _store);

        _bot.Server.Write(Ann, Ann, "1");
        var failure = await stage.NextFailureAsync();
        _bot.Server.Write(Ann, Ann, "2");

        Assert.Equal("1", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.Equal("2", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.False(failure.IsPassedOver);
        Assert.IsType<IOException>(failure.Exception);
    }

    [Fact]
    public async Task RunAsync_UnknownKindsAndUnreadableUpdates_ArePassedOver()
    {
        _bot.Server.Updates.AddRaw(new JsonObject { ["update_id"] = 600_000_001, ["message_reaction_of_the_future"] = new JsonObject() });
        _bot.Server.Updates.AddRaw(new JsonObject { ["update_id"] = 600_000_002, ["message"] = new JsonObject { ["message_id"] = "one" } });
        _bot.Server.Updates.AddRaw(new JsonObject { ["no_id"] = true });
        _bot.Server.Write(Ann, Ann, "good");
        await using var stage = new PollerStage(_bot, _store);

        Assert.Equal("good", (await stage.NextUpdateAsync()).Message?.Text);

        var failure = await stage.NextFailureAsync();
        Assert.Equal((600_000_002, 0, true), (failure.UpdateId, failure.Attempt, failure.IsPassedOver));
        Assert.Equal([600_000_002, 600_000_003], _store.Saved.Take(2));
    }

    [Fact]
    public async Task RunAsync_HandlerFailsForGood_IsTriedThreeTimesReportedAndPassedOver()
    {
        _bot.Server.Write(Ann, Ann, "bad");
        _bot.Server.Write(Ann, Ann, "good");
        await using var stage = new PollerStage(_bot, _store, (update, _) =>
            update.Message!.Text == "bad" ? throw new InvalidOperationException("boom") : Task.CompletedTask);

        var failures = new List<UpdateFailure> { await stage.NextFailureAsync() };
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(_store.Saved);
        _bot.Time.Advance(TimeSpan.FromSeconds(1));
        failures.Add(await stage.NextFailureAsync());
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        _bot.Time.Advance(TimeSpan.FromSeconds(2));
        failures.Add(await stage.NextFailureAsync());

        Assert.Equal("good", (await stage.NextUpdateAsync()).Message?.Text);
        Assert.Equal([(1, false), (2, false), (3, true)], failures.Select(failure => (failure.Attempt, failure.IsPassedOver)));
        Assert.All(failures, failure => Assert.Equal("boom", failure.Exception?.Message));
    }

    [Fact]
    public async Task RunAsync_HandlerFailsOnce_IsHandledAtTheSecondAttempt()
    {
        _bot.Server.Write(Ann, Ann, "1");
        var attempts = 0;
        await using var stage = new PollerStage(_bot, _store, (_, _) => ++attempts == 1 ? throw new InvalidOperationException("boom") : Task.CompletedTask);

        Assert.False((await stage.NextFailureAsync()).IsPassedOver);
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("1", (await stage.NextUpdateAsync()).Message?.Text);
    }

    [Fact]
    public async Task RunAsync_CountBegunAnewAfterAQuietWeek_IsFollowedDown()
    {
        _store.Offset = 500_000_900;
        _bot.Server.Updates.NextId = 1_001;
        _bot.Server.Write(Ann, Ann, "/stop");
        await using var stage = new PollerStage(_bot, _store);

        Assert.Equal("/stop", (await stage.NextUpdateAsync()).Message?.Text);
        // Confirmed with the new count, or the same update would come for ever.
        await _bot.Server.WaitForCallAsync(call => call.Number("offset") == 1_002, ManualTimeProvider.Patience);
        Assert.Equal([1_002], _store.Saved);
        Assert.Equal(0, _bot.Server.Updates.Count);
    }

    [Fact]
    public async Task RunAsync_CancelledAtTheHandler_ConfirmsNothing()
    {
        _bot.Server.Write(Ann, Ann, "1");
        var reached = new TaskCompletionSource();
        await using var stage = new PollerStage(_bot, _store, async (_, cancellationToken) =>
        {
            reached.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        });
        await reached.Task.WaitAsync(ManualTimeProvider.Patience);

        await stage.EndAsync();

        Assert.Empty(_store.Saved);
        Assert.Equal(1, _bot.Server.Updates.Count);
    }

    [Fact]
    public async Task RunAsync_CancelledDuringALongPoll_EndsAtOnce()
    {
        await using var stage = new PollerStage(_bot, _store);
        await _bot.Time.WaitForTimerAsync(Poll);

        stage.Cancel();

        await stage.Running.WaitAsync(ManualTimeProvider.Patience);
    }

    [Fact]
    public async Task RunAsync_NothingNew_PollsOnAfterEachTimeout()
    {
        await using var stage = new PollerStage(_bot, _store);
        for (var poll = 0; poll < 3; poll++)
        {
            await _bot.Time.WaitForTimerAsync(Poll);
            _bot.Time.Advance(Poll);
        }
        await _bot.Time.WaitForTimerAsync(Poll);

        // The first is answered at once, to know the connection.
        Assert.Equal([0, 50, 50, 50, 50], _bot.Server.Calls.Select(call => call.Number("timeout") ?? 0));
        Assert.All(_bot.Server.Calls, call => Assert.Equal(
            """["message","edited_message","callback_query"]""", call.Fields.GetProperty("allowed_updates").GetRawText()));
    }
}
