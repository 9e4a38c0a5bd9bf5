using System.Text.RegularExpressions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed partial class ReceiveWindowsTests
{
    [Theory]
    [InlineData("binance", 6)]
    [InlineData("bybit", 6)]
    [InlineData("okx", 10)]
    public void ArrivesWithin_OfAnExchange_IsItsWindowAndWhatClocksMayDiffer(string exchange, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ReceiveWindows.ArrivesWithin(exchange));

    /// <summary>An exchange whose requests the gateway sends without a window may take them for longer.</summary>
    [Fact]
    public void ArrivesWithin_OfAllProfiles_AgreesWithWhatTheGatewaySends()
    {
        var profiles = ProjectFolder.Path("src", "gateway", "exchanges", "profiles");
        Assert.Equal("5_000", Value().Match(File.ReadAllText(Path.Combine(profiles, "standard.js"))).Groups[1].Value);
        foreach (var profile in new[] { "binance", "bybit", "mexc", "okx", "kucoin", "kraken", "coinbase" })
            Assert.Equal(
                File.ReadAllText(Path.Combine(profiles, profile + ".js")).Contains("recvWindow: RECEIVE_WINDOW", StringComparison.Ordinal), ReceiveWindows.ArrivesWithin(profile) < ReceiveWindows.ArrivesWithin("another"));
    }

    [GeneratedRegex("export const RECEIVE_WINDOW = ([0-9_]+);")]
    private static partial Regex Value();
}
