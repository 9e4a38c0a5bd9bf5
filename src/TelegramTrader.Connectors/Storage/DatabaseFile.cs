using Microsoft.Data.Sqlite;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Opens SQLite files the way this program uses them: write-ahead log, every commit on disk before it returns, foreign keys checked.</summary>
internal static class DatabaseFile
{
    private const int CorruptDatabase = 11;
    private const int NotADatabase = 26;

    // Other processes, such as a backup or a viewer, may hold the file for a moment.
    private const int BusySeconds = 5;

    // Checking takes some three seconds a gigabyte, and positions wait meanwhile; what is larger is checked beside the running bot.
    private const long CheckedAtOpen = 1_000_000_000;

    /// <param name="pooled">Kept open for the next one. The writer is opened once; only readers come and go.</param>
    public static string ConnectionString(string path, SqliteOpenMode mode, bool pooled = false) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
        Pooling = pooled,
    }.ToString();

    /// <summary>Opens the file, makes it if it is not there, lets <paramref name="prepare"/> check and change its schema, and turns on the write-ahead log.</summary>
    /// <param name="prepare">Gets the open connection; whatever it refuses must still be unchanged.</param>
    public static SqliteConnection Open(string path, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA busy_timeout = {BusySeconds * 1000}");
            if (new FileInfo(path).Length <= CheckedAtOpen && FindDamage(connection) is { } damage)
                throw Damaged(path, damage, null);
            prepare(connection);
            if (Text(connection, "PRAGMA journal_mode = WAL") is not "wal")
                throw new DataFolderException($"'{path}' lies on a drive that can't keep a write-ahead log, as network drives can't: start with a data folder on a local drive.");
            Run(connection, "PRAGMA synchronous = FULL");
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw exception.SqliteErrorCode is CorruptDatabase or NotADatabase
                ? Damaged(path, exception.Message, exception)
                : new DataFolderException($"The database '{path}' can't be opened: see that the drive has room and that this user may write the file. ({exception.Message})", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static string? Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Looks at every page. What is wrong with them, or null when they are sound.</summary>
    public static string? FindDamage(SqliteConnection connection) => Text(connection, "PRAGMA quick_check(1)") is var result and not "ok" ? result ?? "no answer to a check" : null;

    private static DataFolderException Damaged(string path, string what, Exception? cause)
    {
        var text = $"The database '{path}' is damaged and was left as it is: restore the data folder from a backup, or start with another data folder. ({what})";
        return cause is null ? new DataFolderException(text) : new DataFolderException(text, cause);
    }
}
