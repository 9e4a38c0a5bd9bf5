namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>
/// What the positions of a channel brought, each in R: its net result in units of what would have been lost between entry and first stop. A position that is still open counts with what it has made
/// so far, so that losses which are not realised can't be hidden.
/// </summary>
/// <param name="Positions">Closed and still open.</param>
/// <param name="Open">Of these still open.</param>
/// <param name="OpenR">What those have made so far.</param>
/// <param name="WinRate">Share of positions with a result above zero, 0 to 1; null without any.</param>
/// <param name="Expectancy">Mean R of a position; null without any.</param>
/// <param name="ProfitFactor">R of all winners over R of all losers; null without a loss.</param>
/// <param name="MaxDrawdown">Deepest fall of the sum of R from its highest before, in the order of closing; 0 or above.</param>
/// <param name="MedianHeld">Of the closed ones; null without any.</param>
public sealed record ResultFigures(
    int Positions, int Wins, int Losses, int Open, double SumR, double OpenR, double? WinRate, double? Expectancy, double? ProfitFactor, double MaxDrawdown, TimeSpan? MedianHeld)
{
    /// <param name="outcomes">In any order; those without a position count for nothing here.</param>
    public static ResultFigures Of(IEnumerable<SignalOutcome> outcomes)
    {
        var positions = outcomes.Where(outcome => outcome.RMultiple is not null)
            .OrderBy(outcome => outcome.ClosedAt?.UnixMilliseconds ?? long.MaxValue).ThenBy(outcome => outcome.Id.Value, StringComparer.Ordinal).ToArray();
        var (sum, highest, fall, won, lost) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var (wins, losses) = (0, 0);
        foreach (var position in positions)
        {
            var result = (double)position.RMultiple!.Value;
            sum += result;
            highest = Math.Max(highest, sum);
            fall = Math.Max(fall, highest - sum);
            if (result > 0)
                (wins, won) = (wins + 1, won + result);
            else if (result < 0)
                (losses, lost) = (losses + 1, lost - result);
        }

        var open = positions.Where(position => position.End == SignalEnd.StillOpen).ToArray();
        var held = positions.Where(position => position is { OpenedAt: not null, ClosedAt: not null, End: SignalEnd.Closed })
            .Select(position => (position.ClosedAt!.Value - position.OpenedAt!.Value).TotalMilliseconds).Order().ToArray();
        return new ResultFigures(
            positions.Length, wins, losses, open.Length, sum, open.Sum(position => (double)position.RMultiple!.Value),
            positions.Length == 0 ? null : (double)wins / positions.Length, positions.Length == 0 ? null : sum / positions.Length, lost > 0 ? won / lost : null, fall,
            held.Length == 0 ? null : TimeSpan.FromMilliseconds(Median.Of(held)));
    }
}

/// <summary>The middle of a row.</summary>
internal static class Median
{
    /// <param name="ascending">Not empty.</param>
    public static double Of(double[] ascending) => (ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]) / 2;
}
