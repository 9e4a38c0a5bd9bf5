using TelegramTrader.Core.Backtest;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>A mean with the interval in which the true one lies with the confidence that was asked for.</summary>
public sealed record MeanInterval(double Mean, double Low, double High);

/// <summary>
/// An interval around a mean by drawing days anew. Whole days are drawn and not single results, because signals of one day ride the same market and are not independent (a block bootstrap with the
/// day as the block). What lasts over several days still ties neighbouring days together: the interval is then a little too narrow.
/// The ends are those of the bias-corrected and accelerated interval (Efron, "Better Bootstrap Confidence Intervals", Journal of the American Statistical Association 1987; acceleration by leaving
/// out one day at a time), widened for few days as Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 2015, does: Student's t in place of the normal distribution.
/// It knows nothing of what never happened: a rare large loss that has not come yet is not in it.
/// </summary>
internal static class DayBootstrap
{
    private const long Day = 86_400_000;

    /// <param name="results">When each was posted, in Unix milliseconds, and what it brought.</param>
    /// <param name="settings">Confidence, number of resamples, seed.</param>
    /// <returns>Null when the results are of fewer than two days: nothing can be said then.</returns>
    public static MeanInterval? Of(IReadOnlyList<(long PostedAt, double Value)> results, ScorecardSettings settings)
    {
        var days = results.GroupBy(result => result.PostedAt / Day).OrderBy(day => day.Key).ToArray();
        if (days.Length < 2)
            return null;
        var sums = days.Select(day => day.Sum(result => result.Value)).ToArray();
        var counts = days.Select(day => day.Count()).ToArray();
        var (sum, count) = (sums.Sum(), counts.Sum());
        var mean = sum / count;
        var drawn = Drawn(sums, counts, settings);
        // Where all days are alike nothing varies, and rounding must not look like a spread.
        if (drawn[^1] - drawn[0] <= 1e-12 * Math.Max(1, Math.Abs(mean)))
            return new MeanInterval(mean, mean, mean);

        var bias = Normal.Quantile(Inner(BelowShare(drawn, mean), drawn.Length));
        var acceleration = Acceleration([.. sums.Select((of, day) => (sum - of) / (count - counts[day]))]);
        var reach = Widened(Normal.Quantile((1 + settings.Confidence) / 2), days.Length);
        return new MeanInterval(mean, End(-reach), End(reach));

        double End(double z)
        {
            var moved = bias + z;
            var scale = 1 - acceleration * moved;
            // Beyond its pole the correction has no meaning: the outermost draw stands.
            var share = scale <= 0 ? (z > 0 ? 1 : 0) : Normal.Probability(bias + moved / scale);
            return At(drawn, share);
        }
    }

    private static double[] Drawn(double[] sums, int[] counts, ScorecardSettings settings)
    {
        var draws = new SeededDraws(unchecked((ulong)settings.Seed));
        var means = new double[settings.Resamples];
        for (var index = 0; index < means.Length; index++)
        {
            var (sum, count) = (0.0, 0);
            for (var drawn = 0; drawn < sums.Length; drawn++)
            {
                var day = draws.Below(sums.Length);
                sum += sums[day];
                count += counts[day];
            }

            means[index] = sum / count;
        }

        Array.Sort(means);
        return means;
    }

    /// <summary>The share of draws below the mean; one that equals it counts half.</summary>
    private static double BelowShare(double[] drawn, double mean) => (drawn.Count(value => value < mean) + drawn.Count(value => value == mean) / 2.0) / drawn.Length;

    private static double Inner(double share, int count) => Math.Clamp(share, 0.5 / count, 1 - 0.5 / count);

    private static double Acceleration(double[] without)
    {
        var middle = without.Average();
        var square = without.Sum(value => (middle - value) * (middle - value));
        return square <= 0 ? 0 : without.Sum(value => Math.Pow(middle - value, 3)) / (6 * Math.Pow(square, 1.5));
    }

    /// <summary>
    /// Student's t in place of the normal quantile (expansion 26.7.5 of Abramowitz and Stegun, "Handbook of Mathematical Functions"), and the root that makes up for a bootstrap's spread
    /// being that of n in place of n − 1.
    /// </summary>
    private static double Widened(double z, int days)
    {
        var (cube, freedom) = (z * z * z, days - 1.0);
        var fifth = cube * z * z;
        var student = z + (cube + z) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * z) / (96 * freedom * freedom);
        return student * Math.Sqrt(days / freedom);
    }

    /// <summary>The value below which a share of the draws lies, between the two neighbours.</summary>
    private static double At(double[] drawn, double share)
    {
        var place = Math.Clamp(share, 0, 1) * (drawn.Length - 1);
        var low = (int)place;
        return low + 1 >= drawn.Length ? drawn[^1] : drawn[low] + (place - low) * (drawn[low + 1] - drawn[low]);
    }
}
