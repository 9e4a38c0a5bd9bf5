using System.Globalization;
using System.Runtime.ExceptionServices;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>Candles that are missing between two that are there, or inside what was asked for.</summary>
/// <param name="IsOfExchange">The exchange was asked for them and has none.</param>
public sealed record CandleGap(Instant From, Instant To, bool IsOfExchange);

/// <summary>What is stored of one symbol and timeframe. First and Last are open times.</summary>
public sealed record StoredSeries(Symbol Symbol, Timeframe Timeframe, Instant First, Instant Last, int Count, IReadOnlyList<CandleGap> Gaps);

/// <summary>What a write found of candles that were stored already with other values.</summary>
public sealed record CandleChanges(int Added, int Same, IReadOnlyList<Instant> Different);

/// <summary>Candles of one exchange on disk: a folder per symbol and timeframe, a file per month (UTC). One writer at a time; reads hold one month at a time.</summary>
public sealed class CandleStore(string directory, string exchange)
{
    private readonly string _folder = Path.Combine(directory, "candles", exchange);

    /// <summary>Those that open at or after <paramref name="from"/> and before <paramref name="to"/>, in their order; a month is loaded when it is reached.</summary>
    /// <exception cref="CandleStoreException">A month's file is damaged or can't be read.</exception>
    public IEnumerable<Candle> Read(Symbol symbol, Timeframe timeframe, Instant from, Instant to)
    {
        foreach (var path in Files(symbol, timeframe, from, to))
        {
            var part = CandleMonthFile.Read(path, timeframe).Candles.Between(from.UnixMilliseconds, to.UnixMilliseconds);
            for (var index = 0; index < part.Count; index++)
                yield return part.At(index, timeframe);
        }
    }

    /// <summary>The same as <see cref="Read"/>, as columns. Months are loaded beside each other.</summary>
    /// <exception cref="CandleStoreException">A month's file is damaged or can't be read.</exception>
    public CandleColumns ReadColumns(Symbol symbol, Timeframe timeframe, Instant from, Instant to)
    {
        var paths = Files(symbol, timeframe, from, to).ToArray();
        var parts = new CandleColumns[paths.Length];
        try
        {
            Parallel.For(0, paths.Length, new ParallelOptions { TaskScheduler = TaskScheduler.Current }, index => parts[index] = CandleMonthFile.Read(paths[index], timeframe).Candles.Between(from.UnixMilliseconds, to.UnixMilliseconds));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return parts.Length == 0 ? new CandleColumns(0) : CandleColumns.Joined(parts);
    }

    /// <summary>Adds candles. Stored ones with other values stay unless <paramref name="replace"/>; they are told either way.</summary>
    /// <param name="asked">What the exchange answered for, if it was asked; stored together with the candles.</param>
    public CandleChanges Add(Symbol symbol, Timeframe timeframe, IReadOnlyCollection<Candle> candles, bool replace, (Instant From, Instant To)? asked = null)
    {
        var (added, same) = (0, 0);
        var different = new List<Instant>();
        var months = candles.Select(candle => MonthOf(candle.OpenTime)).ToHashSet();
        if (asked is { } span)
            for (var month = MonthOf(span.From); month < span.To; month = After(month))
                months.Add(month);
        var writes = new List<(string Path, CandleMonth Month)>();
        foreach (var start in months.Order())
        {
            var end = After(start);
            var path = PathOf(symbol, timeframe, start);
            var stored = File.Exists(path) ? CandleMonthFile.Read(path, timeframe) : CandleMonth.Empty;
            var all = new SortedDictionary<long, Candle>();
            for (var index = 0; index < stored.Candles.Count; index++)
                all.Add(stored.Candles.Times[index], stored.Candles.At(index, timeframe));
            foreach (var candle in candles.Where(candle => candle.OpenTime >= start && candle.OpenTime < end))
            {
                if (!all.TryGetValue(candle.OpenTime.UnixMilliseconds, out var known))
                    added++;
                else if (known == candle)
                    same++;
                else
                    different.Add(candle.OpenTime);
                if (known == default || replace)
                    all[candle.OpenTime.UnixMilliseconds] = candle;
            }

            var answered = asked is { } whole
                ? stored.Asked.With(Math.Max(whole.From.UnixMilliseconds, start.UnixMilliseconds), Math.Min(whole.To.UnixMilliseconds, end.UnixMilliseconds))
                : stored.Asked;
            writes.Add((path, new CandleMonth(CandleColumns.Of(all.Values), answered)));
        }

        // Every month was read before the first is written: a damaged one stops all of it.
        foreach (var (path, month) in writes)
            CandleMonthFile.Write(path, timeframe, month);
        return new CandleChanges(added, same, different);
    }

    /// <summary>What the exchange was not yet asked for.</summary>
    public IReadOnlyList<(Instant From, Instant To)> NotAsked(Symbol symbol, Timeframe timeframe, Instant from, Instant to)
    {
        var asked = TimeSpans.None;
        foreach (var path in Files(symbol, timeframe, from, to))
            foreach (var span in CandleMonthFile.Read(path, timeframe).Asked.Spans)
                asked = asked.With(span.From, span.To);
        return [.. asked.MissingIn(from.UnixMilliseconds, to.UnixMilliseconds).Select(span => (new Instant(span.From), new Instant(span.To)))];
    }

    /// <summary>What is stored of a symbol and timeframe; null when no candle is.</summary>
    public StoredSeries? Describe(Symbol symbol, Timeframe timeframe)
    {
        var gaps = new List<CandleGap>();
        var asked = TimeSpans.None;
        var length = (long)timeframe.Length.TotalMilliseconds;
        var (first, last, count) = (0L, 0L, 0);
        foreach (var path in Files(symbol, timeframe, new Instant(long.MinValue), new Instant(long.MaxValue)))
        {
            var month = CandleMonthFile.Read(path, timeframe);
            foreach (var span in month.Asked.Spans)
                asked = asked.With(span.From, span.To);
            foreach (var time in month.Candles.Times)
            {
                if (count++ == 0)
                    first = time;
                else if (time > last + length)
                    gaps.Add(new CandleGap(new Instant(last + length), new Instant(time), false));
                last = time;
            }
        }

        return count == 0 ? null : new StoredSeries(symbol, timeframe, new Instant(first), new Instant(last), count,
            [.. gaps.Select(gap => gap with { IsOfExchange = !asked.MissingIn(gap.From.UnixMilliseconds, gap.To.UnixMilliseconds).Any() })]);
    }

    /// <summary>When the last stored candle opens; null when none is stored. Loads no more than the latest months.</summary>
    /// <exception cref="CandleStoreException">A month's file is damaged or can't be read.</exception>
    public Instant? Last(Symbol symbol, Timeframe timeframe)
    {
        foreach (var path in Files(symbol, timeframe, new Instant(long.MinValue), new Instant(long.MaxValue)).Reverse())
            if (CandleMonthFile.Read(path, timeframe).Candles is { Count: > 0 } candles)
                return new Instant(candles.Times[^1]);
        return null;
    }

    /// <summary>The months of which candles may be stored, each as its first moment and the first of the next, in their order.</summary>
    public IReadOnlyList<(Instant From, Instant To)> Months(Symbol symbol, Timeframe timeframe, Instant from, Instant to) =>
        [.. Files(symbol, timeframe, from, to).Select(path => MonthOfFile(path)!.Value).Select(month => (month, After(month)))];

    /// <summary>
    /// Puts the damaged months of a span beside the others, under their name with <c>.damaged</c>, so that they can be fetched or imported anew; returns each with what is wrong with it.
    /// </summary>
    /// <exception cref="CandleStoreException">A month's file can't be read or renamed.</exception>
    public IReadOnlyList<(Instant From, Instant To, string Problem)> SetDamagedAside(Symbol symbol, Timeframe timeframe, Instant from, Instant to)
    {
        var damaged = new List<(Instant From, Instant To, string Problem)>();
        foreach (var path in Files(symbol, timeframe, from, to).ToList())
        {
            try
            {
                CandleMonthFile.Read(path, timeframe);
            }
            catch (CandleStoreException exception) when (exception.IsDamage)
            {
                var month = MonthOfFile(path)!.Value;
                CandleMonthFile.SetAside(path);
                damaged.Add((month, After(month), exception.Message));
            }
        }

        return damaged;
    }

    /// <summary>The exchanges of which candles are stored in a data folder.</summary>
    public static IReadOnlyList<string> Exchanges(string directory) =>
        Path.Combine(directory, "candles") is var folder && Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];

