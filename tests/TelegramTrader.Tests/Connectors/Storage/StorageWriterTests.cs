using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

public sealed class StorageWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly RowTable<StateRow> _state;

    public StorageWriterTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _state = new RowTable<StateRow>(_data.Model);
    }

    [Fact]
    public void Write_WorkThatThrows_WritesNothingAndTheNextTurnIsFine()
    {
        Assert.Throws<TimeoutException>(() => _data.Writer.Write(transaction =>
        {
            Put(transaction, "a");
            throw new TimeoutException();
        }));
        _data.Writer.Write(transaction => Put(transaction, "b"));
        Assert.Equal(["b"], Keys());
    }

    [Fact]
    public void Write_ARefusedStatement_TakesTheOthersWithIt()
    {
        _data.Writer.Write(transaction => Put(transaction, "a"));
        Assert.Throws<SqliteException>(() => _data.Writer.Write(transaction =>
        {
            Put(transaction, "b");
            _state.Insert(transaction, new StateRow { Key = "a", Value = "2" });
        }));
        Assert.Equal(["a"], Keys());
    }

    [Fact]
    public void Write_InsideAnotherWrite_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => _data.Writer.Write(_ => _data.Writer.Write(transaction => Put(transaction, "a"))));

    [Fact]
    public void Write_FromManyThreads_LetsEachHaveItsTurn()
    {
        Parallel.For(0, 8, thread =>
        {
            for (var number = 0; number < 50; number++)
                _data.Writer.Write(transaction => transaction.Execute("INSERT INTO State (Key, Value) VALUES ('n', '1') ON CONFLICT DO UPDATE SET Value = Value + 1"));
        });
        using var context = _data.Read();
        Assert.Equal("400", context.State.Single().Value);
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private void Put(StorageTransaction transaction, string key) => _state.Put(transaction, new StateRow { Key = key, Value = "1" });

    private string[] Keys()
    {
        using var context = _data.Read();
        return [.. context.State.Select(row => row.Key).OrderBy(key => key)];
    }
}
