using TelegramTrader.Core.Signals;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>One change in a channel: a post, an edit or a deletion.</summary>
/// <param name="At">From the start of the plan.</param>
/// <param name="Place">0 for the post itself, and one more with each later change of it.</param>
internal sealed record PlannedChange(TimeSpan At, ChannelId Channel, long MessageId, int Place, MessageChange Change, PlannedKind Kind, string Text, long? ReplyTo)
{
    /// <summary>When the next change of the same post comes; null: never.</summary>
    public TimeSpan? Until { get; set; }
}

/// <summary>What somebody who reads the post sees in it.</summary>
internal enum PlannedKind
{
    Signal,
    Update,
    Chatter,
    Deletion,
}
