using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>Funding, liquidation, quotes instead of candles, and what the account reports.</summary>
public sealed class SimulatedAccountTests
{
    /// <summary>script → what is said after the entry, wallet. 10,000 to begin with.</summary>
    public static TheoryData<string, string, string, decimal> Fundings => new()
    {
        // 2 × 100 × 0.0001 = 0.02: with a positive rate longs pay shorts
        { "long pays", "buy a 2 market; candle 100 100 100 100; fund 0.0001", "funding -0.02", 9999.98m },
        { "short receives", "sell a 2 market; candle 100 100 100 100; fund 0.0001", "funding 0.02", 10_000.02m },
        { "negative rate: long receives", "buy a 2 market; candle 100 100 100 100; fund -0.0001", "funding 0.02", 10_000.02m },
        { "negative rate: short pays", "sell a 2 market; candle 100 100 100 100; fund -0.0001", "funding -0.02", 9999.98m },
        { "at the last price: 2 × 110 × 0.0001", "buy a 2 market; candle 100 110 100 110; fund 0.0001", "funding -0.022", 9999.978m },
        { "the same time is settled once", "buy a 2 market; candle 100 100 100 100; fund 0.0001; fund 0.0001", "funding -0.02", 9999.98m },
        { "no position, no payment", "candle 100 100 100 100; fund 0.0001", "", 10_000m },
    };

    [Theory]
    [MemberData(nameof(Fundings))]
    public void Fund_PositionAndRate_PaysTheOtherSide(string name, string script, string expected, decimal wallet)
    {
        var desk = SimulationDesk.Run("", script);
        Assert.True(expected == desk.Said.Replace("a accepted; a 2@100 taker; ", "", StringComparison.Ordinal), $"{name}: {desk.Said}");
        Assert.Equal(wallet, desk.Exchange.Wallet.Amount);
    }

    /// <summary>
    /// 10 units at 100 and 10x: margin 100, maintenance 0.5 %. Long: (1000 − 100) ÷ (10 × 0.995) = 90.45… → 90.5, which loses 95 and leaves 5 for the fee of
    /// 905 × 0.0125 = 11.3. Short: (1000 + 100) ÷ (10 × 1.005) = 109.45… → 109.4, which loses 94 and leaves 6. Both lose the margin of 100 and no more.
    /// </summary>
    public static TheoryData<string, string, string> Liquidations => new()
    {
        { "long", "buy a 10 market x10; candle 100 100 100 100; candle 100 101 90 92", "liquidated @90.5 fee 5" },
        { "short", "sell a 10 market x10; candle 100 100 100 100; candle 100 110 99 101", "liquidated @109.4 fee 6" },
        { "long, gap far beyond it", "buy a 10 market x10; candle 100 100 100 100; candle 50 51 49 50", "liquidated @90.5 fee 5" },
        { "short, gap far beyond it", "sell a 10 market x10; candle 100 100 100 100; candle 200 201 199 200", "liquidated @109.4 fee 6" },
        { "long, gap beyond stop and liquidation: the margin and no more", "buy a 10 market x10; sell s 10 stop 95 reduce; candle 100 100 100 100; candle 50 51 49 50; candle 50 50 50 50",
            "s accepted; liquidated @90.5 fee 5; s cancelled reduce-only" },
        { "long in quotes", "quote 100; buy a 10 market x10; quote 100; quote 90.4", "liquidated @90.5 fee 5" },
        { "short in quotes", "quote 100; sell a 10 market x10; quote 100; quote 109.5", "liquidated @109.4 fee 6" },
        { "long in quotes, gap beyond stop and liquidation", "quote 100; buy a 10 market x10; quote 100; sell s 10 stop 95 reduce; quote 100; quote 50", "s accepted; liquidated @90.5 fee 5; s cancelled reduce-only" },
        { "reached exactly at the close", "buy a 10 market x10; candle 100 100 100 100; candle 100 100 90.4 90.4", "liquidated @90.5 fee 5" },
    };

    [Theory]
    [MemberData(nameof(Liquidations))]
    public void Liquidate_PriceReached_LosesTheMarginAndNoMore(string name, string script, string expected)
    {
        var desk = SimulationDesk.Run("liquidation=0.0125", script);
        Assert.True(expected == desk.Said.Replace("a accepted; a 10@100 taker; ", "", StringComparison.Ordinal), $"{name}: {desk.Said}");
        Assert.Equal(9900m, desk.Exchange.Wallet.Amount);
        Assert.Empty(desk.Exchange.Positions);
    }

    [Theory]
    // The stop at 91 lies before the liquidation at 90.45.
    [InlineData("buy a 10 market x10; sell s 10 stop 91 reduce; candle 100 100 100 100; candle 100 101 90 92", "s accepted; s 10@91 taker")]
    [InlineData("sell a 10 market x10; buy s 10 stop 109 reduce; candle 100 100 100 100; candle 100 110 99 101", "s accepted; s 10@109 taker")]
    // A stop beyond it comes too late.
    [InlineData("buy a 10 market x10; sell s 10 stop 90.1 reduce; candle 100 100 100 100; candle 100 101 90 92; candle 92 92 92 92", "s accepted; liquidated @90.5 fee 5; s cancelled reduce-only")]
    // At 1x a long can't be liquidated; a short can: (1000 + 1000) ÷ (10 × 1.005) = 199.0049…
    [InlineData("buy a 10 market; candle 100 100 100 100; candle 100 101 0.1 92", "")]
    [InlineData("sell a 10 market; candle 100 100 100 100; candle 100 199.1 99 101", "liquidated @199 fee 10")]
    public void Liquidate_AgainstTheStop_WhicheverComesFirst(string script, string expected) =>
        Assert.Equal(expected, SimulationDesk.Run("liquidation=0.0125", script).Said.Replace("a accepted; a 10@100 taker", "", StringComparison.Ordinal).TrimStart(';', ' '));

