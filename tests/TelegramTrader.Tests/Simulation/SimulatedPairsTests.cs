using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>A stop and a target in one order (OCO), as spot exchanges have them: the coins are locked once, and what acts first takes the other away.</summary>
public sealed class SimulatedPairsTests
{
    private const string Bought = "quote 100; buy a 2 market; quote 100; ";
    private const string SaidBought = "a accepted; a 2@100 taker; ";
    private const string Held = "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; ";
    private const string SaidHeld = "a accepted; a 2@100 taker; p accepted; ";

    public static TheoryData<string, string, string> Quotes => new()
    {
        { "the limit, as a maker at its price", Bought + "sell p 2 pair 110/90 reduce; quote 100; quote 112; quote 85", SaidBought + "p accepted; p 2@110 maker" },
        { "the stop, at what the market gives", Bought + "sell p 2 pair 110/90 reduce; quote 100; quote 89; quote 112", SaidBought + "p accepted; p 2@89 taker" },
        { "the coins are locked once", Bought + "sell p 2 pair 110/90 reduce; quote 100; sell s 0.1 stop 90 reduce; quote 100", SaidBought + "p accepted; s InsufficientFunds balance" },
        { "the rest has a stop of its own", Bought + "sell p 1 pair 110/90 reduce; sell s 1 stop 90 reduce; quote 100; quote 110; quote 90", SaidBought + "p accepted; s accepted; p 1@110 maker; s 1@90 taker" },
        { "one withdrawal takes both", Bought + "sell p 2 pair 110/90 reduce; quote 100; cancel p; quote 100; quote 112; quote 85; sell x 2 market reduce; quote 85", SaidBought + "p accepted; p cancelled; x accepted; x 2@85 taker" },
        // ---- refused
        { "the limit is not above the market", Bought + "sell p 2 pair 100/90 reduce; quote 100", SaidBought + "p WouldTriggerAtOnce immediate-limit" },
        { "the trigger is not below the market", Bought + "sell p 2 pair 110/100 reduce; quote 100", SaidBought + "p WouldTriggerAtOnce immediate-trigger" },
        { "the wrong way round", Bought + "sell p 2 pair 90/110 reduce; quote 100", SaidBought + "p WouldTriggerAtOnce immediate-trigger" },
        { "the market has left the two while it was on its way", Bought + "sell p 2 pair 110/90 reduce; quote 112", SaidBought + "p WouldTriggerAtOnce immediate-limit" },
        { "limit off the tick", Bought + "sell p 2 pair 110.05/90 reduce; quote 100", SaidBought + "p WrongPrecision price-tick" },
        { "trigger off the tick", Bought + "sell p 2 pair 110/90.05 reduce; quote 100", SaidBought + "p WrongPrecision price-tick" },
        { "too small at the trigger, though not at the limit", Bought + "sell p 0.05 pair 110/99 reduce; quote 100; sell q 0.051 pair 110/99 reduce; quote 100", SaidBought + "p BelowMinimum minimum-notional; q accepted" },
        { "more than there is", Bought + "sell p 2.001 pair 110/90 reduce; quote 100", SaidBought + "p InsufficientFunds balance" },
        { "nothing is there", "quote 100; sell p 1 pair 110/90 reduce; quote 100", "p InsufficientFunds balance" },
        { "to buy", "quote 100; buy p 1 pair 90/110; quote 100", "p InvalidOrder pair" },
    };

    [Theory]
    [MemberData(nameof(Quotes))]
    public void Quotes_OnePrice_ActsOnce(string name, string script, string expected) => Check(name, "", script, expected);

    public static TheoryData<string, string, string> Candles => new()
    {
        { "both in one candle: the stop, flagged", Held + "candle 100 106 94 100", SaidHeld + "p 2@95 taker conflict" },
        { "only the limit", Held + "candle 100 106 96 100", SaidHeld + "p 2@105 maker" },
        { "only the stop: no conflict", Held + "candle 100 104 94 100", SaidHeld + "p 2@95 taker" },
        { "a gap to the limit at the open was first for certain", Held + "candle 107 107 94 96", SaidHeld + "p 2@105 maker" },
        { "a gap to the stop at the open, the limit later", Held + "candle 94 106 94 106", SaidHeld + "p 2@94 taker conflict" },
        { "two pairs: the nearer limit, then both stops", "buy a 2 market; sell p 1 pair 102/95 reduce; sell q 1 pair 105/95 reduce; candle 100 100 100 100; candle 100 103 96 100; candle 100 101 94 95",
            "a accepted; a 2@100 taker; p accepted; q accepted; p 1@102 maker; q 1@95 taker" },
        { "a pair and the stop of the rest meet the worse way together", "buy a 2 market; sell p 1 pair 105/95 reduce; sell s 1 stop 95 reduce; candle 100 100 100 100; candle 100 106 94 100",
            "a accepted; a 2@100 taker; p accepted; s accepted; p 1@95 taker conflict; s 1@95 taker" },
        { "the limit, and then the stop of the rest in the same candle: the worse way first", "buy a 2 market; sell p 1 pair 105/90 reduce; sell s 1 stop 95 reduce; candle 100 100 100 100; candle 100 106 94 100",
            "a accepted; a 2@100 taker; p accepted; s accepted; s 1@95 taker conflict; p 1@105 maker" },
        { "placed by the fill: on the way down the stop of it counts", "buy a 2 limit 95; after a: sell p 2 pair 105/92 reduce; candle 100 106 90 100", "a accepted; a 2@95 maker; p accepted; p 2@92 taker" },
        { "placed by the fill: the high is not proven to come after it", "buy a 2 limit 95; after a: sell p 2 pair 105/90 reduce; candle 100 106 94 100", "a accepted; a 2@95 maker; p accepted" },
    };

