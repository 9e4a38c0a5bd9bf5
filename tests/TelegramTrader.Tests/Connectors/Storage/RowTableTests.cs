using System.Reflection;
using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

/// <summary>What the prepared statements write is what the context reads, column for column, for every table of the model.</summary>
public sealed class RowTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;

    public RowTableTests() => _data = DataFolder.Open(_folder.Path);

    // The ledger has a writer of its own, which hashes what it writes, and refuses to be written over.
    public static TheoryData<Type> RowTypes() => [.. typeof(TradingDbContext).GetProperties()
        .Where(property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
        .Select(property => property.PropertyType.GetGenericArguments()[0])
        .Where(type => type != typeof(LedgerRow) && type != typeof(LedgerHeadRow))];

    [Theory]
    [MemberData(nameof(RowTypes))]
    public void Insert_EveryTable_IsReadBackByTheContextToTheLastColumn(Type type) => Call(nameof(InsertAndRead), type);

    [Theory]
    [MemberData(nameof(RowTypes))]
    public void Put_EveryTable_ReplacesAllButTheKey(Type type) => Call(nameof(PutTwice), type);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private void Call(string name, Type type) =>
        GetType().GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, null);

    private void InsertAndRead<TRow>()
        where TRow : class
    {
        var table = new RowTable<TRow>(_data.Model);
        var row = (TRow)new Samples().Of(typeof(TRow));
        Unrelated(transaction => table.Insert(transaction, row));
        using var context = _data.Read();
        Assert.Equal(WithoutGivenId(row, row), WithoutGivenId(context.Set<TRow>().Single(), row));
    }

    private void PutTwice<TRow>()
        where TRow : class
    {
        var key = _data.Model.FindEntityType(typeof(TRow))!.FindPrimaryKey()!.Properties;
        if (key.Any(property => property.ValueGenerated != Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never))
            return;
        var table = new RowTable<TRow>(_data.Model);
        var samples = new Samples();
        var (first, second) = ((TRow)samples.Of(typeof(TRow)), (TRow)samples.Of(typeof(TRow)));
        foreach (var property in key)
            property.PropertyInfo!.SetValue(second, property.PropertyInfo.GetValue(first));
        Unrelated(transaction =>
        {
            table.Put(transaction, first);
            table.Put(transaction, second);
        });
        using var context = _data.Read();
        Assert.Equal(Facts.Of(second), Facts.Of(context.Set<TRow>().Single()));
        var values = key.Select(property => property.PropertyInfo!.GetValue(first)).Select(value => value switch
        {
            Core.Market.Instant instant => instant.UnixMilliseconds,
            Enum name => name.ToString(),
            _ => value,
        }).ToArray();
        Assert.Equal(Facts.Of(second), Facts.Of(_data.Writer.Write(transaction => table.Find(transaction, values))));
    }

    /// <summary>One row of one table, without the rows of other tables that it points to.</summary>
    private void Unrelated(Action<StorageTransaction> work)
    {
        _data.Writer.RunAlone("PRAGMA foreign_keys = OFF");
        _data.Writer.Write(work);
    }

    private string WithoutGivenId<TRow>(TRow row, TRow sample)
        where TRow : class
    {
        var generated = _data.Model.FindEntityType(typeof(TRow))!.GetProperties().Where(property => property.ValueGenerated != Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never);
        foreach (var property in generated)
            property.PropertyInfo!.SetValue(row, property.PropertyInfo.GetValue(sample));
        return Facts.Of(row);
    }
}
