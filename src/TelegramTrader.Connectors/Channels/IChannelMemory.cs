using System.Collections.Immutable;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>What the listener must still know after a restart.</summary>
public interface IChannelMemory
{
    IReadOnlyList<FollowedChannel> LoadFollowed();

    void SaveFollowed(IReadOnlyList<FollowedChannel> channels);

    /// <summary>Null when the channel was never read.</summary>
    ChannelBookmark? LoadBookmark(ChannelId channel);

    void SaveBookmark(ChannelId channel, ChannelBookmark bookmark);

    /// <summary>The latest versions of posts with higher ids that were handed on, in rising order of ids; of very many the highest.</summary>
    IReadOnlyList<ChannelMessage> Since(ChannelId channel, long afterId);

    /// <summary>The ids of posts that were handed on so long before the latest one, or later, and not deleted, in rising order; of the latest so many posts only.</summary>
    IReadOnlyList<long> Recent(ChannelId channel, TimeSpan within, int most);

    /// <summary>The latest version of a post that was handed on; null when there is none.</summary>
    ChannelMessage? Latest(ChannelId channel, long messageId);
}

/// <param name="Channel">Its number as text: what is followed is this channel, whatever its name becomes.</param>
/// <param name="Reference">What the user wrote: needed to find a channel that the account has not joined.</param>
/// <param name="Title">As it was when it was followed.</param>
public sealed record FollowedChannel(string Channel, string Reference, string Title)
{
    public ChannelId Id => new(Channel);
}

/// <summary>How far a channel was read.</summary>
/// <param name="BaselineId">Where following began: posts up to it are history and never handed on from there.</param>
/// <param name="ConfirmedId">Up to here the history was read without a hole. Pushes do not move it, because one may be missing before them.</param>
/// <param name="RecentIds">The latest posts that were handed on and not deleted, in rising order: they are looked at again for edits and deletions.</param>
/// <param name="RecentPostTimes">Unix milliseconds of the latest posts, in rising order: the channel's habit.</param>
public sealed record ChannelBookmark(long BaselineId, long ConfirmedId, ImmutableArray<long> RecentIds, ImmutableArray<long> RecentPostTimes);
