using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Polling;

/// <summary>
/// Receives updates by long polling and hands them on in order. Promises: at least once each – the offset is saved only when
/// the handler is done with an update, so after a crash the one in hand comes again and no other; nothing waiting is ever dropped;
/// no update, handler or outage stops it.
/// </summary>
public sealed class UpdatePoller
{
    private static readonly string[] Kinds = ["message", "edited_message", "callback_query"];

    // Telegram holds a poll until something happens; whoever answers "nothing" at once must not be asked without pause.
    private static readonly TimeSpan PauseAfterHastyAnswer = TimeSpan.FromSeconds(1);

    private readonly ITelegramApi _api;
    private readonly IUpdateOffsetStore _offsets;
    private readonly PollerReports _reports;
    private readonly TimeProvider _time;
    private readonly ILogger<UpdatePoller> _logger;
    private readonly UpdateDelivery _delivery;
    private readonly PollerConnection _connection;
    private readonly int _pollSeconds;
    private long? _next;
    private bool _isProbing = true;

    /// <param name="handler">Called with one update at a time. Finishing means "done with it", so anything that must not be lost is stored by then.</param>
    /// <param name="pollTimeout">How long Telegram holds a poll: whole seconds, 1 to 50.</param>
    /// <param name="jitter">A random number from 0 to 1 with each call: how much of half of a wait after trouble is taken off.</param>
    public UpdatePoller(
        ITelegramApi api,
        IUpdateOffsetStore offsets,
        Func<Update, CancellationToken, Task> handler,
        PollerReports reports,
        TimeSpan pollTimeout,
        TimeProvider time,
        Func<double> jitter,
        ILogger<UpdatePoller> logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pollTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pollTimeout, TimeSpan.FromSeconds(50));
        _api = api;
        _offsets = offsets;
        _reports = reports;
        _time = time;
        _logger = logger;
        _pollSeconds = (int)pollTimeout.TotalSeconds;
        _delivery = new UpdateDelivery(handler, time, jitter, Report, logger);
        _connection = new PollerConnection(time, jitter, Report);
    }

    /// <summary>
    /// Polls until cancelled and then returns. Throws only what <see cref="IUpdateOffsetStore.LoadAsync"/> throws, before the first poll.
    /// To be called once.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _next = await _offsets.LoadAsync();
        try
        {
            while (true)
            {
                var wait = await PollAsync(cancellationToken);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("Polling ended; the next update is {Offset}.", _next);
        }
    }

    /// <summary>One poll; the answer is how long to wait before the next.</summary>
    private async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        var request = new GetUpdates
        {
            Offset = _next,
            Limit = 100,
            // The first poll, and the first after an outage, is answered at once, so that a connection is known when it is there.
            Timeout = _isProbing ? 0 : _pollSeconds,
            AllowedUpdates = Kinds,
        };
        var asked = _time.GetTimestamp();
        var result = await _api.SendAsync(request, cancellationToken);
        if (result is not TelegramResult<IReadOnlyList<Update>>.Ok { Value: var updates })
            return await AfterTroubleAsync(result, cancellationToken);
        _connection.Answered();
        foreach (var update in updates)
            await TakeAsync(update, cancellationToken);
        var isHasty = updates.Count == 0 && !_isProbing && _time.GetElapsedTime(asked) < PauseAfterHastyAnswer;
        _isProbing = false;
        return isHasty ? PauseAfterHastyAnswer : TimeSpan.Zero;
    }

    private async Task TakeAsync(Update update, CancellationToken cancellationToken)
    {
        await _delivery.DeliverAsync(update, cancellationToken);
        // Followed, not only raised: after a quiet week Telegram counts from a new, possibly smaller number.
        _next = update.UpdateId + 1;
        try
        {
            await _offsets.SaveAsync(_next.Value);
        }
        catch (Exception exception)
        {
            // Going on is safe: the next poll confirms to Telegram what is handled. Only a crash before it would bring the update again.
            _logger.LogError(exception, "The offset {Offset} could not be saved.", _next);
            Report(new UpdateFailure(update.UpdateId, $"The offset {_next} could not be saved: {exception.Message}", 0, IsPassedOver: false, exception));
        }
    }

    private async Task<TimeSpan> AfterTroubleAsync(TelegramResult<IReadOnlyList<Update>> result, CancellationToken cancellationToken)
    {
        if (result is not TelegramResult<IReadOnlyList<Update>>.Refused { Refusal.IsWebhookActive: true })
            return AfterTrouble(result);
        var removed = await _api.SendAsync(new DeleteWebhook(), cancellationToken);
        return removed is TelegramResult<bool>.Ok ? _connection.WebhookRemoved() : AfterTrouble(removed);
    }

    private TimeSpan AfterTrouble<TResult>(TelegramResult<TResult> result)
    {
        switch (result)
        {
            case TelegramResult<TResult>.TooManyRequests { RetryAfter: var wait }:
                return wait;
            case TelegramResult<TResult>.Refused { Refusal: { IsConflict: true } }:
                return _connection.Conflict();
            case TelegramResult<TResult>.Refused { Refusal: { IsUnauthorised: true, Description: var description } }:
                return _connection.TokenRefused(description);
            case TelegramResult<TResult>.Refused { Refusal: { ErrorCode: var code, Description: var description } }:
                _isProbing = true;
                return _connection.Lost($"Telegram refused: {code} {description}");
            case TelegramResult<TResult>.Unreachable { Reason: var reason }:
                _isProbing = true;
                return _connection.Lost(reason);
            default:
                throw new InvalidOperationException($"An unknown kind of result, {result.GetType().Name}.");
        }
    }

    private void Report(PollerStatus status)
    {
        _logger.LogInformation("Telegram: {Status}", status);
        Guard(() => _reports.Status(status));
    }

    private void Report(UpdateFailure failure) => Guard(() => _reports.Failure(failure));

    private void Guard(Action report)
    {
        try
        {
            report();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "A report of the poller failed.");
        }
    }
}
