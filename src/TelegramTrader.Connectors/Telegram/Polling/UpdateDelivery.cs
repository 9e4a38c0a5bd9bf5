using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Polling;

/// <summary>Hands one update to the handler, a few times if need be, and always comes to an end with it.</summary>
internal sealed class UpdateDelivery(
    Func<Update, CancellationToken, Task> handler,
    TimeProvider time,
    Func<double> jitter,
    Action<UpdateFailure> report,
    ILogger logger)
{
    private const int Attempts = 3;

    /// <summary>Returns when the update is handled or given up; throws only for <paramref name="cancellationToken"/>, and then it is neither.</summary>
    public async Task DeliverAsync(Update update, CancellationToken cancellationToken)
    {
        if (update.Problem is { } problem)
        {
            report(new UpdateFailure(update.UpdateId, $"Update {update.UpdateId} can't be read: {problem}.", 0, IsPassedOver: true));
            return;
        }
        if (!update.HasContent)
        {
            logger.LogDebug("{Update} is of a kind that is not used.", update);
            return;
        }
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await handler(update, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                var isLast = attempt == Attempts;
                logger.LogError(exception, "Handling {Update} failed, attempt {Attempt} of {Attempts}.", update, attempt, Attempts);
                var description = $"Update {update.UpdateId} failed at attempt {attempt} of {Attempts}{(isLast ? " and is passed over" : "")}: {exception.Message}";
                report(new UpdateFailure(update.UpdateId, description, attempt, isLast, exception));
                if (!isLast)
                    await Task.Delay(Backoff.Standard.After(attempt, jitter()), time, cancellationToken);
            }
        }
    }
}
