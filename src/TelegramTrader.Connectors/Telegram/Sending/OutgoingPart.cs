using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>One message of Telegram's size: a text, or a file with or without a text under it.</summary>
internal sealed record OutgoingPart(TelegramPart? Text, Attachment? Attachment = null)
{
    private const int SmallestDivision = 256;

    private static readonly LinkPreviewOptions NoPreview = new(IsDisabled: true);

    /// <summary>None when there is nothing to show.</summary>
    public static IReadOnlyList<OutgoingPart> Of(OutgoingMessage message)
    {
        if (message.Attachment is not { } attachment)
            return [.. TelegramTextSplitter.Split(message.Text).Select(part => new OutgoingPart(part))];
        var captions = TelegramTextSplitter.Split(message.Text, TelegramTextSplitter.MaximumCaptionLength);
        return captions.Count <= 1
            ? [new OutgoingPart(captions.Count == 1 ? captions[0] : null, attachment)]
            : [new OutgoingPart(null, attachment), .. TelegramTextSplitter.Split(message.Text).Select(part => new OutgoingPart(part))];
    }

    public TelegramRequest<MessageReceipt> Request(PendingMessage pending)
    {
        var message = pending.Message;
        var text = pending.AsPlainText ? Text?.Plain : Text?.Html;
        var parseMode = pending.AsPlainText || Text is null ? null : "HTML";
        var silent = message.Silent || !pending.IsFirstPart ? true : (bool?)null;
        var reply = message.ReplyTo is { } replyTo && pending.IsFirstPart ? new ReplyParameters(replyTo, AllowSendingWithoutReply: true) : null;
        return Attachment switch
        {
            Attachment.Photo { File: var file } => new SendPhoto(pending.ChatId, file)
            {
                MessageThreadId = message.MessageThreadId,
                Caption = text,
                ParseMode = parseMode,
                DisableNotification = silent,
                ReplyParameters = reply,
                ReplyMarkup = Text?.Keyboard,
            },
            Attachment.Document { File: var file } => new SendDocument(pending.ChatId, file)
            {
                MessageThreadId = message.MessageThreadId,
                Caption = text,
                ParseMode = parseMode,
                DisableNotification = silent,
                ReplyParameters = reply,
                ReplyMarkup = Text?.Keyboard,
            },
            _ when pending.IsEdit => new EditMessageText
            {
                ChatId = pending.ChatId,
                MessageId = message.EditMessageId!.Value,
                Text = text!,
                ParseMode = parseMode,
                LinkPreviewOptions = NoPreview,
                ReplyMarkup = Text?.Keyboard,
            },
            _ => new SendMessage
            {
                ChatId = pending.ChatId,
                MessageThreadId = message.MessageThreadId,
                Text = text!,
                ParseMode = parseMode,
                LinkPreviewOptions = NoPreview,
                DisableNotification = silent,
                ReplyParameters = reply,
                ReplyMarkup = Text?.Keyboard,
            },
        };
    }

    /// <summary>The same in at least two smaller parts, without markup; itself when it is too small for that.</summary>
    public IReadOnlyList<OutgoingPart> Divide()
    {
        if (Text is not { Plain: var plain })
            return [this];
        if (Attachment is not null)
            return [new OutgoingPart(null, Attachment), new OutgoingPart(Text)];
        if (plain.Length < SmallestDivision)
            return [this];
        var pieces = TelegramTextSplitter.SplitPlain(plain, (plain.Length + 1) / 2)
            .Select(piece => new OutgoingPart(new TelegramPart(TelegramHtml.Escape(piece), piece)))
            .ToList();
        pieces[^1] = new OutgoingPart(pieces[^1].Text! with { Keyboard = Text.Keyboard });
        return pieces;
    }
}
