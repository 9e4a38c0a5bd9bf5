using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Outbox;

/// <summary>
/// What people are still to be told. A delivery to each chat was written with the fact itself, so nothing is lost while Telegram is down or the bot is not running;
/// nothing unsent is ever deleted. A message may be sent twice only when the program dies between sending and <see cref="MarkSent"/>.
/// </summary>
public sealed class NotificationOutbox(DataFolder folder)
{
    /// <summary>What is due, the most urgent first and then the oldest.</summary>
    public IReadOnlyList<PendingDelivery> Pending(Instant now, int limit)
    {
        using var context = folder.Read();
        var due = context.Deliveries.Where(row => row.SentAt == null && row.DueAt <= now).OrderByDescending(row => row.Urgency).ThenBy(row => row.Id).Take(limit)
            .Join(context.Outbox, delivery => delivery.OutboxId, outbox => outbox.Id, (delivery, outbox) => new { delivery, outbox.Document })
            .ToArray();
        return [.. due.OrderByDescending(row => row.delivery.Urgency).ThenBy(row => row.delivery.Id).Select(row => new PendingDelivery(
            row.delivery.Id, row.delivery.ChatId, DomainJson.Read<Notification>(row.Document!), row.delivery.CreatedAt, row.delivery.Failures))];
    }

    public void MarkSent(long id, Instant at) => Mark(
        "UPDATE Deliveries SET SentAt = $1 WHERE Id = $2 AND SentAt IS NULL", id, at.UnixMilliseconds, id);

    /// <param name="reason">Why it failed, without secrets.</param>
    /// <param name="retryAt">When it is due again; other chats are not held up by it.</param>
    public void MarkFailed(long id, string reason, Instant retryAt) => Mark(
        "UPDATE Deliveries SET DueAt = $1, Failures = Failures + 1, LastFailure = $3 WHERE Id = $2 AND SentAt IS NULL", id, retryAt.UnixMilliseconds, id, reason);

    public OutboxCounts Counts()
    {
        using var context = folder.Read();
        var unsent = context.Deliveries.Where(row => row.SentAt == null);
        return new OutboxCounts(
            unsent.Count(row => row.Failures == 0),
            unsent.Count(row => row.Failures > 0),
            context.Deliveries.Count(row => row.SentAt != null),
            unsent.Min(row => (Instant?)row.CreatedAt));
    }

    private void Mark(string sql, long id, params object?[] values)
    {
        if (folder.Writer.Write(transaction => transaction.Execute(sql, values)) == 0)
            throw new InvalidOperationException($"Delivery {id} is not among those that are still to be sent.");
    }
}

/// <summary>One notification that one chat has not got yet.</summary>
/// <param name="Id">For saying what became of it.</param>
/// <param name="CreatedAt">When it happened: a message that comes late says so.</param>
/// <param name="Failures">How often sending it failed.</param>
public sealed record PendingDelivery(long Id, long ChatId, Notification Notification, Instant CreatedAt, int Failures);

/// <param name="Waiting">Not tried yet.</param>
/// <param name="Failing">Tried at least once, and tried again.</param>
/// <param name="OldestUnsent">When the oldest unsent one happened; null when all were sent.</param>
public sealed record OutboxCounts(int Waiting, int Failing, int Sent, Instant? OldestUnsent);
