namespace TelegramTrader.Connectors.Gateway;

/// <summary>
/// Reads a stream line by line and never holds more than one line of the limit, whatever the other side sends. A line that is longer is passed over up to its
/// end and given as what it is.
/// </summary>
internal sealed class BoundedLineReader(Stream stream, int longestLine)
{
    private readonly byte[] _chunk = new byte[64 * 1024];
    private byte[] _line = new byte[4 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line, without its end; null when the stream has ended. A last line without an end is not given: it was cut off.</summary>
    public async ValueTask<BoundedLine?> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0L;
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await stream.ReadAsync(_chunk, cancellationToken);
                if (_end == 0)
                    return null;
            }
            var found = _chunk.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var count = found < 0 ? _end - _start : found;
            Keep(_chunk.AsSpan(_start, count), length);
            length += count;
            _start += found < 0 ? count : count + 1;
            if (found >= 0)
                return length > longestLine ? new BoundedLine(ReadOnlyMemory<byte>.Empty, length, IsTooLong: true) : new BoundedLine(_line.AsMemory(0, (int)length), length, IsTooLong: false);
        }
    }

    private void Keep(ReadOnlySpan<byte> part, long length)
    {
        if (length + part.Length > longestLine)
            return;
        if (length + part.Length > _line.Length)
            Array.Resize(ref _line, (int)Math.Min(longestLine, Math.Max(length + part.Length, _line.Length * 2L)));
        part.CopyTo(_line.AsSpan((int)length));
    }
}

/// <param name="Bytes">Valid until the next read; empty when the line was too long.</param>
/// <param name="Length">In bytes, as it was sent.</param>
internal readonly record struct BoundedLine(ReadOnlyMemory<byte> Bytes, long Length, bool IsTooLong);
