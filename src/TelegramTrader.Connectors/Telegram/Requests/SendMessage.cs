using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>Sends a text of 1 to 4096 UTF-16 units after the markup is taken out.</summary>
public sealed record SendMessage : TelegramRequest<MessageReceipt>
{
    public required long ChatId { get; init; }

    public long? MessageThreadId { get; init; }

    public required string Text { get; init; }

    /// <summary><c>HTML</c>, or null for plain text.</summary>
    public string? ParseMode { get; init; }

    public LinkPreviewOptions? LinkPreviewOptions { get; init; }

    public bool? DisableNotification { get; init; }

    public ReplyParameters? ReplyParameters { get; init; }

    public InlineKeyboardMarkup? ReplyMarkup { get; init; }
}
