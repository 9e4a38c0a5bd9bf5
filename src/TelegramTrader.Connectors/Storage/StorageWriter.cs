using Microsoft.Data.Sqlite;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// The one writer of a database. Whoever wants to write waits here for his turn, so that two threads of this program never meet at the database's own lock;
/// each turn is one transaction: all of it is on disk when the call returns, or, when the work throws, none of it.
/// </summary>
public sealed class StorageWriter : IDisposable
{
    private readonly Lock _turn = new();
    private readonly SqliteConnection _connection;
    private readonly StorageTransaction _transaction;
    private bool _isWriting;

    internal StorageWriter(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = new StorageTransaction(connection);
    }

    /// <summary>Waits for its turn, does the work and commits it. The transaction is not to be used after the work is done.</summary>
    public void Write(Action<StorageTransaction> work) => Write(transaction =>
    {
        work(transaction);
        return true;
    });

    public T Write<T>(Func<StorageTransaction, T> work)
    {
        lock (_turn)
        {
            if (_isWriting)
                throw new InvalidOperationException("A write was begun inside another one.");
            _isWriting = true;
            try
            {
                _transaction.Execute("BEGIN IMMEDIATE");
                var result = work(_transaction);
                _transaction.Execute("COMMIT");
                return result;
            }
            catch
            {
                // After a full disk, for example, the database has rolled back by itself.
                if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                    _transaction.Execute("ROLLBACK");
                throw;
            }
            finally
            {
                _isWriting = false;
            }
        }
    }

    /// <summary>A statement that can't run inside a transaction, such as a checkpoint.</summary>
    internal void RunAlone(string sql)
    {
        lock (_turn)
            _transaction.Execute(sql);
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _transaction.Close();
            _connection.Dispose();
        }
    }
}
