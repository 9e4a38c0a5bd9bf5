using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>A post as the gateway brings it, by push or from the history; it may come any number of times.</summary>
/// <param name="Channel">The channel's number as text, for example <c>-1001234567890</c>.</param>
/// <param name="PostedAt">Unix milliseconds; null for a deletion, which does not tell.</param>
/// <param name="EditedAt">Unix milliseconds of the latest edit; null when it was never edited.</param>
/// <param name="Text">Verbatim; empty for a deletion.</param>
public sealed record ChannelPost(
    MessageChange Change, string Channel, long MessageId, long? PostedAt, long? EditedAt, string Text, long? ReplyTo, bool HasMedia);

/// <param name="Posts">Oldest first.</param>
/// <param name="LastId">The highest message id that was read, also of messages that are no posts; null when there was none.</param>
/// <param name="IsComplete">There is nothing beyond.</param>
public sealed record HistoryPage(IReadOnlyList<ChannelPost> Posts, long? LastId, bool IsComplete);

/// <param name="Channel">The channel's number as text: its stable identity, which a name is not.</param>
/// <param name="Kind"><c>channel</c> or <c>group</c>.</param>
public sealed record ChannelInfo(string Channel, string Title, string? Username, string Kind, bool IsMember);
