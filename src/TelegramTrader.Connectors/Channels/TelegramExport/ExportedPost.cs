using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Channels.TelegramExport;

/// <summary>One chat of an export.</summary>
/// <param name="Id">As exported, without the sign that the Bot API gives it.</param>
/// <param name="Type">For example <c>public_channel</c>.</param>
public sealed record ExportedChat(string? Name, string? Type, long Id)
{
    /// <summary>The id by which the Bot API and other clients know the chat: channels and large groups begin with -100, small groups with a minus.</summary>
    public string ChatId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(Type is not null && (Type.EndsWith("channel", StringComparison.Ordinal) || Type.EndsWith("supergroup", StringComparison.Ordinal)) ? "-100" : Type is not null && Type.EndsWith("group", StringComparison.Ordinal) ? "-" : "")}{Id}");

    /// <summary>A conversation with one person or with oneself.</summary>
    public bool IsPersonal => Type is "personal_chat" or "saved_messages";
}

/// <summary>A piece of an export that counts: one of three.</summary>
public abstract record ExportPiece
{
    private ExportPiece()
    {
    }

    /// <summary>A post as it stood when the export was made.</summary>
    /// <param name="EditedAt">The last edit; null when the text is the first one.</param>
    /// <param name="HasZonelessDate">The export gives its date in local time only.</param>
    public sealed record Post(
        ExportedChat Chat, long MessageId, Instant PostedAt, Instant? EditedAt, string Text, long? ReplyTo, bool HasMedia, bool HasZonelessDate) : ExportPiece;

    /// <summary>Telegram's own words, such as that somebody joined, or a kind of message that is none.</summary>
    public sealed record NoPost : ExportPiece;

    /// <summary>A chat that is not read.</summary>
    public sealed record SkippedChat(ExportedChat Chat) : ExportPiece;
}
