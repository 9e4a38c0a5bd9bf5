using System.Text.Json;

namespace TelegramTrader.Connectors.Channels.TelegramExport;

/// <summary>
/// Reads <c>result.json</c> of Telegram Desktop's export (machine-readable JSON), of one chat or of a whole account, from beginning to end with one post in memory at a time.
/// Of a whole account, conversations with single persons are left out; a chat that was exported by itself is meant, whatever it is.
/// </summary>
/// <param name="zone">The zone of dates that have none, as in old exports.</param>
/// <param name="ofOneChat">Refuse an export of a whole account before anything of it is read.</param>
public sealed class ExportReader(Stream stream, TimeZoneInfo zone, bool ofOneChat = false)
{
    private readonly JsonPieces _pieces = new(stream);
    private readonly ExportMessages _messages = new(zone);

    /// <summary>How many bytes were read.</summary>
    public long Consumed => _pieces.Consumed;

    /// <summary>The pieces in the order of the file.</summary>
    /// <exception cref="ExportException">The file can't be read any further.</exception>
    public IEnumerable<ExportPiece> Read()
    {
        if (_pieces.Peek() is '<')
            throw new ExportException(0, "this is an export as HTML; export again and choose machine-readable JSON");
        if (_pieces.Peek() is null)
            throw new ExportException(0, "the file is empty");
        _pieces.BeginObject("the export");
        var chat = new Heading();
        var found = false;
        while (_pieces.NextName() is { } name)
        {
            if (name is "chats" or "left_chats")
            {
                found = true;
                if (ofOneChat)
                    throw new ExportException(_pieces.Offset, "this is the export of a whole account, and its chats can't all be stored under one name: leave the name out");
                foreach (var piece in ChatList(name))
                    yield return piece;
            }
            else if (name == "messages")
            {
                found = true;
                foreach (var piece in Messages(chat.Chat(_pieces.Offset)))
                    yield return piece;
            }
            else
            {
                Take(name, chat);
            }
        }

        _pieces.End();
        if (!found)
            throw new ExportException(_pieces.Offset, "there is neither 'messages' nor 'chats', so this is no export of Telegram Desktop, or one without chats");
    }

    private IEnumerable<ExportPiece> ChatList(string what)
    {
        _pieces.BeginObject($"'{what}'");
        while (_pieces.NextName() is { } name)
        {
            if (name != "list")
            {
                _pieces.Skip();
                continue;
            }

            _pieces.BeginArray("'list'");
            while (_pieces.BeginNextObject("a chat"))
                foreach (var piece in Chat())
                    yield return piece;
        }
    }

    private IEnumerable<ExportPiece> Chat()
    {
        var heading = new Heading();
        while (_pieces.NextName() is { } name)
        {
            if (name != "messages")
            {
                Take(name, heading);
                continue;
            }

            var chat = heading.Chat(_pieces.Offset);
            if (chat.IsPersonal)
            {
                _pieces.Skip();
                yield return new ExportPiece.SkippedChat(chat);
                continue;
            }

            foreach (var piece in Messages(chat))
                yield return piece;
        }
    }

    private IEnumerable<ExportPiece> Messages(ExportedChat chat)
    {
        _pieces.BeginArray("'messages'");
        while (_pieces.NextValue() is { } document)
            using (document)
                yield return _messages.Read(document.RootElement, chat, _pieces.Offset);
    }

    private void Take(string name, Heading heading)
    {
        if (name is not ("name" or "type" or "id"))
        {
            _pieces.Skip();
            return;
        }

        using var value = _pieces.NextValue()!;
        heading.Take(name, value.RootElement, _pieces.Offset);
    }

    /// <summary>What is said about a chat before its messages.</summary>
    private sealed class Heading
    {
        private string? _name;
        private string? _type;
        private long? _id;

        public void Take(string name, JsonElement value, long offset)
        {
            if (name == "id")
                _id = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) ? id : throw new ExportException(offset, "the 'id' of a chat must be a whole number");
            else if (name == "name")
                _name = ExportMessages.TextOf(value, offset);
            else
                _type = ExportMessages.TextOf(value, offset);
        }

        public ExportedChat Chat(long offset) => new(_name, _type, _id ?? throw new ExportException(offset, "the messages of a chat come without its 'id' before them, so it can't be told whose they are"));
    }
}
