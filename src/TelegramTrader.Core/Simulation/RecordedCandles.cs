using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Simulation;

/// <summary>Candles of one timeframe and several symbols, in order of time. Immutable, so that many runs can share them.</summary>
public sealed class RecordedCandles
{
    private readonly (Symbol Symbol, Candle[] Candles)[] _series;
    private readonly Instant[] _openTimes;

    /// <param name="candles">In any order.</param>
    /// <exception cref="ArgumentException">They are not all of one timeframe, or two of one symbol open at the same time.</exception>
    public RecordedCandles(IEnumerable<(Symbol Symbol, Candle Candle)> candles)
        : this(candles.GroupBy(entry => entry.Symbol, entry => entry.Candle).Select(group => (group.Key, group.OrderBy(candle => candle.OpenTime).ToArray())))
    {
    }

    /// <param name="series">The candles of each symbol by ascending open time.</param>
    /// <exception cref="ArgumentException">As above, or they are not in ascending order.</exception>
    public RecordedCandles(IEnumerable<(Symbol Symbol, Candle[] Candles)> series)
    {
        _series = [.. series.Where(entry => entry.Candles.Length > 0)];
        foreach (var (symbol, candles) in _series)
            for (var index = 0; index < candles.Length; index++)
            {
                if (candles[index].Timeframe != Timeframe)
                    throw new ArgumentException($"The candle of {symbol} at {candles[index].OpenTime} is one of {candles[index].Timeframe}, but the first of all is one of {Timeframe}.", nameof(series));
                if (index > 0 && candles[index].OpenTime <= candles[index - 1].OpenTime)
                    throw new ArgumentException($"The candle of {symbol} at {candles[index].OpenTime} does not open after the one before.", nameof(series));
            }

        long[] times = [.. _series.SelectMany(entry => entry.Candles).Select(candle => candle.OpenTime.UnixMilliseconds)];
        Array.Sort(times);
        _openTimes = [.. times.Distinct().Select(time => new Instant(time))];
    }

    /// <summary>Of one minute where there are no candles.</summary>
    public Timeframe Timeframe => _series.Length == 0 ? Timeframe.OneMinute : _series[0].Candles[0].Timeframe;

    /// <summary>The open times of all candles, ascending.</summary>
    public IReadOnlyList<Instant> OpenTimes => _openTimes;

    public IEnumerable<Symbol> Symbols => _series.Select(entry => entry.Symbol);

    public int Count => _series.Sum(entry => entry.Candles.Length);

    /// <summary>The candles of one open time, one a symbol.</summary>
    public IReadOnlyList<(Symbol Symbol, Candle Candle)> At(Instant openTime)
    {
        var found = new List<(Symbol, Candle)>(_series.Length);
        foreach (var (symbol, candles) in _series)
            if (IndexFrom(candles, openTime) is var index && index < candles.Length && candles[index].OpenTime == openTime)
                found.Add((symbol, candles[index]));
        return found;
    }

    /// <summary>Those of a symbol that open at or after <paramref name="from"/> and before <paramref name="to"/>.</summary>
    public ReadOnlySpan<Candle> Between(Symbol symbol, Instant from, Instant to)
    {
        foreach (var entry in _series)
            if (entry.Symbol == symbol)
                return entry.Candles.AsSpan(IndexFrom(entry.Candles, from)..IndexFrom(entry.Candles, to));
        return [];
    }

    /// <summary>The last candle of each symbol that opens before a time.</summary>
    public IEnumerable<(Symbol Symbol, Candle Candle)> LastBefore(Instant time)
    {
        foreach (var (symbol, candles) in _series)
            if (IndexFrom(candles, time) is > 0 and var index)
                yield return (symbol, candles[index - 1]);
    }

    /// <summary>How many open times lie before a time.</summary>
    public int CountBefore(Instant time)
    {
        var index = Array.BinarySearch(_openTimes, time);
        return index >= 0 ? index : ~index;
    }

    /// <summary>The first that opens at or after the time.</summary>
    private static int IndexFrom(Candle[] candles, Instant time)
    {
        var (low, high) = (0, candles.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (candles[middle].OpenTime < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
