using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>The same posts for a follower who acted so long after each.</summary>
public sealed record DelayedRun(TimeSpan Delay, IReadOnlyList<SignalOutcome> Outcomes);

/// <summary>
/// What a later follower loses, signal by signal: its R with the shortest delay less its R with this one. A signal that became a position for one of the two only counts with 0 for the other, so that a
/// missed winner is a cost and a missed loser a gain.
/// </summary>
/// <param name="Against">The shortest delay, which this one is held against.</param>
/// <param name="Signals">Those that became a position for at least one of the two.</param>
/// <param name="Missed">Of these, so many were no position any more for the later one.</param>
/// <param name="LostR">Mean R lost a signal, with its interval; the interval is null with signals of fewer than two days.</param>
/// <param name="LostPerMinute">The mean over the minutes between the two delays.</param>
public sealed record DelayCost(TimeSpan Delay, TimeSpan Against, int Signals, int Missed, double LostR, MeanInterval? Interval, double LostPerMinute)
{
    /// <summary>One for each longer delay, the shortest first; none where there is but one run, or no position.</summary>
    internal static IReadOnlyList<DelayCost> Of(IEnumerable<DelayedRun> runs, ScorecardSettings settings)
    {
        var byDelay = runs.OrderBy(run => run.Delay).ToArray();
        return byDelay.Length < 2 ? [] : [.. byDelay.Skip(1).Where(run => run.Delay > byDelay[0].Delay).Select(run => Between(byDelay[0], run, settings)).OfType<DelayCost>()];
    }

    private static DelayCost? Between(DelayedRun early, DelayedRun late, ScorecardSettings settings)
    {
        var (before, after) = (ById(early), ById(late));
        var pairs = before.Keys.Union(after.Keys).OrderBy(id => id.Value, StringComparer.Ordinal).Select(id =>
        {
            var (first, second) = (before.GetValueOrDefault(id), after.GetValueOrDefault(id));
            return (PostedAt: (first ?? second!).PostedAt.UnixMilliseconds, Lost: (double)((first?.RMultiple ?? 0m) - (second?.RMultiple ?? 0m)), IsMissed: second is null);
        }).ToArray();
        if (pairs.Length == 0)
            return null;
        var mean = pairs.Average(pair => pair.Lost);
        return new DelayCost(
            late.Delay, early.Delay, pairs.Length, pairs.Count(pair => pair.IsMissed), mean, DayBootstrap.Of([.. pairs.Select(pair => (pair.PostedAt, pair.Lost))], settings),
            mean / (late.Delay - early.Delay).TotalMinutes);
    }

    private static Dictionary<SignalId, SignalOutcome> ById(DelayedRun run) => run.Outcomes.Where(outcome => outcome.RMultiple is not null).ToDictionary(outcome => outcome.Id);
}
