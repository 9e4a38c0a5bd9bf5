using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Risk.Rules;
using TelegramTrader.Tests.Support;
using static TelegramTrader.Tests.Support.Proposals;

namespace TelegramTrader.Tests.Risk.Rules;

/// <summary>The rules that look at the account, its trades and the size: just under, exactly at, just over, missing.</summary>
public sealed class AccountRulesTests
{
    [Fact]
    public void TradingState_EachMode() => Table(new TradingStateRule(),
        ("active", Proposal(), true),
        ("reducing only", Proposal(portfolio: Portfolio() with { TradingState = new TradingState(TradingMode.ReducingOnly, "ann", "pause", Some.Time) }), false),
        ("halted", Proposal(portfolio: Portfolio() with { TradingState = new TradingState(TradingMode.Halted, "engine", "start", Some.Time) }), false));

    [Fact]
    public void MarketData_AroundTwoMinutes() => Table(new MarketDataRule(),
        ("119.999 s", Quoted(119_999), true),
        ("exactly 120 s", Quoted(120_000), true),
        ("120.001 s", Quoted(120_001), false),
        ("no price", Proposal(portfolio: Portfolio() with { Quote = null }), false));

    [Fact]
    public void Account_AroundZero() => Table(new AccountRule(),
        ("a cent", Proposal(portfolio: Portfolio(0.01m)), true),
        ("nothing", Proposal(portfolio: Portfolio(0m)), false),
        ("less than nothing", Proposal(portfolio: Portfolio(-1m)), false),
        ("unknown", Proposal(portfolio: Portfolio() with { Equity = null }), false));

    [Fact]
    public void AccountReadable_AroundThreeMinutes() => Table(new AccountReadableRule(),
        ("readable", Proposal(), true),
        ("failed just now", Unreadable(0), true),
        ("179.999 s", Unreadable(179_999), true),
        ("exactly 180 s", Unreadable(180_000), true),
        ("180.001 s", Unreadable(180_001), false),
        ("a day", Unreadable(86_400_000), false),
        ("31 s of 30 s", Proposal(portfolio: Unreadable(31_000).Portfolio, settings: new RiskSettings { AccountUnreadableAfter = TimeSpan.FromSeconds(30) }), false));

    [Fact]
    public void ForeignPosition_SameSymbolOnly() => Table(new ForeignPositionRule(),
        ("none", Proposal(), true),
        ("in another symbol", Proposal(portfolio: Portfolio() with { ForeignIn = [Some.Eth] }), true),
        ("in the symbol", Proposal(portfolio: Portfolio() with { ForeignIn = [Some.Eth, Some.Btc] }), false));

    [Fact]
    public void OppositePosition_SameSymbolOnly() => Table(new OppositePositionRule(),
        ("none", Proposal(), true),
        ("same side", Holding(Exposure(symbol: Some.Btc)), true),
        ("other side", Holding(Exposure(symbol: Some.Btc, side: TradeSide.Short)), false),
        ("other side of another symbol", Holding(Exposure(symbol: Some.Eth, side: TradeSide.Short)), true));

    [Fact]
    public void PositionsPerSymbol_AroundOne() => Table(new PositionsPerSymbolRule(),
        ("none", Holding(Exposure(symbol: Some.Eth)), true),
        ("one", Holding(Exposure(symbol: Some.Btc)), false),
        ("one of two", Holding(new RiskSettings { PositionsPerSymbol = 2 }, Exposure(symbol: Some.Btc)), true),
        ("two of two", Holding(new RiskSettings { PositionsPerSymbol = 2 }, Exposure(symbol: Some.Btc), Exposure(symbol: Some.Btc)), false));

    [Fact]
    public void PositionsPerChannel_AroundThree() => Table(new PositionsPerChannelRule(),
        ("two", Holding(Exposure(channel: "@alpha"), Exposure(channel: "@alpha"), Exposure(channel: "@beta")), true),
        ("three", Holding(Exposure(channel: "@alpha"), Exposure(channel: "@alpha"), Exposure(channel: "@alpha")), false));

    [Fact]
    public void PositionsAtOnce_AroundFive() => Table(new PositionsAtOnceRule(),
        ("four", Holding(Exposure(), Exposure(), Exposure(), Exposure()), true),
        ("five", Holding(Exposure(), Exposure(), Exposure(), Exposure(), Exposure()), false));

    [Fact]
    public void DailyLoss_AroundFivePercent() => Table(new DailyLossRule(),
        ("4.99 %", Proposal(portfolio: Portfolio(9501m)), true),
        ("exactly 5 %", Proposal(portfolio: Portfolio(9500m)), false),
        ("5.01 %", Proposal(portfolio: Portfolio(9499m)), false),
        ("a gain", Proposal(portfolio: Portfolio(11_000m)), true),
        ("recovered, but the limit was reached", Proposal(portfolio: Portfolio() with { Day = new LossBaseline(Some.Time, new Money(10_000m, "USDT"), LimitReached: true) }), false),
        ("no baseline", Proposal(portfolio: Portfolio() with { Day = null }), false),
        ("no equity", Proposal(portfolio: Portfolio() with { Equity = null }), false));

