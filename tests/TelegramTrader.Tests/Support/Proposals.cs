using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Support;

/// <summary>
/// A plan and a portfolio that pass every rule, to be changed in one place a test: long BTC at the market at 1000, stop 980, target 1040, equity 10,000,
/// nothing else open.
/// </summary>
internal static class Proposals
{
    public static TradePlan Plan(TradeSide side = TradeSide.Long, decimal entry = 1000m, decimal stop = 980m, params decimal[] targets) => new()
    {
        Signal = Signal(),
        Account = Some.Account,
        Instrument = Some.Instrument(),
        Side = side,
        Legs = [new PlannedLeg(new OrderKind.Market(), new Price(entry), 1m)],
        Exits = new ExitPlan
        {
            Stop = new StopLevel(new Price(stop), StopReason.Initial),
            InitialStop = new Price(stop),
            Targets = [.. (targets.Length > 0 ? targets : [entry + side.Sign() * 40m]).Select((price, index) => new PlannedTarget(index + 1, new Price(price), 1m / Math.Max(1, targets.Length)))],
        },
    };

    public static TradePlan WithLegs(this TradePlan plan, params (decimal Price, decimal Share)[] legs) => plan with
    {
        Legs = [.. legs.Select(leg => new PlannedLeg(new OrderKind.Limit(new Price(leg.Price)), new Price(leg.Price), leg.Share))],
    };

    public static Portfolio Portfolio(decimal equity = 10_000m) => new()
    {
        Now = Some.Time,
        Equity = new Money(equity, "USDT"),
        FreeMargin = new Money(equity, "USDT"),
        Quote = Some.Quote(1000m, 1000m),
        TradingState = new TradingState(TradingMode.Active, "test", "test", Some.Time),
        AccountUnreadableSince = null,
        Day = new LossBaseline(Some.Time, new Money(10_000m, "USDT")),
        Week = new LossBaseline(Some.Time, new Money(10_000m, "USDT")),
        Trades = [],
        RecentIdeas = [],
    };

    public static RiskProposal Proposal(TradePlan? plan = null, Portfolio? portfolio = null, RiskSettings? settings = null) => new(
        plan ?? Plan(), portfolio ?? Portfolio(), settings ?? new RiskSettings(),
        PositionSizer.Size(plan ?? Plan(), portfolio ?? Portfolio(), settings ?? new RiskSettings()));

    public static TradeExposure Exposure(int number = 7, string channel = "@other", Symbol? symbol = null, TradeSide side = TradeSide.Long, decimal notional = 0m, decimal risk = 0m) =>
        new(number, new ChannelId(channel), symbol ?? Some.Eth, side, new Money(notional, "USDT"), new Money(risk, "USDT"));

    public static TradeSignal Signal(string channel = "@alpha", Instant? postedAt = null, long message = 1) => new()
    {
        Id = new SignalId($"{channel}/{message}/1/0"),
        Channel = new ChannelId(channel),
        MessageId = message,
        Revision = 1,
        PostedAt = postedAt ?? Some.Time,
        ReceivedAt = postedAt ?? Some.Time,
        Idea = new ParsedSignal { Pair = new PairName("BTC", "USDT"), Side = TradeSide.Long, Entry = new EntryPlan.AtMarket(null), Targets = [], Stop = new StopPlan.Missing() },
    };

    /// <summary>Asks one rule about every case of its table.</summary>
    public static void Table(IRiskRule rule, params (string Case, RiskProposal Proposal, bool Passed)[] table)
    {
        foreach (var (name, proposal, passed) in table)
        {
            var check = rule.Check(proposal);
            Assert.True(check.Passed == passed, $"{name}: {(check.Passed ? "passed" : "denied")}, measured {check.Measured}, limit {check.Limit}");
            Assert.Equal(rule.Code, check.Code);
            Assert.NotEqual("", check.Measured);
            Assert.NotEqual("", check.Limit);
        }
    }
}
