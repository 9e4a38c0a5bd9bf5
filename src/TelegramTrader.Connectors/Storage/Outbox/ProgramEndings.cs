using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Outbox;

/// <summary>
/// The last time that the program ended by itself, and who has not heard of it. Apart from the outbox, because the program tells it on its way out, when what brings the outbox to its chats may
/// hang on the engine that failed.
/// </summary>
public sealed class ProgramEndings(DataFolder folder)
{
    private const string Key = "program-ended";

    private readonly KeyValueStore _values = new(folder);
    private readonly RowTable<StateRow> _table = new(folder.Model);

    /// <summary>Null when it never has.</summary>
    public ProgramEnding? Last => _values.Get<ProgramEnding>(Key);

    /// <param name="untold">The chats that have still to hear of it.</param>
    public void Note(Notification.ProgramEnded ended, IReadOnlyList<long> untold) => _values.Set(Key, new ProgramEnding(ended, untold));

    /// <summary>At a start: whoever has not heard of it does so through the outbox, once.</summary>
    public void TakeUp(Instant now)
    {
        if (Last is not { Untold: { Count: > 0 } untold } last)
            return;
        folder.Writer.Write(transaction =>
        {
            new OutboxEntries(folder.Model, _ => untold).AddNotification(transaction, last.Ended with { HasGoneOn = true }, now);
            _table.Put(transaction, new StateRow { Key = Key, Value = DomainJson.Write(last with { Untold = [] }) });
        });
    }
}

/// <param name="Untold">The chats that have still to hear of it.</param>
public sealed record ProgramEnding(Notification.ProgramEnded Ended, IReadOnlyList<long> Untold);
