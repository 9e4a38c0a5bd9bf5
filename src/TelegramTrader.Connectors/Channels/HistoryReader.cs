using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Connectors.Channels;

/// <summary>Brings one channel up to date from its history: what no push brought, edits, and posts that are gone.</summary>
internal sealed class HistoryReader(IChannelGateway gateway, ChannelListenerOptions options, ILogger logger)
{
    private const int MostPagesAtOnce = 50;

    /// <summary>Null when all went well; otherwise what went wrong. What was read until then counts.</summary>
    /// <param name="isAfterGap">Something may be missing: recent posts are looked at as well, whenever that was done last.</param>
    public async Task<GatewayRefusal?> CatchUpAsync(ListenedChannel channel, bool isAfterGap, CancellationToken cancellationToken)
    {
        if (channel.Bookmark is null)
            return await BeginAsync(channel, cancellationToken);
        // As they were before: after a long gap the posts that were missed would push out those that may have changed meanwhile.
        var isRecheckDue = isAfterGap || ++channel.PollsSinceRecheck >= options.PollsPerRecheck;
        var recent = isRecheckDue ? channel.Recent(options.RecheckWithin, options.MostRechecked) : [];
        var seen = new HashSet<long>();
        var after = Math.Max(0, channel.Bookmark.ConfirmedId - options.Overlap);
        var isComplete = false;
        for (var pages = 0; pages < MostPagesAtOnce && !isComplete; pages++)
        {
            var answer = await gateway.HistoryAsync(channel.Id, after, IChannelGateway.LargestPage, cancellationToken);
            if (answer is not GatewayAnswer<HistoryPage>.Ok { Value: var page })
                return Trouble(answer);
            await channel.ReadAsync(page, cancellationToken);
            seen.UnionWith(page.Posts.Select(post => post.MessageId));
            isComplete = page.IsComplete || page.LastId is null || page.LastId <= after;
            after = page.LastId ?? after;
        }
        if (!isComplete)
            return new GatewayRefusal(GatewayRefusalKind.Other, FormattableString.Invariant($"More than {MostPagesAtOnce} pages of history were missing; the rest is read next time."));
        return isRecheckDue ? await RecheckAsync(channel, recent.Union(channel.Bookmark.RecentIds).Where(id => !seen.Contains(id)), cancellationToken) : null;
    }

    private async Task<GatewayRefusal?> BeginAsync(ListenedChannel channel, CancellationToken cancellationToken)
    {
        var answer = await gateway.HistoryAsync(channel.Id, null, IChannelGateway.LargestPage, cancellationToken);
        if (answer is not GatewayAnswer<HistoryPage>.Ok { Value: var latest })
            return Trouble(answer);
        await channel.BeginAsync(latest, cancellationToken);
        logger.LogInformation("Following channel {Channel} begins behind post {Id}.", channel.Id, latest.LastId);
        return null;
    }

    /// <summary>Asks for recent posts by their ids: the only way to hear of a deletion that was missed.</summary>
    private async Task<GatewayRefusal?> RecheckAsync(ListenedChannel channel, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        // The latest first: a change of theirs matters most.
        foreach (var page in ids.OrderDescending().Chunk(IChannelGateway.LargestPage))
        {
            var answer = await gateway.MessagesAsync(channel.Id, page, cancellationToken);
            if (answer is not GatewayAnswer<IReadOnlyList<ChannelPost>>.Ok { Value: var posts })
                return Trouble(answer);
            await channel.RecheckedAsync(posts, cancellationToken);
        }
        channel.PollsSinceRecheck = 0;
        return null;
    }

    private static GatewayRefusal Trouble<T>(GatewayAnswer<T> answer) =>
        answer is GatewayAnswer<T>.Refused { Refusal: var refusal } ? refusal : new GatewayRefusal(GatewayRefusalKind.Other, answer.Trouble!);
}
