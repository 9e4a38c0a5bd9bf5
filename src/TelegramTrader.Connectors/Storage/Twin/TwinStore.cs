using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Twin;

/// <summary>
/// Keeps the pairs of live trades and their twins in a file of the twin's own folder. Documents that nothing else reads; a version number in the file takes the place of a
/// model and its migrations.
/// </summary>
public sealed class TwinStore : IDisposable
{
    private const string MarkKey = "clean-end";
    private const string SinceKey = "since";

    // Each entry brings a file from the version before it to the next. Only ever added to.
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE Pairs (Number INTEGER NOT NULL PRIMARY KEY, SignalId TEXT NOT NULL UNIQUE, IsSettled INTEGER NOT NULL, Document TEXT NOT NULL);
        CREATE INDEX IX_Pairs_Unsettled ON Pairs (Number) WHERE IsSettled = 0;
        CREATE TABLE Notes (Key TEXT NOT NULL PRIMARY KEY, Document TEXT NOT NULL);
        """,
    ];

    private readonly StorageWriter _writer;

    /// <summary>Opens the file of the folder or makes it. Throws <see cref="DataFolderException"/> when it is damaged or of a newer version.</summary>
    public TwinStore(DataFolder folder)
    {
        var path = folder.FileAt("twin-trades.db");
        _writer = new StorageWriter(DatabaseFile.Open(path, connection => Upgrade(connection, path)));
    }

    /// <summary>A number stands for one signal for ever; another signal under it breaks the unique key.</summary>
    public void Save(TwinTrade pair) => _writer.Write(transaction => transaction.Execute(
        "INSERT INTO Pairs (Number, SignalId, IsSettled, Document) VALUES ($1, $2, $3, $4) ON CONFLICT (Number) DO UPDATE SET IsSettled = excluded.IsSettled, Document = excluded.Document",
        pair.Number, pair.Signal.Value, pair.IsSettled, DomainJson.Write(pair)));

    /// <summary>All pairs there ever were, by number.</summary>
    public IReadOnlyList<TwinTrade> Load() => _writer.Write(transaction => transaction.Rows("SELECT Document FROM Pairs ORDER BY Number", Document));

    public TwinTrade? Find(int number) => _writer.Write(transaction => transaction.Rows("SELECT Document FROM Pairs WHERE Number = $1", Document, number)).FirstOrDefault();

    /// <summary>When the twin was started first; what began before can't have one.</summary>
    public Instant Since(Instant now)
    {
        if (Note<TwinMark>(SinceKey) is { } mark)
            return mark.At;
        Put(SinceKey, new TwinMark(now));
        return now;
    }

    /// <summary>The mark of the last clean end, which counts once; null after any other end.</summary>
    public TwinMark? TakeMark()
    {
        var mark = Note<TwinMark>(MarkKey);
        _writer.Write(transaction => transaction.Execute("DELETE FROM Notes WHERE Key = $1", MarkKey));
        return mark;
    }

    public void Mark(Instant at) => Put(MarkKey, new TwinMark(at));

    public void Dispose() => _writer.Dispose();

    private T? Note<T>(string key)
        where T : class => _writer.Write(transaction => transaction.Value("SELECT Document FROM Notes WHERE Key = $1", key)) is string json ? DomainJson.Read<T>(json) : null;

    private void Put<T>(string key, T note) => _writer.Write(transaction => transaction.Execute(
        "INSERT INTO Notes (Key, Document) VALUES ($1, $2) ON CONFLICT DO UPDATE SET Document = excluded.Document", key, DomainJson.Write(note)));

    private static TwinTrade Document(SqliteDataReader reader) => DomainJson.Read<TwinTrade>(reader.GetString(0));

    private static void Upgrade(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > Versions.Length)
            throw new DataFolderException(string.Create(CultureInfo.InvariantCulture,
                $"The twin's file '{path}' was written by a newer version of this program and was left as it is: start that version, or move the folder away. (version {version}, known up to {Versions.Length})"));
        for (; version < Versions.Length; version++)
            DatabaseFile.Run(connection, string.Create(CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {Versions[version]} PRAGMA user_version = {version + 1}; COMMIT;"));
    }
}
