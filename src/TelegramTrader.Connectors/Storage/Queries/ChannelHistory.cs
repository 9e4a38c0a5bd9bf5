using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>The stored posts of a channel, from the bot's own listening and from imports. Reads the last commit on connections of its own.</summary>
public sealed class ChannelHistory(DataFolder folder)
{
    /// <summary>The latest version of each of the latest posts, the oldest first; deleted posts are left out.</summary>
    /// <param name="most">How many versions are looked at.</param>
    public async Task<IReadOnlyList<ChannelMessage>> LatestAsync(ChannelId channel, int most, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var rows = await context.Messages.Where(row => row.Channel == channel.Value).OrderByDescending(row => row.Id).Take(most).ToListAsync(cancellation);
        return [.. rows.GroupBy(row => row.MessageId).Select(versions => versions.MaxBy(row => row.Revision)!)
            .Where(row => row.Change != MessageChange.Deleted).OrderBy(row => row.Id).Select(SignalMapping.ToMessage)];
    }

    /// <summary>Every version of the latest posts of all channels, in the order in which they came; those that were imported are marked. Posts that a person handed over are left out.</summary>
    /// <param name="most">How many versions at most; of more the latest.</param>
    public async Task<IReadOnlyList<(ChannelMessage Message, bool IsHistory)>> AllVersionsAsync(int most, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var byHand = ChannelId.ByHand.Value;
        var rows = await context.Messages.Where(row => row.Channel != byHand).OrderByDescending(row => row.Id).Take(most).ToListAsync(cancellation);
        return [.. rows.OrderBy(row => row.Id).Select(row => (SignalMapping.ToMessage(row), row.Outcome == MessageInbox.History))];
    }

    /// <summary>
    /// All versions of all posts, in the order in which they came. Those that were taken over from a history count as received when they were posted: nobody saw them then, and whoever had followed
    /// the channel would have.
    /// </summary>
    /// <param name="channel">Of this one only; null for all, without what a person handed over.</param>
    /// <param name="since">Versions that were posted at or after this moment; null for all.</param>
    public async Task<IReadOnlyList<ChannelMessage>> VersionsAsync(ChannelId? channel, Instant? since, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var byHand = ChannelId.ByHand.Value;
        var rows = channel is { Value: var name } ? context.Messages.Where(row => row.Channel == name) : context.Messages.Where(row => row.Channel != byHand);
        if (since is { } first)
            rows = rows.Where(row => row.PostedAt >= first);
        var versions = new List<ChannelMessage>();
        await foreach (var row in rows.OrderBy(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var message = SignalMapping.ToMessage(row);
            versions.Add(row.Outcome == MessageInbox.History ? message with { ReceivedAt = message.PostedAt } : message);
        }

        return versions;
    }

    /// <summary>The channels of which posts are stored, by name.</summary>
    /// <param name="most">At most this many.</param>
    public async Task<IReadOnlyList<ChannelId>> ChannelsAsync(int most, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var channels = new List<ChannelId>();
        // From channel to channel by the index, however many posts there are.
        for (var name = ""; channels.Count < most && await context.Messages.Where(row => string.Compare(row.Channel, name) > 0).MinAsync(row => (string?)row.Channel, cancellation) is { } next; name = next)
            channels.Add(new ChannelId(next));
        return channels;
    }

    /// <summary>Every version of the latest posts, in the order in which they came. What was fetched or imported later counts as received when it was written: a follower would have read it then.</summary>
    /// <param name="channel">Of this one only; null for all, without what a person handed over.</param>
    /// <param name="most">How many versions at most; of more the latest.</param>
    public async Task<IReadOnlyList<ChannelMessage>> VersionsAsync(ChannelId? channel, int most, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var byHand = ChannelId.ByHand.Value;
        var chosen = channel is { Value: var name } ? context.Messages.Where(row => row.Channel == name) : context.Messages.Where(row => row.Channel != byHand);
        var rows = await chosen.OrderByDescending(row => row.Id).Take(most).ToListAsync(cancellation);
        return [.. rows.OrderBy(row => row.Id).Select(row => row.Outcome == MessageInbox.History ? SignalMapping.ToMessage(row) with { ReceivedAt = row.PostedAt } : SignalMapping.ToMessage(row))];
    }
}
