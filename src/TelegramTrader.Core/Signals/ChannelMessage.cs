using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>The stable identity of a channel: its numeric id or its name, as the source gives it. Never empty.</summary>
public readonly record struct ChannelId
{
    public ChannelId(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Posts that a person pasted or forwarded to the bot.</summary>
    public static ChannelId ByHand { get; } = new("by-hand");

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>What happened to a channel post.</summary>
public enum MessageChange
{
    Posted,
    Edited,
    Deleted,
}

/// <summary>
/// One version of one channel post. <see cref="Revision"/> is 1 for the first text and rises with each edit or deletion;
/// (channel, message id, revision) is its identity. <see cref="Text"/> is verbatim and empty for a deletion.
/// </summary>
public sealed record ChannelMessage
{
    public required ChannelId Channel { get; init; }

    public required long MessageId { get; init; }

    public int Revision { get; init; } = 1;

    public MessageChange Change { get; init; } = MessageChange.Posted;

    /// <summary>When this version came to be in the channel.</summary>
    public required Instant PostedAt { get; init; }

    /// <summary>When we got it.</summary>
    public required Instant ReceivedAt { get; init; }

    public required string Text { get; init; }

    /// <summary>The message of the same channel that this one answers.</summary>
    public long? ReplyTo { get; init; }

    public bool HasMedia { get; init; }
}