    [Fact]
    public void WeeklyLoss_AroundTenPercent() => Table(new WeeklyLossRule(),
        ("9.99 %", Proposal(portfolio: Portfolio(9001m)), true),
        ("exactly 10 %", Proposal(portfolio: Portfolio(9000m)), false),
        ("10.01 %", Proposal(portfolio: Portfolio(8999m)), false),
        ("recovered, but the limit was reached", Proposal(portfolio: Portfolio() with { Week = new LossBaseline(Some.Time, new Money(10_000m, "USDT"), LimitReached: true) }), false),
        ("no baseline", Proposal(portfolio: Portfolio() with { Week = null }), false));

    [Fact]
    public void FreeMargin_AroundWhatIsNeeded() => Table(new FreeMarginRule(),
        // 5 units at 1000 and 3x: 1666.666… of margin
        ("just enough", Sized(free: 1666.67m, margin: 1666.67m), true),
        ("a cent too little", Sized(free: 1666.66m, margin: 1666.67m), false),
        ("none", Sized(free: 0m, margin: 0m), false),
        ("below zero", Sized(free: -5m, margin: -10m), false),
        ("unknown", Proposal(portfolio: Portfolio() with { FreeMargin = null }), false));

    [Fact]
    public void MinimumSize_AroundFiveUsdt() => Table(new MinimumSizeRule(),
        // stop at 980: 5 ÷ 980 = 0.0051…; 0.006 × 980 = 5.88, 0.005 × 980 = 4.9
        ("enough at the stop too", WithQuantities(0.006m), true),
        ("enough at the entry (5.00), too little at the stop (4.90)", WithQuantities(0.005m), false),
        ("too little everywhere", WithQuantities(0.004m), false),
        ("nothing", WithQuantities(0m), false),
        ("one of two legs too small", WithQuantities(0.006m, 0.001m), false),
        ("a leg that was dropped does not count", WithQuantities(0.006m, 0m), true),
        ("no size", Proposal(portfolio: Portfolio() with { Equity = null }), false));

    [Fact]
    public void Exposure_AroundThreeTimesTheEquity() => Table(new ExposureRule(),
        // the plan itself is worth 5 × 1000 = 5,000
        ("exactly 3 ×", Holding(Exposure(notional: 25_000m)), true),
        ("a cent more", Holding(Exposure(notional: 25_000.01m)), false),
        ("in two trades", Holding(Exposure(notional: 12_500m), Exposure(notional: 12_500.01m)), false),
        ("no equity", Proposal(portfolio: Portfolio() with { Equity = null }), false));

    [Fact]
    public void OpenRisk_AroundTenPercent() => Table(new OpenRiskRule(),
        // the plan itself risks 5 × 20 = 100
        ("exactly 10 %", Holding(Exposure(risk: 900m)), true),
        ("a cent more", Holding(Exposure(risk: 900.01m)), false),
        ("in two trades", Holding(Exposure(risk: 450m), Exposure(risk: 450.01m)), false),
        ("no equity", Proposal(portfolio: Portfolio() with { Equity = null }), false));

    [Fact]
    public void Liquidation_AroundStopAndBuffer() => Table(new LiquidationRule(),
        // stop 2 %, buffer half: 3 % needed; maintenance 0.5 %: 1 ÷ leverage must be at least 3.5 %
        ("exactly 3 %", Levered(1m / 0.035m), true),
        ("a little more leverage", Levered(1m / 0.0349m), false),
        ("a little less leverage", Levered(1m / 0.0351m), true),
        ("a long at 1x has no liquidation", Levered(1m, stop: 100m), true),
        ("a short at 1x has: 99.5 % against 1.5 × 70 %", Levered(1m, TradeSide.Short, 1700m), false),
        ("spot has none", Proposal(Plan() with { Instrument = Some.Instrument("BTC/USDT") }), true),
        ("no size", Proposal(portfolio: Portfolio() with { Equity = null }), false));

    private static RiskProposal Quoted(double milliseconds) =>
        Proposal(portfolio: Portfolio() with { Quote = Some.Quote(1000m, 1000m, time: Some.Time - TimeSpan.FromMilliseconds(milliseconds)) });

    private static RiskProposal Unreadable(double milliseconds) =>
        Proposal(portfolio: Portfolio() with { AccountUnreadableSince = Some.Time - TimeSpan.FromMilliseconds(milliseconds) });

    private static RiskProposal Holding(params TradeExposure[] trades) => Holding(new RiskSettings(), trades);

    private static RiskProposal Holding(RiskSettings settings, params TradeExposure[] trades) =>
        Proposal(portfolio: Portfolio() with { Trades = trades }, settings: settings);

    private static RiskProposal Sized(decimal free, decimal margin)
    {
        var proposal = Proposal();
        return proposal with
        {
            Portfolio = proposal.Portfolio with { FreeMargin = new Money(free, "USDT") },
            Sizing = proposal.Sizing! with { Margin = new Money(margin, "USDT") },
        };
    }

    private static RiskProposal WithQuantities(params decimal[] quantities)
    {
        var proposal = Proposal(Plan().WithLegs([.. quantities.Select(_ => (1000m, 1m / quantities.Length))]));
        return proposal with { Sizing = proposal.Sizing! with { LegQuantities = [.. quantities.Select(quantity => new Quantity(quantity))] } };
    }

    private static RiskProposal Levered(decimal leverage, TradeSide side = TradeSide.Long, decimal stop = 980m)
    {
        var proposal = Proposal(Plan(side, stop: stop));
        return proposal with { Sizing = proposal.Sizing! with { Leverage = leverage } };
    }
}
