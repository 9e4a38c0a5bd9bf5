using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>
/// The one way out for messages. Promises: the order within a chat and a priority is kept; one chat's trouble holds up no other;
/// Telegram's limits and its "too many requests" are obeyed; a message ends as an outcome or with its caller's cancellation,
/// never silently. A message may arrive twice after a time-out, since Telegram can't tell us whether it took the first.
/// All public members may be used from any thread.
/// </summary>
public sealed class TelegramSender : IDisposable
{
    private readonly ITelegramApi _api;
    private readonly SendingLimits _limits;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly ILogger<TelegramSender> _logger;
    private readonly SendingSchedule _schedule;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly long _start;
    private long _sequence;
    private bool _isPumping;
    private bool _isClosed;

    /// <param name="jitter">A random number from 0 to 1 with each call: how much of half of a wait between attempts is taken off.</param>
    public TelegramSender(ITelegramApi api, SendingLimits limits, TimeProvider time, Func<double> jitter, ILogger<TelegramSender> logger)
    {
        limits.Check();
        _api = api;
        _limits = limits;
        _time = time;
        _jitter = jitter;
        _logger = logger;
        _schedule = new SendingSchedule(limits);
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Pump(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Messages taken and not yet ended, those under way included.</summary>
    public int QueueLength
    {
        get
        {
            lock (_gate)
                return _schedule.Count;
        }
    }

    /// <summary>A clock that no correction of the machine's time disturbs.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>
    /// Sends and, through network trouble, sends again until the outcome is known. Throws <see cref="OperationCanceledException"/>
    /// when <paramref name="cancellationToken"/> asks for it or the sender is disposed; parts that went out before stay out.
    /// </summary>
    public Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message is { EditMessageId: not null, Attachment: not null })
            throw new ArgumentException("An edit can't add a file to a message.", nameof(message));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<SendOutcome>(cancellationToken);
        var parts = OutgoingPart.Of(message);
        if (parts.Count == 0)
            return Task.FromResult<SendOutcome>(new SendOutcome.Refused(new TelegramRefusal(400, "message text is empty")));
        PendingMessage pending;
        lock (_gate)
        {
            if (_isClosed)
                return Task.FromCanceled<SendOutcome>(new CancellationToken(canceled: true));
            pending = new PendingMessage(message, parts, _sequence++, cancellationToken);
            if (!_schedule.TrySupersede(pending) && message.Priority is MessagePriority.Notice or MessagePriority.Card && _schedule.Count >= _limits.MaximumWaiting)
                return Task.FromResult<SendOutcome>(new SendOutcome.QueueFull(_schedule.Count, _limits.MaximumWaiting));
            _schedule.Add(pending);
        }
        return AwaitAsync(pending);
    }

