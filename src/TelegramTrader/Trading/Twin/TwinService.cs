using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.Settings;

namespace TelegramTrader.Trading.Twin;

/// <summary>The twin's own task. A failure ends the twin and nothing else: it is told once, and what is traded goes on.</summary>
public sealed class TwinService(TwinDesk twin, StorageSettings storage, NotificationOutbox outbox, Recipients recipients, TimeProvider time, ILogger<TwinService> log) : BackgroundService
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleanUpEvery = TimeSpan.FromDays(1);

    private Instant Now => Instant.From(time.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            twin.Start(Now);
            await FollowAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            End();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TickEvery, time);
        var tick = timer.WaitForNextTickAsync(cancellation).AsTask();
        var input = twin.Queue.Reader.WaitToReadAsync(cancellation).AsTask();
        var cleanedAt = Instant.Epoch;
        while (true)
        {
            await Task.WhenAny(tick, input);
            if (input.IsCompleted)
            {
                await input;
                twin.HandleWaiting();
                input = twin.Queue.Reader.WaitToReadAsync(cancellation).AsTask();
            }

            if (!tick.IsCompleted)
                continue;
            await tick;
            tick = timer.WaitForNextTickAsync(cancellation).AsTask();
            // Behind, an order would arrive at a price of the past as if it were of now.
            if (twin.Queue.Reader.Count > 0)
                continue;
            twin.Tick(Now);
            if (Now - cleanedAt < CleanUpEvery)
                continue;
            cleanedAt = Now;
            twin.CleanUp(Now - TimeSpan.FromDays(storage.KeepJournalDays));
        }
    }

    private void End()
    {
        try
        {
            twin.EndInOrder(Now);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        twin.Stop(exception.Message);
        log.LogError(exception, "The paper twin has stopped; live trading goes on without it");
        Tell(exception.Message);
    }

    private void Tell(string reason)
    {
        try
        {
            var stopped = new Notification.TwinStopped(reason);
            outbox.Add(stopped, recipients.Of(stopped), Now);
        }
        catch (Exception exception)
        {
            // Whatever keeps it from being told: it is in the log and in /status, and nothing else may suffer.
            log.LogError(exception, "That the paper twin has stopped ({Reason}) could not be told", reason);
        }
    }
}
