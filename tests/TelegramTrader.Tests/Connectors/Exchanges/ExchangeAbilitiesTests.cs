using TelegramTrader.Connectors.Exchanges;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class ExchangeAbilitiesTests
{
    [Theory]
    [InlineData(false, true, true, true, true, true, null)]
    [InlineData(false, false, true, true, true, true, "it has no orders that can only reduce a position")]
    // Spot has none and needs none.
    [InlineData(true, false, true, true, true, true, null)]
    // Who watches the stops there is a question of its own.
    [InlineData(true, false, false, true, true, true, null)]
    [InlineData(true, false, true, false, true, true, "it takes no order id of ours, so an order with an unknown outcome could not be found again")]
    [InlineData(true, false, true, true, false, true, "a purchase at the market there names the money and not the coins, so its size would not be the one that was decided")]
    [InlineData(true, false, true, true, true, false, "it does not tell executions, so what is held would not be known")]
    public void MissingForLive_NamesTheFirstThing(bool isSpot, bool reduceOnly, bool stops, bool ids, bool buysCoins, bool fills, string? missing) =>
        Assert.Equal(missing, new ExchangeAbilities(stops, reduceOnly, ids) { IsSpot = isSpot, BuysCoinsAtMarket = buysCoins, TellsFills = fills }.MissingForLive);
}
