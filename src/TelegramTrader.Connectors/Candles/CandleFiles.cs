using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>
/// Reads the candles of one symbol and timeframe straight from CSV files into columns, as a backtest wants them: the same form as <see cref="CandleImport"/> takes, but in
/// ascending order, one file after the other. Nothing is stored.
/// </summary>
public static class CandleFiles
{
    /// <summary>A year of one-minute candles has some 40 MB.</summary>
    private const int LargestFile = 1_000_000_000;

    /// <summary>All candles of all files.</summary>
    /// <exception cref="CandleStoreException">A file can't be read, or a line of it is not a candle that may stand there; the message names file and line.</exception>
    public static CandleColumns Read(IReadOnlyList<string> paths)
    {
        var rows = new Rows();
        foreach (var path in paths)
        {
            try
            {
                Read(path, rows);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new CandleStoreException($"{path} can't be read: {exception.Message}", exception);
            }
        }

        return rows.Columns();
    }

    private static void Read(string path, Rows rows)
    {
        var text = Whole(path);
        int[]? columns = null;
        var fields = new Range[64];
        for (var number = 1; !text.IsEmpty; number++)
        {
            var end = text.IndexOf((byte)'\n');
            var line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.IsEmpty)
                continue;
            var count = Split(line, fields);
            if (columns is null)
            {
                var isHeader = count < 2 || !Utf8Parser.TryParse(line[fields[1]], out decimal _, out _);
                columns = isHeader ? CandleImport.Columns([.. Encoding.UTF8.GetString(line).Split(',').Select(field => field.Trim().Trim('"'))]) : [0, 1, 2, 3, 4, 5];
                if (columns.Contains(-1))
                    throw new CandleStoreException($"{path}, line {number}: the header does not name time, open, high, low, close, volume.");
                if (isHeader)
                    continue;
            }

            try
            {
                rows.Add(line, fields.AsSpan(0, count), columns);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                throw new CandleStoreException($"{path}, line {number}: {exception.Message}", exception);
            }
        }
    }

    private static ReadOnlySpan<byte> Whole(string path)
    {
        using var file = File.OpenRead(path);
        using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var memory = new MemoryStream();
        var part = new byte[1 << 16];
        for (var read = plain.Read(part); read > 0; read = plain.Read(part))
        {
            if (memory.Length + read > LargestFile)
                throw new InvalidDataException($"it is larger than {LargestFile} bytes.");
            memory.Write(part, 0, read);
        }

        return memory.GetBuffer().AsSpan(0, (int)memory.Length);
    }

    private static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var (count, start) = (0, 0);
        while (count < fields.Length)
        {
            var length = line[start..].IndexOf((byte)',');
            fields[count++] = length < 0 ? start..line.Length : start..(start + length);
            if (length < 0)
                break;
            start += length + 1;
        }

        return count;
    }

    /// <summary>Columns that grow.</summary>
    private sealed class Rows
    {
        private readonly List<long> _times = [];
        private readonly List<decimal> _open = [];
        private readonly List<decimal> _high = [];
        private readonly List<decimal> _low = [];
        private readonly List<decimal> _close = [];
        private readonly List<decimal> _volume = [];

        public void Add(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, int[] columns)
        {
            foreach (var column in columns)
                if (column >= fields.Length)
                    throw new FormatException($"{fields.Length} fields, at least {columns.Max() + 1} are needed.");
            var time = Time(line[fields[columns[0]]]);
            if (_times.Count > 0 && time <= _times[^1])
                throw new FormatException($"candles must be in ascending order, but {new Instant(time)} follows {new Instant(_times[^1])}.");
            var (open, high, low, close, volume) = (
                Number(line[fields[columns[1]]]), Number(line[fields[columns[2]]]), Number(line[fields[columns[3]]]), Number(line[fields[columns[4]]]), Number(line[fields[columns[5]]]));
            if (low <= 0m || high < low || high < open || high < close || low > open || low > close)
                throw new FormatException($"the candle can't be true: open {open}, high {high}, low {low}, close {close}.");
            _times.Add(time);
            _open.Add(open);
            _high.Add(high);
            _low.Add(low);
            _close.Add(close);
            _volume.Add(volume);
        }

        public CandleColumns Columns() => new([.. _times], [.. _open], [.. _high], [.. _low], [.. _close], [.. _volume]);

        private static long Time(ReadOnlySpan<byte> field) =>
            Utf8Parser.TryParse(field, out long milliseconds, out var read) && read == field.Length && milliseconds is >= CandleImport.FirstMilliseconds and <= CandleImport.LastMilliseconds
                ? milliseconds
                : CandleImport.TimeOf(Text(field));

        private static decimal Number(ReadOnlySpan<byte> field) =>
            Utf8Parser.TryParse(field, out decimal number, out var read) && read == field.Length && number >= 0m ? number : CandleImport.NumberOf(Text(field));

        private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field).Trim().Trim('"');
    }
}
