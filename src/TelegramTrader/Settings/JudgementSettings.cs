using TelegramTrader.Core.Judgement.Scorecards;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>How channels are judged, and whether that has consequences by itself.</summary>
internal static class JudgementSettings
{
    public static IEnumerable<SettingDefinition> All() =>
    [
        Whole("Scorecards:LeastClosed", "With fewer closed positions a channel gets no verdict and no rank.", 20, 1, 100_000, (settings, value) => With(settings, settings.Scorecards with { LeastClosed = value })),
        Whole("Scorecards:LeastDays", "On so many different days its positions must have been posted.", 10, 2, 1000, (settings, value) => With(settings, settings.Scorecards with { LeastDays = value })),
        Number("Scorecards:ConfidencePercent", "How sure the interval around the expectancy is. In per cent.", 95, 51, 99.9m, (settings, value) => With(settings, settings.Scorecards with { Confidence = (double)value / 100 })),
        Flag("Probation:Enabled", "Whether a channel whose results fall below zero at the lower end of the interval loses its live entries by itself until it has earned them back.", false, (settings, value) => settings with
        {
            Probation = settings.Probation with { IsOn = value }, Trading = settings.Trading with { DeniesOnProbation = value },
        }),
        Whole("Probation:LatestPositions", "So many of its latest positions count for that; at least Scorecards:LeastClosed.", 100, 1, 100_000, (settings, value) => settings with { Probation = settings.Probation with { Latest = value } }),
        Whole("Probation:EarnBackPositions", "So many new positions it needs before it can be let off.", 10, 0, 10_000, (settings, value) => settings with { Probation = settings.Probation with { EarnBack = value } }),
    ];

    public static IEnumerable<string> Together(AppSettings settings)
    {
        if (settings.Probation.Latest < settings.Scorecards.LeastClosed)
            yield return $"'Probation:LatestPositions' is {settings.Probation.Latest}, which is below 'Scorecards:LeastClosed' {settings.Scorecards.LeastClosed}";
    }

    private static AppSettings With(AppSettings settings, ScorecardSettings scorecards) => settings with { Scorecards = scorecards };
}
