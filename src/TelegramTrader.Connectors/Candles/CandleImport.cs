using System.Globalization;
using System.IO.Compression;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>
/// Reads candles from CSV, gzip-compressed where the name ends in <c>.gz</c>: with a header that names its columns in any order, or without one as
/// time, open, high, low, close, volume. Times are Unix seconds or milliseconds.
/// </summary>
public static class CandleImport
{
    private const long FirstMilliseconds = 100_000_000_000;
    private static readonly string[] Usual = ["time", "open", "high", "low", "close", "volume"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["time"] = "time", ["timestamp"] = "time", ["date"] = "time", ["open_time"] = "time", ["unix"] = "time", ["open"] = "open", ["high"] = "high", ["low"] = "low",
        ["close"] = "close", ["volume"] = "volume",
    };

    /// <summary>All candles of the file, or every bad line with its number; then nothing of it is to be used.</summary>
    /// <exception cref="CandleStoreException">The file can't be read at all.</exception>
    public static (IReadOnlyList<Candle> Candles, IReadOnlyList<string> Problems) Read(string path, Timeframe timeframe)
    {
        var candles = new Dictionary<long, Candle>();
        var problems = new List<string>();
        try
        {
            using var file = File.OpenRead(path);
            using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var reader = new StreamReader(plain);
            int[]? columns = null;
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                if (line.Length == 0)
                    continue;
                var fields = line.Split(',', StringSplitOptions.TrimEntries);
                if (columns is null)
                {
                    var isHeader = !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
                    columns = isHeader ? Columns(fields) : [0, 1, 2, 3, 4, 5];
                    if (columns.Contains(-1))
                        return ([], [$"{path}, line {number}: the header '{Shown(line)}' does not name {string.Join(", ", Usual)}."]);
                    if (isHeader)
                        continue;
                }

                try
                {
                    var candle = CandleOf(fields, columns, timeframe);
                    if (!candles.TryAdd(candle.OpenTime.UnixMilliseconds, candle) && candles[candle.OpenTime.UnixMilliseconds] != candle)
                        throw new FormatException($"{candle.OpenTime} was there before with other values.");
                }
                catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
                {
                    problems.Add($"{path}, line {number}: {exception.Message}");
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CandleStoreException($"{path} can't be read: {exception.Message}", exception);
        }

        return ([.. candles.Values.OrderBy(candle => candle.OpenTime)], problems);
    }

    private static int[] Columns(string[] header) => [.. Usual.Select(wanted => Array.FindIndex(header, name => Names.GetValueOrDefault(name.Trim('"')) == wanted))];

    private static Candle CandleOf(string[] fields, int[] columns, Timeframe timeframe)
    {
        if (fields.Length <= columns.Max())
            throw new FormatException($"{fields.Length} fields, at least {columns.Max() + 1} are needed.");
        if (!long.TryParse(fields[columns[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time > 4_102_444_800_000)
            throw new FormatException($"'{Shown(fields[columns[0]])}' is no time in Unix seconds or milliseconds before 2100.");
        if (time < FirstMilliseconds)
            time *= 1000;
        if (time % (long)timeframe.Length.TotalMilliseconds != 0)
            throw new FormatException($"no candle of {timeframe} opens at {new Instant(time)}.");
        return new Candle(new Instant(time), timeframe, Price(1), Price(2), Price(3), Price(4), Number(5));

        Price Price(int column) => Number(column) is > 0m and var price ? new Price(price) : throw new FormatException($"{Usual[column]} must be above 0 but is {fields[columns[column]]}.");

        decimal Number(int column) => decimal.TryParse(fields[columns[column]], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"{Usual[column]} '{Shown(fields[columns[column]])}' is no number of 0 or more.");
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
