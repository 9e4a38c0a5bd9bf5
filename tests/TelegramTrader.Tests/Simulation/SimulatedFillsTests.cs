using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>At what price, in what size and for what fee orders fill. Tick 0.1, step 0.001. The candle is always open, high, low, close.</summary>
public sealed class SimulatedFillsTests
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        // ---- market: the other side of the book, then slippage, then the tick against us
        { "buy: 100 × 1.0005 = 100.05 (ask) × 1.001 = 100.15005 → 100.2; fee 2 × 100.2 × 0.0005",
            "spread=0.001 base=0.001 taker=0.0005", "buy a 2 market; candle 100 100 100 100", "a accepted; a 2@100.2 taker fee 0.1002" },
        { "sell: 100 × 0.9995 = 99.95 (bid) × 0.999 = 99.85005 → 99.8",
            "spread=0.001 base=0.001 taker=0.0005", "sell a 2 market; candle 100 100 100 100", "a accepted; a 2@99.8 taker fee 0.0998" },
        { "nothing between: the price itself", "", "buy a 2 market; candle 100 100 100 100", "a accepted; a 2@100 taker" },
        // ---- slippage grows with the share of the candle's volume
        { "2 of 10: 0.02 × 0.2 = 0.004 → 100.4", "full=0.02", "buy a 2 market; candle 100 100 100 100 10", "a accepted; a 2@100.4 taker" },
        { "2 of 100: 0.0004 → 100.04 → 100.1", "full=0.02", "buy a 2 market; candle 100 100 100 100 100", "a accepted; a 2@100.1 taker" },
        { "short, 2 of 10: 99.6", "full=0.02", "sell a 2 market; candle 100 100 100 100 10", "a accepted; a 2@99.6 taker" },
        { "all of it: 0.02 → 102", "full=0.02", "buy a 10 market; candle 100 100 100 100 10", "a accepted; a 10@102 taker" },
        // ---- limit: rests and is a maker at its price, or is marketable and a taker at no worse than its price
        { "buy limit reached on the way down", "maker=0.0002", "buy a 2 limit 95; candle 100 101 90 92", "a accepted; a 2@95 maker fee 0.038" },
        { "sell limit reached on the way up", "maker=0.0002", "sell a 2 limit 105; candle 100 106 99 100", "a accepted; a 2@105 maker fee 0.042" },
        { "not reached", "", "buy a 2 limit 89.9; candle 100 101 90 92", "a accepted" },
        { "touched by the last price, not by the ask: 95 × 1.0005 = 95.0475", "spread=0.001", "buy a 2 limit 95; candle 100 101 95 96", "a accepted" },
        { "reached by the ask: 94.9 × 1.0005 = 94.94745", "spread=0.001", "buy a 2 limit 95; candle 100 101 94.9 96", "a accepted; a 2@95 maker" },
        { "sell: 105 × 0.9995 is below 105", "spread=0.001", "sell a 2 limit 105; candle 100 105 99 100", "a accepted" },
        { "marketable on arrival: at the ask, as a taker", "taker=0.0005", "buy a 2 limit 105; candle 100 101 99 100", "a accepted; a 2@100 taker fee 0.1" },
        { "marketable, and slippage would take it beyond its limit", "base=0.01", "buy a 2 limit 100.5; candle 100 101 99 100", "a accepted; a 2@100.5 taker" },
        { "sell marketable: at the bid", "", "sell a 2 limit 95; candle 100 101 99 100", "a accepted; a 2@100 taker" },
        { "gap through a resting buy limit: at its price", "", "buy a 2 limit 95; candle 100 101 99 100; candle 92 93 91 92", "a accepted; a 2@95 maker" },
        { "gap through a resting sell limit: at its price", "", "sell a 2 limit 105; candle 100 101 99 100; candle 110 111 109 110", "a accepted; a 2@105 maker" },
        { "rest of a marketable limit is a maker", "part=0.5 maker=0.0002 taker=0.0005", "buy a 2 limit 101; candle 100 100 100 100 2; candle 100 100 100 100 2",
            "a accepted; a 1@100 taker fee 0.05; a 1@101 maker fee 0.0202" },
        // ---- stops and take-profits act at their trigger, at the market
        { "long's stop: at the trigger, 95 × 0.999 = 94.905 → 94.9", "base=0.001", "buy a 2 market; sell s 2 stop 95 reduce; candle 100 100 100 100; candle 100 101 90 92",
            "a accepted; a 2@100.1 taker; s accepted; s 2@94.9 taker" },
        { "short's stop: 105 × 1.001 = 105.105 → 105.2", "base=0.001", "sell a 2 market; buy s 2 stop 105 reduce; candle 100 100 100 100; candle 100 110 99 101",
            "a accepted; a 2@99.9 taker; s accepted; s 2@105.2 taker" },
        { "gap through a long's stop: at the open", "", "buy a 2 market; sell s 2 stop 95 reduce; candle 100 100 100 100; candle 92 93 90 92", "a accepted; a 2@100 taker; s accepted; s 2@92 taker" },
        { "gap through a short's stop: at the open", "", "sell a 2 market; buy s 2 stop 105 reduce; candle 100 100 100 100; candle 108 109 107 108", "a accepted; a 2@100 taker; s accepted; s 2@108 taker" },
        { "long's take-profit: at the trigger less slippage, 110 × 0.999 = 109.89 → 109.8", "base=0.001", "buy a 2 market; sell t 2 take 110 reduce; candle 100 100 100 100; candle 100 112 99 111",
            "a accepted; a 2@100.1 taker; t accepted; t 2@109.8 taker" },
        { "short's take-profit: 90 × 1.001 = 90.09 → 90.1", "base=0.001", "sell a 2 market; buy t 2 take 90 reduce; candle 100 100 100 100; candle 100 101 88 89",
            "a accepted; a 2@99.9 taker; t accepted; t 2@90.1 taker" },
        { "breakout entry of a long", "", "buy a 2 stop 105; candle 100 106 99 104", "a accepted; a 2@105 taker" },
        { "breakout entry of a short", "", "sell a 2 stop 95; candle 100 101 94 96", "a accepted; a 2@95 taker" },
        { "gap through a breakout: at the open", "", "buy a 2 stop 105; candle 100 101 99 100; candle 108 109 107 108", "a accepted; a 2@108 taker" },
        { "a stop is touched exactly", "", "buy a 2 market; sell s 2 stop 95 reduce; candle 100 100 100 100; candle 100 101 95 96", "a accepted; a 2@100 taker; s accepted; s 2@95 taker" },
        { "a stop is missed by a tick", "", "buy a 2 market; sell s 2 stop 95 reduce; candle 100 100 100 100; candle 100 101 95.1 96", "a accepted; a 2@100 taker; s accepted" },
        // ---- partial fills by volume
        { "a quarter of 4 a candle: 1, 1, 0.5", "part=0.25", "buy a 2.5 market; candle 100 100 100 100 4; candle 101 101 101 101 4; candle 102 102 102 102 4", "a accepted; a 1@100 taker; a 1@101 taker; a 0.5@102 taker" },
        { "no volume at all: it waits", "part=0.25", "buy a 2 market; candle 100 100 100 100 0; candle 101 101 101 101 8", "a accepted; a 2@101 taker" },
        { "a limit fills in parts at its price", "part=0.25", "buy a 2 limit 95; candle 100 101 90 92 4; candle 92 93 91 92 4", "a accepted; a 1@95 maker; a 1@95 maker" },
        { "a stop fills in parts, each at the price of then", "part=0.25", "buy a 1 market; sell s 1 stop 95 reduce; candle 100 100 100 100 100; candle 100 100 90 90 2; candle 80 80 80 80 100",
            "a accepted; a 1@100 taker; s accepted; s 0.5@95 taker; s 0.5@80 taker" },
        { "the part is rounded down to the step: 0.25 × 0.0101 = 0.002525 → 0.002", "part=0.25", "buy a 1 market; candle 10000 10000 10000 10000 0.0101", "a accepted; a 0.002@10000 taker" },
        { "two orders share the volume", "part=0.25", "buy a 1 market; buy b 1 market; candle 100 100 100 100 6", "a accepted; a 1@100 taker; b accepted; b 0.5@100 taker" },
        // ---- reduce-only
        { "never more than the position, and the rest is withdrawn", "", "buy a 2 market; sell x 5 market reduce; candle 100 100 100 100", "a accepted; a 2@100 taker; x accepted; x 2@100 taker; x cancelled reduce-only" },
        { "two stops on one position: the second finds nothing", "", "buy a 2 market; sell s 2 stop 95 reduce; sell r 2 stop 94 reduce; candle 100 100 100 100; candle 100 101 90 92",
            "a accepted; a 2@100 taker; s accepted; r accepted; s 2@95 taker; r cancelled reduce-only" },
        { "nothing to reduce on arrival", "", "sell x 2 market reduce; candle 100 100 100 100", "x ReduceOnlyRefused reduce-only" },
        { "the wrong side does not reduce", "", "buy a 2 market; buy x 2 market reduce; candle 100 100 100 100", "a accepted; a 2@100 taker; x ReduceOnlyRefused reduce-only" },
        { "a short is not enlarged", "", "sell a 2 market; buy x 3 limit 99 reduce; candle 100 100 100 100; candle 100 100 98 98", "a accepted; a 2@100 taker; x accepted; x 2@99 maker; x cancelled reduce-only" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Candle_OrdersAndPrices_FillAsWorkedOut(string name, string settings, string script, string expected)
    {
        var said = SimulationDesk.Run(settings, script).Said;
        Assert.True(expected == said, $"{name}\nexpected {expected}\n     got {said}");
    }

    /// <summary>Refusals on arrival. Price 100, minimum quantity 0.001, minimum value 5, leverage up to 100, 10,000 in the wallet.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        { "buy a 1.0005 market", "a WrongPrecision quantity-step" },
        { "buy a 0 market", "a WrongPrecision quantity-step" },
        { "buy a 1 limit 99.95", "a WrongPrecision price-tick" },
        { "buy a 1 stop 105.05", "a WrongPrecision price-tick" },
        { "buy a 0.049 market", "a BelowMinimum minimum-notional" },
        { "buy a 0.05 market", "a accepted; a 0.05@100 taker" },
        { "buy a 0.05 limit 99.9", "a BelowMinimum minimum-notional" },
        { "buy a 1 market x101", "a InvalidOrder leverage" },
        { "buy a 1 market x0.5", "a InvalidOrder leverage" },
        { "buy a 1 market x100", "a accepted; a 1@100 taker" },
        { "sell a 1 market reduce", "a ReduceOnlyRefused reduce-only" },
        // the trigger is reached already: sell at or below, buy at or above
        { "buy b 1 market; sell a 1 stop 100 reduce", "b accepted; b 1@100 taker; a WouldTriggerAtOnce immediate-trigger" },
        { "buy b 1 market; sell a 1 stop 99.9 reduce", "b accepted; b 1@100 taker; a accepted" },
        { "buy a 1 stop 100", "a WouldTriggerAtOnce immediate-trigger" },
        { "buy a 1 stop 100.1", "a accepted" },
        { "sell a 1 stop 100", "a WouldTriggerAtOnce immediate-trigger" },
        { "buy b 1 market; sell a 1 take 100 reduce", "b accepted; b 1@100 taker; a WouldTriggerAtOnce immediate-trigger" },
        { "sell b 1 market; buy a 1 take 100 reduce", "b accepted; b 1@100 taker; a WouldTriggerAtOnce immediate-trigger" },
        // margin: 100 × 100 = 10,000 at 1x is all there is
        { "buy a 100 market", "a accepted; a 100@100 taker" },
        { "buy a 100.001 market", "a InsufficientFunds margin" },
        { "buy a 1000 market x10", "a accepted; a 1000@100 taker" },
        { "buy a 1000.01 market x10", "a InsufficientFunds margin" },
        // what rests and what is held counts: 60 % + 40 % fit, a cent more does not
        { "buy a 60 limit 99; buy b 40 limit 99; buy c 2 limit 99", "a accepted; b accepted; c InsufficientFunds margin" },
        { "buy a 60 market; buy b 40 limit 100; buy c 1 limit 99", "a accepted; a 60@100 taker; b accepted; b 40@100 taker; c InsufficientFunds margin" },
        // an order that reduces needs no margin and may be worth less than the minimum, but not smaller than the minimum quantity
        { "buy a 100 market; sell x 0.001 limit 101 reduce", "a accepted; a 100@100 taker; x accepted" },
        { "buy a 1 market; buy a 1 market", "a DuplicateClientOrderId duplicate; a accepted; a 1@100 taker" },
        { "buy a 1 market in=DOGE/USDT:USDT", "a UnknownSymbol symbol" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Arrive_OrderThatAnExchangeRefuses_IsRefused(string orders, string expected) =>
        Assert.Equal(expected, SimulationDesk.Run("", orders + "; candle 100 100 100 100").Said);

    [Fact]
    public void Arrive_FeeDoesNotFit_IsRefused() =>
        // 10,000 of margin and 5 of fee are more than 10,000
        Assert.Equal("a InsufficientFunds margin", SimulationDesk.Run("taker=0.0005", "buy a 100 market; candle 100 100 100 100").Said);

    [Theory]
    [InlineData("sell a 1 market; candle 100 100 100 100", "a InvalidOrder spot-short")]
    [InlineData("buy a 1 market; sell x 1 limit 110 reduce; candle 100 100 100 100; candle 100 111 99 110", "a accepted; a 1@100 taker; x accepted; x 1@110 maker")]
    public void Spot_BuyAndSell_IsNeverShort(string script, string expected) =>
        Assert.Equal(expected, SimulationDesk.Run("", script, [Some.Instrument("BTC/USDT") with { MaximumLeverage = 1m }]).Said);

    [Fact]
    public void Wallet_RoundTripOfContracts_CountsProfitAndFees()
    {
        // 2 contracts of 10 units from 100 to 110: 200; fees 2000 × 0.0005 + 2200 × 0.0002 = 1 + 0.44
        var desk = SimulationDesk.Run("taker=0.0005 maker=0.0002", "buy a 2 market; sell t 2 limit 110 reduce; candle 100 100 100 100; candle 100 112 99 111", [Some.Instrument() with { ContractSize = 10m }]);
        Assert.Equal(10_198.56m, desk.Exchange.Wallet.Amount);
        Assert.Empty(desk.Exchange.Positions);
    }
}
