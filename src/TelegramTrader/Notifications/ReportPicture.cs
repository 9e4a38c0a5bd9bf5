using Microsoft.Extensions.Logging;
using TelegramTrader.Charts;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Core.Engine;
using TelegramTrader.TelegramFront;
using TelegramTrader.Trading;

namespace TelegramTrader.Notifications;

/// <summary>
/// The equity of the last weeks as a picture behind the report of the day that has just ended. It is sent after the report was delivered, and nobody waits for it: whatever goes wrong costs the
/// picture and never the report, and it is not tried again.
/// </summary>
public sealed class ReportPicture(PictureDesk pictures, ResultPictures results, TradingDesk desk, TelegramSender sender, ILogger<ReportPicture> log)
{
    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    /// <summary>Returns at once. Does nothing for any other notification, nor for a day without a trade or one that is reported late.</summary>
    /// <param name="report">The message with the report.</param>
    public void SendBehind(Notification notification, long chatId, long? report, CancellationToken cancellation)
    {
        if (notification is Notification.DayReported { Trades: > 0, Day: var day } && day == new TradingCalendar(desk.Settings.TimeZone).LocalDate(desk.Now).AddDays(-1))
            _ = Task.Run(() => SendAsync(chatId, report, cancellation), CancellationToken.None);
    }

    private async Task SendAsync(long chatId, long? report, CancellationToken cancellation)
    {
        try
        {
            var (file, trouble) = await pictures.DrawAsync(results.Equity(desk.Now - Shown, channel: null), cancellation);
            if (file is null)
            {
                log.LogInformation("The report of the day has no picture: {Trouble}", trouble);
                return;
            }

            var outcome = await sender.SendAsync(
                new OutgoingMessage
                {
                    ChatId = chatId,
                    Text = TelegramMarkup.Write(ChatAnswer.Of($"{desk.Label}: closed trades of the last {Shown.TotalDays:0} days")),
                    Attachment = new Attachment.Photo(new InputFile(file.Name, file.Png, "image/png")),
                    ReplyTo = report,
                    Priority = MessagePriority.Notice,
                    Silent = true,
                }, cancellation);
            if (outcome is not SendOutcome.Delivered)
                log.LogWarning("The picture behind the report of the day was not delivered: {Outcome}", outcome);
        }
        catch (OperationCanceledException)
        {
            // The bot ends.
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The picture behind the report of the day could not be sent");
        }
    }
}
