using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.SenderStage;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>The sender, the client and the strict server together, over real connections and on a clock that stands still.</summary>
public sealed class SenderOverHttpTests : IAsyncLifetime
{
    private ConnectedBot _bot = null!;
    private BusyTelegramApi _api = null!;
    private TelegramSender _sender = null!;

    public async Task InitializeAsync()
    {
        _bot = await ConnectedBot.StartAsync();
        _bot.Server.AddPerson(Ann, "Ann");
        _bot.Server.AddPerson(Bob, "Bob");
        _bot.Server.AddGroup(Desk, "Desk");
        _api = new BusyTelegramApi(_bot.Api);
        _sender = new TelegramSender(_api, new SendingLimits(), _bot.Time, () => 0, NullLogger<TelegramSender>.Instance);
    }

    public async Task DisposeAsync()
    {
        _sender.Dispose();
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_MuchMoreThanTelegramAllows_NeverMeetsALimitAndLosesNothing()
    {
        _bot.Server.HasFloodLimits = true;
        var chats = Enumerable.Range(1000, 40).Select(id => (long)id).Concat([Ann, Desk]).ToList();
        foreach (var chatId in chats.Where(id => id >= 1000))
            _bot.Server.AddPerson(chatId, $"Person {chatId}");
        var all = chats.SelectMany(chatId => Enumerable.Range(1, chatId == Desk ? 30 : 4).Select(count => _sender.SendAsync(Message(chatId, $"{count}"), CancellationToken.None))).ToList();

        await DriveAsync(Task.WhenAll(all));

        Assert.Equal(all.Count, _bot.Server.Calls.Count);
        Assert.All(chats, chatId => Assert.Equal(
            Enumerable.Range(1, chatId == Desk ? 30 : 4).Select(count => $"{count}"),
            _bot.Server.Messages(chatId).Select(message => message.Text)));
    }

    [Fact]
    public async Task SendAsync_FloodedBySomebodyElse_ObeysTheServerAndDelivers()
    {
        // Another program with the same token has used up the chat's limit.
        _bot.Server.Faults.Next(2, new BotApiFault.Flood(9), matching: call => call.Number("chat_id") == Ann);
        var first = _sender.SendAsync(Message(Ann, "1"), CancellationToken.None);
        var other = _sender.SendAsync(Message(Bob, "1"), CancellationToken.None);

        await EndAsync<SendOutcome.Delivered>(other);
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(9));
        _bot.Time.Advance(TimeSpan.FromSeconds(9));
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(9));
        _bot.Time.Advance(TimeSpan.FromSeconds(9));

