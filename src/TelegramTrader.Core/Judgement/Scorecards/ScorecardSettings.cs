namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>How channels are judged. All are settings; these are the shipped defaults.</summary>
public sealed record ScorecardSettings
{
    /// <summary>With fewer closed positions a channel gets no verdict and no rank. At least 1.</summary>
    public int LeastClosed { get; init; } = 20;

    /// <summary>On so many different days its positions must have been posted: signals of one day go up and down together and count for little more than one. At least 2.</summary>
    public int LeastDays { get; init; } = 10;

    /// <summary>So many positions must have lost before a channel can be worth following: what its losses cost is not known before. At least 0.</summary>
    public int LeastLosses { get; init; } = 3;

    /// <summary>How sure the interval around the expectancy is: above 0.5 and below 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How often days are drawn anew for the interval: 100 to 1,000,000.</summary>
    public int Resamples { get; init; } = 10_000;

    /// <summary>How often a random entry is drawn for each signal: 19 to 100,000. The smallest p-value there can be is 1 ÷ (draws + 1).</summary>
    public int RandomEntries { get; init; } = 1_000;

    /// <summary>From this p-value down the timing counts as better than chance: above 0 and below 1.</summary>
    public double SkillAt { get; init; } = 0.05;

    /// <summary>How long a position lasts at most when the timing is held against random entries; 1 hour to 90 days.</summary>
    public TimeSpan LongestHold { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How far before and after a post the price is looked at: 1 minute to 24 hours.</summary>
    public TimeSpan MoveSpan { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>From so many usual moves on, in the direction of the signal, the price counts as moved before the post. Above 0.</summary>
    public double MovedAt { get; init; } = 2;

    /// <summary>The same draws the same.</summary>
    public long Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastClosed, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastDays, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(LeastLosses);
        Within(Confidence, 0.5, 1, nameof(Confidence));
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Resamples, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(RandomEntries, 19);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RandomEntries, 100_000);
        Within(SkillAt, 0, 1, nameof(SkillAt));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestHold, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LongestHold, TimeSpan.FromDays(90));
        ArgumentOutOfRangeException.ThrowIfLessThan(MoveSpan, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MoveSpan, TimeSpan.FromHours(24));
        Within(MovedAt, 0, double.PositiveInfinity, nameof(MovedAt));
    }

    private static void Within(double value, double above, double below, string name)
    {
        if (!(value > above && value < below))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Must be above {above} and below {below}."));
    }
}
