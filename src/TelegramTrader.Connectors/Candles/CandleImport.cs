using System.Globalization;
using System.IO.Compression;
using System.Text;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>
/// Reads candles from CSV, gzip-compressed where the name ends in <c>.gz</c>: with a header that names its columns in any order, or without one as
/// time, open, high, low, close, volume. Times are Unix seconds or milliseconds, or dates in ISO 8601 (UTC where they name no zone).
/// </summary>
public static class CandleImport
{
    /// <summary>A line of candles has some 60 characters.</summary>
    private const int LongestLine = 4_096;

    /// <summary>Reading ends with so many bad lines.</summary>
    private const int MostProblems = 20;

    internal const long FirstMilliseconds = 100_000_000_000;
    internal const long LastMilliseconds = 4_102_444_800_000;
    private static readonly string[] Usual = ["time", "open", "high", "low", "close", "volume"];

    private static readonly string[] Dates = ["yyyy-MM-dd", .. ((string[])["' '", "'T'"]).SelectMany(between => new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFF" }, (between, time) => $"yyyy-MM-dd{between}{time}K")];

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["time"] = "time", ["timestamp"] = "time", ["date"] = "time", ["open_time"] = "time", ["unix"] = "time", ["datetime"] = "time", ["open time"] = "time", ["open"] = "open", ["high"] = "high", ["low"] = "low",
        ["close"] = "close", ["volume"] = "volume",
    };

    /// <summary>All candles of the file, or its first bad lines with their numbers; then nothing of it is to be used.</summary>
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
            for (var number = 1; ReadLine(reader) is { } line; number++)
            {
                if (line.Length > LongestLine)
                {
                    problems.Add($"{path}, line {number}: it has more than {LongestLine} characters; nothing behind it was read.");
                    break;
                }

                if (line.Length == 0)
                    continue;
                string[] fields = [.. line.Split(',').Select(field => field.Trim().Trim('"'))];
                if (columns is null)
                {
                    var isHeader = fields.Length < 2 || !decimal.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
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
                    if (problems.Count == MostProblems)
                    {
                        problems.Add($"{path}: {MostProblems} bad lines; nothing behind them was read.");
                        break;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CandleStoreException($"{path} can't be read: {exception.Message}", exception);
        }

        return ([.. candles.Values.OrderBy(candle => candle.OpenTime)], problems);
    }

    internal static int[] Columns(string[] header) => [.. Usual.Select(wanted => Array.FindIndex(header, name => Names.GetValueOrDefault(name) == wanted))];

    private static Candle CandleOf(string[] fields, int[] columns, Timeframe timeframe)
    {
        if (fields.Length <= columns.Max())
            throw new FormatException($"{fields.Length} fields, at least {columns.Max() + 1} are needed.");
        var time = TimeOf(fields[columns[0]]);
        if (time % (long)timeframe.Length.TotalMilliseconds != 0)
            throw new FormatException($"no candle of {timeframe} opens at {new Instant(time)}.");
        return new Candle(new Instant(time), timeframe, Price(1), Price(2), Price(3), Price(4), Number(5));

        Price Price(int column) => Number(column) is > 0m and var price ? new Price(price) : throw new FormatException($"{Usual[column]} must be above 0 but is {fields[columns[column]]}.");

        decimal Number(int column) => decimal.TryParse(fields[columns[column]], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"{Usual[column]} '{Shown(fields[columns[column]])}' is no number of 0 or more.");
    }

    internal static decimal NumberOf(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        ? number : throw new FormatException($"'{Shown(text)}' is no number of 0 or more.");

    internal static long TimeOf(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LastMilliseconds)
            return number < FirstMilliseconds ? number * 1000 : number;
        return DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date.ToUnixTimeMilliseconds() is >= 0 and <= LastMilliseconds and var time
            ? time
            : throw new FormatException($"'{Shown(text)}' is no time in Unix seconds or milliseconds, or as 2025-05-01T12:00:00Z, from 1970 and before 2100.");
    }

    /// <summary>The next line; of one that is too long, only so much that this can be seen. Null at the end.</summary>
    private static string? ReadLine(StreamReader reader)
    {
        if (reader.Peek() < 0 && reader.EndOfStream)
            return null;
        var line = new StringBuilder();
        while (line.Length <= LongestLine && reader.Read() is >= 0 and not '\n' and var character)
            line.Append((char)character);
        return line.Length <= LongestLine ? line.ToString().TrimEnd('\r') : line.ToString();
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
