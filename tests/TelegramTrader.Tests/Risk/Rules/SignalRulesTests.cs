using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Risk.Rules;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;
using static TelegramTrader.Tests.Support.Proposals;

namespace TelegramTrader.Tests.Risk.Rules;

/// <summary>The rules that look at the post and its levels: just under, exactly at, just over, missing.</summary>
public sealed class SignalRulesTests
{
    [Fact]
    public void SignalAge_AroundFiveMinutes() => Table(new SignalAgeRule(),
        ("just posted", Proposal(), true),
        ("299.999 s", Aged(299_999), true),
        ("exactly 300 s", Aged(300_000), true),
        ("300.001 s", Aged(300_001), false),
        ("from the future, as a clock that runs behind makes it", Aged(-60_000), true));

    [Fact]
    public void StopSide_AroundTheEntry() => Table(new StopSideRule(),
        ("long, a tick below", Proposal(Plan(stop: 999.9m)), true),
        ("long, at the entry", Proposal(Plan(stop: 1000m)), false),
        ("long, above", Proposal(Plan(stop: 1000.1m)), false),
        ("short, a tick above", Proposal(Plan(TradeSide.Short, stop: 1000.1m)), true),
        ("short, at the entry", Proposal(Plan(TradeSide.Short, stop: 1000m)), false),
        ("short, below", Proposal(Plan(TradeSide.Short, stop: 999.9m)), false),
        ("long ladder, between its legs", Proposal(Plan(stop: 980m).WithLegs((1000m, 0.5m), (970m, 0.5m))), false),
        ("long ladder, below all", Proposal(Plan(stop: 960m).WithLegs((1000m, 0.5m), (970m, 0.5m))), true),
        ("short ladder, between its legs", Proposal(Plan(TradeSide.Short, stop: 1020m).WithLegs((1000m, 0.5m), (1030m, 0.5m))), false));

    [Fact]
    public void TargetSide_AroundTheAverageEntry() => Table(new TargetSideRule(),
        ("long, a tick above", Proposal(Plan(targets: 1000.1m)), true),
        ("long, at the entry", Proposal(Plan(targets: 1000m)), false),
        ("long, the second of two below", Proposal(Plan(targets: [1040m, 990m])), false),
        ("short, a tick below", Proposal(Plan(TradeSide.Short, stop: 1020m, targets: 999.9m)), true),
        ("short, at the entry", Proposal(Plan(TradeSide.Short, stop: 1020m, targets: 1000m)), false),
        ("short, above", Proposal(Plan(TradeSide.Short, stop: 1020m, targets: 1010m)), false),
        ("average 985: a target at 990 lies above it", Proposal(Plan(stop: 960m, targets: 990m).WithLegs((1000m, 0.5m), (970m, 0.5m))), true),
        ("no target", Proposal(Plan() with { Exits = Plan().Exits with { Targets = [], RunnerShare = 1m } }), true));

    [Fact]
    public void SpotShort_OnSpotAndPerpetual() => Table(new SpotShortRule(),
        ("short on a perpetual", Proposal(Plan(TradeSide.Short, stop: 1020m)), true),
        ("long on spot", Proposal(Plan() with { Instrument = Some.Instrument("BTC/USDT") }), true),
        ("short on spot", Proposal(Plan(TradeSide.Short, stop: 1020m) with { Instrument = Some.Instrument("BTC/USDT") }), false));

    [Fact]
    public void DistanceFromMarket_AroundTwentyPercent() => Table(new DistanceFromMarketRule(),
        ("19.99 % below", Proposal(Plan(entry: 800.1m, stop: 780m)), true),
        ("exactly 20 % below", Proposal(Plan(entry: 800m, stop: 780m)), true),
        ("20.01 % below", Proposal(Plan(entry: 799.9m, stop: 780m)), false),
        ("exactly 20 % above", Proposal(Plan(entry: 1200m)), true),
        ("20.01 % above", Proposal(Plan(entry: 1200.1m)), false),
        ("the farthest leg counts", Proposal(Plan(stop: 700m).WithLegs((1000m, 0.5m), (799.9m, 0.5m))), false),
        ("no price", Proposal(portfolio: Portfolio() with { Quote = null }), false));

    [Fact]
    public void StopPassed_AroundTheStop() => Table(new StopPassedRule(),
        ("long, bid a tick above the stop", Proposal(portfolio: Portfolio() with { Quote = Some.Quote(980.1m, 990m) }), true),
        ("long, bid at the stop", Proposal(portfolio: Portfolio() with { Quote = Some.Quote(980m, 990m) }), false),
        ("long, bid below the stop", Proposal(portfolio: Portfolio() with { Quote = Some.Quote(979.9m, 990m) }), false),
        ("short, ask a tick below the stop", Proposal(Plan(TradeSide.Short, stop: 1020m), Portfolio() with { Quote = Some.Quote(1000m, 1019.9m) }), true),
        ("short, ask at the stop", Proposal(Plan(TradeSide.Short, stop: 1020m), Portfolio() with { Quote = Some.Quote(1000m, 1020m) }), false),
        ("no price", Proposal(portfolio: Portfolio() with { Quote = null }), false));

