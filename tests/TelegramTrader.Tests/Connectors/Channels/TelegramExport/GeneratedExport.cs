using System.Globalization;
using System.Text;

namespace TelegramTrader.Tests.Connectors.Channels.TelegramExport;

/// <summary>An export of any size that is made while it is read, so that it is never anywhere as a whole. Every tenth message is a service message, every seventh was edited.</summary>
internal sealed class GeneratedExport(int messages, int largestRead = int.MaxValue) : Stream
{
    private const long FirstSecond = 1_700_000_000;

    private readonly IEnumerator<byte[]> _parts = Parts(messages).GetEnumerator();
    private byte[] _part = [];
    private int _used;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static string Text(int number) => $"LONG #COIN{number}/USDT 🚀\nentry {number}, SL {number - 1}, TP {number + 1} \"now\"";

    /// <summary>The whole of a small one.</summary>
    public static string Whole(int messages)
    {
        using var reader = new StreamReader(new GeneratedExport(messages));
        return reader.ReadToEnd();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_used == _part.Length)
        {
            if (!_parts.MoveNext())
                return 0;
            (_part, _used) = (_parts.Current, 0);
        }

        var length = Math.Min(Math.Min(count, largestRead), _part.Length - _used);
        _part.AsSpan(_used, length).CopyTo(buffer.AsSpan(offset));
        _used += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static IEnumerable<byte[]> Parts(int messages)
    {
        yield return Encoding.UTF8.GetBytes("{\n \"name\": \"Signals\",\n \"type\": \"public_channel\",\n \"id\": 1234567890,\n \"messages\": [\n");
        for (var number = 1; number <= messages; number++)
            yield return Encoding.UTF8.GetBytes(Message(number) + (number < messages ? ",\n" : "\n"));
        yield return Encoding.UTF8.GetBytes(" ]\n}\n");
    }

    private static string Message(int number)
    {
        var second = FirstSecond + number * 60L;
        if (number % 10 == 0)
            return string.Create(CultureInfo.InvariantCulture, $$"""  { "id": {{number}}, "type": "service", "date_unixtime": "{{second}}", "actor": "Signals", "action": "pin_message", "text": "" }""");
        var edited = number % 7 == 0 ? string.Create(CultureInfo.InvariantCulture, $$""" "edited": "2024-01-01T00:00:00", "edited_unixtime": "{{second + 30}}",""") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $$"""  { "id": {{number}}, "type": "message", "date": "2023-11-14T22:13:20", "date_unixtime": "{{second}}",{{edited}} "from": "Signals", "text": [ "LONG ", { "type": "hashtag", "text": "#COIN{{number}}" }, "/USDT 🚀\nentry {{number}}, SL {{number - 1}}, TP {{number + 1}} \"now\"" ], "text_entities": [ { "type": "plain", "text": "LONG " } ] }""");
    }
}
