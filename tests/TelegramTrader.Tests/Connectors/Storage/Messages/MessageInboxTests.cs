using System.Text;
using System.Text.Json;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Messages;

public sealed class MessageInboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private DataFolder _data;
    private MessageInbox _inbox;

    public MessageInboxTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _inbox = new MessageInbox(_data);
    }

    [Fact]
    public void Receive_ANewPost_StoresItVerbatimInFileAndDatabase()
    {
        var message = Some.Message("LONG 🚀 #BTC/USDT\r\n\"x\" \u200b сигнал <b>", 7, "@канал", replyTo: 3) with { HasMedia = true, ReceivedAt = new Core.Market.Instant(1_746_533_000_001) };
        Assert.True(_inbox.Receive(message));
        Assert.Equal(message, Assert.Single(_inbox.Unhandled()));
        var line = JsonDocument.Parse(Assert.Single(Lines())).RootElement;
        Assert.Equal(
            ("@канал", 7L, 1, "posted", "2025-05-06T12:00:00.000Z", "2025-05-06T12:03:20.001Z", message.Text, 3L, true),
            (line.GetProperty("channel").GetString(), line.GetProperty("message_id").GetInt64(), line.GetProperty("revision").GetInt32(), line.GetProperty("change").GetString(),
                line.GetProperty("posted_at").GetString(), line.GetProperty("received_at").GetString(), line.GetProperty("text").GetString(), line.GetProperty("reply_to").GetInt64(),
                line.GetProperty("has_media").GetBoolean()));
        Assert.Contains("сигнал", Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Receive_TheSamePostAgainBeforeItWasHandled_GoesToTheEngineOnce()
    {
        Assert.True(_inbox.Receive(Some.Message("a")));
        Assert.False(_inbox.Receive(Some.Message("a")));
        Assert.Single(Lines());
    }

    [Fact]
    public void Receive_FromManyThreads_HandsEachVersionOutOnce()
    {
        var handedOut = 0;
        Parallel.For(0, 200, number =>
        {
            if (_inbox.Receive(Some.Message("a", number % 20)))
                Interlocked.Increment(ref handedOut);
        });
        Assert.Equal(20, handedOut);
        Assert.Equal(20, Lines().Length);
    }

    [Fact]
    public void Receive_EditsAndADeletion_AreVersionsBesideTheFirst()
    {
        Assert.True(_inbox.Receive(Some.Message("first", 5)));
        Assert.True(_inbox.Receive(Some.Message("second", 5, revision: 2, change: MessageChange.Edited)));
        Assert.True(_inbox.Receive(Some.Message("", 5, revision: 3, change: MessageChange.Deleted)));
        Assert.Equal(["first", "second", ""], _inbox.Unhandled().Select(message => message.Text));
        Assert.Equal((3, MessageChange.Deleted), (_inbox.Latest(new ChannelId("@alpha"), 5)!.Revision, _inbox.Latest(new ChannelId("@alpha"), 5)!.Change));
        Assert.Null(_inbox.Latest(new ChannelId("@beta"), 5));
        Assert.Equal(["posted", "edited", "deleted"], Lines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("change").GetString()));
    }

    [Fact]
    public void Receive_AfterARestart_HandsOutWhatWasLeftBehindOnceAndInOrder()
    {
        _inbox.Receive(Some.Message("handled", 1));
        _inbox.Receive(Some.Message("left", 2));
        _inbox.Receive(Some.Message("left too", 3, "@beta"));
        MarkHandled(1);
        Restart();
        var left = _inbox.Unhandled();
        Assert.Equal(["left", "left too"], left.Select(message => message.Text));
        Assert.All(left, message => Assert.True(_inbox.Receive(message)));
        // The source brings them all once more.
        Assert.False(_inbox.Receive(Some.Message("handled", 1)));
        Assert.False(_inbox.Receive(Some.Message("left", 2)));
        Assert.Equal(3, Lines().Length);
    }

    [Fact]
    public void Receive_LeftBehindAndHandledMeanwhile_IsNotHandedOutAgain()
    {
        _inbox.Receive(Some.Message("left", 2));
        Restart();
        MarkHandled(2);
        Assert.False(_inbox.Receive(Some.Message("left", 2)));
    }

    [Fact]
    public void Receive_AfterACrashBetweenFileAndDatabase_WritesALineTooManyAndLosesNothing()
    {
        _inbox.Receive(Some.Message("a"));
        _data.Writer.Write(transaction => transaction.Execute("DELETE FROM Messages"));
        Restart();
        Assert.True(_inbox.Receive(Some.Message("a")));
        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public void Open_AFileWithATornLastLine_ClosesItAndLeavesItAsItIs()
    {
        _inbox.Receive(Some.Message("whole"));
        _inbox.Dispose();
        var path = _data.FileAt("signals_raw.jsonl");
        File.AppendAllText(path, "{\"channel\":\"@alpha\",\"mess");
        _inbox = new MessageInbox(_data);
        _inbox.Receive(Some.Message("next", 2));
        Assert.Equal("{\"channel\":\"@alpha\",\"mess", Lines()[1]);
        Assert.Equal("next", JsonDocument.Parse(Lines()[2]).RootElement.GetProperty("text").GetString());
        Assert.Equal(3, Lines().Length);
    }

    [Fact]
    public void Receive_PostsThatCameTogether_StoresThemInTheirOrderAndHandsEachOutOnce()
    {
        _inbox.Receive(Some.Message("known", 1));
        var isNew = _inbox.Receive([Some.Message("third", 3), Some.Message("known", 1), Some.Message("second", 2, "@beta"), Some.Message("third", 3), Some.Message("edited", 3, revision: 2, change: MessageChange.Edited)]);
        Assert.Equal([true, false, true, false, true], isNew);
        string[] inOrder = ["known", "third", "second", "edited"];
        Assert.Equal(inOrder, _inbox.Unhandled().Select(message => message.Text));
        Assert.Equal(inOrder, Lines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
        Assert.IsType<LedgerCheck.Sound>(new LedgerVerifier(_data.FileAt("trading.db")).Verify());
        Assert.Empty(_inbox.Receive([]));
    }

    [Fact]
    public void Receive_PostsOfWhichOneCanNotBeStored_StoresNone_AndAllOfThemLater()
    {
        _data.Writer.Write(transaction => transaction.Execute("CREATE TRIGGER Refuse BEFORE INSERT ON Messages WHEN NEW.Text = 'bad' BEGIN SELECT RAISE(ABORT, 'refused'); END"));
        ChannelMessage[] together = [Some.Message("good", 1), Some.Message("bad", 2), Some.Message("good too", 3)];
        Assert.ThrowsAny<Exception>(() => _inbox.Receive(together));
        Assert.Empty(_inbox.Unhandled());
        Assert.Null(_inbox.Latest(new ChannelId("@alpha"), 1));
        _data.Writer.Write(transaction => transaction.Execute("DROP TRIGGER Refuse"));
        Assert.Equal([true, true, true], _inbox.Receive(together));
        Assert.Equal(["good", "bad", "good too"], _inbox.Unhandled().Select(message => message.Text));
        // Lines too many, which their keys tell, and none too few.
        Assert.Equal(["good", "bad", "good too"], Lines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()).TakeLast(3));
        Assert.IsType<LedgerCheck.Sound>(new LedgerVerifier(_data.FileAt("trading.db")).Verify());
    }

    [Fact]
    public void Since_GivesTheLatestVersionsBehindAnId_AndOfVeryManyTheHighest()
    {
        var channel = new ChannelId("@alpha");
        _inbox.Receive([Some.Message("before", 4), Some.Message("second", 6), Some.Message("first", 5), Some.Message("edited", 5, revision: 2, change: MessageChange.Edited), Some.Message("of another", 7, "@beta")]);
        Assert.Equal(["edited", "second"], _inbox.Since(channel, 4).Select(message => message.Text));
        Assert.Empty(_inbox.Since(channel, 6));
        _inbox.Receive([.. Enumerable.Range(10, MessageInbox.MostSince).Select(id => Some.Message("many", id))]);
        var many = _inbox.Since(channel, 4);
        Assert.Equal((MessageInbox.MostSince, 10L, 9L + MessageInbox.MostSince), (many.Count, many[0].MessageId, many[^1].MessageId));
    }

    [Fact]
    public void Recent_GivesWhatCameShortlyBeforeTheLatestPost_AndIsNotDeleted()
    {
        var channel = new ChannelId("@alpha");
        var now = new Core.Market.Instant(1_746_533_000_000);
        _inbox.Receive(
        [
            Some.Message("too old", 1) with { ReceivedAt = now - TimeSpan.FromMinutes(31) }, Some.Message("old", 2) with { ReceivedAt = now - TimeSpan.FromMinutes(30) },
            Some.Message("gone", 3) with { ReceivedAt = now }, Some.Message("", 3, revision: 2, change: MessageChange.Deleted) with { ReceivedAt = now },
            Some.Message("latest", 4) with { ReceivedAt = now }, Some.Message("of another", 5, "@beta") with { ReceivedAt = now },
        ]);
        _inbox.StoreHistory([new HistoricPost(channel, 6, now, null, "of the past", null, false)], now, "imported");
        Assert.Equal<long>([2, 4], _inbox.Recent(channel, TimeSpan.FromMinutes(30), 500));
        Assert.Equal<long>([4], _inbox.Recent(channel, TimeSpan.FromMinutes(30), 2));
        Assert.Empty(_inbox.Recent(new ChannelId("@nobody"), TimeSpan.FromMinutes(30), 500));
    }

    [Fact]
    public void Receive_AHalfCharacter_IsStoredAllTheSame()
    {
        Assert.True(_inbox.Receive(Some.Message("half a rocket \ud83d")));
        Assert.Equal("half a rocket \ufffd", Assert.Single(_inbox.Unhandled()).Text);
    }

    public void Dispose()
    {
        _inbox.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }

    private void Restart()
    {
        _inbox.Dispose();
        _data.Dispose();
        _data = DataFolder.Open(_folder.Path);
        _inbox = new MessageInbox(_data);
    }

    private void MarkHandled(long message) => _data.Writer.Write(transaction => transaction.Execute("UPDATE Messages SET HandledAt = 1 WHERE MessageId = $1", message));

    private string[] Lines()
    {
        using var file = new FileStream(_data.FileAt("signals_raw.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
