using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>What one month's file holds.</summary>
/// <param name="Asked">The spans for which the exchange has answered: what is missing inside them, the exchange does not have.</param>
internal sealed record CandleMonth(CandleColumns Candles, TimeSpans Asked)
{
    public static readonly CandleMonth Empty = new(new CandleColumns(0), TimeSpans.None);
}

/// <summary>
/// The file of one month: <c>TTCANDL1</c>, the timeframe in minutes and the body's length (each int32, little-endian), the Brotli-compressed body, and the SHA-256 of all of
/// that. docs/candles.md describes the body. A file is replaced whole, never changed in place.
/// </summary>
internal static class CandleMonthFile
{
    private const int HeaderLength = 16;

    /// <summary>More than a year of minutes; a body that claims to be longer is not believed.</summary>
    private const int LongestBody = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "TTCANDL1"u8;

    /// <exception cref="CandleStoreException">The file is damaged or can't be read.</exception>
    public static CandleMonth Read(string path, Timeframe timeframe)
    {
        try
        {
            return Decode(File.ReadAllBytes(path), timeframe);
        }
        catch (Exception exception) when (exception is InvalidDataException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new CandleStoreException($"{path} is damaged ({exception.Message}); candles fetch of its month replaces it.", exception) { IsDamage = true };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleStoreException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    public static void Write(string path, Timeframe timeframe, CandleMonth month)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = path + ".new";
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(Encode(month, timeframe));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleStoreException($"{path} can't be written: {exception.Message}", exception);
        }
    }

    /// <summary>Under its name with <c>.damaged</c>; an older one of that name is replaced.</summary>
    public static void SetAside(string path)
    {
        try
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CandleStoreException($"{path} can't be renamed: {exception.Message}", exception);
        }
    }

    private static byte[] Encode(CandleMonth month, Timeframe timeframe)
    {
        var body = CandleBody.Write(month);
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        if (!BrotliEncoder.TryCompress(body, compressed, out var length, quality: 5, window: 22))
            throw new InvalidOperationException("The compressed candles do not fit the length that was promised for them.");
        var file = new byte[HeaderLength + length + SHA256.HashSizeInBytes];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), timeframe.Minutes);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), body.Length);
        compressed.AsSpan(0, length).CopyTo(file.AsSpan(HeaderLength));
        SHA256.HashData(file.AsSpan(0, HeaderLength + length), file.AsSpan(HeaderLength + length));
        return file;
    }

    private static CandleMonth Decode(ReadOnlySpan<byte> file, Timeframe timeframe)
    {
        if (file.Length < HeaderLength + SHA256.HashSizeInBytes || !file[..8].SequenceEqual(Magic))
            throw new InvalidDataException("it does not begin as a file of candles does");
        var content = file[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(file[content.Length..]))
            throw new InvalidDataException("its checksum is wrong");
        var minutes = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        if (minutes != timeframe.Minutes)
            throw new InvalidDataException($"it holds candles of {minutes} minutes instead of {timeframe.Minutes}");
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[12..]);
        if (length is < 0 or > LongestBody)
            throw new InvalidDataException($"its body would have {length} bytes, at most {LongestBody} are read");
        var body = new byte[length];
        if (!BrotliDecoder.TryDecompress(content[HeaderLength..], body, out var written) || written != length)
            throw new InvalidDataException("its body can't be decompressed");
        return CandleBody.Read(body);
    }
}
