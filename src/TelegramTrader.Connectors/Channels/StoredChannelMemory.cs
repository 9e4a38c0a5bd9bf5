using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>The listener's memory in the data folder: single values, and the posts that the inbox stored.</summary>
public sealed class StoredChannelMemory(KeyValueStore values, MessageInbox inbox) : IChannelMemory
{
    private const string FollowedKey = "channels.followed";

    public IReadOnlyList<FollowedChannel> LoadFollowed() => values.Get<FollowedChannel[]>(FollowedKey) ?? [];

    public void SaveFollowed(IReadOnlyList<FollowedChannel> channels) => values.Set(FollowedKey, channels.ToArray());

    public ChannelBookmark? LoadBookmark(ChannelId channel) => values.Get<ChannelBookmark>(BookmarkKey(channel));

    public void SaveBookmark(ChannelId channel, ChannelBookmark bookmark) => values.Set(BookmarkKey(channel), bookmark);

    public IReadOnlyList<ChannelMessage> Since(ChannelId channel, long afterId) => inbox.Since(channel, afterId);

    public IReadOnlyList<long> Recent(ChannelId channel, TimeSpan within, int most) => inbox.Recent(channel, within, most);

    public ChannelMessage? Latest(ChannelId channel, long messageId) => inbox.Latest(channel, messageId);

    private static string BookmarkKey(ChannelId channel) => $"channels.bookmark.{channel.Value}";
}
