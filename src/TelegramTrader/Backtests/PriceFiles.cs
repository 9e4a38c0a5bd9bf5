using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Backtests;

/// <summary>Prices from CSV files: single files, all files of a folder, or a recording, which brings its instruments and funding along.</summary>
/// <param name="candles">Files and folders.</param>
/// <param name="finer">Files and folders with candles of a shorter timeframe.</param>
/// <param name="funding">Files and folders with funding rates; those in the folders of candles whose name has the word funding count too.</param>
/// <param name="aliases">Quote assets that are traded as another, as dollars of any kind.</param>
public sealed class PriceFiles(IReadOnlyList<string> candles, IReadOnlyList<string> finer, IReadOnlyList<string> funding, IReadOnlyDictionary<string, string> aliases) : IPriceSource
{
    private const int StepsLookedAt = 1_000;

    public PriceHistory Load(IReadOnlyCollection<string> bases, string asset, Instant from)
    {
        try
        {
            return candles is [var folder] && File.Exists(Path.Combine(folder, "instruments.json")) ? Recording(folder) : Files(bases, asset, from);
        }
        catch (Exception exception) when (exception is CandleStoreException or RecordingException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new PriceSourceException(exception.Message, exception);
        }
    }

    /// <summary>Funding rates of files whose names hold a symbol. A time that several files have is taken once.</summary>
    /// <exception cref="PriceSourceException">A file can't be read.</exception>
    public static IReadOnlyList<FundingRate> Rates(IReadOnlyList<string> files, string asset, IReadOnlyDictionary<string, string> aliases) => Rates(Named(files, []), asset, aliases);

    private static FundingRate[] Rates(IEnumerable<CandleFileName> files, string asset, IReadOnlyDictionary<string, string> aliases)
    {
        try
        {
            return [.. files.Where(file => SymbolOf(file, asset, aliases) is not null).SelectMany(file => CandleFile.ReadFunding(file.Path, SymbolOf(file, asset, aliases)!))
                .GroupBy(rate => (rate.Symbol, rate.Time)).Select(group => group.First())];
        }
        catch (RecordingException exception)
        {
            throw new PriceSourceException(exception.Message, exception);
        }
    }

    private PriceHistory Recording(string folder)
    {
        var market = RecordingFolder.Load(folder);
        var notes = new List<string>();
        var finerCandles = finer.Count == 0 ? null : Candles(Named(finer, notes), [.. market.Instruments.Select(one => one.Symbol.Base)], market.Instruments[0].QuoteAsset, Instant.Epoch, notes, []);
        return new PriceHistory(market.Instruments, market.Candles, finerCandles, market.Funding, notes);
    }

    private PriceHistory Files(IReadOnlyCollection<string> bases, string asset, Instant from)
    {
        var notes = new List<string>();
        var instruments = new Dictionary<Symbol, Instrument>();
        var named = Named(candles, notes);
        var read = Candles(named.Where(file => !IsFunding(file.Path)), bases, asset, from, notes, instruments);
        if (read.Count == 0)
            throw new PriceSourceException($"There are no candles of {(bases.Count == 0 ? "anything the posts speak of" : string.Join(", ", bases.Order().Take(20)))} at or after the first post in what was given.");
        var finerCandles = finer.Count == 0 ? null : Candles(Named(finer, notes).Where(file => !IsFunding(file.Path)), bases, asset, from, notes, []);
        if (finerCandles is { Count: > 0 } && finerCandles.Timeframe.Minutes >= read.Timeframe.Minutes)
            throw new PriceSourceException($"The finer candles are of {finerCandles.Timeframe}, which is not shorter than {read.Timeframe}.");
        var rates = Rates(Named(funding, notes).Concat(named.Where(file => IsFunding(file.Path))), asset, aliases).Where(rate => instruments.ContainsKey(rate.Symbol) && rate.Time >= from).ToArray();
        notes.Add($"No exchange said what it asks of orders; derived from the prices, as perpetuals where nothing else was said: {string.Join("; ", instruments.Values.Select(DerivedInstrument.InWords))}.");
        if (rates.Length == 0)
            notes.Add("There are no funding rates: none is paid or received.");
        return new PriceHistory([.. instruments.Values], read, finerCandles, rates, notes);
    }

