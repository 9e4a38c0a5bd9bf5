using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// Writes rows of one table by prepared statements whose text, columns and conversions are taken from the model of <see cref="TradingDbContext"/>: as fast
/// as statements written by hand, and what they write can't drift from what the context reads.
/// </summary>
internal sealed class RowTable<TRow>
    where TRow : class
{
    private readonly Column[] _inserted;
    private readonly Column[] _all;
    private readonly string _insert;
    private readonly string _upsert;
    private readonly string _find;
    private readonly string _where;

    public RowTable(IModel model)
    {
        var entity = model.FindEntityType(typeof(TRow)) ?? throw new ArgumentException($"{typeof(TRow).Name} is not in the model.", nameof(model));
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _all = [.. entity.GetProperties().Select(property => new Column(property, table))];
        // An id that the database gives is not written.
        _inserted = [.. _all.Where(column => !column.IsGenerated)];
        var key = _all.Where(column => column.IsKey).ToArray();
        var changed = _inserted.Where(column => !column.IsKey).Select(column => $"{column.Name} = excluded.{column.Name}").ToArray();
        _insert = $"INSERT INTO \"{table.Name}\" ({Names(_inserted)}) VALUES ({string.Join(", ", _inserted.Select((_, index) => Parameter(index)))})";
        _upsert = $"{_insert} ON CONFLICT ({Names(key)}) DO " + (changed.Length == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", changed)}");
        _where = $"SELECT {Names(_all)} FROM \"{table.Name}\" WHERE ";
        _find = $"{_where}{string.Join(" AND ", key.Select((column, index) => $"{column.Name} = {Parameter(index)}"))}";
    }

    /// <summary>Throws <see cref="SqliteException"/> when a unique key holds such a row already.</summary>
    /// <returns>The id that the database gave, where it gives one.</returns>
    public long Insert(StorageTransaction transaction, TRow row)
    {
        Run(transaction, _insert, row);
        return transaction.LastId;
    }

    /// <summary>Writes the row, or all but the key of the row that has its key.</summary>
    public void Put(StorageTransaction transaction, TRow row) => Run(transaction, _upsert, row);

    /// <summary>The row with this key (in the order of the model's key, as stored), or null.</summary>
    public TRow? Find(StorageTransaction transaction, params ReadOnlySpan<object?> key) => transaction.Rows(_find, Read, key) is [var row, ..] ? row : null;

    /// <summary>The rows for which the condition holds; it is written in the database's terms.</summary>
    public List<TRow> Where(StorageTransaction transaction, string condition, params ReadOnlySpan<object?> values) =>
        transaction.Rows(string.Concat(_where, condition), Read, values);

    private void Run(StorageTransaction transaction, string sql, TRow row)
    {
        var values = new object?[_inserted.Length];
        for (var index = 0; index < values.Length; index++)
            values[index] = _inserted[index].ValueOf(row);
        transaction.Execute(sql, values);
    }

    private TRow Read(SqliteDataReader reader)
    {
        var row = Activator.CreateInstance<TRow>();
        for (var index = 0; index < _all.Length; index++)
            _all[index].Set(row, reader.IsDBNull(index) ? null : reader.GetValue(index));
        return row;
    }

    private static string Names(IEnumerable<Column> columns) => string.Join(", ", columns.Select(column => column.Name));

    private static string Parameter(int index) => "$" + (index + 1).ToString(CultureInfo.InvariantCulture);

    private sealed class Column(IProperty property, in StoreObjectIdentifier table)
    {
        private readonly PropertyInfo _property = property.PropertyInfo!;
        private readonly ValueConverter? _converter = property.GetTypeMapping().Converter;
        private readonly Type _stored = Nullable.GetUnderlyingType(property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType)
            ?? property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;

        public string Name { get; } = $"\"{property.GetColumnName(table)}\"";

        public bool IsKey { get; } = property.IsPrimaryKey();

        public bool IsGenerated { get; } = property.ValueGenerated != ValueGenerated.Never;

        public object? ValueOf(TRow row) => _property.GetValue(row) is { } value ? _converter is null ? value : _converter.ConvertToProvider(value) : null;

        public void Set(TRow row, object? value)
        {
            var stored = value is null ? null : Convert.ChangeType(value, _stored, CultureInfo.InvariantCulture);
            _property.SetValue(row, stored is null || _converter is null ? stored : _converter.ConvertFromProvider(stored));
        }
    }
}