        await EndAsync<SendOutcome.Delivered>(first);
        var times = _bot.Server.Calls.Where(call => call.Number("chat_id") == Ann).Select(call => call.At - _bot.Server.Calls[0].At);
        Assert.Equal([0, 9, 18], times.Select(time => time.TotalSeconds));
    }

    [Theory]
    [InlineData(9_000, 1_001)]
    [InlineData(2_001, 100)]
    [InlineData(100, 2_001)]
    public async Task SendAsync_PictureThatTelegramDoesNotTake_SendsTheTextAlone(int width, int height)
    {
        var sending = _sender.SendAsync(Message(Ann, "the result") with { Attachment = new Attachment.Photo(new InputFile("chart.png", PngPicture.Blank(width, height), "image/png")) }, CancellationToken.None);

        Assert.Single((await EndAsync<SendOutcome.Delivered>(sending)).MessageIds);
        var message = Assert.Single(_bot.Server.Messages(Ann));
        Assert.Equal(("the result", null), (message.Text, message.File));
    }

    [Fact]
    public async Task SendAsync_PictureThatIsTooHeavyOrNone_SendsTheTextAlone()
    {
        var heavy = PngPicture.Noise(1_700, 1_700);
        Assert.True(heavy.Length > 10 * 1024 * 1024);
        foreach (var (chat, content) in new[] { (Ann, heavy), (Bob, "no picture"u8.ToArray()) })
            await EndAsync<SendOutcome.Delivered>(_sender.SendAsync(Message(chat, "the result") with { Attachment = new Attachment.Photo(new InputFile("chart.png", content, "image/png")) }, CancellationToken.None));

        foreach (var chat in new[] { Ann, Bob })
        {
            var message = Assert.Single(_bot.Server.Messages(chat));
            Assert.Equal(("the result", null), (message.Text, message.File));
        }
    }

    [Fact]
    public async Task SendAsync_PictureThatTelegramDoesNotTakeWithALongText_SendsAllOfTheText()
    {
        var text = string.Join('\n', Enumerable.Range(1, 300).Select(row => $"row {row} of the result"));
        var sending = _sender.SendAsync(Message(Ann, text) with { Attachment = new Attachment.Photo(new InputFile("chart.png", PngPicture.Blank(100, 3_000), "image/png")) }, CancellationToken.None);

        await EndAsync<SendOutcome.Delivered>(sending);
        Assert.Equal(text, string.Join('\n', _bot.Server.Messages(Ann).Select(message => message.Text)));
    }

    [Fact]
    public async Task SendAsync_PictureAlone_IsRefusedWhenTelegramDoesNotTakeIt()
    {
        var sending = _sender.SendAsync(Message(Ann, "") with { Attachment = new Attachment.Photo(new InputFile("chart.png", PngPicture.Blank(100, 3_000), "image/png")) }, CancellationToken.None);
        Assert.Equal("Bad Request: PHOTO_INVALID_DIMENSIONS", (await EndAsync<SendOutcome.Refused>(sending)).Refusal.Description);
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1_025, 2)]
    public async Task SendAsync_PictureWithText_CarriesItAsCaptionUpTo1024Characters(int length, int messages)
    {
        var sending = _sender.SendAsync(Message(Ann, new string('x', length)) with { Attachment = new Attachment.Photo(new InputFile("chart.png", PngPicture.Blank(1_080, 1_080), "image/png")) }, CancellationToken.None);

        await EndAsync<SendOutcome.Delivered>(sending);
        Assert.Equal(messages, _bot.Server.Messages(Ann).Count);
        Assert.True(_bot.Server.Messages(Ann)[0].File is { IsPhoto: true, Name: "chart.png" });
        Assert.Equal(length, _bot.Server.Messages(Ann)[^1].Text.Length);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task SendAsync_ServerDown_DeliversEachMessageOnceWhenItIsBack(string name, BotApiFault fault)
    {
        _bot.Server.Faults.Always(fault);
        var all = Enumerable.Range(1, 4).Select(count => _sender.SendAsync(Message(Ann, $"{count}"), CancellationToken.None)).ToList();
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32 })
        {
            await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
            Assert.Empty(_bot.Server.Messages(Ann));
            if (seconds == 32)
                _bot.Server.Faults.Clear();
            _bot.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await DriveAsync(Task.WhenAll(all));

        Assert.Equal((name, "1 2 3 4"), (name, string.Join(' ', _bot.Server.Messages(Ann).Select(message => message.Text))));
    }

    public static TheoryData<string, BotApiFault> Outages => new()
    {
        { "connections cut", new BotApiFault.CutBefore() },
        { "server errors", BotApiFault.ServerError },
        { "gateway pages", BotApiFault.BadGateway },
        { "garbage", BotApiFault.Garbage },
    };

    [Fact]
    public async Task SendAsync_ServerSilent_TriesAgainAfterTheTimeLimit()
    {
        _bot.Server.Faults.Next(1, new BotApiFault.Silence());
        var sending = _sender.SendAsync(Message(Ann, "1"), CancellationToken.None);
        await _bot.Server.WaitForCallAsync(call => call.Method == "sendMessage", ManualTimeProvider.Patience);

        _bot.Time.Advance(TimeSpan.FromSeconds(30));
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _bot.Time.Advance(TimeSpan.FromSeconds(1));

        await EndAsync<SendOutcome.Delivered>(sending);
    }

    [Fact]
    public async Task SendAsync_AnswerLost_SendsTwiceRatherThanNotAtAll()
    {
        _bot.Server.Faults.Next(1, new BotApiFault.CutAfter());
        var sending = _sender.SendAsync(Message(Ann, "alarm", MessagePriority.Alarm), CancellationToken.None);

        await DriveAsync(sending);

        Assert.Equal(["alarm", "alarm"], _bot.Server.Messages(Ann).Select(message => message.Text));
    }

    [Fact]
    public async Task SendAsync_AnswerLostForAnEdit_IsTheSameEditAgain()
    {
        var sent = await EndAsync<SendOutcome.Delivered>(_sender.SendAsync(Message(Ann, "card"), CancellationToken.None));
        _bot.Server.Faults.Next(1, new BotApiFault.CutAfter());
        var edit = _sender.SendAsync(Message(Ann, "card 2") with { EditMessageId = sent.MessageIds[0] }, CancellationToken.None);

        await DriveAsync(edit);

        await EndAsync<SendOutcome.Delivered>(edit);
        Assert.Equal("card 2", Assert.Single(_bot.Server.Messages(Ann)).Text);
    }

    [Fact]
    public async Task SendAsync_BrokenMarkup_ArrivesAsPlainTextWithItsButtons()
    {
        var keyboard = new InlineKeyboardMarkup([[InlineKeyboardButton.Callback("Close", "close")]]);
        var text = new TelegramText([new TelegramRow("<b>Stop hit <i>BTC</b></i>", "Stop hit BTC")], keyboard);

        var outcome = await EndAsync<SendOutcome.Delivered>(_sender.SendAsync(new OutgoingMessage { ChatId = Ann, Text = text, Priority = MessagePriority.Alarm }, CancellationToken.None));

        Assert.True(outcome.AsPlainText);
        var message = Assert.Single(_bot.Server.Messages(Ann));
        Assert.Equal(("Stop hit BTC", "close"), (message.Text, message.Keyboard[0][0].Data));
    }

    [Fact]
    public async Task SendAsync_LongReport_ArrivesWholeInOrder()
    {
        var rows = Enumerable.Range(1, 700).Select(number => TelegramRow.Of($"<b>{number}</b> {"BTC & ETH <perp>"} 🚀")).ToList();

        var sending = _sender.SendAsync(new OutgoingMessage { ChatId = Desk, Text = new TelegramText(rows) }, CancellationToken.None);
        await DriveAsync(sending);

        await EndAsync<SendOutcome.Delivered>(sending);
        Assert.Equal(rows.Select(row => row.Plain), _bot.Server.Messages(Desk).SelectMany(message => message.Text.Split('\n')));
        Assert.All(_bot.Server.Messages(Desk), message => Assert.InRange(message.Text.Length, 1, 4096));
    }

    [Fact]
    public async Task SendAsync_BlockedMigratedAndGone_EachEndsAsItsOutcome()
    {
        _bot.Server.Block(Bob);
        _bot.Server.Migrate(Desk, -1_000_000_000_001);

        Assert.True((await EndAsync<SendOutcome.Refused>(_sender.SendAsync(Message(Bob, "1"), CancellationToken.None))).Refusal.IsChatClosed);
        Assert.Equal(-1_000_000_000_001, (await EndAsync<SendOutcome.Delivered>(_sender.SendAsync(Message(Desk, "1"), CancellationToken.None))).ChatId);
        await EndAsync<SendOutcome.EditTargetGone>(_sender.SendAsync(Message(Ann, "1") with { EditMessageId = 77 }, CancellationToken.None));
        await EndAsync<SendOutcome.Delivered>(_sender.SendAsync(Message(Ann, "1") with { ReplyTo = 77, Silent = true }, CancellationToken.None));
        Assert.True(Assert.Single(_bot.Server.Messages(Ann)).IsSilent);
    }

    [Fact]
    public async Task SendAsync_AllKindsOfTrouble_LogsNothingOfTheText()
    {
        const string words = "words-of-a-person";
        var log = new CollectingLogger<TelegramSender>();
        using var sender = new TelegramSender(_api, new SendingLimits(), _bot.Time, () => 0, log);
        _bot.Server.Block(Bob);
        _bot.Server.Faults.Next(1, BotApiFault.BadGateway);
        _bot.Server.Faults.Next(1, new BotApiFault.Flood(1));
        var broken = new OutgoingMessage { ChatId = Ann, Text = new TelegramText([new TelegramRow($"<{words}>", words)]) };

        await DriveAsync(Task.WhenAll(sender.SendAsync(broken, CancellationToken.None), sender.SendAsync(Message(Bob, words), CancellationToken.None)));

        Assert.Equal(words, Assert.Single(_bot.Server.Messages(Ann)).Text);
        Assert.NotEmpty(log.Entries);
        Assert.All(log.Entries, entry => Assert.False(entry.Level >= LogLevel.Information && entry.Text.Contains(words, StringComparison.Ordinal), entry.Text));
        Assert.All(_bot.Log.Entries, entry => Assert.True(entry.Level < LogLevel.Information, entry.Text));
    }

    /// <summary>Lets time go by, but never while a request is under way, until the task is done.</summary>
    private async Task DriveAsync(Task task)
    {
        // Bounded by real time and not by rounds: on a busy machine a request takes many of them.
        var patience = Stopwatch.StartNew();
        while (!task.IsCompleted && patience.Elapsed < Patience)
        {
            await _api.WhenIdleAsync();
            _bot.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
        await task.WaitAsync(ManualTimeProvider.Patience);
    }

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Knows whether a request is under way.</summary>
    private sealed class BusyTelegramApi(ITelegramApi inner) : ITelegramApi
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _idle = new();
        private int _underway;

        public async Task WhenIdleAsync()
        {
            Task idle;
            lock (_gate)
                idle = _underway == 0 ? Task.CompletedTask : _idle.Task;
            await idle.WaitAsync(ManualTimeProvider.Patience);
        }

        public async Task<TelegramResult<TResult>> SendAsync<TResult>(TelegramRequest<TResult> request, CancellationToken cancellationToken)
        {
            lock (_gate)
                if (_underway++ == 0)
                    _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                return await inner.SendAsync(request, cancellationToken);
            }
            finally
            {
                lock (_gate)
                    if (--_underway == 0)
                        _idle.TrySetResult();
            }
        }
    }
}
