using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Messages;

/// <summary>
/// <c>signals_raw.jsonl</c>: every post as it came, one JSON object a line, only ever appended to. A line is with the operating system before the call returns.
/// A line that a crash left unfinished stays as it is and is closed, so that the next one stands alone.
/// </summary>
public sealed class RawMessageFile : IDisposable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly FileStream _file;
    private bool _mayBeTorn = true;

    public RawMessageFile(string path) =>
        // No buffer of our own: one line is one write.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    public void Append(ChannelMessage message)
    {
        CloseTornLine();
        var line = new Line(
            message.Channel.Value, message.MessageId, message.Revision, message.Change, message.PostedAt.ToString(), message.ReceivedAt.ToString(),
            message.Text, message.ReplyTo, message.HasMedia);
        _mayBeTorn = true;
        _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, Options) + "\n"));
        _mayBeTorn = false;
    }

    public void Dispose() => _file.Dispose();

    private void CloseTornLine()
    {
        if (!_mayBeTorn)
            return;
        if (_file.Length > 0)
        {
            _file.Seek(-1, SeekOrigin.End);
            if (_file.ReadByte() != '\n')
                _file.WriteByte((byte)'\n');
        }

        _file.Seek(0, SeekOrigin.End);
        _mayBeTorn = false;
    }

    private sealed record Line(
        string Channel, long MessageId, int Revision, MessageChange Change, string PostedAt, string ReceivedAt, string Text, long? ReplyTo, bool HasMedia);
}
