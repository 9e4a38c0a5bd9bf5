using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>
/// Listens to the followed channels and hands on each version of each post once. Push brings it fast; the history, asked at the start, after each gap and once a
/// minute, brings what push lost. A post that comes late keeps its own time, so that its age is seen.
/// </summary>
public sealed class ChannelListener : IDisposable
{
    private const int MostWaitingNotices = 10_000;
    private const int MostTogether = 64;

    // A fresh post is worth more than the right order when the history does not come.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(15);

    private readonly IChannelGateway _gateway;
    private readonly IChannelMemory _memory;
    private readonly Func<IReadOnlyList<ChannelMessage>, ValueTask> _handle;
    private readonly TimeProvider _time;
    private readonly ILogger<ChannelListener> _logger;
    private readonly HistoryLoop _history;
    private readonly ConcurrentDictionary<ChannelId, ListenedChannel> _channels = [];
    private readonly Channel<ChannelNotice> _notices = Channel.CreateBounded<ChannelNotice>(new BoundedChannelOptions(MostWaitingNotices) { SingleReader = true });
    private readonly SemaphoreSlim _followGate = new(1);

    /// <param name="handle">
    /// Gets versions of posts of any channels in their order, no post twice. Returning means that they are stored; after a throw the same versions come again with the next
    /// look at the history.
    /// </param>
    public ChannelListener(
        IChannelGateway gateway, IChannelMemory memory, Func<IReadOnlyList<ChannelMessage>, ValueTask> handle, ChannelListenerOptions options, TimeProvider time, ILogger<ChannelListener> logger)
    {
        _gateway = gateway;
        _memory = memory;
        _handle = handle;
        _time = time;
        _logger = logger;
        _history = new HistoryLoop(_channels, gateway, options, time, logger);
        foreach (var followed in memory.LoadFollowed())
            _channels[followed.Id] = new ListenedChannel(followed, memory, handle, time);
        gateway.Noticed += OnNoticed;
    }

    /// <summary>Raised on the listener's threads; a handler must be quick.</summary>
    public event Action<ChannelAlarm>? Alarmed
    {
        add => _history.Alarmed += value;
        remove => _history.Alarmed -= value;
    }

    public IReadOnlyList<ChannelStatus> Channels =>
    [
        .. _channels.Values.OrderBy(channel => channel.Followed.Title, StringComparer.Ordinal).Select(channel => new ChannelStatus(
            channel.Id, channel.Followed.Title, channel.SubscribedTo == _history.Gateway, channel.Problem,
            channel.Bookmark is { RecentPostTimes: [.., var last] } ? last : null, channel.Bookmark?.ConfirmedId)),
    ];

    /// <summary>How often the history loop has gone to rest.</summary>
    internal long HistoryRounds => _history.Rounds;

    /// <summary>Listens until cancelled. To be called once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(TakeNoticesAsync(cancellationToken), _history.RunAsync(cancellationToken));

    /// <summary>Follows a channel from its next post on. One that is followed already stays as it is.</summary>
    /// <param name="reference">@name, number, t.me link or invite link.</param>
    public async Task<GatewayAnswer<ChannelInfo>> FollowAsync(string reference, CancellationToken cancellationToken)
    {
        var gateway = _history.Gateway;
        var answer = await _gateway.SubscribeAsync(reference, null, cancellationToken);
        if (answer is not GatewayAnswer<ChannelInfo>.Ok { Value: var info })
            return answer;
        await _followGate.WaitAsync(cancellationToken);
        try
        {
            var followed = new FollowedChannel(info.Channel, reference, info.Title);
            if (_channels.ContainsKey(followed.Id))
                return answer;
            _memory.SaveFollowed([.. _channels.Values.Select(channel => channel.Followed), followed]);
            _channels[followed.Id] = new ListenedChannel(followed, _memory, _handle, _time) { SubscribedTo = gateway };
        }
        finally
        {
            _followGate.Release();
        }
        _history.Wake();
        return answer;
    }

