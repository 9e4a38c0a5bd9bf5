using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One version of one post, as received; later versions are rows of their own. (channel, message, revision) is unique.</summary>
public sealed class MessageRow
{
    /// <summary>In the order of receipt.</summary>
    public long Id { get; set; }

    public required string Channel { get; set; }

    public required long MessageId { get; set; }

    public required int Revision { get; set; }

    public required MessageChange Change { get; set; }

    public required Instant PostedAt { get; set; }

    public required Instant ReceivedAt { get; set; }

    public required string Text { get; set; }

    public long? ReplyTo { get; set; }

    public bool HasMedia { get; set; }

    /// <summary>When the engine's commit about it was written; null until then.</summary>
    public Instant? HandledAt { get; set; }

    public string? Outcome { get; set; }

    public string? Reason { get; set; }
}
