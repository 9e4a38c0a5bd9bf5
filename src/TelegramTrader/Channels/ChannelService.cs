using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Core.Engine;
using TelegramTrader.Notifications;
using TelegramTrader.Trading;

namespace TelegramTrader.Channels;

/// <summary>Listens to the followed channels from when the engine may trade until the bot ends, and tells when one falls silent or can't be read any more.</summary>
public sealed class ChannelService(
    ChannelParts parts, ChannelListener listener, PostIntake intake, NotificationOutbox outbox, Recipients recipients, TradingDesk desk, ILogger<ChannelService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        listener.Alarmed += OnAlarm;
        try
        {
            await intake.Ready.WaitAsync(stoppingToken);
            await Task.WhenAll(parts.RunGatewayAsync(stoppingToken), listener.RunAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The channels are not listened to any more");
        }
        finally
        {
            listener.Alarmed -= OnAlarm;
        }
    }

    private void OnAlarm(ChannelAlarm alarm)
    {
        var reason = alarm switch
        {
            ChannelAlarm.Silent silent => $"no post for {silent.Since.TotalHours:0} h; its longest usual pause is {silent.LongestUsual.TotalHours:0} h",
            ChannelAlarm.Unreadable unreadable => unreadable.Reason,
            _ => throw new InvalidOperationException($"{alarm.GetType().Name} is not in the set of alarms."),
        };
        var notification = new Notification.ConnectionLost($"The channel {alarm.Title}", reason);
        outbox.Add(notification, recipients.Of(notification), desk.Now);
    }
}