    /// <summary>Posts that come afterwards are not handed on. False when it was not followed. Following it again goes on behind the last post that was read.</summary>
    public async Task<bool> UnfollowAsync(ChannelId id, CancellationToken cancellationToken)
    {
        await _followGate.WaitAsync(cancellationToken);
        try
        {
            if (!_channels.ContainsKey(id))
                return false;
            _memory.SaveFollowed([.. _channels.Values.Where(channel => channel.Id != id).Select(channel => channel.Followed)]);
            _channels.TryRemove(id, out _);
        }
        finally
        {
            _followGate.Release();
        }
        // Whether the gateway heard of it matters little: what it still brings belongs to no channel here.
        var answer = await _gateway.UnsubscribeAsync(id, cancellationToken);
        if (answer.Trouble is { } trouble)
            _logger.LogInformation("Unsubscribing from {Channel}: {Trouble}", id, trouble);
        return true;
    }

    public void Dispose()
    {
        _gateway.Noticed -= OnNoticed;
        _followGate.Dispose();
        foreach (var channel in _channels.Values)
            channel.Dispose();
    }

    private void OnNoticed(ChannelNotice notice)
    {
        if (_notices.Writer.TryWrite(notice))
            return;
        // Never waited for here. What is dropped is in the history.
        foreach (var channel in _channels.Values)
            channel.NeedsCatchUp = true;
        _history.Wake();
    }

    private async Task TakeNoticesAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _notices.Reader.WaitToReadAsync(cancellationToken))
            {
                await TakePostsAsync(cancellationToken);
                if (!_notices.Reader.TryPeek(out var next) || next is ChannelNotice.Post || !_notices.Reader.TryRead(out var notice))
                    continue;
                try
                {
                    await TakeAsync(notice, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _logger.LogError(exception, "What the gateway told could not be followed up.");
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("Listening to channels ended.");
        }
    }

    /// <summary>All posts that wait now, up to a limit, together: one that comes alone is not kept waiting for others.</summary>
    private async Task TakePostsAsync(CancellationToken cancellationToken)
    {
        var posts = new List<(ListenedChannel Channel, ChannelPost Post)>();
        var ids = new HashSet<(string, long)>();
        // A second version of a post is told from the first by what was stored of that one.
        while (posts.Count < MostTogether && _notices.Reader.TryPeek(out var next) && next is ChannelNotice.Post { Content: var post } && ids.Add((post.Channel, post.MessageId)) && _notices.Reader.TryRead(out _))
            if (_channels.TryGetValue(new ChannelId(post.Channel), out var listened))
                posts.Add((listened, post));
        try
        {
            await ListenedChannel.PushedAsync(posts, _handle, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.LogError(exception, "{Count} posts could not be handed on; they are tried again from the history.", posts.Count);
            foreach (var (channel, _) in posts)
                channel.NeedsCatchUp = true;
            _history.Wake();
        }
    }

    private async Task TakeAsync(ChannelNotice notice, CancellationToken cancellationToken)
    {
        switch (notice)
        {
            case ChannelNotice.Gap gap:
                _logger.LogInformation("Posts of {Channel} may be missing ({Reason}); the history is read.", gap.Channel?.Value ?? "any channel", gap.Reason);
                await CatchUpSoonAsync(_channels.Values.Where(channel => gap.Channel is null || channel.Id == gap.Channel), cancellationToken);
                break;
            case ChannelNotice.Ready:
                _history.BeginWithAnother();
                await CatchUpSoonAsync(_channels.Values, cancellationToken);
                break;
            case ChannelNotice.FloodWait { Method: "messages.getHistory" or "channels.getMessages", Wait: var wait }:
                _history.Pause(wait);
                break;
        }
    }

    private async Task CatchUpSoonAsync(IEnumerable<ListenedChannel> channels, CancellationToken cancellationToken)
    {
        // Pushes wait only for a history that can be read now.
        var isAllowed = _history.IsAllowed;
        var concerned = channels.ToArray();
        foreach (var channel in concerned)
        {
            if (isAllowed)
                await channel.HoldAsync(cancellationToken);
            channel.NeedsCatchUp = true;
        }
        if (isAllowed && concerned.Length > 0)
            _ = ReleaseLaterAsync([.. concerned.Select(channel => (channel, channel.Hold))], cancellationToken);
        _history.Wake();
    }

    private async Task ReleaseLaterAsync((ListenedChannel Channel, int Hold)[] held, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(LongestHold, _time, cancellationToken);
            foreach (var (channel, hold) in held)
                await _history.ReleaseAsync(channel, hold, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogDebug("Held posts are left to the next start, which reads them from the history.");
        }
    }
}
