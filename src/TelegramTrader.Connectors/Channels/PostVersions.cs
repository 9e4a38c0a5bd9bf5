using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>
/// Tells a new version of a post from a repetition, and numbers it. Push, history and second looks bring the same post again and again, not always in the order in
/// which it changed.
/// </summary>
internal sealed class PostVersions(Func<long, ChannelMessage?> stored)
{
    private const int MostKept = 1_000;

    // Beside what is stored: the moment of an edit that was our first version is not in it.
    private readonly Dictionary<long, Version> _latest = [];

    /// <summary>The version to hand on, or null when there is nothing new in the post.</summary>
    public ChannelMessage? Next(ChannelPost post, Instant now)
    {
        var latest = LatestOf(post.MessageId);
        if (post.Change == MessageChange.Deleted)
            return latest is null || latest.Message.Change == MessageChange.Deleted ? null : Deletion(latest.Message, now);
        if (post.PostedAt is not { } postedAt)
            return null;
        var message = new ChannelMessage
        {
            Channel = new ChannelId(post.Channel),
            MessageId = post.MessageId,
            // Our first version dates from the post, also when it was edited before we saw it: its age is that of its prices.
            PostedAt = new Instant(postedAt),
            ReceivedAt = now,
            Text = post.Text,
            ReplyTo = post.ReplyTo,
            HasMedia = post.HasMedia,
        };
        if (latest is null)
            return message;
        if (TimeOf(post) < latest.Time || (latest.Message.Text == post.Text && latest.Message.HasMedia == post.HasMedia && latest.Message.Change != MessageChange.Deleted))
            return null;
        if (latest.Message.Change == MessageChange.Deleted && post.EditedAt is null)
            return null;
        return message with { Revision = latest.Message.Revision + 1, Change = MessageChange.Edited, PostedAt = TimeOf(post) };
    }

    /// <summary>To be called when the version was handed on.</summary>
    public void Remember(ChannelMessage message, ChannelPost post)
    {
        if (_latest.Count >= MostKept)
        {
            foreach (var old in _latest.Keys.Order().Take(MostKept / 2).ToArray())
                _latest.Remove(old);
        }
        _latest[message.MessageId] = new Version(message, message.Change == MessageChange.Deleted ? message.PostedAt : TimeOf(post));
    }

    public bool IsKnown(long messageId) => LatestOf(messageId) is not null;

    private Version? LatestOf(long messageId) =>
        _latest.TryGetValue(messageId, out var version) ? version : stored(messageId) is { } message ? new Version(message, message.PostedAt) : null;

    private static Instant TimeOf(ChannelPost post) => new(post.EditedAt ?? post.PostedAt ?? 0);

    private static ChannelMessage Deletion(ChannelMessage latest, Instant now) => latest with
    {
        Revision = latest.Revision + 1,
        Change = MessageChange.Deleted,
        PostedAt = now,
        ReceivedAt = now,
        Text = "",
        HasMedia = false,
    };

    private sealed record Version(ChannelMessage Message, Instant Time);
}
