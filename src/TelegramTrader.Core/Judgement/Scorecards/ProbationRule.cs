namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>What is to become of a channel's probation.</summary>
/// <param name="Reason">A sentence with the values.</param>
public sealed record ProbationChange(bool OnProbation, string Reason);

/// <summary>
/// When a channel loses its live entries, and when it has them back: its latest signals alone are looked at, so that a good past does not hide a bad present, and they go on being judged over recorded
/// prices while it is on probation. Below zero at the lower end of the interval it is put on probation; at zero or above it is let off. Too little data changes nothing.
/// </summary>
public static class ProbationRule
{
    /// <param name="outcomes">All signals of the channel, in any order.</param>
    /// <param name="onProbation">How it stands now.</param>
    /// <param name="latest">So many of its latest positions count; at least <see cref="ScorecardSettings.LeastClosed"/>.</param>
    /// <param name="settings">How the interval is made.</param>
    /// <returns>Null when nothing is to change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static ProbationChange? Decide(IEnumerable<SignalOutcome> outcomes, bool onProbation, int latest, ScorecardSettings settings)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(latest, settings.LeastClosed);
        var positions = outcomes.Where(outcome => outcome.RMultiple is not null).OrderBy(outcome => outcome.PostedAt).ThenBy(outcome => outcome.Id.Value, StringComparer.Ordinal).TakeLast(latest).ToArray();
        var days = positions.Select(position => position.PostedAt.UnixMilliseconds / 86_400_000).Distinct().Count();
        if (positions.Count(position => position.End == SignalEnd.Closed) < settings.LeastClosed || days < settings.LeastDays)
            return null;
        var interval = DayBootstrap.Of([.. positions.Select(position => (position.PostedAt.UnixMilliseconds, (double)position.RMultiple!.Value))], settings)!;
        if (interval.Low < 0 == onProbation)
            return null;
        return new ProbationChange(interval.Low < 0, FormattableString.Invariant(
            $"its latest {positions.Length} positions brought {interval.Mean:+0.00;-0.00;0.00} R each, and the lower end of the interval is {interval.Low:+0.00;-0.00;0.00} R, {(interval.Low < 0 ? "below" : "not below")} zero"));
    }
}