    /// <summary>Cancels what waits and what is under way.</summary>
    public void Dispose()
    {
        List<PendingMessage> left;
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            left = _schedule.Clear();
        }
        _timer.Dispose();
        _closing.Cancel();
        foreach (var pending in left)
            pending.Completion.TrySetCanceled(CancellationToken.None);
    }

    private async Task<SendOutcome> AwaitAsync(PendingMessage pending)
    {
        await using var registration = pending.CancellationToken.Register(() => Withdraw(pending));
        Pump();
        return await pending.Completion.Task;
    }

    private void Withdraw(PendingMessage pending)
    {
        lock (_gate)
            // The call under way is cancelled by the same token and ends the message itself.
            if (pending.IsUnderway || !_schedule.Remove(pending))
                return;
        pending.Completion.TrySetCanceled(pending.CancellationToken);
        Pump();
    }

    /// <summary>Starts everything that is due and sets the timer to the next that will be.</summary>
    private void Pump()
    {
        lock (_gate)
        {
            // Whoever pumps looks again before it stops, and so sees what changed here.
            if (_isPumping)
                return;
            _isPumping = true;
        }
        while (TakeDue() is { } due)
            foreach (var (lane, pending) in due)
                // Ends in the message's outcome; nothing is left to await.
                _ = DeliverAsync(lane, pending);
    }

    /// <summary>What is due now; null when nothing is, and then the pump stands still and the timer is set.</summary>
    private List<(ChatLane Lane, PendingMessage Pending)>? TakeDue()
    {
        lock (_gate)
        {
            var due = new List<(ChatLane, PendingMessage)>();
            TimeSpan? wake = null;
            if (!_isClosed)
                while (_schedule.TakeNext(Now, out wake) is { } next)
                    due.Add(next);
            if (due.Count > 0)
                return due;
            _isPumping = false;
            if (!_isClosed)
                SetTimer(wake);
            return null;
        }
    }

    private void SetTimer(TimeSpan? wake)
    {
        var wait = wake is { } at ? at - Now : Timeout.InfiniteTimeSpan;
        if (wake is not null)
            // Timers count whole milliseconds; rounding down would wake too early, over and over.
            wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task DeliverAsync(ChatLane lane, PendingMessage pending)
    {
        TelegramResult<MessageReceipt>? result = null;
        Exception? failure = null;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pending.CancellationToken, _closing.Token);
            result = await _api.SendAsync(pending.Part.Request(pending), either.Token);
        }
        catch (Exception exception)
        {
            // Cancellation, or a defect: either way it belongs to the caller of this message.
            failure = exception;
        }
        SendOutcome? outcome = null;
        lock (_gate)
        {
            _schedule.End(lane, pending, Now);
            if (result is not null)
                (outcome, failure) = TryApply(lane, pending, result);
            if (failure is not null || outcome is not null || pending.CancellationToken.IsCancellationRequested)
                _schedule.Remove(pending);
        }
        Complete(pending, outcome, failure);
        Pump();
    }

    private void Complete(PendingMessage pending, SendOutcome? outcome, Exception? failure)
    {
        if (outcome is not null)
            pending.Completion.TrySetResult(outcome);
        else if (pending.CancellationToken.IsCancellationRequested)
            pending.Completion.TrySetCanceled(pending.CancellationToken);
        else if (failure is OperationCanceledException)
            pending.Completion.TrySetCanceled(CancellationToken.None);
        else if (failure is not null)
        {
            _logger.LogError(failure, "Sending to chat {ChatId} broke.", pending.ChatId);
            pending.Completion.TrySetException(failure);
        }
    }

    private (SendOutcome? Outcome, Exception? Failure) TryApply(ChatLane lane, PendingMessage pending, TelegramResult<MessageReceipt> result)
    {
        try
        {
            return (Apply(lane, pending, result), null);
        }
        catch (Exception exception)
        {
            // A defect must reach the caller of this message; unseen, the message would wait for ever.
            return (null, exception);
        }
    }

    /// <summary>What the answer means for the message; null when it goes on.</summary>
    private SendOutcome? Apply(ChatLane lane, PendingMessage pending, TelegramResult<MessageReceipt> result)
    {
        switch (result)
        {
            case TelegramResult<MessageReceipt>.Ok { Value: var receipt }:
                return PartSent(pending, receipt.MessageId);
            case TelegramResult<MessageReceipt>.TooManyRequests { RetryAfter: var retryAfter }:
                var wait = retryAfter < _limits.LongestObedience ? retryAfter : _limits.LongestObedience;
                _schedule.Flooded(lane, Now, wait);
                _logger.LogWarning("Telegram asks to wait {RetryAfter} with chat {ChatId}; waiting {Wait}.", retryAfter, pending.ChatId, wait);
                return null;
            case TelegramResult<MessageReceipt>.Unreachable { Reason: var reason, HttpStatus: var status }:
                pending.Failed(Now, answered: status is not null, failures => _limits.Backoff.After(failures, _jitter()));
                _logger.LogWarning("Chat {ChatId}, attempt {Attempt}: {Reason}.", pending.ChatId, pending.Failures, reason);
                return null;
            case TelegramResult<MessageReceipt>.Refused { Refusal: var refusal }:
                return Refused(pending, refusal);
            default:
                throw new InvalidOperationException($"An unknown kind of result, {result.GetType().Name}.");
        }
    }

    private static SendOutcome.Delivered? PartSent(PendingMessage pending, long messageId)
    {
        pending.PartSent(messageId);
        return pending.IsComplete ? new SendOutcome.Delivered(pending.ChatId, pending.AsPlainText) { MessageIds = pending.Sent } : null;
    }

    private SendOutcome? Refused(PendingMessage pending, TelegramRefusal refusal)
    {
        if (pending.IsEdit && refusal.IsNotModified)
            return PartSent(pending, pending.Message.EditMessageId!.Value);
        if (refusal.IsMarkupRefused && !pending.AsPlainText)
        {
            _logger.LogError("Telegram refused the markup of a message to chat {ChatId}; it goes as plain text.", pending.ChatId);
            // The description quotes the message.
            _logger.LogDebug("Refused markup: {Description}", refusal.Description);
            pending.AsPlainText = true;
            return null;
        }
        if (refusal.IsTextTooLong && pending.TryDividePart())
        {
            _logger.LogError("Telegram found a part for chat {ChatId} too long; it goes in smaller ones.", pending.ChatId);
            return null;
        }
        if (refusal.IsFileRefused && pending.TryDropFile())
        {
            _logger.LogWarning("Chat {ChatId} refused a picture or file ({Code} {Description}); the text goes without it.", pending.ChatId, refusal.ErrorCode, refusal.Description);
            return null;
        }
        if (refusal.MigrateToChatId is { } newChatId && !pending.HasMigrated)
        {
            _logger.LogWarning("Chat {ChatId} became supergroup {NewChatId}; the settings should name the new id.", pending.ChatId, newChatId);
            _schedule.Migrate(pending, newChatId);
            return null;
        }
        _logger.LogWarning("Chat {ChatId} refused a message: {Code} {Description}.", pending.ChatId, refusal.ErrorCode, refusal.Description);
        return pending.IsEdit && refusal.IsEditTargetGone
            ? new SendOutcome.EditTargetGone(refusal) { MessageIds = pending.Sent }
            : new SendOutcome.Refused(refusal) { MessageIds = pending.Sent };
    }
}
