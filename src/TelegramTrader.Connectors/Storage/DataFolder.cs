using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// The folder that holds everything the bot writes, opened by one process at a time: the trading database, the file of raw posts, the simulated exchange.
/// All writing to the database goes through <see cref="Writer"/>; reading has connections of its own, which see the last commit and can't write.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Holds what jobs made: a file each.</summary>
    private const string JobFolder = "jobs";

    private readonly FolderLock _lock;
    private readonly DbContextOptions<TradingDbContext> _reading;
    private readonly string _readingConnection;

    private DataFolder(string path, FolderLock folderLock)
    {
        Path = path;
        _lock = folderLock;
        var database = FileAt("trading.db");
        Writer = new StorageWriter(TradingDatabase.Open(database));
        var reading = new SqliteConnection(DatabaseFile.ConnectionString(database, SqliteOpenMode.ReadOnly));
        reading.Open();
        Reader = new StorageReader(reading);
        _readingConnection = DatabaseFile.ConnectionString(database, SqliteOpenMode.ReadOnly, pooled: true);
        _reading = new DbContextOptionsBuilder<TradingDbContext>()
            .UseSqlite(_readingConnection)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .Options;
        using var context = Read();
        Model = context.Model;
    }

    public string Path { get; }

    /// <summary>The one way to write to the trading database.</summary>
    public StorageWriter Writer { get; }

    /// <summary>For the few reads that must be as fast as the writes.</summary>
    internal StorageReader Reader { get; }

    internal IModel Model { get; }

    /// <summary>An engine has committed something here.</summary>
    public bool WasUsed
    {
        get
        {
            using var context = Read();
            return context.State.Any(row => row.Key == Journal.SqliteJournal.ScalarsKey);
        }
    }

    /// <summary>
    /// Opens the folder, makes it if it is not there, and brings its database to this version. Throws <see cref="DataFolderException"/> when the folder is in use,
    /// can't be written, or holds a database that is damaged, of a newer version, or of another program; nothing is changed then.
    /// </summary>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var folderLock = FolderLock.Take(full);
        try
        {
            return new DataFolder(full, folderLock);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes what a bot wrote into the folder, and nothing else. Throws <see cref="DataFolderException"/> when a bot is running there; then nothing is removed.
    /// </summary>
    public static void Clear(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        using var folderLock = FolderLock.Take(full);
        foreach (var pattern in new[] { "*.db", "*.db-wal", "*.db-shm", "*.db-journal", "signals_raw.jsonl" })
            foreach (var file in Directory.EnumerateFiles(full, pattern))
                File.Delete(file);
        if (System.IO.Path.Combine(full, JobFolder) is var jobs && Directory.Exists(jobs))
            foreach (var file in Directory.EnumerateFiles(jobs))
                File.Delete(file);
    }

    /// <summary>The full path of a file of the folder.</summary>
    public string FileAt(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The full path of what a job made; its folder is there.</summary>
    public string JobFileAt(string name) => System.IO.Path.Combine(Directory.CreateDirectory(FileAt(JobFolder)).FullName, name);

    /// <summary>A context for reading the last commit. It tracks nothing and refuses to write; dispose of it soon, because it keeps old pages alive.</summary>
    public TradingDbContext Read() => new(_reading);

    public void Dispose()
    {
        // The last connection to close tidies up the write-ahead log, so the pooled readers go first.
        using (var pooled = new SqliteConnection(_readingConnection))
            SqliteConnection.ClearPool(pooled);
        Reader.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }
}
