using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>Spot on paper is as strict as a real exchange: a resting sale locks its coins, the fee of a purchase is taken out of them, and nothing may be below the minimums.</summary>
public sealed class SimulatedSpotTests
{
    [Theory]
    // A stop and a target for the same coins can't both be there.
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; sell t 2 limit 110 reduce; quote 100",
        "a accepted; a 2@100 taker; s accepted; t InsufficientFunds balance")]
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 1 stop 90 reduce; quote 100; sell t 1 limit 110 reduce; quote 100; quote 110; quote 90",
        "a accepted; a 2@100 taker; s accepted; t accepted; t 1@110 maker; s 1@90 taker")]
    // Once it is withdrawn its coins are free.
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; cancel s; quote 100; sell t 2 limit 110 reduce; quote 100; quote 110",
        "a accepted; a 2@100 taker; s accepted; s cancelled; t accepted; t 2@110 maker")]
    // One in a thousand of the coins is the fee: 1.998 are there.
    [InlineData("taker=0.001", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; sell u 1.998 stop 90 reduce; quote 100; quote 90",
        "a accepted; a 2@100 taker fee 0.002; s InsufficientFunds balance; u accepted; u 1.998@90 taker fee 0.17982")]
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 0.05 stop 90 reduce; quote 100", "a accepted; a 2@100 taker; s BelowMinimum minimum-notional")]
    public void Sales_AreHeldAgainstTheCoins(string settings, string script, string said) =>
        Assert.Equal(said, SimulationDesk.Run(settings, script, [Some.Instrument("BTC/USDT")]).Said);

    [Fact]
    public void Wallet_AfterBuyingAndSellingAllThatIsLeft_IsTheMoneyThatReallyCameAndWent()
    {
        var desk = SimulationDesk.Run("taker=0.001 balance=1000", "quote 100; buy a 2 market; quote 100; quote 110; sell x 1.998 market reduce; quote 110", [Some.Instrument("BTC/USDT")]);

        // 1,000 − 200 + 1.998 × 110 × 0.999.
        Assert.Equal(1019.56022m, desk.Exchange.Wallet.Amount);
        Assert.Empty(desk.Exchange.Positions);
    }
}