    [Fact]
    public void PastEntry_AroundOnePercent() => Table(new PastEntryRule(),
        ("long, ask 0.99 % past", Past(TradeSide.Long, 1009.9m), true),
        ("long, ask exactly 1 % past", Past(TradeSide.Long, 1010m), true),
        ("long, ask 1.01 % past", Past(TradeSide.Long, 1010.1m), false),
        ("long, cheaper than named", Past(TradeSide.Long, 900m), true),
        ("short, bid exactly 1 % past", Past(TradeSide.Short, 990m), true),
        ("short, bid 1.01 % past", Past(TradeSide.Short, 989.9m), false),
        ("short, dearer than named", Past(TradeSide.Short, 1100m), true),
        ("a limit entry has nothing to chase", Proposal(Plan().WithLegs((1000m, 1m)) with { NamedEntry = new Price(1000m) }, Portfolio() with { Quote = Some.Quote(1100m, 1100m) }), true),
        ("a breakout waits for its price and is not chased", Proposal(
            Plan() with { NamedEntry = new Price(1000m), Legs = [new PlannedLeg(new OrderKind.StopMarket(new Price(1000m)), new Price(1000m), 1m)] },
            Portfolio() with { Quote = Some.Quote(1010.1m, 1010.1m) }), false),
        ("the post names no price", Proposal(portfolio: Portfolio() with { Quote = Some.Quote(2000m, 2000m) }), true),
        ("no market price", Proposal(Plan() with { NamedEntry = new Price(1000m) }, Portfolio() with { Quote = null }), false));

    [Fact]
    public void StopTooNear_AroundTwoTenthsOfAPercent() => Table(new StopTooNearRule(),
        ("0.21 %", Proposal(Plan(stop: 997.9m)), true),
        ("exactly 0.2 %", Proposal(Plan(stop: 998m)), true),
        ("0.19 %", Proposal(Plan(stop: 998.1m)), false),
        ("short, exactly 0.2 %", Proposal(Plan(TradeSide.Short, stop: 1002m)), true),
        ("short, 0.19 %", Proposal(Plan(TradeSide.Short, stop: 1001.9m)), false),
        ("on the wrong side", Proposal(Plan(stop: 1020m)), false));

    [Fact]
    public void StopTooFar_AroundThirtyFivePercent() => Table(new StopTooFarRule(),
        ("34.99 %", Proposal(Plan(stop: 650.1m)), true),
        ("exactly 35 %", Proposal(Plan(stop: 650m)), true),
        ("35.01 %", Proposal(Plan(stop: 649.9m)), false),
        ("short, exactly 35 %", Proposal(Plan(TradeSide.Short, stop: 1350m)), true),
        ("short, 35.01 %", Proposal(Plan(TradeSide.Short, stop: 1350.1m)), false));

    [Fact]
    public void RewardToRisk_AroundEightTenths() => Table(new RewardToRiskRule(),
        // stop 2 % away: 16 of 20 is 0.8
        ("exactly 0.8", Proposal(Plan(targets: 1016m)), true),
        ("0.795", Proposal(Plan(targets: 1015.9m)), false),
        ("0.805", Proposal(Plan(targets: 1016.1m)), true),
        ("mean of 10 and 22 is 16", Proposal(Plan(targets: [1010m, 1022m])), true),
        ("mean of 10 and 21.8 is 15.9", Proposal(Plan(targets: [1010m, 1021.8m])), false),
        ("short, exactly 0.8", Proposal(Plan(TradeSide.Short, stop: 1020m, targets: 984m)), true),
        ("short, 0.795", Proposal(Plan(TradeSide.Short, stop: 1020m, targets: 984.1m)), false),
        // half at 8, the runner counts as at the last target: (0.5 × 8 + 0.5 × 8) ÷ 20 = 0.4
        ("a runner counts as the last target", Proposal(Plan() with { Exits = Plan(targets: 1008m).Exits with { RunnerShare = 1m } }), false),
        ("only a runner", Proposal(Plan() with { Exits = Plan().Exits with { Targets = [], RunnerShare = 1m } }), true),
        ("no risk to measure", Proposal(Plan(stop: 1000m)), false));

    [Fact]
    public void Duplicate_AroundOnePercentAndTwelveHours() => Table(new DuplicateRule(),
        ("no earlier idea", Proposal(), true),
        ("exactly 1 % away", Seen(990.0990099009900990099009901m), false),
        ("1.02 % away", Seen(989.9m), true),
        ("the same price, another channel", Seen(1000m, channel: "@beta"), false),
        ("exactly 12 h ago", Seen(1000m, hours: 12), false),
        ("12 h and a millisecond ago", Seen(1000m, hours: 12, milliseconds: 1), true),
        ("another symbol", Seen(1000m, symbol: Some.Eth), true),
        ("the other side", Seen(1000m, side: TradeSide.Short), true),
        ("another channel, where only the same counts", Seen(1000m, channel: "@beta", settings: new RiskSettings { DuplicateAcrossChannels = false }), true),
        ("the same channel, where only the same counts", Seen(1000m, settings: new RiskSettings { DuplicateAcrossChannels = false }), false),
        ("the very same post, however old and far away", Seen(1m, hours: 500, message: 1), false));

    private static RiskProposal Aged(double milliseconds) =>
        Proposal(Plan() with { Signal = Signal(postedAt: Some.Time - TimeSpan.FromMilliseconds(milliseconds)) });

    private static RiskProposal Past(TradeSide side, decimal market) =>
        Proposal(Plan(side, stop: side == TradeSide.Long ? 980m : 1020m) with { NamedEntry = new Price(1000m) }, Portfolio() with { Quote = Some.Quote(market, market) });

    private static RiskProposal Seen(
        decimal entry, int hours = 0, int milliseconds = 0, string channel = "@alpha", Symbol? symbol = null, TradeSide side = TradeSide.Long, RiskSettings? settings = null, long message = 99) =>
        Proposal(
            portfolio: Portfolio() with
            {
                RecentIdeas = [new RecentIdea(3, new SignalId($"{channel}/{message}/1/0"), new ChannelId(channel), message, symbol ?? Some.Btc, side, new Price(entry), Some.Time - TimeSpan.FromHours(hours) - TimeSpan.FromMilliseconds(milliseconds))],
            },
            settings: settings);
}
