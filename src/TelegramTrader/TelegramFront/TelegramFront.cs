using System.Globalization;
using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.Settings;

namespace TelegramTrader.TelegramFront;

/// <summary>
/// Turns what people write and tap in Telegram into requests to the chat desk, and sends its answers. Who may do what goes by the user's id, for commands and buttons alike;
/// somebody who is not listed gets nothing, and an admin hears of it once.
/// </summary>
public sealed class TelegramFront(
    ChatDesk chat, ITelegramApi api, TelegramSender sender, Strangers strangers, TelegramSettings settings, TimeProvider time, ILogger<TelegramFront> log, PictureDesk pictures, JobCards jobs,
    ChatLogin? login = null)
{
    private readonly Dictionary<long, AllowedUser> _users = settings.Users.ToDictionary(user => user.Id);

    /// <summary>Handles one update; when it returns, whatever the person ordered has been committed.</summary>
    public async Task HandleAsync(Update update, CancellationToken cancellation)
    {
        if (update.CallbackQuery is { } tap)
            await OnTapAsync(update, tap, cancellation);
        // An edited command is not a new command: what it ordered has been done.
        else if (update.Message is { } message)
            await OnMessageAsync(update, message, cancellation);
    }

    private async Task OnMessageAsync(Update update, Message message, CancellationToken cancellation)
    {
        if (message.From is not { } from || (message.Text ?? message.Caption) is not { Length: > 0 } line)
            return;
        if (!_users.TryGetValue(from.Id, out var user))
        {
            await strangers.MeetAsync(from, message.Chat, cancellation);
            return;
        }

        if (login is not null && user.Role == Role.Admin && message.Chat.Type == "private" && await login.TakeAsync(message, user.Id, cancellation))
            return;
        // In a group people talk to each other; there only commands are meant for us.
        if (message.Chat.Type != "private" && !line.TrimStart().StartsWith('/'))
            return;
        var request = Request($"telegram-{update.UpdateId}", user, from, message.Date, isConfirmed: false, message.ReplyToMessage?.Text ?? message.ReplyToMessage?.Caption, PlaceOf(message));
        Send(await chat.AnswerAsync(line, request, cancellation), PlaceOf(message), cancellation);
    }

    private async Task OnTapAsync(Update update, CallbackQuery tap, CancellationToken cancellation)
    {
        if (!_users.TryGetValue(tap.From.Id, out var user))
        {
            if (tap.Message is not null)
                await strangers.MeetAsync(tap.From, tap.Message.Chat, cancellation);
            return;
        }

        if (login is not null && user.Role == Role.Admin && login.Press(tap, cancellation))
        {
            await AcknowledgeAsync(tap, null, cancellation);
            return;
        }

        if (tap.Message is not { } message || !ButtonData.TryParse(tap.Data, out var data))
        {
            await AcknowledgeAsync(tap, "This button is not mine or too old.", cancellation);
            return;
        }

        var now = Instant.From(time.GetUtcNow());
        var isTooLate = data is ButtonData.Confirm question && now > question.Until;
        var isFresh = await AcknowledgeAsync(tap, data is ButtonData.Dismiss ? "Not done." : isTooLate ? "Too late: ask again." : null, cancellation);
        // A tap carries no time. One that Telegram calls too old waited while we were away; it may be as old as its message.
        var askedAt = isFresh ? now.ToDateTimeOffset() : message.Date;
        switch (data)
        {
            case ButtonData.Dismiss:
                Edit(message, ChatAnswer.Of("Not done."), cancellation);
                break;
            case ButtonData.Confirm confirm when isTooLate:
                Edit(message, ChatAnswer.Of($"The question has expired and nothing was done: {confirm.Command}"), cancellation);
                break;
            case ButtonData.Confirm confirm:
                Edit(message, await AnswerAsync(confirm.Command, isConfirmed: true), cancellation);
                break;
            case ButtonData.Refresh refresh:
                Edit(message, await AnswerAsync(refresh.Command, isConfirmed: false), cancellation);
                break;
            case ButtonData.Run run:
                Send(await AnswerAsync(run.Command, isConfirmed: false), PlaceOf(message), cancellation);
                break;
        }

        Task<ChatAnswer> AnswerAsync(string command, bool isConfirmed) =>
            chat.AnswerAsync(command, Request($"telegram-{update.UpdateId}", user, tap.From, askedAt, isConfirmed, null, PlaceOf(message)), cancellation);
    }

    private ChatRequest Request(string id, AllowedUser user, User from, DateTimeOffset askedAt, bool isConfirmed, string? quoted, ChatPlace place) => new(
        id,
        new ChatUser(user.Id.ToString(CultureInfo.InvariantCulture), user.Name.Length > 0 ? user.Name : from.FirstName, user.Role),
        [], "", Instant.From(askedAt), Instant.From(time.GetUtcNow()), isConfirmed, quoted)
    {
        Place = place,
    };

    private static ChatPlace PlaceOf(Message message) => new(message.Chat.Id, message.IsTopicMessage == true ? message.MessageThreadId : null);

    private void Edit(Message message, ChatAnswer answer, CancellationToken cancellation) => Send(new OutgoingMessage
    {
        ChatId = message.Chat.Id,
        EditMessageId = message.MessageId,
        Text = TelegramMarkup.Write(answer),
        Priority = MessagePriority.Answer,
    }, answer, cancellation);

    private void Send(ChatAnswer answer, ChatPlace place, CancellationToken cancellation) => Send(new OutgoingMessage
    {
        ChatId = place.ChatId,
        MessageThreadId = place.ThreadId,
        Text = TelegramMarkup.Write(answer),
        Attachment = answer.File is { } file ? new Attachment.Document(new InputFile(file.Name, File.ReadAllBytes(file.Path))) : null,
        Priority = MessagePriority.Answer,
    }, answer, cancellation);

    /// <summary>Hands an answer over without waiting: neither a chat that Telegram slows down nor a picture may hold up the next command.</summary>
    private void Send(OutgoingMessage message, ChatAnswer answer, CancellationToken cancellation) =>
        _ = answer.Pictures.Count == 0 ? DeliverAsync(answer, message, cancellation) : DeliverWithPicturesAsync(message, answer, cancellation);

    /// <summary>The first picture has the answer as its caption, or goes before it; each further one has its title. Without a picture the text says why.</summary>
    private async Task DeliverWithPicturesAsync(OutgoingMessage message, ChatAnswer answer, CancellationToken cancellation)
    {
        try
        {
            // A message of text can't become one with a picture.
            message = message with { EditMessageId = null };
            var (first, trouble) = await pictures.DrawAsync(answer.Pictures[0], cancellation);
            await DeliverAsync(answer, first is null
                ? message with { Text = TelegramMarkup.Write(answer with { Rows = [.. answer.Rows, Missing(answer.Pictures[0], trouble)] }) }
                : message with { Attachment = Photo(first) }, cancellation);
            foreach (var picture in answer.Pictures.Skip(1))
            {
                var (file, why) = await pictures.DrawAsync(picture, cancellation);
                await DeliverAsync(answer, message with
                {
                    Text = TelegramMarkup.Write(file is null ? new ChatAnswer([Missing(picture, why)], []) : ChatAnswer.Of(picture.Title)),
                    Attachment = file is null ? null : Photo(file),
                }, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("An answer to chat {Chat} was not delivered because the bot is ending", message.ChatId);
        }

        static Attachment Photo(PictureFile file) => new Attachment.Photo(new InputFile(file.Name, file.Png, "image/png"));

        static TextRow Missing(ChatPicture picture, string why) => new([new TextSpan($"No picture ({picture.Title}): {why}", TextStyle.Italic)]);
    }

    private async Task DeliverAsync(ChatAnswer answer, OutgoingMessage message, CancellationToken cancellation)
    {
        try
        {
            var outcome = await sender.SendAsync(message, cancellation);
            if (outcome is SendOutcome.EditTargetGone)
                outcome = await sender.SendAsync(message with { EditMessageId = null }, cancellation);
            if (outcome is SendOutcome.Delivered { AsPlainText: true })
                log.LogWarning("Telegram refused the markup of an answer; it went out as plain text");
            else if (outcome is not SendOutcome.Delivered)
                log.LogWarning("An answer to chat {Chat} was not delivered: {Outcome}", message.ChatId, outcome);
            if (answer.ShowsJob is { } job)
                jobs.TakeOver(job, outcome.MessageIds is [var messageId, ..] ? messageId : null);
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("An answer to chat {Chat} was not delivered because the bot is ending", message.ChatId);
        }
    }

    /// <summary>Stops the spinning of the button. False when Telegram says that the tap is too old for that.</summary>
    private async Task<bool> AcknowledgeAsync(CallbackQuery tap, string? text, CancellationToken cancellation)
    {
        var result = await api.SendAsync(new AnswerCallbackQuery(tap.Id, text), cancellation);
        if (result is TelegramResult<bool>.Refused { Refusal.IsCallbackExpired: true })
            return false;
        if (result is not TelegramResult<bool>.Ok)
            log.LogWarning("A tap could not be acknowledged: {Result}", result);
        return true;
    }
}