    [Theory]
    [MemberData(nameof(Candles))]
    public void Candle_BothLieInIt_TheWorseComesFirst(string name, string script, string expected) => Check(name, "", script, expected);

    public static TheoryData<string, string, string, string> Parts => new()
    {
        // One coin a candle.
        { "executed in part at the limit: no trigger any more, the rest waits at the limit", "part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 104 105 104 104 2; candle 104 104 94 94; candle 94 105 94 105",
            "a accepted; a 2@100 taker; p accepted; p 1@105 maker; p 1@105 maker" },
        { "the stop that fired goes on as a market order, back above the limit too", "part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 96 96 94 94 2; candle 106 106 106 106",
            "a accepted; a 2@100 taker; p accepted; p 1@95 taker; p 1@106 taker" },
        { "fired without any volume it is the market order of the next candle", "part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 96 96 94 94 0; candle 97 97 97 97",
            "a accepted; a 2@100 taker; p accepted; p 2@97 taker" },
        { "reached at the limit without any volume it stays a pair", "part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 104 106 104 104 0; candle 104 104 94 94",
            "a accepted; a 2@100 taker; p accepted; p 2@95 taker" },
        { "the limit alone is withdrawn by the same id", "part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 104 105 104 104 2; cancel p; candle 104 104 104 104; sell s 1 stop 95 reduce; candle 104 104 94 94",
            "a accepted; a 2@100 taker; p accepted; p 1@105 maker; p cancelled; s accepted; s 1@95 taker" },
        { "what is left of it still locks its coins", "part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 104 105 104 104 2; sell s 1 stop 95 reduce; candle 104 104 104 104",
            "a accepted; a 2@100 taker; p accepted; p 1@105 maker; s InsufficientFunds balance" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Candle_TooLittleVolume_ThePairIsWhatActedFirst(string name, string settings, string script, string expected) => Check(name, settings, script, expected);

    [Theory]
    [InlineData("maker=0.001 taker=0.002", Bought + "sell p 1.996 pair 110/90 reduce; quote 100; quote 110", "a accepted; a 2@100 taker fee 0.004; p accepted; p 1.996@110 maker fee 0.21956")]
    [InlineData("maker=0.001 taker=0.002", Bought + "sell p 1.996 pair 110/90 reduce; quote 100; quote 90", "a accepted; a 2@100 taker fee 0.004; p accepted; p 1.996@90 taker fee 0.35928")]
    public void Fees_AreOfWhatActed(string settings, string script, string expected) => Check(expected, settings, script, expected);

    [Theory]
    [InlineData("BTC/USDT:USDT", true, "pair", "a accepted; a 2@100 taker; p NotSupported pair")]
    [InlineData("BTC/USDT", false, "pair", "a accepted; a 2@100 taker; p NotSupported pair")]
    [InlineData("BTC/USDT", true, "pair", "a accepted; a 2@100 taker; p accepted")]
    public void Pair_WhereTheSymbolHasNone_IsNotSupported(string symbol, bool holdsPairs, string kind, string expected) =>
        Assert.Equal(expected, SimulationDesk.Run("", $"{Bought}sell p 2 {kind} 110/90 reduce; quote 100", [Some.Instrument(symbol) with { HoldsPairs = holdsPairs }]).Said);

    /// <summary>What a pair has become is kept: a restart does not give the trigger back.</summary>
    [Fact]
    public void Restore_OnceExecutedInPartAtTheLimit_HasNoTriggerAnyMore()
    {
        var desk = SimulationDesk.Run("part=0.5", "buy a 2 market; sell p 2 pair 105/95 reduce; candle 100 100 100 100; candle 104 105 104 104 2", [Spot]);
        var stored = desk.Exchange.TakeChanges()!;
        var kept = Assert.Single(stored.Orders, order => order.IsLive);
        Assert.Equal((SimulatedPhase.Resting, new OrderKind.Limit(Some.Price(105m))), (kept.Phase, kept.Kind));

        var restored = new SimulationDesk("part=0.5", [Spot]) { Now = desk.Now };
        restored.Exchange.Restore(stored.State, stored.Orders, stored.Fills);
        restored.Do("candle 104 104 94 94; candle 94 105 94 105");

        Assert.Equal("p 1@105 maker", restored.Said);
    }

    private static Core.Market.Instrument Spot => Some.Instrument("BTC/USDT") with { HoldsPairs = true };

    private static void Check(string name, string settings, string script, string expected)
    {
        var desk = SimulationDesk.Run(settings, script, [Spot]);
        Assert.True(expected == desk.Said, $"{name}\nexpected {expected}\n     got {desk.Said}");
        Assert.Equal(expected.Split("conflict").Length - 1, desk.Exchange.SameCandleConflicts);
    }
}