    public IEnumerable<(Symbol Symbol, Timeframe Timeframe)> List()
    {
        if (!Directory.Exists(_folder))
            yield break;
        foreach (var symbolFolder in Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal))
            foreach (var folder in Directory.EnumerateDirectories(symbolFolder).Order(StringComparer.Ordinal))
                if (Symbol.TryParse(Path.GetFileName(symbolFolder).Replace('-', '/').Replace('_', ':'), out var symbol) && TimeframeText.TryParse(Path.GetFileName(folder), out var timeframe))
                    yield return (symbol, timeframe);
    }

    internal string PathOf(Symbol symbol, Timeframe timeframe, Instant month) =>
        Path.Combine(FolderOf(symbol, timeframe), month.ToDateTimeOffset().ToString("yyyy-MM", CultureInfo.InvariantCulture) + ".candles");

    private string FolderOf(Symbol symbol, Timeframe timeframe) => Path.Combine(_folder, symbol.ToString().Replace('/', '-').Replace(':', '_'), timeframe.ToString());

    private IEnumerable<string> Files(Symbol symbol, Timeframe timeframe, Instant from, Instant to)
    {
        var folder = FolderOf(symbol, timeframe);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.candles").Order(StringComparer.Ordinal))
            if (MonthOfFile(path) is { } month && month < to && After(month) > from)
                yield return path;
    }

    private static Instant? MonthOfFile(string path) =>
        DateTimeOffset.TryParseExact(Path.GetFileNameWithoutExtension(path), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? Instant.From(start) : null;

    private static Instant MonthOf(Instant time) => time.ToDateTimeOffset() is var at ? Instant.From(new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero)) : default;

    private static Instant After(Instant month) => Instant.From(month.ToDateTimeOffset().AddMonths(1));
}
