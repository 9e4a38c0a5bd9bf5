using TelegramTrader.Core.Risk.Rules;

namespace TelegramTrader.Core.Risk;

/// <summary>The one place that says which rules there are and in which order they are asked.</summary>
public static class RiskRules
{
    public static IReadOnlyList<IRiskRule> All { get; } =
    [
        new TradingStateRule(),
        new MarketDataRule(),
        new AccountRule(),
        new AccountReadableRule(),
        new StopsWatchedRule(),
        new ForeignPositionRule(),
        new SignalAgeRule(),
        new StopSideRule(),
        new TargetSideRule(),
        new SpotShortRule(),
        new StopEntryRule(),
        new DistanceFromMarketRule(),
        new StopPassedRule(),
        new PastEntryRule(),
        new StopTooNearRule(),
        new StopTooFarRule(),
        new RewardToRiskRule(),
        new DuplicateRule(),
        new OppositePositionRule(),
        new PositionsPerSymbolRule(),
        new PositionsPerChannelRule(),
        new PositionsAtOnceRule(),
        new DailyLossRule(),
        new WeeklyLossRule(),
        new FreeMarginRule(),
        new MinimumSizeRule(),
        new ExposureRule(),
        new OpenRiskRule(),
        new LiquidationRule(),
    ];
}
