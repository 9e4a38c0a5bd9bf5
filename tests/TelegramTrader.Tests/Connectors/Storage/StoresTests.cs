using System.Text.Json;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

public sealed class StoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private DataFolder _data;

    public StoresTests() => _data = DataFolder.Open(_folder.Path);

    [Fact]
    public void Cards_OfATradeInTwoChats_AreKeptApart()
    {
        var cards = new CardStore(_data);
        Assert.Null(cards.Find(7, 11));
        cards.Save(7, 11, new Card(100, "a"));
        cards.Save(7, 22, new Card(200, "a"));
        cards.Save(7, 11, new Card(101, "b"));
        Assert.Equal((new Card(101, "b"), new Card(200, "a")), (cards.Find(7, 11), cards.Find(7, 22)));
        cards.Forget(7, 11);
        Assert.Equal((null, new Card(200, "a")), (cards.Find(7, 11), cards.Find(7, 22)));
    }

    [Fact]
    public void KeyValues_SurviveARestartWithTheirType()
    {
        var values = new KeyValueStore(_data);
        Assert.Equal(0L, values.Get<long>("telegram.offset"));
        values.Set("telegram.offset", 4_000_000_001L);
        values.Set("telegram.offset", 4_000_000_002L);
        values.Set("last.report", Some.Time);
        values.Set("balance", new Money(10.50m, "USDT"));
        _data.Dispose();
        _data = DataFolder.Open(_folder.Path);
        values = new KeyValueStore(_data);
        Assert.Equal((4_000_000_002L, Some.Time, "10.50 USDT"), (values.Get<long>("telegram.offset"), values.Get<Instant>("last.report"), $"{values.Get<Money>("balance").Amount} USDT"));
        Assert.Throws<JsonException>(() => values.Get<Money>("telegram.offset"));
    }

    [Fact]
    public void KeyValues_OfTheEngine_CantBeOverwritten() =>
        Assert.Throws<ArgumentException>(() => new KeyValueStore(_data).Set("engine", 1));

    [Fact]
    public async Task Logs_BeyondTheCapacity_LoseTheOldest()
    {
        var logs = new LogStore(_data, capacity: 5);
        logs.Append([.. Enumerable.Range(1, 4).Select(number => new LogLine(Some.Time, number % 2 + 2, "engine", $"line {number}"))]);
        logs.Append([.. Enumerable.Range(5, 4).Select(number => new LogLine(Some.Time, number % 2 + 2, "engine", $"line {number}"))]);
        Assert.Equal(["line 8", "line 7", "line 6", "line 5", "line 4"], (await logs.LatestAsync(100, 0)).Select(line => line.Text));
        Assert.Equal(["line 7", "line 5"], (await logs.LatestAsync(100, 3)).Select(line => line.Text));
        Assert.Equal(new LogLine(Some.Time, 2, "engine", "line 8"), (await logs.LatestAsync(1, 0))[0]);
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }
}
