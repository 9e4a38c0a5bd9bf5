using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Positions;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>The settings of how a signal is traded.</summary>
internal static class TradingSettings
{
    public static IEnumerable<SettingDefinition> All() =>
    [
        Percent("Trading:DefaultStopPercent", "Stop where a post has none, from the average entry.", 15, 0.1m, 90, Set((trading, value) => trading with { DefaultStop = value })),
        Percent("Trading:DefaultTargetPercent", "Target where a post has none, from the average entry.", 15, 0.1m, 1000, Set((trading, value) => trading with { DefaultTarget = value })),
        Whole("Trading:OrdersPerRange", "Into how many limit orders an entry zone is split.", 3, 1, 10, (settings, value) => With(settings, settings.Trading with { OrdersPerRange = value })),
        Duration("Trading:EntryValidForHours", "How long an entry that is not filled stays.", "hours", 24, 0.1m, 720, (settings, value) => With(settings, settings.Trading with { EntryValidFor = value })),
        Whole("Trading:BreakevenAfterTarget", "After this target the stop goes to the average entry; 0 for never.", 1, 0, 20, (settings, value) => With(settings, settings.Trading with { BreakevenAfterTarget = value })),
        Percent("Trading:BreakevenOffsetPercent", "How far beyond the average entry that is, in the direction of the profit.", 0, 0, 5, Set((trading, value) => trading with { BreakevenOffset = value })),
        Percent("Trading:TrailingDistancePercent", "A stop that follows the best price at this distance, for posts that bring no trailing of their own; 0 for none.", 0, 0, 50, (settings, value) =>
            With(settings, settings.Trading with { Trailing = value == 0m ? null : new TrailingStop(value, settings.Trading.Trailing?.ActivationGain ?? 0m) })),
        Percent("Trading:TrailingFromGainPercent", "The gain from which it follows.", 0, 0, 100, (settings, value) =>
            With(settings, settings.Trading with { Trailing = settings.Trading.Trailing is { } trailing ? trailing with { ActivationGain = value } : null })),
        Duration("Trading:CloseAfterHours", "The longest that a position may last; 0 for no limit.", "hours", 0, 0, 8760, (settings, value) =>
            With(settings, settings.Trading with { CloseAfter = value == TimeSpan.Zero ? null : value })),
        Flag("Trading:WithdrawEntriesAfterTarget", "Whether waiting entries are withdrawn once a target was hit.", true, (settings, value) => With(settings, settings.Trading with { WithdrawEntriesAfterTarget = value })),
        Percent("Trading:PlannedForLaterWithinPercent", "A post that comes with the market this near to its first target, or beyond it, is a plan for later and waits.", 0.5m, 0, 20, Set((trading, value) => trading with { PlannedForLaterWithin = value })),
        Duration("Trading:DetailsWithinMinutes", "How long an alert without levels waits for its details.", "minutes", 15, 0, 1440, (settings, value) => With(settings, settings.Trading with { DetailsWithin = value })),
        Duration("Trading:ProtectionAlarmAfterSeconds", "How long a position may be without a working stop before the alarm.", "seconds", 10, 1, 600, (settings, value) => With(settings, settings.Trading with { ProtectionAlarmAfter = value })),
        Duration("Trading:ProtectionExitAfterSeconds", "How long before it is closed at the market.", "seconds", 60, 5, 3600, (settings, value) => With(settings, settings.Trading with { ProtectionExitAfter = value })),
        Choice("Trading:WatchedStops", "Whether live trading is allowed where the exchange can hold no stops, such as MEXC: refuse, or allow. With allow the bot itself watches and closes at the market; while it, the machine or a connection is down, nothing protects.", WatchedStopsPolicy.Refuse,
            (settings, value) => settings with { WatchedStops = value }),
        Flag("Trading:PaperTwin", "In live mode: every trade also runs on paper, beside the real one, and /status and the daily report say what live costs against it.", true, (settings, value) => settings with { PaperTwin = value }),
        Duration("Trading:AccountUnreadableAfterSeconds", "How long the account may be unreadable before new entries are denied; open positions stay managed.", "seconds", 180, 30, 3600, (settings, value) =>
            With(settings, settings.Trading with { Risk = settings.Trading.Risk with { AccountUnreadableAfter = value } })),
        Flag("Trading:FlattenOnLossLimit", "Whether every position is closed when a loss limit is reached.", false, (settings, value) => With(settings, settings.Trading with { FlattenOnLossLimit = value })),
    ];

    private static Func<AppSettings, decimal, AppSettings> Set(Func<EngineSettings, decimal, EngineSettings> change) => (settings, value) => With(settings, change(settings.Trading, value));

    private static AppSettings With(AppSettings settings, EngineSettings trading) => settings with { Trading = trading };
}
