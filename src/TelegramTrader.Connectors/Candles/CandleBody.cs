using System.Buffers.Binary;

namespace TelegramTrader.Connectors.Candles;

/// <summary>
/// The body of a month's file. Numbers are varints, signed ones zigzag-coded. First the asked spans, then the count, then a column each of times (difference to the one before),
/// prices and volumes. Decimals are whole numbers of the column's finest step where all of them fit 62 bits, else 16 bytes each.
/// </summary>
internal static class CandleBody
{
    private const byte Raw = 255;
    private const long Largest = 1L << 61;

    public static byte[] Write(CandleMonth month)
    {
        var body = new BodyWriter();
        body.Unsigned((ulong)month.Asked.Spans.Count);
        foreach (var (from, to) in month.Asked.Spans)
        {
            body.Signed(from);
            body.Signed(to);
        }

        var candles = month.Candles;
        body.Unsigned((ulong)candles.Count);
        var before = 0L;
        foreach (var time in candles.Times)
        {
            body.Signed(time - before);
            before = time;
        }

        foreach (var column in (ReadOnlySpan<decimal[]>)[candles.Open.ToArray(), candles.High.ToArray(), candles.Low.ToArray(), candles.Close.ToArray(), candles.Volume.ToArray()])
            WriteColumn(body, column);
        return body.ToArray();
    }

    public static CandleMonth Read(ReadOnlySpan<byte> bytes)
    {
        var body = new BodyReader(bytes);
        var asked = TimeSpans.None;
        for (var left = body.Count(); left > 0; left--)
            asked = asked.With(body.Signed(), body.Signed());
        var count = body.Count();
        var times = new long[count];
        var before = 0L;
        for (var index = 0; index < count; index++)
        {
            var time = before + body.Signed();
            if (index > 0 && time <= before)
                throw new InvalidDataException("its times do not ascend");
            times[index] = before = time;
        }

        var (open, high, low, close, volume) = (ReadColumn(ref body, count), ReadColumn(ref body, count), ReadColumn(ref body, count), ReadColumn(ref body, count), ReadColumn(ref body, count));
        if (!body.IsAtEnd)
            throw new InvalidDataException("there is something behind its last column");
        return new CandleMonth(new CandleColumns(times, open, high, low, close, volume), asked);
    }

    private static void WriteColumn(BodyWriter body, decimal[] column)
    {
        // Without closing zeros: 1.50 and 1.5 are one value, and the step should be as coarse as it can.
        var scale = column.Length == 0 ? (byte)0 : column.Max(value => Shortest(value).Scale);
        // Up to 18 digits after the point fit a long of their own; beyond, and where the numbers are too large, they are kept as they are.
        var step = scale <= 18 ? Power(scale) : 0m;
        if (step == 0m || column.Any(value => Math.Abs(value) >= Largest / step))
        {
            body.Byte(Raw);
            foreach (var value in column)
                body.Decimal(value);
            return;
        }

        body.Byte(scale);
        var before = 0L;
        foreach (var value in column)
        {
            var whole = (long)(value * step);
            body.Signed(whole - before);
            before = whole;
        }
    }

    private static decimal[] ReadColumn(ref BodyReader body, int count)
    {
        var column = new decimal[count];
        var scale = body.Byte();
        if (scale is not Raw and > 18)
            throw new InvalidDataException($"a column has {scale} digits after the point");
        var whole = 0L;
        for (var index = 0; index < count; index++)
        {
            if (scale == Raw)
            {
                column[index] = body.Decimal();
                continue;
            }

            whole += body.Signed();
            var size = (ulong)Math.Abs(whole);
            column[index] = new decimal(unchecked((int)size), (int)(size >> 32), 0, whole < 0, scale);
        }

        return column;
    }

    private static decimal Shortest(decimal value) => value / 1.0000000000000000000000000000m;

    private static decimal Power(int scale)
    {
        var power = 1m;
        for (; scale > 0; scale--)
            power *= 10m;
        return power;
    }

    private sealed class BodyWriter
    {
        private readonly MemoryStream _bytes = new();

        public void Byte(byte value) => _bytes.WriteByte(value);

        public void Unsigned(ulong value)
        {
            var rest = value;
            for (; rest >= 128; rest >>= 7)
                _bytes.WriteByte((byte)(rest & 127 | 128));
            _bytes.WriteByte((byte)rest);
        }

        public void Signed(long value) => Unsigned(unchecked((ulong)((value << 1) ^ (value >> 63))));

        public void Decimal(decimal value)
        {
            Span<byte> bytes = stackalloc byte[16];
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(value, parts);
            for (var index = 0; index < 4; index++)
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(index * 4)..], parts[index]);
            _bytes.Write(bytes);
        }

        public byte[] ToArray() => _bytes.ToArray();
    }

    private ref struct BodyReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        public readonly bool IsAtEnd => _at == _bytes.Length;

        public byte Byte() => _bytes[_at++];

        /// <summary>Of things that take at least one byte each.</summary>
        public int Count() => Unsigned() is var count && count <= (ulong)(_bytes.Length - _at) ? (int)count : throw new InvalidDataException($"it claims to hold {count} entries");

        public long Signed() => Unsigned() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;

        public decimal Decimal()
        {
            Span<int> parts = stackalloc int[4];
            for (var index = 0; index < 4; index++, _at += 4)
                parts[index] = BinaryPrimitives.ReadInt32LittleEndian(_bytes[_at..]);
            return new decimal(parts);
        }

        private ulong Unsigned()
        {
            // Most differences are this small.
            if (_bytes[_at] < 128)
                return _bytes[_at++];
            var value = 0UL;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = _bytes[_at++];
                value |= (ulong)(next & 127) << shift;
                if (next < 128)
                    return value;
            }

            throw new InvalidDataException("a number in it has no end");
        }
    }
}
