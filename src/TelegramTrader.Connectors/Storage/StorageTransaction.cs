using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// What can be done during one turn at the writer or at the reader. Statements are prepared once and kept: a commit of the engine is some ten of them and must take well under
/// a millisecond. Values are texts, whole numbers, truth values or null; parameters are named <c>$1</c>, <c>$2</c> and so on.
/// </summary>
public sealed class StorageTransaction
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    internal StorageTransaction(SqliteConnection connection) => _connection = connection;

    /// <returns>How many rows were changed by an insert, update or delete.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Statement(sql, values).ExecuteNonQuery();

    /// <summary>The id that the last insert made.</summary>
    public long LastId => SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);

    /// <summary>The first column of the first row: a text, a whole number, or null when there is no row or no value.</summary>
    public object? Value(string sql, params ReadOnlySpan<object?> values) => Statement(sql, values).ExecuteScalar() is var value and not DBNull ? value : null;

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Statement(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Lets go of the prepared statements; an open one would keep the file open.</summary>
    internal void Close()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }

    private SqliteCommand Statement(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _connection.CreateCommand();
            statement.CommandText = sql;
            for (var number = 1; number <= values.Length; number++)
                statement.Parameters.Add(new SqliteParameter { ParameterName = "$" + number.ToString(CultureInfo.InvariantCulture) });
            _statements.Add(sql, statement);
        }

        for (var index = 0; index < values.Length; index++)
            statement.Parameters[index].Value = values[index] ?? DBNull.Value;
        return statement;
    }
}
