using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Text;

namespace TelegramTrader.Channels;

/// <summary>
/// Fetches the past of one followed channel at a time, page by page, slowly enough for Telegram, and over restarts. Tells how far it is in one message that is edited.
/// </summary>
/// <param name="ready">Done when the engine may trade; nothing is fetched before.</param>
/// <param name="sender">Null without Telegram: then /backfill alone tells.</param>
public sealed class BackfillService(
    ChannelParts parts, MessageInbox inbox, Task ready, KeyValueStore values, TimeProvider time, ILogger<BackfillService> log, TelegramSender? sender = null) : BackgroundService
{
    private const string Key = "backfill";

    // A person reads no faster, and Telegram counts edits too.
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(15);

    private readonly ChannelBackfill _backfill = new(parts.Channels, inbox, time);
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private StoredBackfill? _current = values.Get<StoredBackfill>(Key);
    private string? _trouble;
    private DateTimeOffset _toldAt;

    /// <summary>How it stands in words; null when nothing was ever fetched.</summary>
    public string? Status
    {
        get
        {
            lock (_gate)
                return _current is { } current ? Line(current) : null;
        }
    }

    /// <param name="chat">Where progress is told; null for nowhere.</param>
    /// <returns>False when another one is running.</returns>
    public bool Begin(BackfillJob job, long? chat)
    {
        lock (_gate)
        {
            if (_current is { State: BackfillState.Running })
                return false;
            Keep(new StoredBackfill(job, BackfillState.Running, chat, null, null));
        }

        _wakeUps.Writer.TryWrite(true);
        return true;
    }

    /// <summary>What was fetched stays. False when nothing is running.</summary>
    public bool Cancel()
    {
        lock (_gate)
        {
            if (_current is not { State: BackfillState.Running } running)
                return false;
            Keep(running with { State = BackfillState.Cancelled });
        }

        _wakeUps.Writer.TryWrite(true);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await ready.WaitAsync(stoppingToken);
            while (true)
            {
                // What woke us up so far is seen now; left over, it would cut a wait short that Telegram asked for.
                _wakeUps.Reader.TryRead(out _);
                var wait = _current is { State: BackfillState.Running } running ? await StepAsync(running, stoppingToken) : await RestAsync(stoppingToken);
                await WaitAsync(wait, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("Fetching the past of channels goes on after the next start");
        }
    }

    private async Task<TimeSpan> StepAsync(StoredBackfill running, CancellationToken cancellation)
    {
        // Of an account that is not logged in nothing can be asked.
        var (job, answer) = parts.Account.State is AccountState.Ready
            ? await _backfill.StepAsync(running.Job, cancellation)
            : (running.Job, new GatewayAnswer<HistoryPage>.NotRunning("The account that reads channels is not there yet."));
        var refusal = (answer as GatewayAnswer<HistoryPage>.Refused)?.Refusal;
        var isFinal = refusal is { Kind: GatewayRefusalKind.NotFound or GatewayRefusalKind.NotMember or GatewayRefusalKind.DifferentChannel or GatewayRefusalKind.NotAChannel or GatewayRefusalKind.Parameters };
        lock (_gate)
        {
            _trouble = answer.Trouble;
            // It may have been cancelled while Telegram was asked; what came is stored all the same.
            var state = _current!.State != BackfillState.Running ? _current.State : job.IsDone ? BackfillState.Done : isFinal ? BackfillState.Failed : BackfillState.Running;
            Keep(_current with { Job = job, State = state, Reason = isFinal ? answer.Trouble : null });
        }

        await TellAsync(cancellation);
        return answer.Trouble is null ? BetweenPages : refusal?.Wait ?? TryAgainAfter;
    }

    /// <summary>Nothing to fetch: what came of the last one is told, and the next is waited for.</summary>
    private async Task<TimeSpan> RestAsync(CancellationToken cancellation)
    {
        await TellAsync(cancellation);
        return Timeout.InfiniteTimeSpan;
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        var current = _current;
        if (current is not { Chat: { } chat } || sender is null || current.IsTold || current.State == BackfillState.Running && time.GetUtcNow() - _toldAt < TellEvery)
            return;
        _toldAt = time.GetUtcNow();
        var line = Line(current);
        var message = new OutgoingMessage { ChatId = chat, EditMessageId = current.Message, Text = new TelegramText([new TelegramRow(TelegramHtml.Escape(line), line)], null), Priority = MessagePriority.Notice };
        var outcome = await sender.SendAsync(message, cancellation);
        if (outcome is SendOutcome.EditTargetGone)
            outcome = await sender.SendAsync(message with { EditMessageId = null }, cancellation);
        if (outcome is not SendOutcome.Delivered)
            log.LogWarning("The progress of a backfill was not delivered: {Outcome}", outcome);
        lock (_gate)
            if (_current is { } now && now.Job.Channel == current.Job.Channel)
                Keep(now with { Message = outcome.MessageIds is [var id, ..] ? id : now.Message, IsTold = current.State != BackfillState.Running });
    }

    private string Line(StoredBackfill stored)
    {
        var job = stored.Job;
        var count = string.Create(CultureInfo.InvariantCulture, $"{job.Added} posts fetched, {job.Known} known already");
        return stored.State switch
        {
            BackfillState.Running when job.SearchTo is not null => $"{job.Title}: looking for the first post. /backfill cancel ends it.{Trouble()}",
            BackfillState.Running => string.Create(CultureInfo.InvariantCulture, $"{job.Title}: {count}, {job.Progress * 100:0} %. /backfill cancel ends it.{Trouble()}"),
            BackfillState.Done => $"{job.Title}: done, {count}. They are history and are never traded.",
            BackfillState.Cancelled => $"{job.Title}: cancelled, {count}.",
            BackfillState.Failed => $"{job.Title}: ended, {count}. {stored.Reason}",
            _ => throw new InvalidOperationException($"{stored.State} is not in the set of states."),
        };

        string Trouble() => _trouble is { } trouble ? $" Waiting: {trouble}" : "";
    }

    private void Keep(StoredBackfill backfill)
    {
        values.Set(Key, backfill);
        _current = backfill;
    }

    /// <summary>For the time, or until something is begun or cancelled.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var wakeUp = _wakeUps.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(wakeUp, Task.Delay(wait, time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private enum BackfillState
    {
        Running,
        Done,
        Cancelled,
        Failed,
    }

    /// <param name="Message">The message that is edited.</param>
    /// <param name="IsTold">Its end was told.</param>
    private sealed record StoredBackfill(BackfillJob Job, BackfillState State, long? Chat, long? Message, string? Reason, bool IsTold = false);
}