    /// <summary>Several files of a symbol follow one another in the order of their names.</summary>
    private RecordedCandles Candles(
        IEnumerable<CandleFileName> files, IReadOnlyCollection<string> bases, string asset, Instant from, List<string> notes, Dictionary<Symbol, Instrument> instruments)
    {
        var series = new List<(Symbol, Candle[])>();
        Timeframe? timeframe = null;
        foreach (var group in files.Where(file => bases.Any(known => IsOf(file.Base, known))).GroupBy(file => SymbolOf(file, asset, aliases)).OrderBy(group => group.Key))
        {
            if (group.Key is not { } symbol)
            {
                notes.Add($"Left out, because the account holds {asset}: {string.Join(", ", group.Select(file => Path.GetFileName(file.Path)))}.");
                continue;
            }

            // One that is traded as another stands back where the other one is there itself.
            var exact = group.Where(file => file.Quote == symbol.Quote).ToArray();
            string[] paths = [.. (exact.Length > 0 ? exact : [.. group]).Select(file => file.Path).Order(StringComparer.Ordinal)];
            var columns = CandleFiles.Read(paths);
            if (columns.Count == 0)
                continue;
            var own = TimeframeOf(columns, paths[0]);
            if (timeframe is { } other && other != own)
                throw new PriceSourceException($"The candles of {symbol} are of {own} and others of {other}: name files of one timeframe, and shorter ones with --finer.");
            timeframe = own;
            instruments[symbol] = DerivedInstrument.Of(symbol, columns);
            // The last prices before the first post are needed too.
            var start = Math.Max(0, FirstAt(columns.Times, from) - 3);
            var kept = new Candle[columns.Count - start];
            for (var index = 0; index < kept.Length; index++)
                kept[index] = columns.At(start + index, own);
            if (kept[^1].CloseTime > from)
                series.Add((symbol, kept));
        }

        return new RecordedCandles(series);
    }

    private static IReadOnlyList<CandleFileName> Named(IReadOnlyList<string> arguments, List<string> notes)
    {
        var found = new List<CandleFileName>();
        foreach (var argument in arguments)
            if (Directory.Exists(argument))
                found.AddRange(Directory.EnumerateFiles(argument).Where(IsCsv).Order(StringComparer.Ordinal).Select(CandleFileName.Of).OfType<CandleFileName>());
            else if (CandleFileName.Of(argument) is not { } named)
                notes.Add($"Left out, because its name holds no symbol (write it as BTC/USDT:USDT={argument}): {argument}.");
            else if (!File.Exists(named.Path))
                throw new PriceSourceException($"The file '{named.Path}' does not exist.");
            else
                found.Add(named);
        return found;
    }

    /// <summary>Null where it is not settled in what the account holds.</summary>
    private static Symbol? SymbolOf(CandleFileName file, string asset, IReadOnlyDictionary<string, string> aliases) =>
        file.Quote == asset || aliases.GetValueOrDefault(file.Quote) == asset ? new Symbol(file.Base, asset, file.IsSpot ? null : asset) : null;

    /// <summary>The coin itself or its contract of 1000 or a million.</summary>
    private static bool IsOf(string fileBase, string known) => fileBase == known || fileBase == "1000" + known || fileBase == "1M" + known || fileBase == "1000000" + known;

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsFunding(string path) => Path.GetFileName(path).Contains("funding", StringComparison.OrdinalIgnoreCase);

    /// <summary>The shortest step: gaps only make steps longer.</summary>
    private static Timeframe TimeframeOf(CandleColumns columns, string path)
    {
        var shortest = long.MaxValue;
        for (var index = 1; index < columns.Count && index <= StepsLookedAt; index++)
            shortest = Math.Min(shortest, columns.Times[index] - columns.Times[index - 1]);
        return columns.Count == 1 ? Timeframe.OneMinute
            : shortest % 60_000 == 0 && shortest / 60_000 is >= 1 and <= 44640 ? new Timeframe((int)(shortest / 60_000))
            : throw new PriceSourceException($"{path}: candles are whole minutes long, but these are {shortest} ms apart.");
    }

    private static int FirstAt(ReadOnlySpan<long> times, Instant from) => times.BinarySearch(from.UnixMilliseconds) is var index && index >= 0 ? index : ~index;
}