    [Fact]
    public void Liquidate_Spot_NeverHappens() =>
        Assert.Equal("a accepted; a 10@100 taker", SimulationDesk.Run("", "buy a 10 market; candle 100 100 100 100; candle 100 100 0.1 0.1", [Some.Instrument("BTC/USDT")]).Said);

    /// <summary>Quotes give what candles give: the same prices one after the other.</summary>
    public static TheoryData<string, string, string> Quotes => new()
    {
        { "market at the ask, 100.1 × 1.001 = 100.2001 → 100.3", "quote 100 100.1; buy a 2 market; quote 100 100.1", "a accepted; a 2@100.3 taker fee 0.1003" },
        { "sell at the bid, 100 × 0.999 = 99.9", "quote 100 100.1; sell a 2 market; quote 100 100.1", "a accepted; a 2@99.9 taker fee 0.0999" },
        { "limit reached by the ask", "quote 100; buy a 2 limit 95; quote 100; quote 94.8 95.1; quote 94.8 95", "a accepted; a 2@95 maker fee 0.038" },
        { "gap through the limit: at its price", "quote 100; buy a 2 limit 95; quote 100; quote 90", "a accepted; a 2@95 maker fee 0.038" },
        { "long's stop looks at the bid, 95 × 0.999 = 94.905 → 94.9", "quote 100; buy a 2 market; quote 100; sell s 2 stop 95 reduce; quote 100; quote 95.1 95.3; quote 95 95.2",
            "a accepted; a 2@100.1 taker fee 0.1001; s accepted; s 2@94.9 taker fee 0.0949" },
        { "gap through the stop", "quote 100; buy a 2 market; quote 100; sell s 2 stop 95 reduce; quote 100; quote 90", "a accepted; a 2@100.1 taker fee 0.1001; s accepted; s 2@89.9 taker fee 0.0899" },
        { "short's stop looks at the ask", "quote 100; sell a 2 market; quote 100; buy s 2 stop 105 reduce; quote 100; quote 104.8 105", "a accepted; a 2@99.9 taker fee 0.0999; s accepted; s 2@105.2 taker fee 0.1052" },
        { "refused as it would trigger", "quote 100; buy a 2 market; quote 100; sell s 2 stop 100 reduce; quote 100", "a accepted; a 2@100.1 taker fee 0.1001; s WouldTriggerAtOnce immediate-trigger" },
        { "an order sent by a fill arrives with the next quote", "quote 100; buy a 2 market; after a: sell t 2 limit 101 reduce; quote 100; quote 102", "a accepted; a 2@100.1 taker fee 0.1001; t accepted; t 2@101.8 taker fee 0.1018" },
    };

    [Theory]
    [MemberData(nameof(Quotes))]
    public void Quote_OrdersAndPrices_FillAsWorkedOut(string name, string script, string expected)
    {
        var said = SimulationDesk.Run("base=0.001 taker=0.0005 maker=0.0002", script).Said;
        Assert.True(expected == said, $"{name}\nexpected {expected}\n     got {said}");
    }

    [Fact]
    public void Quote_Latency_ArrivesWithTheFirstQuoteAfterIt() =>
        Assert.Equal("a accepted; a 2@102 taker", SimulationDesk.Run("latency=250", "quote 100; buy a 2 market; time 249; quote 101; time 1; quote 102").Said);

    [Fact]
    public void AskAccount_OrdersInEveryState_AreReportedTruly()
    {
        var desk = SimulationDesk.Run("taker=0.0005", "buy a 2 market; sell s 2 stop 95 reduce; buy b 1 limit 90; buy r 0.001 market; candle 100 100 100 100; cancel b; candle 100 100 100 100; buy w 1 limit 91");
        desk.Exchange.AskAccount([.. "a s b r w nobody".Split(' ').Select(name => new ClientOrderId(name))]);
        var report = Assert.IsType<EngineEvent.AccountReported>(desk.Events[^1]).Report;
        Assert.Equal(["a Accepted True", "s Accepted False", "b Cancelled False", "r Rejected False", "w Accepted False", "nobody NotFound False"],
            report.Orders.Select(order => $"{order.Id} {order.Answer.GetType().Name} {order.IsFilled}"));
        Assert.Equal(9999.9m, report.Wallet.Amount);
        Assert.Equal("a", Assert.Single(report.Fills).OrderId.Value);
        var position = Assert.Single(report.Positions);
        Assert.Equal((TradeSide.Long, 2m, 100m), (position.Side, position.Quantity.Value, position.AverageEntry.Value));
    }
}
