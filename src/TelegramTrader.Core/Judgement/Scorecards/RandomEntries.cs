using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>The timing of a channel held against chance.</summary>
/// <param name="Signals">How many could be compared.</param>
/// <param name="Draws">How often each was entered at random.</param>
/// <param name="Own">Mean R of the channel's own entries, walked as the random ones are.</param>
/// <param name="Random">Mean R of all random entries.</param>
/// <param name="PValue">
/// The chance that somebody without any skill in timing does at least as well: (k + 1) ÷ (n + 1), where k of n rounds of random entries did (Phipson and Smyth, "Permutation P-values Should Never Be
/// Zero", Statistical Applications in Genetics and Molecular Biology 2010). One-sided.
/// </param>
public sealed record SkillTest(int Signals, int Draws, double Own, double Random, double PValue);

/// <summary>
/// A Monte Carlo test of timing. Each position of a channel is entered again at the open of a bar drawn from its own day (UTC), same symbol, same side, stop and targets as far from the entry in per
/// cent; in one round all of them are, and the mean R of the round is held against that of the channel. Own entries are walked by the very same rule – at the open of a bar, equal shares at the
/// targets, stop first, no fees, closed after the longest hold – so that the minute is all that differs: without skill the own minute is one of the day like any other, and the p-value is exact for
/// signals that are independent. A round that does just as well counts against the channel. It says nothing of the choice of symbol, side and day, nor of the exits.
/// </summary>
internal static class RandomEntries
{
    private const long Day = 86_400_000;

    /// <summary>A day with fewer bars gives chance nothing to choose from.</summary>
    private const int LeastBars = 24;

    /// <returns>Null when no position has prices of its day.</returns>
    public static SkillTest? Test(IEnumerable<SignalOutcome> positions, IReadOnlyDictionary<Symbol, SymbolPrices> prices, ScorecardSettings settings, CancellationToken cancellation = default)
    {
        var draws = new SeededDraws(unchecked((ulong)settings.Seed + 0x5DEECE66DUL));
        var rounds = new double[settings.RandomEntries];
        var (own, count) = (0.0, 0);
        // In one order, whatever order they came in: the same seed gives the same rounds.
        foreach (var position in positions.OrderBy(position => position.Id.Value, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!prices.TryGetValue(position.Symbol, out var of) || CarriedLevels.Of(position) is not { } levels)
                continue;
            var candles = of.Candles;
            var entryBar = candles.FirstAfter(new Instant(position.OpenedAt!.Value.UnixMilliseconds - 1));
            if (entryBar == candles.Count)
                continue;
            var day = candles.Times[entryBar] / Day;
            var (first, end) = (candles.FirstAfter(new Instant(day * Day - 1)), candles.FirstAfter(new Instant((day + 1) * Day - 1)));
            if (end - first < LeastBars)
                continue;
            var hold = Math.Max(1, (int)(settings.LongestHold / of.BarLength));
            // A bar that is drawn again gives the same again.
            var known = new double?[end - first];
            own += known[entryBar - first] ??= levels.Walk(candles, entryBar, hold);
            count++;
            for (var round = 0; round < rounds.Length; round++)
            {
                var bar = draws.Below(known.Length);
                rounds[round] += known[bar] ??= levels.Walk(candles, first + bar, hold);
            }
        }

        if (count == 0)
            return null;
        // Sums of the same values in the same order are the same to the last digit; the margin is for those that only should be.
        var least = own - 1e-9 * Math.Max(1, Math.Abs(own));
        var better = rounds.Count(sum => sum >= least);
        return new SkillTest(count, rounds.Length, own / count, rounds.Average() / count, (better + 1.0) / (rounds.Length + 1.0));
    }

}
