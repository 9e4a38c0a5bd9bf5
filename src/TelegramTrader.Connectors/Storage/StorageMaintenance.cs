using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// Looks after the trading database while it is in use. Drops what is old and only of passing use: journal entries, answered and delivered outbox entries, log lines.
/// Posts, signals, trades, orders, fills, funding, notes and commands are never touched. Works in small batches, so that a commit of the engine never waits for
/// more than one of them.
/// </summary>
/// <param name="batch">Rows a transaction.</param>
public sealed class StorageMaintenance(DataFolder folder, int batch = 500)
{
    /// <returns>How many rows were dropped.</returns>
    public CleanUpResult CleanUp(Instant olderThan, CancellationToken cancellation = default)
    {
        // How far back the old rows reach is looked up beside the writer; rows are in the order of time, so the writer then only meets old ones.
        var ends = EndsOf(olderThan);
        var journal = Drop("DELETE FROM Journal WHERE Sequence IN (SELECT Sequence FROM Journal WHERE Sequence <= $1 LIMIT $2)", ends.Journal, cancellation);
        var deliveries = Drop("DELETE FROM Deliveries WHERE Id IN (SELECT Id FROM Deliveries WHERE Id <= $1 AND SentAt IS NOT NULL LIMIT $2)", ends.Deliveries, cancellation);
        // A fact of which a delivery is left must stay with it; an order whose answer is still due stays too.
        var outbox = Drop(
            "DELETE FROM Outbox WHERE Id IN (SELECT Id FROM Outbox WHERE Id <= $1 AND DoneAt IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Deliveries WHERE OutboxId = Outbox.Id) LIMIT $2)",
            ends.Outbox, cancellation);
        var logs = Drop("DELETE FROM Logs WHERE Id IN (SELECT Id FROM Logs WHERE Id <= $1 LIMIT $2)", ends.Logs, cancellation);
        // Without a limit, looking at a large table would hold up the engine.
        folder.Writer.RunAlone("PRAGMA analysis_limit = 400");
        folder.Writer.RunAlone("PRAGMA optimize");
        return new CleanUpResult(journal, outbox + deliveries, logs);
    }

    /// <summary>Looks at every page of the trading database, beside everything else that goes on. What is wrong with it, or null when it is sound.</summary>
    public string? FindDamage()
    {
        using var context = folder.Read();
        context.Database.OpenConnection();
        return DatabaseFile.FindDamage((SqliteConnection)context.Database.GetDbConnection());
    }

    private (long? Journal, long? Deliveries, long? Outbox, long? Logs) EndsOf(Instant olderThan)
    {
        using var context = folder.Read();
        return (
            context.Journal.Where(row => row.At < olderThan).Max(row => (long?)row.Sequence),
            context.Deliveries.Where(row => row.CreatedAt < olderThan).Max(row => (long?)row.Id),
            context.Outbox.Where(row => row.CreatedAt < olderThan).Max(row => (long?)row.Id),
            context.Logs.Where(row => row.At < olderThan).Max(row => (long?)row.Id));
    }

    private int Drop(string sql, long? end, CancellationToken cancellation)
    {
        if (end is null)
            return 0;
        var dropped = 0;
        int last;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            last = folder.Writer.Write(transaction => transaction.Execute(sql, end, batch));
            dropped += last;
        }
        while (last == batch);

        return dropped;
    }
}

public sealed record CleanUpResult(int Journal, int Outbox, int Logs);
