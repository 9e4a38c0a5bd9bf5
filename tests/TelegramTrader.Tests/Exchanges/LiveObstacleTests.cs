using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;

namespace TelegramTrader.Tests.Exchanges;

public sealed class LiveObstacleTests
{
    private const string NamesTheSetting = "it can't hold stop orders: the bot itself would watch every stop, and nothing would protect while it is down. The setting Trading:WatchedStops allow takes that on";

    [Theory]
    [InlineData("binance", true, WatchedStopsPolicy.Refuse, null)]
    [InlineData("binance", true, WatchedStopsPolicy.Allow, null)]
    [InlineData("mexc", false, WatchedStopsPolicy.Refuse, NamesTheSetting)]
    [InlineData("mexc", false, WatchedStopsPolicy.Allow, null)]
    // The engine was made for stops that rest: no setting makes up for that.
    [InlineData("binance", false, WatchedStopsPolicy.Allow, "it can't hold stop orders")]
    // The engine watches whatever the exchange could.
    [InlineData("mexc", true, WatchedStopsPolicy.Refuse, NamesTheSetting)]
    public void Of_Stops(string exchange, bool holdsStops, WatchedStopsPolicy policy, string? obstacle) =>
        Assert.Equal(obstacle, LiveObstacle.Of(Account(exchange), new ExchangeAbilities(holdsStops, ReduceOnly: true, ClientOrderIds: true), policy));

    [Fact]
    public void Of_SomethingElseIsMissing_IsNamedFirst() => Assert.Equal(
        "a purchase at the market there names the money and not the coins, so its size would not be the one that was decided",
        LiveObstacle.Of(Account("coinbase"), new ExchangeAbilities(false, false, true) { IsSpot = true, BuysCoinsAtMarket = false }, WatchedStopsPolicy.Refuse));

    private static ExchangeAccount Account(string exchange) => new(new AccountId($"{exchange}-main"), exchange, ExchangeMarketKind.Swap, "USDT");
}
