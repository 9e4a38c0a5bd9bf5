using System.Globalization;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>The stored posts, which are tried on prices of the past, and how they are read.</summary>
internal sealed class PastPosts(ChannelHistory history, TradingDesk desk, AppSettings settings)
{
    /// <summary>Of all channels together; a post takes about a kilobyte, and trading needs memory too.</summary>
    private const int MostVersions = 200_000;

    private const int MostChannels = 500;

    /// <summary>The channels of which posts are stored, by name.</summary>
    // The database answers on the calling thread; nothing is waited for.
    public IReadOnlyList<ChannelId> Channels() => [.. history.ChannelsAsync(MostChannels).GetAwaiter().GetResult().Where(channel => channel != ChannelId.ByHand)];

    /// <param name="word">The name, with or without its @.</param>
    public ChannelId? Find(string word) =>
        Channels().Where(channel => string.Equals(channel.Value.TrimStart('@'), word.TrimStart('@'), StringComparison.OrdinalIgnoreCase)).Select(channel => (ChannelId?)channel).FirstOrDefault();

    /// <summary>All versions of the posts whose first version is not older than so many days before the last post; and what is to be known of them.</summary>
    /// <param name="channel">Null: of all.</param>
    /// <param name="days">Null: however old.</param>
    public (IReadOnlyList<ChannelMessage> Messages, IReadOnlyList<string> Notes) Read(ChannelId? channel, int? days, CancellationToken cancellation)
    {
        var versions = history.VersionsAsync(channel, MostVersions, cancellation).GetAwaiter().GetResult();
        IReadOnlyList<string> notes = versions.Count < MostVersions ? [] : [string.Create(CultureInfo.InvariantCulture, $"Only the latest {MostVersions:#,##0} versions of posts were looked at; there are older ones.")];
        if (days is not { } count || versions.Count == 0)
            return (versions, notes);
        var since = versions.Max(message => message.PostedAt) - TimeSpan.FromDays(count);
        return ([.. versions.GroupBy(message => (message.Channel, message.MessageId)).Where(post => post.MinBy(message => message.Revision)!.PostedAt >= since).SelectMany(post => post)], notes);
    }

    /// <summary>The settings under which they are read: what was taught of how their channels write counts here as it does when posts come.</summary>
    public EngineSettings SettingsFor(IEnumerable<ChannelMessage> messages, CancellationToken cancellation)
    {
        ChannelId[] channels = [.. messages.Select(message => message.Channel).Distinct()];
        // On a thread of its own: whoever waits here is the one that would go on.
        var known = Task.Run(() => desk.ReadAsync(state => channels.ToDictionary(channel => channel, channel => state.ChannelOf(desk.Settings, channel))), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        return settings.Trading with { Channels = known };
    }
}
