using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.ScriptedTelegramApi;
using static TelegramTrader.Tests.Connectors.Telegram.Sending.SenderStage;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>Messages of several parts, and with files.</summary>
public sealed class SenderPartTests
{
    private static readonly InlineKeyboardMarkup Keyboard = new([[InlineKeyboardButton.Callback("Ok", "ok")]]);

    private static readonly InputFile Picture = new("chart.png", new byte[] { 1, 2, 3 }, "image/png");

    [Fact]
    public async Task SendAsync_LongText_SendsPartsInOrderSoundsOnceAndAnswersOnce()
    {
        using var stage = new SenderStage();
        var message = Long(3) with { ReplyTo = 5, MessageThreadId = 6 };

        var outcome = await EndAsync<SendOutcome.Delivered>(stage.SendAsync(message));

        Assert.Equal([1, 2, 3], outcome.MessageIds);
        var requests = stage.Api.Sent.Select(sent => (SendMessage)sent.Request).ToList();
        Assert.Equal(["0", "1", "2"], requests.Select(request => request.Text[..1]));
        Assert.Equal([null, true, true], requests.Select(request => request.DisableNotification));
        Assert.Equal([new ReplyParameters(5, true), null, null], requests.Select(request => request.ReplyParameters));
        Assert.Equal([null, null, Keyboard], requests.Select(request => request.ReplyMarkup));
        Assert.All(requests, request => Assert.Equal(6, request.MessageThreadId));
    }

    [Fact]
    public void SendAsync_AlarmWhileALongTextGoesOut_PassesBetweenItsParts()
    {
        using var stage = new SenderStage(new SendingLimits { PerChat = new RateLimit(1, TimeSpan.FromSeconds(1)) });
        _ = stage.SendAsync(Long(3));
        _ = stage.SendAsync(Ann, "notice");
        _ = stage.SendAsync(Ann, "alarm", MessagePriority.Alarm);

        stage.Advance(10);

        Assert.Equal(["0", "alarm", "1", "2", "notice"], stage.Api.Texts.Select(text => text.Length > 100 ? text[..1] : text));
    }

    [Fact]
    public async Task SendAsync_TroubleAtASecondPart_RepeatsOnlyThatPart()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, _ => stage.Api.Delivered());
        stage.Api.Plan(Ann, NoAnswer(), Refusal(400, "can't parse entities"));
        var sending = stage.SendAsync(Long(3));

        stage.Advance(60);

        Assert.True((await EndAsync<SendOutcome.Delivered>(sending)).AsPlainText);
        Assert.Equal(["0", "1", "1", "1", "2"], stage.Api.Texts.Select(text => text[..1]));
    }

    [Fact]
    public async Task SendAsync_RefusedAtASecondPart_SaysWhichAreThere()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, _ => stage.Api.Delivered());
        stage.Api.Plan(Ann, Refusal(403, "Forbidden: bot was blocked by the user"));

        Assert.Equal([1], (await EndAsync<SendOutcome.Refused>(stage.SendAsync(Long(3)))).MessageIds);
    }

    [Fact]
    public async Task SendAsync_PartTelegramFindsTooLong_GoesInSmallerOnes()
    {
        using var stage = new SenderStage(Unlimited);
        stage.Api.Plan(Ann, Refusal(400, "Bad Request: message is too long"), Refusal(400, "Bad Request: message is too long"));
        var message = new OutgoingMessage { ChatId = Ann, Text = TelegramText.FromPlain(string.Join(' ', Enumerable.Range(0, 500)), Keyboard) };

        var outcome = await EndAsync<SendOutcome.Delivered>(stage.SendAsync(message));

        // Halved, and the first half halved again.
        Assert.Equal(3, outcome.MessageIds.Count);
        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"{number}"), stage.Api.Texts.Skip(2).SelectMany(text => text.Split(' ')));
        Assert.Equal([null, null, Keyboard], stage.Api.Sent.Skip(2).Select(sent => ((SendMessage)sent.Request).ReplyMarkup));
    }

    [Fact]
    public async Task SendAsync_LittleTextFoundTooLong_IsRefusedAndNotDividedForEver()
    {
        using var stage = new SenderStage();
        stage.Api.Plan(Ann, Refusal(400, "Bad Request: message is too long"));

        await EndAsync<SendOutcome.Refused>(stage.SendAsync(Ann, "short"));
    }

    [Fact]
    public async Task SendAsync_LongEdit_EditsAndThenSendsTheRest()
    {
        using var stage = new SenderStage();

        var outcome = await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Long(2) with { EditMessageId = 9 }));

        Assert.IsType<EditMessageText>(stage.Api.Sent[0].Request);
        Assert.IsType<SendMessage>(stage.Api.Sent[1].Request);
        Assert.Equal(2, outcome.MessageIds.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task SendAsync_BlankText_IsRefusedWithoutAsking(string text)
    {
        using var stage = new SenderStage();

        Assert.Equal("message text is empty", (await EndAsync<SendOutcome.Refused>(stage.SendAsync(Ann, text))).Refusal.Description);

        Assert.Empty(stage.Api.Sent);
    }

    [Fact]
    public async Task SendAsync_PictureWithShortText_CarriesItAsCaption()
    {
        using var stage = new SenderStage();

        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(new OutgoingMessage { ChatId = Ann, Text = TelegramText.FromPlain("a < b", Keyboard), Attachment = new Attachment.Photo(Picture) }));

        var photo = Assert.IsType<SendPhoto>(Assert.Single(stage.Api.Sent).Request);
        Assert.Equal(("a &lt; b", "HTML", Picture, Keyboard), (photo.Caption, photo.ParseMode, photo.Photo, photo.ReplyMarkup));
    }

    [Fact]
    public async Task SendAsync_FileWithLongText_SendsTheFileAndThenTheText()
    {
        using var stage = new SenderStage();

        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Long(1) with { Attachment = new Attachment.Document(Picture) }));

        Assert.Null(Assert.IsType<SendDocument>(stage.Api.Sent[0].Request).Caption);
        Assert.Same(Keyboard, Assert.IsType<SendMessage>(stage.Api.Sent[1].Request).ReplyMarkup);
    }

    [Fact]
    public async Task SendAsync_FileWithoutText_IsSent()
    {
        using var stage = new SenderStage();

        await EndAsync<SendOutcome.Delivered>(stage.SendAsync(Message(Ann, "") with { Attachment = new Attachment.Document(Picture) }));

        Assert.IsType<SendDocument>(Assert.Single(stage.Api.Sent).Request);
    }

    [Fact]
    public async Task SendAsync_EditWithAFile_IsABrokenPromise()
    {
        using var stage = new SenderStage();

        await Assert.ThrowsAsync<ArgumentException>(() => stage.SendAsync(Message(Ann, "a") with { EditMessageId = 1, Attachment = new Attachment.Photo(Picture) }));
    }

    /// <summary>A text of so many parts, each a row that begins with its number.</summary>
    private static OutgoingMessage Long(int parts) => new()
    {
        ChatId = Ann,
        Text = new TelegramText([.. Enumerable.Range(0, parts).Select(part => TelegramRow.FromPlain($"{part}{new string('x', 4000)}"))], Keyboard),
    };
}
