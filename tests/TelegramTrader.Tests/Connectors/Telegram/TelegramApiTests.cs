using System.Text;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram;

public sealed class TelegramApiTests : IAsyncLifetime
{
    private const long Ann = 42;

    private ConnectedBot _bot = null!;

    public async Task InitializeAsync()
    {
        _bot = await ConnectedBot.StartAsync();
        _bot.Server.AddPerson(Ann, "Ann");
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    /// <summary>Name, fault, what the reason must name, whether there was an answer.</summary>
    public static TheoryData<string, BotApiFault, string, bool> Faults => new()
    {
        { "server error", BotApiFault.ServerError, "500", true },
        { "gateway page", BotApiFault.BadGateway, "502", true },
        { "garbage", BotApiFault.Garbage, "not JSON", true },
        { "empty", new BotApiFault.Answer(200, ""), "not JSON", true },
        { "cut in the middle", new BotApiFault.Answer(200, """{"ok":true,"result":{"message_id":1"""), "not JSON", true },
        { "a list", new BotApiFault.Answer(200, "[]"), "not an answer of the Bot API", true },
        { "ok is no boolean", new BotApiFault.Answer(200, """{"ok":"yes","result":{"message_id":1}}"""), "not an answer of the Bot API", true },
        { "no result", new BotApiFault.Answer(200, """{"ok":true}"""), "no result", true },
        { "null result", new BotApiFault.Answer(200, """{"ok":true,"result":null}"""), "no result", true },
        { "result of another type", new BotApiFault.Answer(200, """{"ok":true,"result":"sent"}"""), "can't be read", true },
        { "half a surrogate pair", new BotApiFault.Answer(400, """{"ok":false,"error_code":400,"description":"\ud83d"}"""), "not JSON", true },
        { "redirect", new BotApiFault.Answer(302, "", "text/html"), "302", true },
        { "captive portal", new BotApiFault.Answer(403, "<html>Please log in</html>", "text/html"), "403", true },
        { "endless", new BotApiFault.Endless(), "longer than 10485760 bytes", true },
        { "connection cut before", new BotApiFault.CutBefore(), "", false },
        { "connection cut after", new BotApiFault.CutAfter(), "", false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task SendAsync_Fault_IsUnreachableWithAReason(string name, BotApiFault fault, string expected, bool isAnswered)
    {
        _bot.Server.Faults.Next(1, fault);

        var result = Assert.IsType<TelegramResult<MessageReceipt>.Unreachable>(await SendAsync("hello"));

        Assert.True(result.Reason.Length > 0 && result.Reason.Contains(expected, StringComparison.Ordinal), $"{name}: {result.Reason}");
        Assert.Equal(isAnswered, result.HttpStatus is not null);
        Assert.IsType<TelegramResult<MessageReceipt>.Ok>(await SendAsync("hello"));
    }

    [Fact]
    public async Task SendAsync_NoAnswerWithinTheLimit_IsUnreachable()
    {
        _bot.Server.Faults.Next(1, new BotApiFault.Silence());
        var sending = SendAsync("hello");
        await _bot.Server.WaitForCallAsync(call => call.Method == "sendMessage", ManualTimeProvider.Patience);

        _bot.Time.Advance(TimeSpan.FromSeconds(29.999));
        Assert.False(sending.IsCompleted);
        _bot.Time.Advance(TimeSpan.FromMilliseconds(1));

        var result = Assert.IsType<TelegramResult<MessageReceipt>.Unreachable>(await sending.WaitAsync(ManualTimeProvider.Patience));
        Assert.Equal("no answer to sendMessage within 30 s", result.Reason);
    }

    [Fact]
    public async Task SendAsync_LongPoll_MayTakeItsTimeoutLonger()
    {
        var polling = _bot.Api.SendAsync(new GetUpdates { Timeout = 50 }, CancellationToken.None);
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(80));
        await _bot.Time.WaitForTimerAsync(TimeSpan.FromSeconds(50));

        _bot.Time.Advance(TimeSpan.FromSeconds(50));

        Assert.Empty(Assert.IsType<TelegramResult<IReadOnlyList<Update>>.Ok>(await polling.WaitAsync(ManualTimeProvider.Patience)).Value);
    }

    [Fact]
    public async Task SendAsync_Cancelled_ThrowsAndOnlyThen()
    {
        using var cancellation = new CancellationTokenSource();
        _bot.Server.Faults.Next(1, new BotApiFault.Silence());
        var sending = _bot.Api.SendAsync(new GetMe(), cancellation.Token);
        await _bot.Server.WaitForCallAsync(call => call.Method == "getMe", ManualTimeProvider.Patience);

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(ManualTimeProvider.Patience));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Null(exception.InnerException);
    }

    [Theory]
    [InlineData("""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""", 7)]
    [InlineData("""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 12"}""", 12)]
    [InlineData("""{"ok":false,"error_code":429,"description":"slow down"}""", 5)]
    [InlineData("""{"ok":false,"error_code":429,"parameters":{"retry_after":"soon"}}""", 5)]
    [InlineData("""{"ok":false,"error_code":429,"parameters":{"retry_after":0}}""", 1)]
    [InlineData("""{"ok":false,"error_code":429,"parameters":{"retry_after":-3}}""", 1)]
    [InlineData("""{"ok":false,"error_code":429,"parameters":{"retry_after":9000000000000000000}}""", 86_400)]
    public async Task SendAsync_TooManyRequests_SaysHowLongToWait(string body, int expectedSeconds)
    {
        _bot.Server.Faults.Next(1, new BotApiFault.Answer(429, body));

        var result = Assert.IsType<TelegramResult<MessageReceipt>.TooManyRequests>(await SendAsync("hello"));

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), result.RetryAfter);
    }

    [Fact]
    public async Task SendAsync_RefusalsOfTheServer_AreRecognised()
    {
        _bot.Server.AddGroup(-100, "Desk");
        _bot.Server.Migrate(-100, -1_000_000_000_100);
        _bot.Server.AddPerson(43, "Bob");
        _bot.Server.Block(43);
        _bot.Server.AddGroup(-200, "Gone");
        _bot.Server.Kick(-200);

        Assert.True((await RefusalAsync(Message("<b>open") with { ParseMode = "HTML" })).IsMarkupRefused);
        Assert.True((await RefusalAsync(Message(new string('x', 4097)))).IsTextTooLong);
        Assert.True((await RefusalAsync(new SendMessage { ChatId = 999, Text = "x" })).IsChatClosed);
        Assert.True((await RefusalAsync(new SendMessage { ChatId = 43, Text = "x" })).IsChatClosed);
        Assert.True((await RefusalAsync(new SendMessage { ChatId = -200, Text = "x" })).IsChatClosed);
        Assert.Equal(-1_000_000_000_100, (await RefusalAsync(new SendMessage { ChatId = -100, Text = "x" })).MigrateToChatId);
        Assert.True((await RefusalAsync(new EditMessageText { ChatId = Ann, MessageId = 999, Text = "x" })).IsEditTargetGone);
        Assert.True((await RefusalAsync(new DeleteMessage(Ann, 999))).IsDeleteTargetGone);
        Assert.True((await RefusalAsync(new AnswerCallbackQuery("unknown"))).IsCallbackExpired);
        _bot.Server.Updates.Webhook = "https://example.com";
        var webhook = await RefusalAsync(new GetUpdates());
        Assert.True(webhook is { IsConflict: true, IsWebhookActive: true, IsAnotherInstance: false });
    }

    [Fact]
    public async Task SendAsync_EditWithoutChange_IsRecognised()
    {
        var sent = Assert.IsType<TelegramResult<MessageReceipt>.Ok>(await SendAsync("hello"));

        var refusal = await RefusalAsync(new EditMessageText { ChatId = Ann, MessageId = sent.Value.MessageId, Text = "hello" });

        Assert.True(refusal is { IsNotModified: true, IsEditTargetGone: false });
    }

    [Theory]
    [InlineData("7000000001:Another-Token_that-is-not-known")]
    [InlineData("1:Another-Token_that-is-not-known")]
    public async Task SendAsync_WrongToken_IsUnauthorised(string token)
    {
        using var http = TelegramHttp.CreateClient(_bot.Options);
        var options = _bot.Options with { BotToken = BotToken.Parse(token) };
        var api = new TelegramApi(http, options, _bot.Time, _bot.Log);

        var result = await api.SendAsync(new GetMe(), CancellationToken.None);

        Assert.True(Assert.IsType<TelegramResult<User>.Refused>(result).Refusal.IsUnauthorised);
    }

    [Fact]
    public async Task SendAsync_EveryMethod_IsUnderstoodByTheStrictServer()
    {
        var keyboard = new InlineKeyboardMarkup(
        [
            [InlineKeyboardButton.Callback("Close", "close:1"), InlineKeyboardButton.Link("Chart", new Uri("https://example.com/c"))],
            [InlineKeyboardButton.App("Dashboard", new Uri("https://example.com/app"))],
        ]);
        Assert.Equal(BotApiServer.BotId, (await OkAsync(new GetMe())).Id);
        Assert.Equal("Ann", (await OkAsync(new GetChat(Ann))).FirstName);
        var asked = _bot.Server.Write(Ann, Ann, "/status");
        var sent = await OkAsync(new SendMessage
        {
            ChatId = Ann,
            MessageThreadId = 5,
            Text = "<b>bold</b> 🚀",
            ParseMode = "HTML",
            LinkPreviewOptions = new LinkPreviewOptions(IsDisabled: true),
            DisableNotification = true,
            ReplyParameters = new ReplyParameters(asked.MessageId, AllowSendingWithoutReply: true),
            ReplyMarkup = keyboard,
        });
        var message = _bot.Server.Messages(Ann)[^1];
        Assert.Equal((sent.MessageId, "bold 🚀", true, 5L, asked.MessageId), (message.MessageId, message.Text, message.IsSilent, message.ThreadId, message.ReplyTo));
        Assert.Equal(["Close", "Chart", "Dashboard"], message.Keyboard.SelectMany(row => row).Select(button => button.Text));

        await OkAsync(new EditMessageText { ChatId = Ann, MessageId = sent.MessageId, Text = "changed", ReplyMarkup = keyboard });
        var query = _bot.Server.Press(message, Ann, "Close");
        Assert.True(await OkAsync(new AnswerCallbackQuery(query, "Closing", ShowAlert: true)));
        await OkAsync(new EditMessageReplyMarkup(Ann, sent.MessageId));
        Assert.Empty(_bot.Server.Messages(Ann)[^1].Keyboard);
        Assert.True(await OkAsync(new DeleteMessage(Ann, sent.MessageId)));
        Assert.True(await OkAsync(new DeleteWebhook()));
        Assert.True(await OkAsync(new SetMyCommands([new BotCommand("status", "How it stands")], BotCommandScope.Member(-100, Ann), "tr")));
        Assert.Equal([("status", "How it stands")], _bot.Server.Commands("chat_member:-100:42", "tr"));
        var updates = await OkAsync(new GetUpdates { Offset = 1, Limit = 10, Timeout = 0, AllowedUpdates = ["message"] });
        Assert.Equal(["message", "callback_query"], updates.Select(update => update.Kind));
        Assert.Equal("close:1", updates[1].CallbackQuery?.Data);
    }

    [Fact]
    public async Task SendAsync_Files_ArriveWholeWithTheirFields()
    {
        var bytes = PngPicture.Noise(300, 300);
        var keyboard = new InlineKeyboardMarkup([[InlineKeyboardButton.Callback("Ok", "ok")]]);

        await OkAsync(new SendPhoto(Ann, new InputFile("chart.png", bytes, "image/png")) { Caption = "<b>Equity</b> &amp; <i>x</i>", ParseMode = "HTML", ReplyMarkup = keyboard });
        await OkAsync(new SendDocument(Ann, new InputFile("dava dosyası.csv", Encoding.UTF8.GetBytes("a;b"), "text/csv")) { DisableNotification = true });

        var photo = _bot.Server.Messages(Ann)[0];
        Assert.True(photo.File is { Name: "chart.png", IsPhoto: true } file && file.Content.Span.SequenceEqual(bytes));
        Assert.Equal("Equity & x", photo.Text);
        Assert.Equal("ok", photo.Keyboard[0][0].Data);
        var document = _bot.Server.Messages(Ann)[1];
        Assert.Equal(("dava dosyası.csv", "a;b", true), (document.File!.Name, Encoding.UTF8.GetString(document.File.Content.Span), document.IsSilent));
    }

    [Fact]
    public async Task SendAsync_AnswersWithUnknownFieldsEverywhere_AreRead()
    {
        _bot.Server.AddUnknownFields = true;
        _bot.Server.Write(Ann, Ann, "/status");

        Assert.Equal("Simulated", (await OkAsync(new GetMe())).FirstName);
        Assert.Equal(2, (await OkAsync(Message("hello"))).MessageId);
        Assert.Equal("/status", Assert.Single(await OkAsync(new GetUpdates())).Message?.Text);
        Assert.True((await RefusalAsync(Message("<x>") with { ParseMode = "HTML" })).IsMarkupRefused);
    }

    [Fact]
    public async Task SendAsync_Redirect_IsNotFollowed()
    {
        // The token is part of the address and would go along.
        var elsewhere = new Uri(_bot.Server.BaseUrl, $"/bot{BotApiServer.Token.Reveal()}/getMe").AbsoluteUri;
        _bot.Server.Faults.Next(1, new BotApiFault.Answer(307, "", "text/html", elsewhere));

        var result = await _bot.Api.SendAsync(new GetMe(), CancellationToken.None);

        Assert.Equal(307, Assert.IsType<TelegramResult<User>.Unreachable>(result).HttpStatus);
        Assert.Single(_bot.Server.Calls);
    }

    [Fact]
    public async Task SendAsync_FileTooLargeSaidByAPage_IsARefusalAndNotTriedForEver()
    {
        _bot.Server.Faults.Next(1, new BotApiFault.Answer(413, "<html>413 Request Entity Too Large</html>", "text/html"));

        Assert.Equal(413, (await RefusalAsync(Message("x"))).ErrorCode);
    }

    [Fact]
    public async Task SendAsync_ThroughAProxy_GoesThere()
    {
        // The server stands in for the proxy: the host in the address does not exist.
        await using var bot = await ConnectedBot.StartAsync(options => options with { Proxy = options.BaseUrl, BaseUrl = new Uri("http://telegram.example") });

        Assert.IsType<TelegramResult<User>.Ok>(await bot.Api.SendAsync(new GetMe(), CancellationToken.None));
    }

    private static SendMessage Message(string text) => new() { ChatId = Ann, Text = text };

    private Task<TelegramResult<MessageReceipt>> SendAsync(string text) => _bot.Api.SendAsync(Message(text), CancellationToken.None);

    private async Task<TResult> OkAsync<TResult>(TelegramRequest<TResult> request)
    {
        var result = await _bot.Api.SendAsync(request, CancellationToken.None);
        return result is TelegramResult<TResult>.Ok { Value: var value } ? value : throw new InvalidOperationException($"{request}: {result}");
    }

    private async Task<TelegramRefusal> RefusalAsync<TResult>(TelegramRequest<TResult> request) =>
        Assert.IsType<TelegramResult<TResult>.Refused>(await _bot.Api.SendAsync(request, CancellationToken.None)).Refusal;
}
