using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Charts;

/// <summary>Makes few of many: a picture has a thousand columns of pixels, whatever the number of points.</summary>
public static class Downsampling
{
    /// <summary>
    /// At most so many points that look the same: of each of the equal stretches the lowest and the highest, in their order, so that no peak and no low is lost; the first and the last point
    /// stay. Points that are not too many are given as they are.
    /// </summary>
    /// <param name="values">One a point.</param>
    /// <param name="most">4 or more.</param>
    /// <returns>Which points, ascending.</returns>
    public static IReadOnlyList<int> Extremes(ReadOnlySpan<double> values, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        if (values.Length <= most)
            return [.. Enumerable.Range(0, values.Length)];
        var kept = new List<int>(most) { 0 };
        var stretches = (most - 2) / 2;
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var from = 1 + (int)((long)(values.Length - 2) * stretch / stretches);
            var to = 1 + (int)((long)(values.Length - 2) * (stretch + 1) / stretches);
            var (lowest, highest) = (from, from);
            for (var index = from + 1; index < to; index++)
            {
                if (values[index] < values[lowest])
                    lowest = index;
                if (values[index] > values[highest])
                    highest = index;
            }

            kept.Add(Math.Min(lowest, highest));
            if (lowest != highest)
                kept.Add(Math.Max(lowest, highest));
        }

        kept.Add(values.Length - 1);
        return kept;
    }

    /// <summary>At most so many candles: neighbours become one of a longer timeframe, aligned to the clock. Where even the longest is too short, the latest candles.</summary>
    /// <param name="candles">Of one timeframe, by ascending open time.</param>
    /// <param name="most">1 or more.</param>
    public static IReadOnlyList<Candle> Candles(IReadOnlyList<Candle> candles, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (candles.Count <= most)
            return candles;
        var minutes = candles[0].Timeframe.Minutes;
        foreach (var longer in (ReadOnlySpan<int>)[3, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 4320, 10080, 20160])
            if (longer > minutes && longer % minutes == 0 && Joined(candles, longer) is var joined && joined.Count <= most)
                return joined;
        // Decades: the latest.
        return [.. candles.TakeLast(most)];
    }

    private static List<Candle> Joined(IReadOnlyList<Candle> candles, int minutes)
    {
        var timeframe = new Timeframe(minutes);
        var length = (long)timeframe.Length.TotalMilliseconds;
        var joined = new List<Candle>();
        for (var index = 0; index < candles.Count;)
        {
            var open = candles[index].OpenTime.UnixMilliseconds / length * length;
            var (first, high, low, close, volume) = (candles[index].Open, candles[index].High, candles[index].Low, candles[index].Close, 0m);
            for (; index < candles.Count && candles[index].OpenTime.UnixMilliseconds < open + length; index++)
            {
                var candle = candles[index];
                (high, low, close, volume) = (candle.High > high ? candle.High : high, candle.Low < low ? candle.Low : low, candle.Close, volume + candle.Volume);
            }

            joined.Add(new Candle(new Instant(open), timeframe, first, high, low, close, volume));
        }

        return joined;
    }
}
