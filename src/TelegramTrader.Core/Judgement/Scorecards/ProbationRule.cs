using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>What is to become of a channel's probation.</summary>
/// <param name="Reason">A sentence with the values.</param>
public sealed record ProbationChange(bool OnProbation, string Reason);

/// <summary>Whether and how channels lose their live entries by themselves. These are the shipped defaults.</summary>
public sealed record ProbationSettings
{
    public bool IsOn { get; init; }

    /// <summary>So many of a channel's latest positions count: at least <see cref="ScorecardSettings.LeastClosed"/>.</summary>
    public int Latest { get; init; } = 100;

    /// <summary>So many positions must have been posted since a channel was put on probation before it can be let off, or it would come and go with every trade. At least 0.</summary>
    public int EarnBack { get; init; } = 10;
}

/// <summary>
/// When a channel loses its live entries, and when it has them back: its latest signals alone are looked at, so that a good past does not hide a bad present, and they go on being judged over recorded
/// prices while it is on probation. Below zero at the lower end of the interval it is put on probation; at zero or above, and after enough new positions, it is let off. Too little data changes nothing.
/// </summary>
public static class ProbationRule
{
    /// <param name="outcomes">All signals of the channel, in any order.</param>
    /// <param name="since">Since when it is on probation; null when it is not.</param>
    /// <param name="probation">How many positions count.</param>
    /// <param name="settings">How the interval is made.</param>
    /// <returns>Null when nothing is to change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static ProbationChange? Decide(IEnumerable<SignalOutcome> outcomes, Instant? since, ProbationSettings probation, ScorecardSettings settings)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(probation.Latest, settings.LeastClosed);
        ArgumentOutOfRangeException.ThrowIfNegative(probation.EarnBack);
        var positions = outcomes.Where(outcome => outcome.RMultiple is not null).OrderBy(outcome => outcome.PostedAt).ThenBy(outcome => outcome.Id.Value, StringComparer.Ordinal).TakeLast(probation.Latest).ToArray();
        var days = positions.Select(position => position.PostedAt.UnixMilliseconds / 86_400_000).Distinct().Count();
        if (positions.Count(position => position.End == SignalEnd.Closed) < settings.LeastClosed || days < settings.LeastDays)
            return null;
        var interval = DayBootstrap.Of([.. positions.Select(position => (position.PostedAt.UnixMilliseconds, (double)position.RMultiple!.Value))], settings)!;
        if (interval.Low < 0 == since is not null || since is { } began && positions.Count(position => position.PostedAt > began) < probation.EarnBack)
            return null;
        return new ProbationChange(interval.Low < 0, FormattableString.Invariant(
            $"its latest {positions.Length} positions brought {interval.Mean:+0.00;-0.00;0.00} R each, and the lower end of the interval is {interval.Low:+0.00;-0.00;0.00} R, {(interval.Low < 0 ? "below" : "not below")} zero"));
    }
}
