using Microsoft.Data.Sqlite;

namespace TelegramTrader.Connectors.Storage.Ledger;

/// <summary>
/// Goes through the ledger from its first row and finds the first that is not as it was written. It looks at one moment of the database and changes nothing, also while a
/// bot is running; it holds one page of rows at a time.
/// </summary>
/// <remarks>
/// Rows are compared with their hash, with the row before and with the stored message. Somebody who may write to the file and makes every later hash, the head and the
/// messages anew leaves a chain that is sound in itself: only a head that was noted elsewhere tells that it is another one.
/// </remarks>
public sealed class LedgerVerifier(string databasePath, int page = 1000)
{
    private static readonly string[] InMessages = ["Change", "PostedAt", "ReceivedAt", "Text", "ReplyTo", "HasMedia"];

    private static readonly string PageOfRows =
        $"SELECT l.Number, {string.Join(", ", LedgerEncoding.Columns.Select(column => $"typeof(l.{column}), CAST(l.{column} AS BLOB)"))}, typeof(l.Hash), CAST(l.Hash AS BLOB), "
        + $"m.Id, {string.Join(", ", InMessages.Select(column => $"l.{column} IS m.{column}"))} "
        + "FROM Ledger l LEFT JOIN Messages m ON m.Channel = l.Channel AND m.MessageId = l.MessageId AND m.Revision = l.Revision "
        + "WHERE l.Number > $1 ORDER BY l.Number LIMIT $2";

    /// <exception cref="DataFolderException">There is no such database, or it can't be read.</exception>
    /// <param name="known">Rows whose hash was noted elsewhere, by number: the ledger must still have them.</param>
    public LedgerCheck Verify(IReadOnlyDictionary<long, string>? known = null, CancellationToken cancellation = default)
    {
        if (!File.Exists(databasePath))
            throw new DataFolderException($"There is no database '{databasePath}': say with Storage:Directory which data folder is meant.");
        try
        {
            using var connection = new SqliteConnection(DatabaseFile.ConnectionString(databasePath, SqliteOpenMode.ReadOnly));
            connection.Open();
            using var moment = connection.BeginTransaction(deferred: true);
            var reading = new Reading(connection, moment);
            return reading.Number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ('Ledger', 'LedgerHead', 'Messages')") == 3
                ? Verify(reading, known ?? new Dictionary<long, string>(), cancellation)
                : new LedgerCheck.NotBegun();
        }
        catch (SqliteException exception)
        {
            throw new DataFolderException($"The database '{databasePath}' can't be read: restore the data folder from a backup. ({exception.Message})", exception);
        }
    }

