using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>What comes first within one candle, and what happens when. Where the candle does not say, the worse is taken.</summary>
public sealed class SimulatedPathTests
{
    private const string Long = "buy a 2 market; sell s 2 stop 95 reduce; sell t 2 limit 105 reduce; candle 100 100 100 100; ";
    private const string Short = "sell a 2 market; buy s 2 stop 105 reduce; buy t 2 limit 95 reduce; candle 100 100 100 100; ";
    private const string Opened = "a accepted; a 2@100 taker; s accepted; t accepted; ";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "long, stop and target in one candle: the stop, flagged", Long + "candle 100 106 94 100", Opened + "s 2@95 taker conflict; t cancelled reduce-only" },
        { "short, stop and target in one candle: the stop, flagged", Short + "candle 100 106 94 100", Opened + "s 2@105 taker conflict; t cancelled reduce-only" },
        { "long, only the target", Long + "candle 100 106 96 100", Opened + "t 2@105 maker" },
        { "short, only the target", Short + "candle 100 104 94 100", Opened + "t 2@95 maker" },
        { "long, only the stop: no conflict", Long + "candle 100 104 94 100", Opened + "s 2@95 taker" },
        { "gap to the target at the open, the stop later: the target was first for certain", Long + "candle 107 107 94 96", Opened + "t 2@105 maker; s cancelled reduce-only" },
        { "gap to the stop at the open, the target later: the stop, and the target lay ahead", Long + "candle 94 106 94 106", Opened + "s 2@94 taker conflict; t cancelled reduce-only" },
        { "a candle that opens at its high: down first, then the close", Long + "candle 104.9 104.9 94 96", Opened + "s 2@95 taker" },
        { "a candle that opens at its low goes up", Short + "candle 95.1 106 95.1 100", Opened + "s 2@105 taker" },
        // ---- entry and target
        { "limit entry, the high is not proven to come after it: no target", "buy a 2 limit 95; after a: sell t 2 limit 105 reduce; candle 100 106 94 100", "a accepted; a 2@95 maker; t accepted" },
        { "limit entry, and the close is beyond the target: certain", "buy a 2 limit 95; after a: sell t 2 limit 105 reduce; candle 100 107 94 106", "a accepted; a 2@95 maker; t accepted; t 2@105 maker" },
        { "short limit entry: no target", "sell a 2 limit 105; after a: buy t 2 limit 95 reduce; candle 100 106 94 100", "a accepted; a 2@105 maker; t accepted" },
        { "short limit entry, and the close is beyond the target", "sell a 2 limit 105; after a: buy t 2 limit 95 reduce; candle 100 106 93 94", "a accepted; a 2@105 maker; t accepted; t 2@95 maker" },
        // ---- entry and stop
        { "limit entry and stop on the way down: stopped", "buy a 2 limit 95; after a: sell s 2 stop 92 reduce; candle 100 106 90 100", "a accepted; a 2@95 maker; s accepted; s 2@92 taker" },
        { "short limit entry and stop: stopped", "sell a 2 limit 105; after a: buy s 2 stop 108 reduce; candle 100 110 94 100", "a accepted; a 2@105 maker; s accepted; s 2@108 taker" },
        { "breakout, then the stop: the low is taken to come after it", "buy a 2 stop 105; after a: sell s 2 stop 98 reduce; candle 100 106 97 104", "a accepted; a 2@105 taker; s accepted; s 2@98 taker" },
        { "short breakout, then the stop", "sell a 2 stop 95; after a: buy s 2 stop 102 reduce; candle 100 103 94 96", "a accepted; a 2@95 taker; s accepted; s 2@102 taker" },
        { "breakout, and the target above it is certain: the stop is not in the candle", "buy a 2 stop 102; after a: sell s 2 stop 98 reduce; after a: sell t 2 limit 105 reduce; candle 100 106 99 104",
            "a accepted; a 2@102 taker; s accepted; t accepted; t 2@105 maker" },
        { "breakout with stop and target in the candle: the stop, flagged", "buy a 2 stop 102; after a: sell s 2 stop 98 reduce; after a: sell t 2 limit 105 reduce; candle 100 106 97 104",
            "a accepted; a 2@102 taker; s accepted; t accepted; s 2@98 taker conflict; t cancelled reduce-only" },
        { "market entry at the open, stop and target in the candle: the stop", "buy a 2 market; after a: sell s 2 stop 95 reduce; after a: sell t 2 limit 105 reduce; candle 100 106 94 100",
            "a accepted; a 2@100 taker; s accepted; t accepted; s 2@95 taker conflict; t cancelled reduce-only" },
        { "a stop moved by the target is still hit afterwards", "buy a 2 market; sell s 2 stop 94 reduce; sell t 1 limit 105 reduce; after t: sell r 1 stop 100 reduce; candle 100 100 100 100; candle 100 106 96 101",
            "a accepted; a 2@100 taker; s accepted; t accepted; t 1@105 maker; r accepted; r 1@100 taker" },
        { "two targets in one candle fill in order", "buy a 2 market; sell t 1 limit 102 reduce; sell u 1 limit 105 reduce; candle 100 100 100 100; candle 100 106 99 101", "a accepted; a 2@100 taker; t accepted; u accepted; t 1@102 maker; u 1@105 maker" },
        { "stop and limit at one price: the stop acts first", "buy a 2 market; sell s 2 stop 95 reduce; buy b 1 limit 95; candle 100 100 100 100; candle 100 100 94 95", "a accepted; a 2@100 taker; s accepted; b accepted; s 2@95 taker; b 1@95 maker" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Candle_OrderOfEvents_IsTheUnkindOne(string name, string script, string expected)
    {
        var desk = SimulationDesk.Run("", script);
        Assert.True(expected == desk.Said, $"{name}\nexpected {expected}\n     got {desk.Said}");
        Assert.Equal(expected.Split("conflict").Length - 1, desk.Exchange.SameCandleConflicts);
    }

    /// <summary>Latency 250 ms. Candles of a minute; the walk visits its points after a third and two thirds of it.</summary>
    public static TheoryData<string, string, string> Latencies => new()
    {
        // Handed over before the candle: arrives 0.25 s into it, on the way from 100 (0 s) to 106 (19.999 s): 100 + 6 × 0.25 ÷ 19.999 = 100.075 → 100.1
        { "handed over at the open, arrives inside", "buy a 2 market; candle 100 106 94 100", "a 0.25 2@100.1" },
        // Handed over 20 s into a candle whose price of then is not known: the next open.
        { "handed over during a candle from outside: next open", "time 20000; buy a 2 market; candle 100 106 94 100; candle 101 101 101 101", "a 60 2@101" },
        // 59.9 s + 0.25 s is 0.15 s into the next candle, on its way from 101 (60 s) to 107 (79.999 s).
        { "handed over at the very end: arrives inside the next", "time 59900; buy a 2 market; candle 100 106 94 100; candle 101 107 101 101", "a 60.15 2@101.1" },
        // The entry fills at 95 on the way to the low; the stop that follows it arrives 0.25 s later.
        { "a stop sent by a fill arrives within the candle and counts", "buy a 2 limit 95; after a: sell s 2 stop 92 reduce; candle 100 100 100 100; candle 100 100 90 96", "a 75 2@95; s 0 2@92" },
        // The entry fills at the close (59.999 s); the stop arrives at 60.249 s, inside the next candle, and must not sleep through it.
        { "a stop sent at the close guards the next candle", "buy a 2 stop 105; after a: sell s 2 stop 98 reduce; candle 100 105 99 105; candle 105 105 97 104", "a 0 2@105; s 0 2@98" },
    };

    [Theory]
    [MemberData(nameof(Latencies))]
    public void Latency_OrdersOnTheirWay_ArriveWhenTheyCan(string name, string script, string expected)
    {
        var desk = SimulationDesk.Run("latency=250", script);
        // A time of 0 in the expectation is one that the case does not care about.
        var fills = desk.Exchange.Fills.Select((fill, index) =>
        {
            var time = (fill.HappenedAt - Some.Time).TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
            var wanted = expected.Split("; ").ElementAtOrDefault(index)?.Split(' ')[1] ?? time;
            return $"{fill.OrderId} {(wanted == "0" ? "0" : time)} {fill.Quantity}@{fill.Price}";
        });
        Assert.True(expected == string.Join("; ", fills), $"{name}: {string.Join("; ", fills)} | {desk.Said}");
    }

    [Theory]
    // The withdrawal is 0.25 s into the candle, the limit is reached later: withdrawn in time.
    [InlineData("buy a 2 limit 95; candle 100 100 100 100; cancel a; candle 100 100 90 92", "a accepted; a cancelled")]
    // Handed over during the candle: it comes too late for it, whatever the price did.
    [InlineData("buy a 2 limit 95; candle 100 100 100 100; time 1000; cancel a; candle 100 100 90 92; candle 92 92 92 92", "a accepted; a 2@95 maker")]
    [InlineData("buy a 2 limit 89; candle 100 100 100 100; time 1000; cancel a; candle 100 100 90 92; candle 92 92 92 92", "a accepted; a cancelled")]
    // An order and its withdrawal arrive in the order in which they were sent.
    [InlineData("buy a 2 limit 95; cancel a; candle 100 100 90 92", "a accepted; a cancelled")]
    [InlineData("cancel a", "a cancel refused OrderNotFound")]
    [InlineData("buy a 2 market; candle 100 100 100 100; cancel a", "a accepted; a 2@100 taker; a cancel refused OrderNotFound")]
    [InlineData("buy a 2 limit 95; candle 100 100 100 100; cancel a; cancel a; candle 100 100 99 99", "a accepted; a cancelled")]
    public void Cancel_OnItsWay_ArrivesLater(string script, string expected) =>
        Assert.Equal(expected, SimulationDesk.Run("latency=250", script).Said);

    [Fact]
    public void SeveralSymbols_OneMinute_AreWalkedInOrderOfTime()
    {
        var desk = new SimulationDesk("", [Some.Instrument(), Some.Instrument("ETH/USDT:USDT")]);
        desk.Do("buy a 1 limit 95; buy b 1 limit 9.9 in=ETH/USDT:USDT");
        // BTC falls to 90 first (20 s) and meets 95 half-way; ETH goes up first and falls to 9 in the second third, meeting 9.9 right at its beginning.
        desk.Walk((Some.Eth, Some.Candle(10m, 10m, 9m, 9.5m)), (Some.Btc, Some.Candle(100m, 100m, 90m, 100m)));
        var fills = desk.Exchange.Fills;
        Assert.Equal(2, fills.Count);
        Assert.True(fills[0].HappenedAt <= fills[1].HappenedAt);
        var quotes = desk.Events.OfType<Core.Engine.EngineEvent.QuoteReceived>().Select(quote => quote.At).ToArray();
        Assert.Equal(quotes.Order(), quotes);
        Assert.Equal([Some.Btc, Some.Eth], desk.Exchange.Positions.Select(position => position.Symbol));
    }

    [Fact]
    public void SeveralSymbols_FillInOneSendsAnOrderInTheOther_ArrivesAtThatMoment()
    {
        var desk = new SimulationDesk("", [Some.Instrument(), Some.Instrument("ETH/USDT:USDT")]);
        desk.Do("buy a 1 limit 95; after a: buy b 1 market in=ETH/USDT:USDT");
        // BTC reaches 95 after 15.000 s of its way to 90 at 29.999 s; ETH is then at 10 + 1 × 15 ÷ 29.999 = 10.50017 → 10.6.
        desk.Walk((Some.Btc, Some.Candle(100m, 100m, 90m, 90m)), (Some.Eth, Some.Candle(10m, 11m, 10m, 11m)));
        Assert.Equal(desk.Exchange.Fills[0].HappenedAt, desk.Exchange.Fills[1].HappenedAt);
        Assert.Equal(10.6m, desk.Exchange.Fills[1].Price.Value);
    }

    [Fact]
    public void Walk_AnyCandle_VisitsEveryPointOnceAndEndsInTheLastMillisecond()
    {
        var desk = SimulationDesk.Run("", "candle 100 106 94 101; candle 100 100 100 100; candle 100 100 94 94; candle 100 106 100 106");
        var quotes = desk.Events.OfType<Core.Engine.EngineEvent.QuoteReceived>().Select(quote => quote.Quote.Bid.Value).ToArray();
        // up: low first, then high. Flat: open and close. O = H: low and close are one price told twice. O = L: the mirror.
        Assert.Equal([100m, 94m, 106m, 101m, 100m, 100m, 100m, 94m, 94m, 100m, 106m, 106m], quotes);
        Assert.All(desk.Events, entry => Assert.True(entry.At < Some.Time + TimeSpan.FromMinutes(4)));
        Assert.Equal(Some.Time + TimeSpan.FromMilliseconds(4 * 60_000 - 1), desk.Events[^1].At);
    }
}
