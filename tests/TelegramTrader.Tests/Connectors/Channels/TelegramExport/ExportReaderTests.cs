using System.Text;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Connectors.Channels.TelegramExport;

public sealed class ExportReaderTests
{
    private static readonly TimeZoneInfo Istanbul = TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul");

    [Fact]
    public void Read_AChat_GivesItsPosts()
    {
        var pieces = Read(Chat("""
            { "id": 5, "type": "message", "date": "2024-05-06T15:00:00", "date_unixtime": "1714996800", "text": "LONG BTC", "photo": "photos/1.jpg", "reply_to_message_id": 4 },
            { "id": 6, "type": "service", "date_unixtime": "1714996801", "action": "pin_message", "text": "" },
            { "id": 7, "type": "message", "date_unixtime": 1714996802, "edited_unixtime": "1714996900", "text": [ "TP ", { "type": "bold", "text": "1" }, { "type": "custom_emoji", "document_id": "x" }, " ✅" ], "reply_to_message_id": 5, "reply_to_peer_id": "channel9" }
            """));
        var chat = new ExportedChat("Alpha", "public_channel", 1234567890);
        Assert.Equal("-1001234567890", chat.ChatId);
        Assert.Equal(
            [
                new ExportPiece.Post(chat, 5, new Instant(1_714_996_800_000), null, "LONG BTC", 4, true, false),
                new ExportPiece.NoPost(),
                new ExportPiece.Post(chat, 7, new Instant(1_714_996_802_000), new Instant(1_714_996_900_000), "TP 1 ✅", null, false, false),
            ],
            pieces);
    }

    [Fact]
    public void Read_AWholeAccount_GivesAllButConversationsWithSinglePersons()
    {
        var pieces = Read("""
            { "about": "Here is the data", "personal_information": { "user_id": 1, "deep": [ [ { "x": [1, 2] } ] ] },
              "chats": { "about": "", "list": [
                { "name": "Ann", "type": "personal_chat", "id": 7, "messages": [ { "id": 1, "type": "message", "date_unixtime": "1", "text": "private" } ] },
                { "type": "saved_messages", "id": 8, "messages": [ ] },
                { "name": null, "type": "private_channel", "id": 9, "messages": [ { "id": 1, "type": "message", "date_unixtime": "1714996800", "text": "a" } ] },
                { "name": "G", "type": "private_group", "id": 10, "messages": [ { "id": 2, "type": "message", "date_unixtime": "1714996800", "text": "b" } ] } ] },
              "left_chats": { "list": [ { "name": "L", "type": "public_supergroup", "id": 11, "messages": [ { "id": 3, "type": "message", "date_unixtime": "1714996800", "text": "c" } ] } ] },
              "contacts": { "list": [] } }
            """);
        Assert.Equal(["-1009 1 a", "-10 2 b", "-10011 3 c"], pieces.OfType<ExportPiece.Post>().Select(post => $"{post.Chat.ChatId} {post.MessageId} {post.Text}"));
        Assert.Equal([7L, 8L], pieces.OfType<ExportPiece.SkippedChat>().Select(skipped => skipped.Chat.Id));
    }

    [Fact]
    public void Read_AWholeAccountWhereOneChatIsMeant_IsRefused() =>
        Assert.Contains("whole account", Assert.Throws<ExportException>(() => new ExportReader(Bytes("""{ "chats": { "list": [] } }"""), TimeZoneInfo.Utc, ofOneChat: true).Read().ToArray()).Message);

