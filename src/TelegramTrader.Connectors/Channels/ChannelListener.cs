using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>
/// Listens to the followed channels and hands on each version of each post once. Push brings it fast; the history, asked at the start, after each gap and once a
/// minute, brings what push lost. A post that comes late keeps its own time, so that its age is seen.
/// </summary>
public sealed class ChannelListener : IDisposable
{
    private const int MostWaitingNotices = 10_000;
    private const int HistoriesAtOnce = 4;

    // A fresh post is worth more than the right order when the history does not come.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(15);

    private readonly IChannelGateway _gateway;
    private readonly IChannelMemory _memory;
    private readonly Func<ChannelMessage, ValueTask> _handle;
    private readonly ChannelListenerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ChannelListener> _logger;
    private readonly HistoryReader _history;
    private readonly ConcurrentDictionary<ChannelId, ListenedChannel> _channels = [];
    private readonly Channel<ChannelNotice> _notices = Channel.CreateBounded<ChannelNotice>(new BoundedChannelOptions(MostWaitingNotices) { SingleReader = true });
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _followGate = new(1);
    private long _historyAllowedFrom = long.MinValue;
    private long _historyRounds;

    /// <param name="handle">
    /// Gets one version at a time of a channel. Returning means that it is stored; after a throw the same version comes again with the next look at the history.
    /// </param>
    public ChannelListener(
        IChannelGateway gateway, IChannelMemory memory, Func<ChannelMessage, ValueTask> handle, ChannelListenerOptions options, TimeProvider time, ILogger<ChannelListener> logger)
    {
        _gateway = gateway;
        _memory = memory;
        _handle = handle;
        _options = options;
        _time = time;
        _logger = logger;
        _history = new HistoryReader(gateway, options, logger);
        foreach (var followed in memory.LoadFollowed())
            _channels[followed.Id] = new ListenedChannel(followed, memory, handle, time);
        gateway.Noticed += OnNoticed;
    }

    /// <summary>Raised on the listener's threads; a handler must be quick.</summary>
    public event Action<ChannelAlarm>? Alarmed;

    public IReadOnlyList<ChannelStatus> Channels =>
    [
        .. _channels.Values.OrderBy(channel => channel.Followed.Title, StringComparer.Ordinal).Select(channel => new ChannelStatus(
            channel.Id, channel.Followed.Title, channel.IsSubscribed, channel.Problem,
            channel.Bookmark is { RecentPostTimes: [.., var last] } ? last : null, channel.Bookmark?.ConfirmedId)),
    ];

    /// <summary>How often the history loop has gone to rest.</summary>
    internal long HistoryRounds => Interlocked.Read(ref _historyRounds);

    /// <summary>Listens until cancelled. To be called once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(TakeNoticesAsync(cancellationToken), ReadHistoryAsync(cancellationToken));

