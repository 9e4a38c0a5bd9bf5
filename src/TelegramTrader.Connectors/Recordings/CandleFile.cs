using System.Globalization;
using System.IO.Compression;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Connectors.Recordings;

/// <summary>
/// Reads candles (<c>time,open,high,low,close,volume</c>) and funding rates (<c>time,funding_rate</c>) from CSV, gzip-compressed where the name ends in <c>.gz</c>.
/// Times are Unix milliseconds, ascending. A row that can't be true is refused with its line, never skipped.
/// </summary>
public static class CandleFile
{
    public static IReadOnlyList<Candle> ReadCandles(string path, Timeframe timeframe)
    {
        var candles = new List<Candle>(8192);
        Read(path, "time,open,high,low,close,volume", 6, (fields, line) =>
        {
            var time = Time(fields[0]);
            if (candles.Count > 0 && time <= candles[^1].OpenTime)
                throw new FormatException($"the time {time} is not after the one before");
            candles.Add(new Candle(time, timeframe, Price(fields[1]), Price(fields[2]), Price(fields[3]), Price(fields[4]), Number(fields[5])));
        });
        return candles;
    }

    public static IReadOnlyList<FundingRate> ReadFunding(string path, Symbol symbol)
    {
        var rates = new List<FundingRate>();
        Read(path, "time,funding_rate", 2, (fields, _) => rates.Add(new FundingRate(symbol, Time(fields[0]), Number(fields[1]))));
        return rates;
    }

    private static void Read(string path, string header, int fieldCount, Action<string[], int> row)
    {
        var number = 0;
        try
        {
            using var file = File.OpenRead(path);
            using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var reader = new StreamReader(plain);
            while (reader.ReadLine() is { } line)
            {
                number++;
                if (number == 1)
                {
                    if (line != header)
                        throw new FormatException($"the header is '{line}', expected '{header}'");
                    continue;
                }

                if (line.Length == 0)
                    continue;
                var fields = line.Split(',');
                if (fields.Length != fieldCount)
                    throw new FormatException($"{fields.Length} fields, expected {fieldCount}");
                row(fields, number);
            }
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or InvalidDataException)
        {
            throw new RecordingException($"{path}, line {number}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static Instant Time(string text) => new(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));

    private static Price Price(string text) => new(Number(text));

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
