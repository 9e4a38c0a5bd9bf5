using Microsoft.EntityFrameworkCore.Metadata;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>Writes down what the engine wants done outside, and marks as done what an event answers.</summary>
internal sealed class OutboxEntries(IModel model, Func<Notification, IReadOnlyList<long>> recipients)
{
    private readonly RowTable<OutboxRow> _outbox = new(model);
    private readonly RowTable<DeliveryRow> _deliveries = new(model);

    /// <summary>What the event answers comes first: the same commit may ask for the same order again.</summary>
    public void Write(StorageTransaction transaction, EngineCommit commit)
    {
        MarkDone(transaction, commit);
        foreach (var output in commit.Outputs)
            Add(transaction, output, commit.Now);
    }

    private static void MarkDone(StorageTransaction transaction, EngineCommit commit)
    {
        switch (commit.Event)
        {
            case EngineEvent.OrderAnswered answered:
                Answered(transaction, answered.OrderId, answered.Answer, commit.Now);
                break;
            case EngineEvent.OrderFilled filled:
                Done(transaction, filled.Fill.OrderId, OutboxKind.Place, commit.Now);
                break;
            case EngineEvent.AccountReported { Report: var report }:
                foreach (var order in report.Orders)
                    Answered(transaction, order.Id, order.Answer, commit.Now);
                break;
        }

        // Nothing is waited for any more of an order that has ended.
        foreach (var order in commit.Changes.Orders.Values)
            if (!order.IsLive)
            {
                Done(transaction, order.Id, OutboxKind.Place, commit.Now);
                Done(transaction, order.Id, OutboxKind.Cancel, commit.Now);
                Done(transaction, order.Id, OutboxKind.Amend, commit.Now);
            }
    }

    private static void Answered(StorageTransaction transaction, ClientOrderId order, OrderAnswer answer, Instant now)
    {
        if (answer is OrderAnswer.Amended or OrderAnswer.AmendRefused or OrderAnswer.AmendUnknown)
        {
            Done(transaction, order, OutboxKind.Amend, now);
            return;
        }

        Done(transaction, order, OutboxKind.Place, now);
        // "Accepted" answers the order and says nothing about its withdrawal.
        if (answer is not OrderAnswer.Accepted)
            Done(transaction, order, OutboxKind.Cancel, now);
    }

    private static void Done(StorageTransaction transaction, ClientOrderId order, OutboxKind kind, Instant now) =>
        transaction.Execute("UPDATE Outbox SET DoneAt = $1 WHERE OrderId = $2 AND Kind = $3 AND DoneAt IS NULL", now.UnixMilliseconds, order.Value, kind.ToString());

    private void Add(StorageTransaction transaction, EngineOutput output, Instant now)
    {
        switch (output)
        {
            case EngineOutput.Place { Order.Intent: var intent }:
                _outbox.Insert(transaction, new OutboxRow
                {
                    Kind = OutboxKind.Place,
                    CreatedAt = now,
                    Account = intent.Account.Value,
                    OrderId = intent.Id.Value,
                    TradeNumber = intent.TradeNumber,
                    Document = DomainJson.Write(intent),
                });
                break;
            case EngineOutput.Cancel cancel:
                _outbox.Insert(transaction, new OutboxRow { Kind = OutboxKind.Cancel, CreatedAt = now, Account = cancel.Account.Value, OrderId = cancel.OrderId.Value });
                break;
            case EngineOutput.Amend amend:
                _outbox.Insert(transaction, new OutboxRow { Kind = OutboxKind.Amend, CreatedAt = now, Account = amend.Account.Value, OrderId = amend.OrderId.Value, Document = DomainJson.Write(amend.Change) });
                break;
            case EngineOutput.WithdrawForeign:
                // It stands with the foreign order, in the engine's state.
                break;
            case EngineOutput.AskAccount:
                // A question changes nothing out there, and every start asks anew.
                break;
            case EngineOutput.Notify { Notification: var notification }:
                AddNotification(transaction, notification, now);
                break;
            case EngineOutput.Answer:
                // The answer stands with its command.
                break;
            default:
                throw new InvalidOperationException($"{output.GetType().Name} is not in the set of engine outputs.");
        }
    }

    public void AddNotification(StorageTransaction transaction, Notification notification, Instant now)
    {
        var id = _outbox.Insert(transaction, new OutboxRow
        {
            Kind = OutboxKind.Notify,
            CreatedAt = now,
            DoneAt = now,
            TradeNumber = notification.TradeNumber,
            Document = DomainJson.Write(notification),
        });
        foreach (var chat in recipients(notification))
            _deliveries.Insert(transaction, new DeliveryRow { OutboxId = id, ChatId = chat, Urgency = (int)notification.Urgency, CreatedAt = now, DueAt = now });
    }
}
