using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>
/// Looks at the history of every followed channel: at the start, after each gap, and again and again. Subscribes first where that is needed, tells of silence and of
/// channels that can't be read.
/// </summary>
internal sealed class HistoryLoop(
    ConcurrentDictionary<ChannelId, ListenedChannel> channels, IChannelGateway gateway, ChannelListenerOptions options, TimeProvider time, ILogger logger)
{
    private const int HistoriesAtOnce = 4;

    private readonly HistoryReader _reader = new(gateway, options, logger);
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _allowedFrom = long.MinValue;
    private long _rounds;
    private int _gateway;

    /// <summary>Raised on the loop's threads; a handler must be quick.</summary>
    public event Action<ChannelAlarm>? Alarmed;

    /// <summary>How often the loop has gone to rest.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var nextPoll = time.GetTimestamp();
        try
        {
            while (true)
            {
                var isPoll = time.GetTimestamp() >= nextPoll;
                if (isPoll)
                    nextPoll = time.GetTimestamp() + (long)(options.PollInterval.TotalSeconds * time.TimestampFrequency);
                var due = channels.Values.Where(channel => isPoll || channel.NeedsCatchUp).OrderByDescending(channel => channel.NeedsCatchUp).ToArray();
                await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = HistoriesAtOnce, CancellationToken = cancellationToken }, ReadAsync);
                TellSilences();
                var untilPoll = time.GetElapsedTime(time.GetTimestamp(), nextPoll);
                var wait = channels.Values.Any(channel => channel.NeedsCatchUp) && options.RetryInterval < untilPoll ? options.RetryInterval : untilPoll;
                await WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogInformation("Reading the history of channels ended.");
        }
    }

    /// <summary>Telegram did not ask to wait.</summary>
    public bool IsAllowed => time.GetTimestamp() >= Interlocked.Read(ref _allowedFrom);

    /// <summary>Telegram asks not to be asked for so long.</summary>
    public void Pause(TimeSpan wait) =>
        Interlocked.Exchange(ref _allowedFrom, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency));

    /// <summary>Counts the gateways, of which each has to be subscribed to.</summary>
    public int Gateway => Volatile.Read(ref _gateway);

    /// <summary>The gateway is another one, whose waits are not known yet.</summary>
    public void BeginWithAnother()
    {
        Interlocked.Exchange(ref _allowedFrom, long.MinValue);
        Interlocked.Increment(ref _gateway);
    }

    /// <summary>Looks now, and not only when it is time.</summary>
    public void Wake() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Hands on what waited for the history.</summary>
    public async Task ReleaseAsync(ListenedChannel channel, int hold, CancellationToken cancellationToken)
    {
        try
        {
            await channel.ReleaseAsync(hold, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            channel.NeedsCatchUp = true;
            logger.LogError(exception, "A post of {Channel} could not be handed on; it is tried again from the history.", channel.Id);
        }
    }

    private async ValueTask ReadAsync(ListenedChannel channel, CancellationToken cancellationToken)
    {
        // A hold that begins meanwhile waits for the next look.
        var hold = channel.Hold;
        var isOver = false;
        try
        {
            var trouble = IsAllowed ? await SubscribeAndCatchUpAsync(channel, cancellationToken) : new GatewayRefusal(GatewayRefusalKind.FloodWait, "Telegram asked to wait.");
            Note(channel, trouble);
            isOver = trouble is null || IsFinal(trouble);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            channel.NeedsCatchUp = true;
            logger.LogError(exception, "The history of {Channel} could not be handed on; it is tried again.", channel.Id);
        }
        // What could not be read now may still be read in time, by the next try or by the next gateway.
        if (isOver)
            await ReleaseAsync(channel, hold, cancellationToken);
    }

    /// <summary>Telegram said no, and would say so again within the time that pushes can wait.</summary>
    private static bool IsFinal(GatewayRefusal trouble) => trouble.Kind is not (GatewayRefusalKind.Other or GatewayRefusalKind.NotStarted);

    private async Task<GatewayRefusal?> SubscribeAndCatchUpAsync(ListenedChannel channel, CancellationToken cancellationToken)
    {
        // Taken down before anything is asked: a gap that is told meanwhile must not be forgotten.
        var isAfterGap = channel.NeedsCatchUp;
        channel.NeedsCatchUp = false;
        // An answer may come when the gateway that gave it is gone already.
        var number = Gateway;
        if (channel.SubscribedTo != number)
        {
            var answer = await gateway.SubscribeAsync(channel.Followed.Reference, channel.Id, cancellationToken);
            if (answer is not GatewayAnswer<ChannelInfo>.Ok)
                return answer is GatewayAnswer<ChannelInfo>.Refused { Refusal: var refusal } ? refusal : new GatewayRefusal(GatewayRefusalKind.Other, answer.Trouble!);
            channel.SubscribedTo = number;
        }
        return await _reader.CatchUpAsync(channel, isAfterGap, cancellationToken);
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
            Pause(wait);
        channel.Problem = trouble.Message;
        logger.LogInformation("The history of {Channel} could not be read: {Reason}", channel.Id, trouble.Message);
        if (channel.WasUnreadableTold || trouble.Kind is not (GatewayRefusalKind.NotMember or GatewayRefusalKind.NotFound or GatewayRefusalKind.DifferentChannel or GatewayRefusalKind.NotAChannel))
            return;
        channel.WasUnreadableTold = true;
        Tell(new ChannelAlarm.Unreadable(channel.Id, channel.Followed.Title, trouble.Message));
    }

    private void TellSilences()
    {
        foreach (var channel in channels.Values)
        {
            if (channel.Bookmark is not { } bookmark)
                continue;
            var isSilent = SilenceHabit.IsSilent(bookmark.RecentPostTimes, Instant.From(time.GetUtcNow()), out var since);
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
            logger.LogError(exception, "An alarm about {Channel} could not be told.", alarm.Channel);
        }
    }

    /// <summary>Waits for the time, or until somebody wakes the history up.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait, time, over.Token);
        var wakeUp = _wakeUps.Reader.WaitToReadAsync(over.Token).AsTask();
        Interlocked.Increment(ref _rounds);
        await Task.WhenAny(delay, wakeUp);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _wakeUps.Reader.TryRead(out _);
    }
}
