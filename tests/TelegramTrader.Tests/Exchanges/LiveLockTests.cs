using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Exchanges;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Exchanges;

public sealed class LiveLockTests
{
    private static readonly AccountId Account = new("mexc-main");

    [Fact]
    public void Open_OtherTermsThanConfirmed_IsClosedAgain()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        var values = new KeyValueStore(data);
        var risk = new RiskSettings();
        new LiveLock(values, Account, sandbox: false, risk).Open();

        Assert.True(new LiveLock(values, Account, sandbox: false, risk).IsOpen);
        // That no stop rests is something to be confirmed by itself, and so is that one does again.
        Assert.False(new LiveLock(values, Account, sandbox: false, risk, watchesStops: true).IsOpen);
        new LiveLock(values, Account, sandbox: false, risk, watchesStops: true).Open();
        Assert.True(new LiveLock(values, Account, sandbox: false, risk, watchesStops: true).IsOpen);
        Assert.False(new LiveLock(values, Account, sandbox: false, risk).IsOpen);
        Assert.False(new LiveLock(values, Account, sandbox: false, risk with { RiskPerTrade = 0.02m }, watchesStops: true).IsOpen);
    }
}
