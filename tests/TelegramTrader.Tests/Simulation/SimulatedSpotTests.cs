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

    [Theory]
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; amend s 2 95; quote 100; quote 95", "a accepted; a 2@100 taker; s accepted; s is 2 from 95; s 2@95 taker")]
    // Made smaller, its coins are free; larger again, only as far as they are.
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; amend s 1 90; quote 100; sell t 0.9 limit 110 reduce; quote 100; amend s 1.2 95; quote 100; amend s 1.1 95; quote 100; quote 110; quote 95",
        "a accepted; a 2@100 taker; s accepted; s is 1 from 90; t accepted; s stays InsufficientFunds; s is 1.1 from 95; t 0.9@110 maker; s 1.1@95 taker")]
    [InlineData("", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; amend s 2 101; quote 100; amend s 2 95.05; quote 100; amend s 0.01 95; quote 100; quote 90",
        "a accepted; a 2@100 taker; s accepted; s stays WouldTriggerAtOnce; s stays WrongPrecision; s stays BelowMinimum; s 2@90 taker")]
    // A change comes too late when the price, or a withdrawal, was there first; and in the order in which they were sent.
    [InlineData("latency=100", "quote 100; buy a 2 market; time 100; quote 100; sell s 2 stop 90 reduce; time 100; quote 100; amend s 2 95; quote 90; time 100; quote 100",
        "a accepted; a 2@100 taker; s accepted; s 2@90 taker; s stays OrderNotFound")]
    [InlineData("latency=100", "quote 100; buy a 2 market; time 100; quote 100; sell s 2 stop 90 reduce; time 100; quote 100; amend s 2 95; cancel s; time 100; quote 100",
        "a accepted; a 2@100 taker; s accepted; s is 2 from 95; s cancelled")]
    [InlineData("latency=100", "quote 100; buy a 2 market; time 100; quote 100; sell s 2 stop 90 reduce; time 100; quote 100; cancel s; time 50; amend s 2 95; time 100; quote 100; amend s 2 95",
        "a accepted; a 2@100 taker; s accepted; s cancelled; s stays OrderNotFound; s stays OrderNotFound")]
    [InlineData("latency=100", "quote 100; buy a 2 market; time 100; quote 100; sell s 2 stop 90 reduce; time 100; quote 100; amend s 2 95; amend s 2 96; time 100; quote 100",
        "a accepted; a 2@100 taker; s accepted; s stays InvalidOrder; s is 2 from 95")]
    public void Stop_ChangedInPlace_StandsAsBeforeOrAsChanged(string settings, string script, string said) =>
        Assert.Equal(said, SimulationDesk.Run(settings, script, [Some.Instrument("BTC/USDT") with { AmendsStops = true }]).Said);

    [Fact]
    public void Stop_ChangedWhileACandleLasts_StandsElsewhereFromThenOn()
    {
        var desk = SimulationDesk.Run("latency=250", "quote 100; buy a 2 market; time 250; quote 100; sell s 2 stop 90 reduce; time 250; quote 100; amend s 2 97; candle 100 101 98 99; candle 99 101 95 99", [Some.Instrument("BTC/USDT") with { AmendsStops = true }]);

        Assert.Equal("a accepted; a 2@100 taker; s accepted; s is 2 from 97; s 2@97 taker", desk.Said);
    }

    [Fact]
    public void Stop_WhereNothingIsChangedInPlace_StaysAsItIs() => Assert.Equal(
        "a accepted; a 2@100 taker; s accepted; s stays NotSupported; s 2@90 taker",
        SimulationDesk.Run("", "quote 100; buy a 2 market; quote 100; sell s 2 stop 90 reduce; quote 100; amend s 2 95; quote 100; quote 90", [Some.Instrument("BTC/USDT")]).Said);

    [Fact]
    public void Wallet_AfterBuyingAndSellingAllThatIsLeft_IsTheMoneyThatReallyCameAndWent()
    {
        var desk = SimulationDesk.Run("taker=0.001 balance=1000", "quote 100; buy a 2 market; quote 100; quote 110; sell x 1.998 market reduce; quote 110", [Some.Instrument("BTC/USDT")]);

        // 1,000 − 200 + 1.998 × 110 × 0.999.
        Assert.Equal(1019.56022m, desk.Exchange.Wallet.Amount);
        Assert.Empty(desk.Exchange.Positions);
    }
}