    /// <summary>Follows a channel from its next post on. One that is followed already stays as it is.</summary>
    /// <param name="reference">@name, number, t.me link or invite link.</param>
    public async Task<GatewayAnswer<ChannelInfo>> FollowAsync(string reference, CancellationToken cancellationToken)
    {
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
            _channels[followed.Id] = new ListenedChannel(followed, _memory, _handle, _time) { IsSubscribed = true };
        }
        finally
        {
            _followGate.Release();
        }
        WakeHistory();
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
        WakeHistory();
    }

    private async Task TakeNoticesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var notice in _notices.Reader.ReadAllAsync(cancellationToken))
            {
                try
                {
                    await TakeAsync(notice, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _logger.LogError(exception, "A post could not be handed on; it is tried again from the history.");
                    if (notice is ChannelNotice.Post { Content.Channel: var channel } && _channels.TryGetValue(new ChannelId(channel), out var listened))
                    {
                        listened.NeedsCatchUp = true;
                        WakeHistory();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("Listening to channels ended.");
        }
    }

    private async Task TakeAsync(ChannelNotice notice, CancellationToken cancellationToken)
    {
        switch (notice)
        {
            case ChannelNotice.Post { Content: var post }:
                if (_channels.TryGetValue(new ChannelId(post.Channel), out var listened))
                    await listened.PushedAsync(post, cancellationToken);
                break;
            case ChannelNotice.Gap gap:
                _logger.LogInformation("Posts of {Channel} may be missing ({Reason}); the history is read.", gap.Channel?.Value ?? "any channel", gap.Reason);
                await CatchUpSoonAsync(_channels.Values.Where(channel => gap.Channel is null || channel.Id == gap.Channel), cancellationToken);
                break;
            case ChannelNotice.Ready:
                foreach (var channel in _channels.Values)
                    channel.IsSubscribed = false;
                Interlocked.Exchange(ref _historyAllowedFrom, long.MinValue);
                await CatchUpSoonAsync(_channels.Values, cancellationToken);
                break;
            case ChannelNotice.FloodWait { Method: "messages.getHistory" or "channels.getMessages", Wait: var wait }:
                PauseHistory(wait);
                break;
        }
    }

    private async Task CatchUpSoonAsync(IEnumerable<ListenedChannel> channels, CancellationToken cancellationToken)
    {
        // Pushes wait only for a history that can be read now.
        var isAllowed = IsHistoryAllowed;
        var concerned = channels.ToArray();
        foreach (var channel in concerned)
        {
            if (isAllowed)
                await channel.HoldAsync(cancellationToken);
            channel.NeedsCatchUp = true;
        }
        if (isAllowed && concerned.Length > 0)
            _ = ReleaseLaterAsync(concerned, cancellationToken);
        WakeHistory();
    }

    private async Task ReleaseLaterAsync(ListenedChannel[] channels, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(LongestHold, _time, cancellationToken);
            foreach (var channel in channels)
                await ReleaseAsync(channel, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogDebug("Held posts are left to the next start, which reads them from the history.");
        }
    }

    private async Task ReleaseAsync(ListenedChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await channel.ReleaseAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            channel.NeedsCatchUp = true;
            _logger.LogError(exception, "A post of {Channel} could not be handed on; it is tried again from the history.", channel.Id);
        }
    }

    private async Task ReadHistoryAsync(CancellationToken cancellationToken)
    {
        var nextPoll = _time.GetTimestamp();
        try
        {
            while (true)
            {
                var isPoll = _time.GetTimestamp() >= nextPoll;
                if (isPoll)
                    nextPoll = _time.GetTimestamp() + (long)(_options.PollInterval.TotalSeconds * _time.TimestampFrequency);
                var due = _channels.Values.Where(channel => isPoll || channel.NeedsCatchUp).OrderByDescending(channel => channel.NeedsCatchUp).ToArray();
                await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = HistoriesAtOnce, CancellationToken = cancellationToken }, ReadAsync);
                TellSilences();
                var untilPoll = _time.GetElapsedTime(_time.GetTimestamp(), nextPoll);
                var wait = _channels.Values.Any(channel => channel.NeedsCatchUp) && _options.RetryInterval < untilPoll ? _options.RetryInterval : untilPoll;
                await WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("Reading the history of channels ended.");
        }
    }

    private async ValueTask ReadAsync(ListenedChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            var trouble = IsHistoryAllowed ? await SubscribeAndCatchUpAsync(channel, cancellationToken) : new GatewayRefusal(GatewayRefusalKind.FloodWait, "Telegram asked to wait.");
            Note(channel, trouble);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            channel.NeedsCatchUp = true;
            _logger.LogError(exception, "The history of {Channel} could not be handed on; it is tried again.", channel.Id);
        }
        await ReleaseAsync(channel, cancellationToken);
    }

    private async Task<GatewayRefusal?> SubscribeAndCatchUpAsync(ListenedChannel channel, CancellationToken cancellationToken)
    {
        if (!channel.IsSubscribed)
        {
            var answer = await _gateway.SubscribeAsync(channel.Followed.Reference, channel.Id, cancellationToken);
            if (answer is not GatewayAnswer<ChannelInfo>.Ok)
                return answer is GatewayAnswer<ChannelInfo>.Refused { Refusal: var refusal } ? refusal : new GatewayRefusal(GatewayRefusalKind.Other, answer.Trouble!);
            channel.IsSubscribed = true;
        }
        // Taken down before reading: a gap that is told meanwhile must not be forgotten.
        var isAfterGap = channel.NeedsCatchUp;
        channel.NeedsCatchUp = false;
        return await _history.CatchUpAsync(channel, isAfterGap, cancellationToken);
    }

    private void Note(ListenedChannel channel, GatewayRefusal? trouble)
    {
        if (trouble is null)
        {
            channel.Problem = null;
            channel.WasUnreadableTold = false;
            return;
        }
        channel.NeedsCatchUp = true;
        if (trouble is { Kind: GatewayRefusalKind.FloodWait, Wait: { } wait })
            PauseHistory(wait);
        channel.Problem = trouble.Message;
        _logger.LogInformation("The history of {Channel} could not be read: {Reason}", channel.Id, trouble.Message);
        if (channel.WasUnreadableTold || trouble.Kind is not (GatewayRefusalKind.NotMember or GatewayRefusalKind.NotFound or GatewayRefusalKind.DifferentChannel or GatewayRefusalKind.NotAChannel))
            return;
        channel.WasUnreadableTold = true;
        Tell(new ChannelAlarm.Unreadable(channel.Id, channel.Followed.Title, trouble.Message));
    }

    private void TellSilences()
    {
        foreach (var channel in _channels.Values)
        {
            if (channel.Bookmark is not { } bookmark)
                continue;
            var isSilent = SilenceHabit.IsSilent(bookmark.RecentPostTimes, Instant.From(_time.GetUtcNow()), out var since);
            if (isSilent && !channel.WasSilenceTold)
                Tell(new ChannelAlarm.Silent(channel.Id, channel.Followed.Title, since, SilenceHabit.LongestUsual(bookmark.RecentPostTimes)));
            channel.WasSilenceTold = isSilent;
        }
    }

    private void Tell(ChannelAlarm alarm)
    {
        try
        {
            Alarmed?.Invoke(alarm);
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "An alarm about {Channel} could not be told.", alarm.Channel);
        }
    }

    private bool IsHistoryAllowed => _time.GetTimestamp() >= Interlocked.Read(ref _historyAllowedFrom);

    private void PauseHistory(TimeSpan wait) =>
        Interlocked.Exchange(ref _historyAllowedFrom, _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency));

    private void WakeHistory() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Waits for the time, or until somebody wakes the history up.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait, _time, over.Token);
        var wakeUp = _wakeUps.Reader.WaitToReadAsync(over.Token).AsTask();
        Interlocked.Increment(ref _historyRounds);
        await Task.WhenAny(delay, wakeUp);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _wakeUps.Reader.TryRead(out _);
    }
}
