using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks;

/// <summary>A year of minutes: how long its columns take from the store, against the same year parsed from a compressed CSV file in the same run.</summary>
internal static class CandleStoreReads
{
    private const int Rounds = 5;
    private const double MostSeconds = 1.0;
    private static readonly Symbol Pair = Symbol.Parse("BTC/USDT:USDT");
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <returns>0 when both give the same candles and the store takes less than a second; else 1.</returns>
    public static int Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("candle-store-").FullName;
        try
        {
            var candles = Made(count);
            var end = candles[^1].CloseTime;
            var csv = Path.Combine(folder, "year.csv.gz");
            WriteCsv(csv, candles);
            var store = new CandleStore(folder, "binance");
            var began = Stopwatch.GetTimestamp();
            store.Add(Pair, Timeframe.OneMinute, candles, replace: false);
            var writing = Stopwatch.GetElapsedTime(began).TotalSeconds;

            var columns = store.ReadColumns(Pair, Timeframe.OneMinute, Start, end);
            var (parsed, problems) = CandleImport.Read(csv, Timeframe.OneMinute);
            var isSame = problems.Count == 0 && parsed.SequenceEqual(candles) && columns.Count == count && Enumerable.Range(0, count).All(index => columns.At(index, Timeframe.OneMinute) == candles[index]);
            var fromStore = Median(() => store.ReadColumns(Pair, Timeframe.OneMinute, Start, end).Count);
            var fromCsv = Median(() => CandleImport.Read(csv, Timeframe.OneMinute).Candles.Count);
            var stored = new DirectoryInfo(Path.Combine(folder, "candles")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count} candles, {(isSame ? "the same from both" : "NOT THE SAME")}: columns from the store {fromStore * 1000:0} ms (goal below {MostSeconds * 1000:0}), parsed from .csv.gz {fromCsv * 1000:0} ms, ratio 1/{fromCsv / fromStore:0.0}; "
                + $"{stored / 1e6:0.0} MB in the store, {new FileInfo(csv).Length / 1e6:0.0} MB as .csv.gz; written to the store in {writing * 1000:0} ms"));
            return isSame && fromStore < MostSeconds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A walk with the digits of a large perpetual: prices by 0.1, volumes by 0.001.</summary>
    private static Candle[] Made(int count)
    {
        var random = new Random(1);
        var price = 600_000L;
        var candles = new Candle[count];
        for (var index = 0; index < count; index++)
        {
            var open = price;
            price = Math.Max(1000, price + random.Next(-400, 401));
            var (high, low) = (Math.Max(open, price) + random.Next(200), Math.Min(open, price) - random.Next(200));
            candles[index] = new Candle(Start + TimeSpan.FromMinutes(index), Timeframe.OneMinute, Price(open), Price(high), Price(low), Price(price), new decimal(random.Next(200_000), 0, 0, false, 3));
        }

        return candles;

        static Price Price(long tenths) => new(tenths / 10m);
    }

    private static void WriteCsv(string path, IReadOnlyList<Candle> candles)
    {
        using var file = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Optimal));
        file.WriteLine("time,open,high,low,close,volume");
        foreach (var candle in candles)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{candle.OpenTime.UnixMilliseconds},{candle.Open.Value},{candle.High.Value},{candle.Low.Value},{candle.Close.Value},{candle.Volume}"));
    }

    private static double Median(Func<int> read)
    {
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            read();
            times[round] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
