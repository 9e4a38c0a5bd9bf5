namespace TelegramTrader.Core.Risk;

/// <summary>The limits of the risk gate. Fractions: 0.01 is one per cent. All are settings; these are the shipped defaults.</summary>
public sealed record RiskSettings
{
    /// <summary>Share of the equity that is lost when a trade goes from entry to stop, before fees.</summary>
    public decimal RiskPerTrade { get; init; } = 0.01m;

    /// <summary>Highest risk a post may ask for by its own words.</summary>
    public decimal HighestRiskPerTrade { get; init; } = 0.02m;

    public decimal LeverageCap { get; init; } = 5m;

    /// <summary>Leverage where the post names none.</summary>
    public decimal DefaultLeverage { get; init; } = 3m;

    /// <summary>How much farther away than the stop the liquidation price must be, as a share of the stop's distance.</summary>
    public decimal LiquidationBuffer { get; init; } = 0.5m;

    public int PositionsAtOnce { get; init; } = 5;

    public int PositionsPerChannel { get; init; } = 3;

    public int PositionsPerSymbol { get; init; } = 1;

    /// <summary>Value of one position as a multiple of the equity; a larger size is cut to it.</summary>
    public decimal LargestPosition { get; init; } = 1m;

    /// <summary>Value of all positions and waiting entries together as a multiple of the equity.</summary>
    public decimal TotalExposure { get; init; } = 3m;

    /// <summary>What would be lost if every position went to its stop, as a share of the equity.</summary>
    public decimal TotalOpenRisk { get; init; } = 0.10m;

    public decimal DailyLoss { get; init; } = 0.05m;

    public decimal WeeklyLoss { get; init; } = 0.10m;

    /// <summary>The part of a loss limit from which a warning is given.</summary>
    public decimal LossWarningAt { get; init; } = 0.8m;

    /// <summary>Oldest post that is still traded.</summary>
    public TimeSpan OldestSignal { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Oldest price that a decision may rest on.</summary>
    public TimeSpan OldestQuote { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the account may be unreadable before new entries are denied; counted from the first failure after the last report.</summary>
    public TimeSpan AccountUnreadableAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How far the market may already have gone past the entry price towards the target.</summary>
    public decimal PastEntry { get; init; } = 0.01m;

    /// <summary>How far any entry price may lie from the market.</summary>
    public decimal DistanceFromMarket { get; init; } = 0.20m;

    public decimal NearestStop { get; init; } = 0.002m;

    public decimal FarthestStop { get; init; } = 0.35m;

    /// <summary>Reward divided by risk, reward being the mean distance of the targets by their shares.</summary>
    public decimal LeastRewardToRisk { get; init; } = 0.8m;

    /// <summary>Within this time the same symbol, side and near levels again are the same idea.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How near the entry prices of two posts must be to be the same idea.</summary>
    public decimal DuplicateNearness { get; init; } = 0.01m;

    /// <summary>Whether the same idea from another channel counts as a duplicate too.</summary>
    public bool DuplicateAcrossChannels { get; init; } = true;
}
