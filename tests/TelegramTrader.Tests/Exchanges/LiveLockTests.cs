using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Risk;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Exchanges;

public sealed class LiveLockTests
{
    private static readonly ExchangeConnection Connection = new() { Name = "mexc", Kind = ExchangeMarketKind.Spot };

    [Fact]
    public void Open_OtherTermsThanConfirmed_IsClosedAgain()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        var values = new KeyValueStore(data);
        var risk = new RiskSettings();
        new LiveLock(values, Connection, risk).Open();

        Assert.True(new LiveLock(values, Connection, risk).IsOpen);
        // That no stop rests is something to be confirmed by itself, and so is that one does again.
        Assert.False(new LiveLock(values, Connection, risk, watchesStops: true).IsOpen);
        new LiveLock(values, Connection, risk, watchesStops: true).Open();
        Assert.True(new LiveLock(values, Connection, risk, watchesStops: true).IsOpen);
        Assert.False(new LiveLock(values, Connection, risk).IsOpen);
        Assert.False(new LiveLock(values, Connection, risk with { RiskPerTrade = 0.02m }, watchesStops: true).IsOpen);
        Assert.False(new LiveLock(values, Connection with { Sandbox = true }, risk, watchesStops: true).IsOpen);
        Assert.False(new LiveLock(values, Connection with { BaseUrl = new Uri("http://127.0.0.1:1") }, risk, watchesStops: true).IsOpen);
        LiveLock.Forget(values);
        Assert.False(new LiveLock(values, Connection, risk, watchesStops: true).IsOpen);
    }
}