    [Fact]
    public void Read_AnOldExport_TakesDatesAsThoseOfTheZone()
    {
        // 15:00 in Istanbul, which is three hours ahead, is 12:00 UTC. The edit of 1970 never was.
        var post = Assert.IsType<ExportPiece.Post>(Assert.Single(Read(Chat("""{ "id": 5, "type": "message", "date": "2024-05-06T15:00:00", "edited": "1970-01-01T03:00:00", "text": "a" }"""), Istanbul)));
        Assert.Equal(("2024-05-06T12:00:00.000Z", null, true), (post.PostedAt.ToString(), post.EditedAt, post.HasZonelessDate));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Read_InChunksOfAnySize_GivesTheSame(int chunk) =>
        Assert.Equal<ExportPiece>([.. new ExportReader(new GeneratedExport(200), TimeZoneInfo.Utc).Read()], [.. new ExportReader(new GeneratedExport(200, chunk), TimeZoneInfo.Utc).Read()]);

    [Fact]
    public void Read_FiftyThousandMessages_ReadsAllAndHoldsOne()
    {
        var pieces = new JsonPieces(new GeneratedExport(50_000));
        pieces.BeginObject("");
        while (pieces.NextName() is { } name && name != "messages")
            pieces.Skip();
        pieces.BeginArray("");
        var count = 0;
        while (pieces.NextValue() is { } value)
            using (value)
                count++;
        Assert.Equal(50_000, count);
        Assert.True(pieces.Consumed > 10_000_000);
        Assert.Equal(1 << 16, pieces.Held);
    }

    [Fact]
    public void Read_AMessageLargerThanTheBuffer_IsReadWhole()
    {
        var text = new string('x', 300_000);
        Assert.Equal(text, Assert.IsType<ExportPiece.Post>(Assert.Single(Read(Chat($$"""{ "id": 5, "type": "message", "date_unixtime": "1714996800", "text": "{{text}}" }""")))).Text);
    }

    [Fact]
    public void Read_WithAByteOrderMark_IsRead() => Assert.Empty(Read("\uFEFF" + Chat("")));

    public static TheoryData<string, string, string> BadFiles => new()
    {
        { "", "", "the file is empty" },
        { "<html><body>Signals</body></html>", "<", "an export as HTML" },
        { "not json", "not", "this is not JSON" },
        { "[1]", "[", "the export must be an object, but is a list" },
        { "{}", "}", "neither 'messages' nor 'chats'" },
        { """{ "id": 1, "messages": {} }""", "{}", "'messages' must be a list, but is an object" },
        { """{ "messages": [], "id": 1 }""", "\"messages\"", "without its 'id' before them" },
        { """{ "id": "one", "messages": [] }""", "\"one\"", "the 'id' of a chat must be a whole number" },
        { """{ "id": 1, "messages": [ 7 ] }""", "7", "a message must be an object, but is number" },
        { Chat("""{ "type": "message", "date_unixtime": "1", "text": "" }"""), "{ \"type\"", "a message has no 'id'" },
        { Chat("""{ "id": 3, "type": "message", "text": "" }"""), "{ \"id\": 3", "message 3 has neither 'date_unixtime' nor 'date'" },
        { Chat("""{ "id": 3, "type": "message", "date_unixtime": "soon", "text": "" }"""), "{ \"id\": 3", "but is \"soon\"" },
        { Chat("""{ "id": 3, "type": "message", "date_unixtime": "999999999999", "text": "" }"""), "{ \"id\": 3", "'date_unixtime' must be a number of seconds from 1 to 253402300799" },
        { Chat("""{ "id": 3, "type": "message", "date": "6 May", "text": "" }"""), "{ \"id\": 3", "'date' must be a date such as" },
        { Chat("""{ "id": 3, "type": "message", "date_unixtime": "1", "text": 5 }"""), "{ \"id\": 3", "a text must stand here" },
        { Chat("""{ "id": 3, "type": "message", "date_unixtime": "1", "text": "\ud83d" }"""), "{ \"id\": 3", "no characters" },
        { Chat("""{ "id": 3, "type": "message", }"""), "}", "this is not JSON" },
        { Chat("") + "{}", "{}", "there is more after it" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_ABadFile_SaysWhereAndWhat(string json, string where, string what)
    {
        var exception = Assert.Throws<ExportException>(() => Read(json));
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Offset, 0, json.Length);
        if (where.StartsWith("{ ", StringComparison.Ordinal))
            Assert.Equal(json.IndexOf(where, StringComparison.Ordinal), exception.Offset);
    }

    [Fact]
    public void Read_CutOffAnywhere_GivesWhatIsBeforeAndThenAnError()
    {
        var whole = Encoding.UTF8.GetBytes(GeneratedExport.Whole(12));
        // The last byte is a line feed and the one before it closes the export.
        for (var length = 1; length < whole.Length - 1; length++)
        {
            var seen = 0;
            var exception = Assert.Throws<ExportException>(() =>
            {
                foreach (var _ in new ExportReader(new MemoryStream(whole, 0, length), TimeZoneInfo.Utc).Read())
                    seen++;
            });
            Assert.InRange(exception.Offset, 0, length);
            Assert.InRange(seen, 0, 12);
        }
    }

    [Fact]
    public void Read_CutOffInTheMiddle_SaysThatItEnds()
    {
        var whole = GeneratedExport.Whole(12);
        Assert.Contains("the file ends", Assert.Throws<ExportException>(() => Read(whole[..(whole.Length / 2)])).Message);
    }

    private static string Chat(string messages) => $$"""{ "name": "Alpha", "type": "public_channel", "id": 1234567890, "messages": [ {{messages}} ] }""";

    private static ExportPiece[] Read(string json, TimeZoneInfo? zone = null) => [.. new ExportReader(Bytes(json), zone ?? TimeZoneInfo.Utc).Read()];

    private static MemoryStream Bytes(string json) => new(Encoding.UTF8.GetBytes(json));
}
