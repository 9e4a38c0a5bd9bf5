using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.TelegramFront;
using TelegramTrader.Trading;

namespace TelegramTrader.Notifications;

/// <summary>
/// Brings what the outbox holds to its chats: alarms first, each at least once, none lost while Telegram is away. A notification that waited is sent with its age.
/// Trading never waits for it.
/// </summary>
public sealed class TelegramNotifier(
    NotificationOutbox outbox, PositionCards cards, TradeQueries queries, TradingDesk desk, TelegramSender sender, NotificationText texts, Formats formats, ReportPicture picture,
    TimeProvider time, ILogger<TelegramNotifier> log) : BackgroundService, ICommitListener
{
    private const int Batch = 50;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryClosedChat = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TellAgeFrom = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _wake = new(0);

    public void Committed(EngineCommit commit)
    {
        foreach (var output in commit.Outputs)
            if (output is EngineOutput.Notify && _wake.CurrentCount == 0)
                _wake.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                while (await DeliverAsync(stoppingToken) > 0)
                {
                }

                await _wake.WaitAsync(Idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogError(exception, "Bringing notifications to Telegram failed; they stay in the outbox and are tried again");
                await Task.Delay(Idle, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> DeliverAsync(CancellationToken cancellation)
    {
        var pending = outbox.Pending(Now, Batch);
        // One chat's trouble must not keep the others waiting.
        await Task.WhenAll(pending.GroupBy(delivery => delivery.ChatId).Select(async chat =>
        {
            foreach (var delivery in chat)
                await DeliverAsync(delivery, cancellation);
        }));
        return pending.Count;
    }

    private async Task DeliverAsync(PendingDelivery delivery, CancellationToken cancellation)
    {
        var notification = delivery.Notification;
        var isOnCard = false;
        if (notification.TradeNumber is { } number)
        {
            var card = await cards.ShowAsync(number, delivery.ChatId, notification.Urgency >= Urgency.Normal, cancellation);
            if (Problem(card.Outcome) is { } trouble)
            {
                Postpone(delivery, trouble);
                return;
            }

            // The card itself said it: it is new, or nothing but the card was to change.
            isOnCard = notification.Urgency == Urgency.Card || card is { IsNew: true, Outcome: SendOutcome.Delivered } && notification is Notification.TradeOpened;
        }

        SendOutcome? outcome = null;
        if (!isOnCard)
        {
            outcome = await sender.SendAsync(await MessageAsync(delivery, cancellation), cancellation);
            if (Problem(outcome) is { } trouble)
            {
                Postpone(delivery, trouble);
                return;
            }
        }

        outbox.MarkSent(delivery.Id, Now);
        if (outcome is SendOutcome.Delivered { MessageIds: var messages })
            picture.SendBehind(notification, delivery.ChatId, messages is [var first, ..] ? first : null, cancellation);
    }

    private async Task<OutgoingMessage> MessageAsync(PendingDelivery delivery, CancellationToken cancellation)
    {
        var notification = delivery.Notification;
        var trade = notification.TradeNumber is { } number ? await queries.TradeAsync(number, cancellation) : null;
        var answer = texts.Write(notification, trade);
        var age = desk.Now - delivery.CreatedAt;
        if (desk.HasRealTime && age >= TellAgeFrom)
            answer = answer with { Rows = [.. answer.Rows, new TextRow([new TextSpan($"{formats.Time(delivery.CreatedAt)}, {formats.Age(age)} ago", TextStyle.Italic)])] };
        return new OutgoingMessage
        {
            ChatId = delivery.ChatId,
            Text = TelegramMarkup.Write(answer),
            Priority = notification.Urgency == Urgency.Alarm ? MessagePriority.Alarm : MessagePriority.Notice,
            Silent = notification.Urgency < Urgency.Normal,
            ReplyTo = notification.TradeNumber is { } trade2 ? cards.MessageOf(trade2, delivery.ChatId) : null,
        };
    }

    private void Postpone(PendingDelivery delivery, string trouble)
    {
        log.LogWarning("A notification to chat {Chat} could not be delivered and is kept: {Trouble}", delivery.ChatId, trouble);
        outbox.MarkFailed(delivery.Id, trouble, Now + RetryClosedChat);
    }

    private static string? Problem(SendOutcome? outcome) => outcome switch
    {
        null or SendOutcome.Delivered or SendOutcome.Superseded or SendOutcome.EditTargetGone => null,
        SendOutcome.Refused refused => refused.Refusal.ToString(),
        SendOutcome.QueueFull full => $"{full.Waiting} messages wait already",
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is not in the set of outcomes."),
    };

    private Instant Now => Instant.From(time.GetUtcNow());
}
