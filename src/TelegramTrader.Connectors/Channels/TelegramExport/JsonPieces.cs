using System.Globalization;
using System.Text.Json;

namespace TelegramTrader.Connectors.Channels.TelegramExport;

/// <summary>
/// Reads a JSON file of any size piece by piece: names and values as they come, with never more in memory than the largest single value that is asked for.
/// Every fault is an <see cref="ExportException"/> that says where.
/// </summary>
internal sealed class JsonPieces
{
    private const int FirstBuffer = 1 << 16;

    // A post has some kilobytes; what is larger than this is no post, and would fill the memory.
    private const int LargestValue = 1 << 26;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private long _offsetOfBuffer;
    private bool _isComplete;
    private int _depth;
    private JsonReaderState _state;

    public JsonPieces(Stream stream)
    {
        _stream = stream;
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
            _start = 3;
    }

    /// <summary>Where the latest piece begins, in bytes from the beginning.</summary>
    public long Offset { get; private set; }

    /// <summary>How far the stream was used.</summary>
    public long Consumed => _offsetOfBuffer + _start;

    /// <summary>How much memory the reading takes, in bytes.</summary>
    internal int Held => _buffer.Length;

    /// <summary>The next byte that is not white space, without going on; null at the end.</summary>
    public char? Peek()
    {
        while (true)
        {
            foreach (var next in _buffer.AsSpan(_start, _end - _start))
                if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                    return (char)next;
            if (_isComplete)
                return null;
            Fill();
        }
    }

    public void BeginObject(string what) => Begin(JsonTokenType.StartObject, what, "an object");

    public void BeginArray(string what) => Begin(JsonTokenType.StartArray, what, "a list");

    /// <summary>The name of the next property of the object that was begun; null at its end.</summary>
    public string? NextName()
    {
        string? name = null;
        return Next(ref name) == JsonTokenType.EndObject ? null : name;
    }

    /// <summary>The next value, whole: the next of the list that was begun, or that of the name that was read. Null at the end of the list.</summary>
    public JsonDocument? NextValue()
    {
        while (true)
        {
            if (TryNextValue(out var value))
                return value;
            Fill();
        }
    }

    /// <summary>Begins the next object of the list that was begun; false at its end.</summary>
    public bool BeginNextObject(string what)
    {
        string? none = null;
        return Next(ref none) switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            var other => throw Wrong(other, what, "an object"),
        };
    }

    /// <summary>Passes over the value of the name that was read, however large.</summary>
    public void Skip()
    {
        string? none = null;
        if (Next(ref none) is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = _depth;
        do
            Next(ref none);
        while (_depth > depth);
    }

    /// <summary>Checks that nothing follows.</summary>
    public void End()
    {
        if (Peek() is { } more)
            throw new ExportException(Consumed, $"the export is over, and there is more after it, beginning with '{more}'");
    }

    private void Begin(JsonTokenType wanted, string what, string expected)
    {
        string? none = null;
        var token = Next(ref none);
        if (token != wanted)
            throw Wrong(token, what, expected);
    }

    private ExportException Wrong(JsonTokenType found, string what, string expected) => new(Offset, $"{what} must be {expected}, but is {Kind(found)}");

    private JsonTokenType Next(ref string? name)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isComplete, _state);
            if (Read(ref reader))
            {
                var token = reader.TokenType;
                if (token == JsonTokenType.PropertyName)
                    name = NameOf(ref reader);
                Accept(ref reader);
                return token;
            }

            Fill();
        }
    }

    private bool TryNextValue(out JsonDocument? value)
    {
        value = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isComplete, _state);
        if (!Read(ref reader))
            return false;
        var begins = _offsetOfBuffer + _start + reader.TokenStartIndex;
        try
        {
            if (reader.TokenType is not JsonTokenType.EndArray && !JsonDocument.TryParseValue(ref reader, out value))
                return false;
        }
        catch (JsonException exception)
        {
            throw NotJson(ref reader, exception);
        }

        Accept(ref reader);
        Offset = begins;
        return true;
    }

    private bool Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read() || (_isComplete ? throw new ExportException(Consumed, "the file ends before the export does") : false);
        }
        catch (JsonException exception)
        {
            throw NotJson(ref reader, exception);
        }
    }

    private ExportException NotJson(ref Utf8JsonReader reader, JsonException exception)
    {
        var offset = _offsetOfBuffer + _start + reader.BytesConsumed;
        var ends = _isComplete && offset + 1 >= _offsetOfBuffer + _end || exception.Message.Contains("reached end of data", StringComparison.OrdinalIgnoreCase);
        return new ExportException(offset, ends ? "the file ends in the middle of the export: export it again, or copy it again" : $"this is not JSON: {FirstSentence(exception.Message)}", exception);
    }

    private string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new ExportException(_offsetOfBuffer + _start + reader.TokenStartIndex, "a name has bytes that are no characters", exception);
        }
    }

    private void Accept(ref Utf8JsonReader reader)
    {
        Offset = _offsetOfBuffer + _start + reader.TokenStartIndex;
        _depth = reader.CurrentDepth;
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _offsetOfBuffer += _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LargestValue)
                throw new ExportException(_offsetOfBuffer, string.Create(CultureInfo.InvariantCulture, $"a single value is larger than {LargestValue} bytes"));
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _isComplete = read == 0;
        _end += read;
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "missing",
    };

    private static string FirstSentence(string text) => text.Split(". ", 2)[0].TrimEnd('.');
}
