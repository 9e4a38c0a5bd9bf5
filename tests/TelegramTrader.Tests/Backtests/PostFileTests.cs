using TelegramTrader.Backtests;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Backtests;

public sealed class PostFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_OfARecordingAndAsTheyCame_AreReadAlike()
    {
        var file = Read("p.jsonl", """
            {"time": 1746922297667, "channel": "@a", "message_id": 7, "revision": 1, "change": "posted", "reply_to": null, "has_media": false, "text": "one"}
            {"channel":"@a","message_id":7,"revision":2,"change":"edited","posted_at":"2025-05-11T01:00:00.000Z","received_at":"2025-05-11T01:00:02.500Z","text":"two","reply_to":3,"has_media":true}
            {"channel":"@a","message_id":7,"revision":2,"change":"edited","posted_at":"2025-05-11T01:00:00.000Z","received_at":"2025-05-11T01:00:09.000Z","text":"again"}
            {"channel":"@a","message_id":7,"revision":3,"change":"deleted","posted_at":"2025-05-11T02:00:00Z"}
            """);

        Assert.Empty(file.BadLines);
        Assert.Equal([(1, MessageChange.Posted, "one", 0d), (2, MessageChange.Edited, "two", 2.5d), (3, MessageChange.Deleted, "", 0d)],
            file.Messages.Select(message => (message.Revision, message.Change, message.Text, (message.ReceivedAt - message.PostedAt).TotalSeconds)));
        Assert.Equal((3L, true), (file.Messages[1].ReplyTo, file.Messages[1].HasMedia));
    }

    [Fact]
    public void Folder_OfARecording_ItsPostsAreRead()
    {
        Read("posts.jsonl", """{"time": 1746922297667, "channel": "@a", "message_id": 7, "text": "one"}""");
        Assert.Single(PostFile.Read(_folder.Path, TimeZoneInfo.Utc).Messages);
    }

    [Fact]
    public void Folder_WithoutPosts_SaysWhatIsLookedFor() => Assert.Contains(
        "has no posts: neither posts.jsonl nor signals_raw.jsonl nor result.json", Assert.Throws<FileNotFoundException>(() => PostFile.Read(_folder.Path, TimeZoneInfo.Utc)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"channel":"@a","message_id":7,"text":"x"}""", "there is neither 'time' nor 'posted_at'")]
    [InlineData("""{"time":"yesterday","channel":"@a","message_id":7,"text":"x"}""", "'time' must be Unix milliseconds")]
    [InlineData("""{"time":1746922297667,"message_id":7,"text":"x"}""", "there is no 'channel'")]
    [InlineData("""{"time":1746922297667,"channel":" ","message_id":7,"text":"x"}""", "channel")]
    [InlineData("""{"time":1746922297667,"channel":"@a","text":"x"}""", "there is no 'message_id'")]
    [InlineData("""{"time":1746922297667,"channel":"@a","message_id":7}""", "there is no 'text'")]
    [InlineData("""{"time":1746922297667,"channel":"@a","message_id":7,"text":"x","change":"burnt"}""", "is 'burnt'")]
    [InlineData("""{"time":1746922297667,"channel":"@a","message_id":7,"text":"\ud800"}""", "an escape that is no character")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{", "not JSON")]
    public void Line_ThatCantBeRead_IsNamedAndTheOthersCount(string line, string expected)
    {
        var file = Read("p.jsonl", line + "\n" + """{"time":1746922297667,"channel":"@a","message_id":8,"text":"fine"}""");

        var (number, reason) = Assert.Single(file.BadLines);
        Assert.Equal(1, number);
        Assert.Contains(expected, reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("fine", Assert.Single(file.Messages).Text);
    }

    [Fact]
    public void Export_EditedPost_CountsAsAnEditWhoseFirstTextIsNotKnown()
    {
        var file = Read("result.json", """
            {"name":"A","type":"public_channel","id":5,"messages":[
              {"id":1,"type":"message","date_unixtime":"1746922297","text":"plain"},
              {"id":2,"type":"message","date_unixtime":"1746922300","edited_unixtime":"1746929999","text":["was ",{"type":"bold","text":"changed"}]}]}
            """);

        Assert.Equal([("-1005", 1L, 1, "plain"), ("-1005", 2L, 2, "was changed")], file.Messages.Select(message => (message.Channel.Value, message.MessageId, message.Revision, message.Text)));
        Assert.Equal(1_746_929_999_000, file.Messages[1].PostedAt.UnixMilliseconds);
    }

    private PostFile Read(string name, string content)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return PostFile.Read(path, TimeZoneInfo.Utc);
    }
}