    private LedgerCheck Verify(Reading reading, IReadOnlyDictionary<long, string> known, CancellationToken cancellation)
    {
        var last = (Number: 0L, Hash: LedgerEncoding.Beginning);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = reading.Rows(PageOfRows, Entry.Read, last.Number, page);
            foreach (var entry in rows)
            {
                if (FaultOf(entry, last.Number, last.Hash) is { } fault)
                    return fault;
                if (known.TryGetValue(entry.Number, out var noted) && !noted.Equals(entry.Hash, StringComparison.OrdinalIgnoreCase))
                    return new LedgerCheck.Broken(entry.Number, entry.Post, $"its hash is {entry.Hash} and was noted as {noted}: the ledger was made anew up to here, by somebody who could write to it");
                last = (entry.Number, entry.Hash);
            }

            if (rows.Count < page)
                return FaultAtTheEnd(reading, last.Number, last.Hash) ?? Cut(known, last.Number) ?? (LedgerCheck)Sound(reading, last.Number, last.Hash);
        }
    }

    private static LedgerCheck.Broken? FaultOf(Entry entry, long lastNumber, string lastHash)
    {
        if (entry.Number != lastNumber + 1)
            return new LedgerCheck.Broken(lastNumber + 1, null, $"the row is missing; the next that is there is row {entry.Number}, {entry.Post}");
        var fits = entry.Hash == entry.ComputedHash;
        var follows = entry.PreviousHash == lastHash;
        var what = (fits, follows, entry) switch
        {
            (false, _, { Differing: { Count: > 0 } columns }) => $"the row was changed after it was written: {string.Join(", ", columns)} is not what the stored message has, and not what was hashed",
            (false, false, _) => $"the row is not the one that was written after row {lastNumber}: rows were reordered, inserted or removed here, or its link to the row before was changed",
            (false, true, _) => "the row was changed after it was written: what was hashed is not what it holds, and what the stored message has agrees (so look at origin, symbol, price, times of these, or the hash)",
            (true, false, _) => $"the row is whole and does not follow row {lastNumber}: a row was inserted, removed or rewritten before it",
            (true, true, { HasMessage: false }) => "there is no such message in the database: the row was inserted, or the message removed",
            (true, true, { Differing: { Count: > 0 } columns }) => $"the stored message was changed after it was received: its {string.Join(", ", columns)} is not what the ledger has",
            _ => null,
        };
        return what is null ? null : new LedgerCheck.Broken(entry.Number, entry.Post, what);
    }

    private static LedgerCheck.Broken? FaultAtTheEnd(Reading reading, long count, string hash)
    {
        if (reading.Number("SELECT COUNT(*) FROM LedgerHead") != 1 || reading.Number("SELECT Count FROM LedgerHead") is not { } known || reading.Text("SELECT Hash FROM LedgerHead") is not { } head)
            return new LedgerCheck.Broken(0, null, "the record of how far the ledger goes was removed or changed, so it can't be told whether rows are missing at the end");
        if (known > count)
            return new LedgerCheck.Broken(count + 1, null, $"the row is missing, and all after it up to row {known}: the end was cut off");
        if (known < count)
            return new LedgerCheck.Broken(known + 1, null, $"the row was added by something else than this program, whose last row is {known}");
        if (head != hash)
            return new LedgerCheck.Broken(count, null, "the last row is not the one that was written last: it was rewritten, or the record of its hash was changed");
        // A message beyond the ledger's beginning has its row, or somebody removed it.
        var unledgered = reading.Text(
            "SELECT m.Channel || ' message ' || m.MessageId || ' revision ' || m.Revision FROM Messages m WHERE m.Id > (SELECT LastMessageBefore FROM LedgerHead) "
            + "AND NOT EXISTS (SELECT 1 FROM Ledger l WHERE l.Channel = m.Channel AND l.MessageId = m.MessageId AND l.Revision = m.Revision) ORDER BY m.Id LIMIT 1");
        return unledgered is not null ? new LedgerCheck.Broken(0, unledgered, "the message is stored and has no row in the ledger: the row was removed, or the message inserted")
            : reading.Number("SELECT (SELECT COUNT(*) FROM Messages WHERE Id <= LastMessageBefore) - PostsBefore FROM LedgerHead") is var missing and not 0
                ? new LedgerCheck.Broken(0, null, $"the messages stored before the ledger began are not as many as then; the difference is {missing}")
                : null;
    }

    private static LedgerCheck.Broken? Cut(IReadOnlyDictionary<long, string> known, long count) => known.Keys.Where(number => number > count).Order().FirstOrDefault() is var missing and > 0
        ? new LedgerCheck.Broken(missing, null, $"its hash was noted, and the ledger has only {count} rows: it was made anew, or the end was cut off")
        : null;

    private static LedgerCheck.Sound Sound(Reading reading, long count, string hash) => new(count, hash, reading.Number("SELECT PostsBefore FROM LedgerHead") ?? 0);

    /// <summary>A row as the database holds it, whatever somebody put there.</summary>
    private sealed record Entry(long Number, string Post, string PreviousHash, string Hash, string ComputedHash, bool HasMessage, IReadOnlyList<string> Differing)
    {
        public static Entry Read(SqliteDataReader reader)
        {
            var values = new StoredValue[LedgerEncoding.Columns.Count];
            for (var index = 0; index < values.Length; index++)
                values[index] = Value(reader, 1 + index * 2);
            var next = 1 + values.Length * 2;
            var hash = Value(reader, next);
            var hasMessage = !reader.IsDBNull(next + 2);
            string[] differing = hasMessage ? [.. InMessages.Where((_, index) => reader.GetInt64(next + 3 + index) == 0)] : [];
            return new Entry(
                reader.GetInt64(0), $"{Words(values, "Channel")} message {Words(values, "MessageId")} revision {Words(values, "Revision")}", Words(values, "PreviousHash"),
                Words(hash), LedgerEncoding.Hash(values), hasMessage, differing);
        }

        private static StoredValue Value(SqliteDataReader reader, int at) => new(reader.GetString(at)[0], reader.IsDBNull(at + 1) ? [] : reader.GetFieldValue<byte[]>(at + 1));

        private static string Words(StoredValue[] values, string column) => Words(values[LedgerEncoding.Columns.TakeWhile(name => name != column).Count()]);

        private static string Words(StoredValue value) => System.Text.Encoding.UTF8.GetString(value.Bytes);
    }

    private sealed class Reading(SqliteConnection connection, SqliteTransaction moment)
    {
        public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params object[] values)
        {
            using var command = connection.CreateCommand();
            command.Transaction = moment;
            command.CommandText = sql;
            for (var index = 0; index < values.Length; index++)
                command.Parameters.AddWithValue("$" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), values[index]);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }

        public long? Number(string sql) => Rows(sql, row => row.GetValue(0) as long?).FirstOrDefault();

        public string? Text(string sql) => Rows(sql, row => row.GetValue(0) as string).FirstOrDefault();
    }
}
