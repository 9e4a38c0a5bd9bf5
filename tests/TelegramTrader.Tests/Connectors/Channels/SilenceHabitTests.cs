using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Connectors.Channels;

public sealed class SilenceHabitTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void LongestUsual_IsTheNinetyNinthPercentileOfTheGaps()
    {
        // 200 gaps: 198 of 1 h, one of 30 h, one of 50 h. Rank = ceil(200 × 0.99) = 198: the 198th smallest is 1 h, so the least, 6 h, counts.
        Assert.Equal(SilenceHabit.Shortest, SilenceHabit.LongestUsual(Times([.. Enumerable.Repeat(1L, 198), 30, 50])));
        // 100 gaps: 98 of 1 h, one of 30 h, one of 50 h. Rank 99: 30 h.
        Assert.Equal(TimeSpan.FromHours(30), SilenceHabit.LongestUsual(Times([.. Enumerable.Repeat(1L, 98), 30, 50])));
        // 20 gaps: rank = ceil(19.8) = 20: the longest.
        Assert.Equal(TimeSpan.FromHours(50), SilenceHabit.LongestUsual(Times([.. Enumerable.Repeat(1L, 19), 50])));
    }

    [Fact]
    public void LongestUsual_TooFewGaps_IsADay() => Assert.Equal(TimeSpan.FromHours(24), SilenceHabit.LongestUsual(Times([.. Enumerable.Repeat(1L, 19)])));

    [Fact]
    public void IsSilent_OnlyBeyondTheHabit()
    {
        long[] times = [0];
        Assert.False(SilenceHabit.IsSilent(times, new Instant(24 * Hour), out _));
        Assert.True(SilenceHabit.IsSilent(times, new Instant((24 * Hour) + 1), out var since));
        Assert.Equal(TimeSpan.FromMilliseconds((24 * Hour) + 1), since);
        Assert.False(SilenceHabit.IsSilent([], new Instant(24 * Hour), out _));
    }

    private static long[] Times(long[] gapsInHours)
    {
        var times = new List<long> { 0 };
        foreach (var gap in gapsInHours)
            times.Add(times[^1] + (gap * Hour));
        return [.. times];
    }
}
