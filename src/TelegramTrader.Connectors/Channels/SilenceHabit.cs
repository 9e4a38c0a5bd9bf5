using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Channels;

/// <summary>How long a channel usually keeps silent, from the gaps between its latest posts.</summary>
internal static class SilenceHabit
{
    /// <summary>The shortest silence that is ever worth an alarm.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(6);

    /// <summary>What counts while too little is known of the channel.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromHours(24);

    private const int FewestGaps = 20;

    /// <summary>
    /// The 99th percentile of the gaps (nearest rank: the smallest gap that at least 99 % of them do not exceed), at least <see cref="Shortest"/>.
    /// With fewer than 20 gaps <see cref="Unknown"/>.
    /// </summary>
    /// <param name="postTimes">Unix milliseconds in rising order.</param>
    public static TimeSpan LongestUsual(IReadOnlyList<long> postTimes)
    {
        if (postTimes.Count - 1 < FewestGaps)
            return Unknown;
        var gaps = postTimes.Zip(postTimes.Skip(1), (earlier, later) => later - earlier).Order().ToArray();
        var rank = (int)Math.Ceiling(gaps.Length * 0.99m);
        var usual = TimeSpan.FromMilliseconds(gaps[rank - 1]);
        return usual > Shortest ? usual : Shortest;
    }

    public static bool IsSilent(IReadOnlyList<long> postTimes, Instant now, out TimeSpan since)
    {
        since = postTimes.Count == 0 ? TimeSpan.Zero : now - new Instant(postTimes[^1]);
        return postTimes.Count > 0 && since > LongestUsual(postTimes);
    }
}
