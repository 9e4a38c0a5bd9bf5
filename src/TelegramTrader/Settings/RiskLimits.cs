using TelegramTrader.Core.Risk;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>The settings of the risk gate.</summary>
internal static class RiskLimits
{
    public static IEnumerable<SettingDefinition> All() =>
    [
        Percent("Risk:PerTradePercent", "How much of the equity a trade loses when it goes from entry to stop.", 1, 0.01m, 10, Set((risk, value) => risk with { RiskPerTrade = value })),
        Percent("Risk:HighestPerTradePercent", "The most that a post may ask for by its own words.", 2, 0.01m, 20, Set((risk, value) => risk with { HighestRiskPerTrade = value })),
        Number("Risk:LeverageCap", "The highest leverage, whatever a post says.", 5, 1, 125, Set((risk, value) => risk with { LeverageCap = value })),
        Number("Risk:DefaultLeverage", "Leverage where a post names none.", 3, 1, 125, Set((risk, value) => risk with { DefaultLeverage = value })),
        Percent("Risk:LiquidationBufferPercent", "How much farther away than the stop the liquidation price must be, as a part of the stop's distance.", 50, 0, 1000, Set((risk, value) => risk with { LiquidationBuffer = value })),
        Whole("Risk:PositionsAtOnce", "How many positions and waiting entries there may be at once.", 5, 1, 1000, SetWhole((risk, value) => risk with { PositionsAtOnce = value })),
        Whole("Risk:PositionsPerChannel", "The same for one channel.", 3, 1, 1000, SetWhole((risk, value) => risk with { PositionsPerChannel = value })),
        Whole("Risk:PositionsPerSymbol", "The same for one symbol.", 1, 1, 100, SetWhole((risk, value) => risk with { PositionsPerSymbol = value })),
        Number("Risk:LargestPosition", "The largest value of one position, as a multiple of the equity. A larger size is cut to it.", 1, 0.01m, 125, Set((risk, value) => risk with { LargestPosition = value })),
        Number("Risk:TotalExposure", "The largest value of all positions and waiting entries together, as a multiple of the equity.", 3, 0.01m, 125, Set((risk, value) => risk with { TotalExposure = value })),
        Percent("Risk:TotalOpenRiskPercent", "How much of the equity may be lost if everything goes to its stop.", 10, 0.1m, 100, Set((risk, value) => risk with { TotalOpenRisk = value })),
        Percent("Risk:DailyLossPercent", "Loss of the day, open loss included, against the equity at its start, from which there are no entries until the day ends.", 5, 0.1m, 100, Set((risk, value) => risk with { DailyLoss = value })),
        Percent("Risk:WeeklyLossPercent", "The same for the week.", 10, 0.1m, 100, Set((risk, value) => risk with { WeeklyLoss = value })),
        Percent("Risk:LossWarningAtPercent", "The part of a loss limit from which a warning is given.", 80, 1, 100, Set((risk, value) => risk with { LossWarningAt = value })),
        Duration("Risk:OldestSignalMinutes", "The oldest post that is still traded.", "minutes", 5, 0.1m, 1440, SetSpan((risk, value) => risk with { OldestSignal = value })),
        Duration("Risk:OldestQuoteSeconds", "The oldest price that a decision may rest on.", "seconds", 120, 1, 3600, SetSpan((risk, value) => risk with { OldestQuote = value })),
        Percent("Risk:PastEntryPercent", "How far the market may have gone past the entry price of a post before an entry at the market is not chased any more.", 1, 0, 20, Set((risk, value) => risk with { PastEntry = value })),
        Percent("Risk:DistanceFromMarketPercent", "How far an entry price may lie from the market.", 20, 0.1m, 90, Set((risk, value) => risk with { DistanceFromMarket = value })),
        Percent("Risk:NearestStopPercent", "The nearest stop.", 0.2m, 0.01m, 10, Set((risk, value) => risk with { NearestStop = value })),
        Percent("Risk:FarthestStopPercent", "The farthest stop.", 35, 1, 95, Set((risk, value) => risk with { FarthestStop = value })),
        Number("Risk:LeastRewardToRisk", "The least reward, as a multiple of the risk, reward being the mean distance of the targets.", 0.8m, 0, 20, Set((risk, value) => risk with { LeastRewardToRisk = value })),
        Duration("Risk:DuplicateWindowHours", "Within this time the same idea again is a duplicate.", "hours", 12, 0, 720, SetSpan((risk, value) => risk with { DuplicateWindow = value })),
        Percent("Risk:DuplicateNearnessPercent", "How near the entry prices of two posts must be to be the same idea.", 1, 0, 20, Set((risk, value) => risk with { DuplicateNearness = value })),
        Flag("Risk:DuplicateAcrossChannels", "Whether the same idea from another channel is a duplicate too.", true, (settings, value) => With(settings, settings.Trading.Risk with { DuplicateAcrossChannels = value })),
    ];

    private static Func<AppSettings, decimal, AppSettings> Set(Func<RiskSettings, decimal, RiskSettings> change) => (settings, value) => With(settings, change(settings.Trading.Risk, value));

    private static Func<AppSettings, int, AppSettings> SetWhole(Func<RiskSettings, int, RiskSettings> change) => (settings, value) => With(settings, change(settings.Trading.Risk, value));

    private static Func<AppSettings, TimeSpan, AppSettings> SetSpan(Func<RiskSettings, TimeSpan, RiskSettings> change) => (settings, value) => With(settings, change(settings.Trading.Risk, value));

    private static AppSettings With(AppSettings settings, RiskSettings risk) => settings with { Trading = settings.Trading with { Risk = risk } };
}
