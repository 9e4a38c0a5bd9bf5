using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>How far the fetching of a channel's past has come; to be stored after each step, so that a restart goes on there.</summary>
/// <param name="UntilId">The last post that is fetched: what lies beyond belongs to the listener.</param>
/// <param name="Since">Only posts from then on; null where a number of posts was asked for.</param>
/// <param name="FromId">Posts up to this id are older than wanted, as far as is known.</param>
/// <param name="SearchTo">While the beginning is searched: it lies at or before this id. Null once it is found.</param>
/// <param name="NextAfterId">Fetching goes on after this id.</param>
public sealed record BackfillJob(string Channel, string Title, long UntilId, Instant? Since, long FromId, long? SearchTo, long NextAfterId, int Added = 0, int Known = 0)
{
    public bool IsDone => SearchTo is null && NextAfterId >= UntilId;

    /// <summary>From 0 to 1; 0 while the beginning is searched.</summary>
    public double Progress => SearchTo is not null ? 0 : UntilId <= FromId ? 1 : Math.Min(1, (double)(NextAfterId - FromId) / (UntilId - FromId));

    /// <param name="confirmedId">As far as the listener has read the channel.</param>
    public static BackfillJob OfDays(FollowedChannel channel, long confirmedId, int days, Instant now) =>
        new(channel.Channel, channel.Title, confirmedId, now - TimeSpan.FromDays(days), 0, confirmedId, 0);

    /// <param name="confirmedId">As far as the listener has read the channel.</param>
    /// <param name="posts">Counted by ids, of which a few may be gone.</param>
    public static BackfillJob OfPosts(FollowedChannel channel, long confirmedId, int posts) =>
        new(channel.Channel, channel.Title, confirmedId, null, Math.Max(0, confirmedId - posts), null, Math.Max(0, confirmedId - posts));
}

/// <summary>
/// Fetches the past of a followed channel into the inbox, as history: stored, in the ledger as fetched later, and never handed to the engine. It takes only posts that
/// nobody knows and that are older than an hour: versions of posts that the listener knows, and what may still be on its way to the engine, are the listener's.
/// </summary>
public sealed class ChannelBackfill(IChannelGateway gateway, MessageInbox inbox, TimeProvider time)
{
    public static readonly TimeSpan LeftToTheListener = TimeSpan.FromHours(1);

    /// <summary>One question to Telegram and what follows from it. Refused: the job is where it was, and may be tried again.</summary>
    public async Task<(BackfillJob Job, GatewayAnswer<HistoryPage> Answer)> StepAsync(BackfillJob job, CancellationToken cancellation)
    {
        var isSearch = job.SearchTo is not null;
        var after = job.SearchTo is { } to ? job.FromId + (to - job.FromId) / 2 : job.NextAfterId;
        var answer = await gateway.HistoryAsync(new ChannelId(job.Channel), after, isSearch ? 1 : IChannelGateway.LargestPage, cancellation);
        return answer is GatewayAnswer<HistoryPage>.Ok { Value: var page } ? (isSearch ? Searched(job, after, page) : Taken(job, page), answer) : (job, answer);
    }

    /// <summary>Halves what may be the beginning, until it lies within one page.</summary>
    private static BackfillJob Searched(BackfillJob job, long after, HistoryPage page)
    {
        var isOlder = page.Posts is [{ PostedAt: { } postedAt, MessageId: var id }, ..] && id <= job.SearchTo && new Instant(postedAt) < job.Since;
        // Of a message that is no post the time is not known: rather a page too many.
        var narrowed = isOlder ? job with { FromId = Math.Max(after + 1, page.Posts[0].MessageId) } : job with { SearchTo = after };
        return narrowed.SearchTo - narrowed.FromId <= IChannelGateway.LargestPage
            ? narrowed with { SearchTo = null, NextAfterId = narrowed.FromId }
            : narrowed;
    }

    private BackfillJob Taken(BackfillJob job, HistoryPage page)
    {
        var now = Instant.From(time.GetUtcNow());
        var posts = page.Posts
            .Where(post => post.Change != MessageChange.Deleted && post.MessageId <= job.UntilId && post.PostedAt is { } at && new Instant(at) <= now - LeftToTheListener && (job.Since is not { } since || new Instant(at) >= since))
            .Select(post => new HistoricPost(
                new ChannelId(job.Channel), post.MessageId, new Instant(post.PostedAt!.Value), post.EditedAt is { } edited ? new Instant(edited) : null, post.Text, post.ReplyTo, post.HasMedia))
            .ToArray();
        var stored = inbox.StoreHistory(posts, now, "fetched later from the channel's history", PostOrigin.Fetched, onlyUnknown: true);
        var isAtEnd = page.IsComplete || page.LastId is null || page.LastId <= job.NextAfterId;
        return job with { NextAfterId = isAtEnd ? job.UntilId : Math.Min(job.UntilId, page.LastId!.Value), Added = job.Added + stored.Added, Known = job.Known + stored.Known };
    }
}
