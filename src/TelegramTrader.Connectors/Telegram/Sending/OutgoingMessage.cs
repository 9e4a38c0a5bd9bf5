using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>What goes first, the first named most of all.</summary>
public enum MessagePriority
{
    /// <summary>A person must act. Never refused for a full queue.</summary>
    Alarm,

    /// <summary>A person asked and waits. Never refused for a full queue.</summary>
    Answer,

    /// <summary>Something happened.</summary>
    Notice,

    /// <summary>A live card is brought up to date; only the newest state counts.</summary>
    Card,
}

/// <summary>A picture or a file that goes with a message.</summary>
public abstract record Attachment
{
    private Attachment(InputFile file) => File = file;

    public InputFile File { get; }

    public sealed record Photo(InputFile Picture) : Attachment(Picture);

    public sealed record Document(InputFile Content) : Attachment(Content);
}

/// <summary>A message to send, or an edit of one that was sent.</summary>
public sealed record OutgoingMessage
{
    public required long ChatId { get; init; }

    /// <summary>The topic, in a group that has them.</summary>
    public long? MessageThreadId { get; init; }

    public required TelegramText Text { get; init; }

    public MessagePriority Priority { get; init; } = MessagePriority.Notice;

    /// <summary>Without sound. Of a message in several parts only the first ever sounds.</summary>
    public bool Silent { get; init; }

    /// <summary>The message that is answered. When it is gone, ours is sent all the same.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Edit this message instead of sending one. If the text needs several parts, the others follow as new messages.</summary>
    public long? EditMessageId { get; init; }

    /// <summary>Goes first, with the text under it if that is short enough. Not with an edit.</summary>
    public Attachment? Attachment { get; init; }
}
