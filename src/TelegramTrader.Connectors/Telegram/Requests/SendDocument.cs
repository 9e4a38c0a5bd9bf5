using System.Text.Json.Serialization;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>A file of at most 50 MB.</summary>
public sealed record SendDocument(long ChatId, [property: JsonIgnore] InputFile Document) : TelegramRequest<MessageReceipt>, IUpload
{
    public long? MessageThreadId { get; init; }

    /// <summary>At most 1024 UTF-16 units after the markup is taken out.</summary>
    public string? Caption { get; init; }

    /// <summary><c>HTML</c>, or null for plain text.</summary>
    public string? ParseMode { get; init; }

    public bool? DisableNotification { get; init; }

    public ReplyParameters? ReplyParameters { get; init; }

    public InlineKeyboardMarkup? ReplyMarkup { get; init; }

    string IUpload.FileField => "document";

    InputFile IUpload.File => Document;
}
