using Microsoft.Data.Sqlite;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// Reads on the path of every post: prepared statements on a connection of its own, which neither waits for the writer nor keeps it waiting. What others read goes
/// through <see cref="DataFolder.Read"/>, which takes ten times as long and checks its queries when they are compiled.
/// </summary>
internal sealed class StorageReader : IDisposable
{
    private readonly Lock _turn = new();
    private readonly SqliteConnection _connection;
    private readonly StorageTransaction _statements;

    /// <param name="connection">Open, and not able to write.</param>
    public StorageReader(SqliteConnection connection)
    {
        _connection = connection;
        _statements = new StorageTransaction(connection);
    }

    /// <summary>Each statement sees the last commit.</summary>
    public T Read<T>(Func<StorageTransaction, T> work)
    {
        lock (_turn)
            return work(_statements);
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _statements.Close();
            _connection.Dispose();
        }
    }
}
