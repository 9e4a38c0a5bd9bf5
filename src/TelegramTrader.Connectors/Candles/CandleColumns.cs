using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>Candles of one timeframe as columns of equal length, by ascending open time. Times are Unix milliseconds, volumes are in the base asset.</summary>
public sealed class CandleColumns
{
    private readonly long[] _times;
    private readonly decimal[] _open;
    private readonly decimal[] _high;
    private readonly decimal[] _low;
    private readonly decimal[] _close;
    private readonly decimal[] _volume;

    internal CandleColumns(int count) : this(new long[count], new decimal[count], new decimal[count], new decimal[count], new decimal[count], new decimal[count])
    {
    }

    internal CandleColumns(long[] times, decimal[] open, decimal[] high, decimal[] low, decimal[] close, decimal[] volume) =>
        (_times, _open, _high, _low, _close, _volume) = (times, open, high, low, close, volume);

    public int Count => _times.Length;

    public ReadOnlySpan<long> Times => _times;

    public ReadOnlySpan<decimal> Open => _open;

    public ReadOnlySpan<decimal> High => _high;

    public ReadOnlySpan<decimal> Low => _low;

    public ReadOnlySpan<decimal> Close => _close;

    public ReadOnlySpan<decimal> Volume => _volume;

    public Candle At(int index, Timeframe timeframe) => new(
        new Instant(_times[index]), timeframe, new Price(_open[index]), new Price(_high[index]), new Price(_low[index]), new Price(_close[index]), _volume[index]);

    internal void Set(int index, long time, decimal open, decimal high, decimal low, decimal close, decimal volume) =>
        (_times[index], _open[index], _high[index], _low[index], _close[index], _volume[index]) = (time, open, high, low, close, volume);

    /// <summary>Those that open at or after <paramref name="from"/> and before <paramref name="to"/>.</summary>
    internal CandleColumns Between(long from, long to)
    {
        var (first, end) = (IndexOf(from), IndexOf(to));
        return first == 0 && end == Count ? this : new(_times[first..end], _open[first..end], _high[first..end], _low[first..end], _close[first..end], _volume[first..end]);
    }

    internal static CandleColumns Of(IReadOnlyCollection<Candle> candles)
    {
        var columns = new CandleColumns(candles.Count);
        var index = 0;
        foreach (var candle in candles)
            columns.Set(index++, candle.OpenTime.UnixMilliseconds, candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value, candle.Volume);
        return columns;
    }

    internal static CandleColumns Joined(IReadOnlyList<CandleColumns> parts) => parts.Count == 1 ? parts[0] : new(
        Join(parts, part => part._times), Join(parts, part => part._open), Join(parts, part => part._high), Join(parts, part => part._low), Join(parts, part => part._close),
        Join(parts, part => part._volume));

    private static T[] Join<T>(IReadOnlyList<CandleColumns> parts, Func<CandleColumns, T[]> column)
    {
        var all = new T[parts.Sum(part => part.Count)];
        var at = 0;
        foreach (var part in parts)
        {
            column(part).CopyTo(all, at);
            at += part.Count;
        }

        return all;
    }

    private int IndexOf(long time) => Array.BinarySearch(_times, time) is var found && found >= 0 ? found : ~found;
}
