using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TelegramTrader.Tests.Support;

/// <summary>Just enough of PNG (W3C, "Portable Network Graphics Specification") for tests: pictures of four channels of 8 bits, written plain and read with any filter.</summary>
internal static class PngPicture
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Null when it is no PNG.</summary>
    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> file) =>
        file.Length >= 33 && file.StartsWith(Signature) && file.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]))
            : null;

    /// <summary>A picture that cannot be compressed.</summary>
    public static byte[] Noise(int width, int height)
    {
        var pixels = new byte[(width * 4 + 1) * height];
        new Random(1).NextBytes(pixels);
        for (var row = 0; row < height; row++)
            pixels[row * (width * 4 + 1)] = 0;
        return Write(width, height, pixels);
    }

    /// <summary>A picture of one colour, of any size without much memory.</summary>
    public static byte[] Blank(int width, int height) => Write(width, height, new byte[(width * 4 + 1) * height]);

    /// <summary>How many different colours are on it.</summary>
    public static int Colours(ReadOnlySpan<byte> file)
    {
        var (width, height) = SizeOf(file) ?? throw new InvalidDataException("It is no PNG.");
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            if (file.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
                packed.Write(file.Slice(at + 8, length));
            at += 12 + length;
        }

        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var (line, before, colours) = (new byte[width * 4], new byte[width * 4], new HashSet<int>());
        for (var row = 0; row < height; row++)
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(line);
            for (var index = 0; index < line.Length; index++)
            {
                var (left, up, corner) = (index < 4 ? 0 : line[index - 4], before[index], index < 4 ? 0 : before[index - 4]);
                line[index] = (byte)((line[index] + filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 }) & 0xFF);
            }

            for (var index = 0; index < line.Length; index += 4)
                colours.Add(BinaryPrimitives.ReadInt32BigEndian(line.AsSpan(index)));
            (line, before) = (before, line);
        }

        return colours.Count;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static byte[] Write(int width, int height, byte[] lines)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(lines);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] whole = [.. Encoding.ASCII.GetBytes(name), .. data];
        file.Write(whole);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(whole));
        file.Write(number);
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
