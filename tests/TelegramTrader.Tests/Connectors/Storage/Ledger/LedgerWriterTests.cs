using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Ledger;

public sealed class LedgerWriterTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Receive_PostEditAndDeletion_AreRowsWithTheirTimesAndThePriceThen()
    {
        _folder.Fill();
        Assert.Equal(
            [3L, "@alpha", 1L, 2L, "Edited", Some.Time.UnixMilliseconds, null, Some.Time.UnixMilliseconds, "LONG BTC, SL 63000", null, 0L, "Received", "BTC/USDT:USDT", "64000.10", Some.Time.UnixMilliseconds],
            _folder.Column<object?>($"SELECT {string.Join(", ", LedgerEncoding.Columns.SkipLast(1))} FROM Ledger WHERE Number = 3"));
        Assert.Equal(["Deleted", ""], _folder.Column<string>("SELECT Change, Text FROM Ledger WHERE Number = 4"));
    }

    [Fact]
    public void Receive_AReplyAndADeletionWithoutASymbol_HaveThePriceOfWhatTheyAreAbout()
    {
        _folder.Fill();
        // "TP1" answers the signal; its deletion has no text at all, and the post it deletes was about the same symbol.
        Assert.Equal(["BTC/USDT:USDT", "64000.10"], _folder.Column<string>("SELECT Symbol, Price FROM Ledger WHERE Number = 2"));
        Assert.Equal(["BTC/USDT:USDT", "64000.10"], _folder.Column<string>("SELECT Symbol, Price FROM Ledger WHERE Number = 4"));
        Assert.Equal([null!, null!], _folder.Column<string>("SELECT Symbol, Price FROM Ledger WHERE Number = 5"));
    }

    [Fact]
    public void Hash_OfTheFirstRow_IsWhatTheDocumentSays()
    {
        _folder.Receive(Some.Message("LONG BTC ✅", 1));
        var time = Some.Time.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        // Written out by hand from docs/ledger.md: the check mark is three bytes, so the text is 12.
        var encoded = "TelegramTrader ledger 1\nNumber=i1:1\nChannel=t6:@alpha\nMessageId=i1:1\nRevision=i1:1\nChange=t6:Posted\nPostedAt=i13:" + time
            + "\nFirstPostedAt=n0:\nReceivedAt=i13:" + time + "\nText=t12:LONG BTC ✅\nReplyTo=n0:\nHasMedia=i1:0\nOrigin=t8:Received\nSymbol=t13:BTC/USDT:USDT\nPrice=t8:64000.10\nPriceAt=i13:"
            + time + "\nPreviousHash=t64:" + new string('0', 64) + "\n";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(encoded))), _folder.Column<string>("SELECT Hash FROM Ledger")[0]);
    }

    [Fact]
    public void Receive_TheSameVersionAgain_AddsNoRow()
    {
        _folder.Fill();
        _folder.Fill();
        Assert.Equal(6, Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Count);
    }

    [Fact]
    public void Receive_AfterARestart_GoesOnWithTheChain()
    {
        _folder.Fill();
        var head = Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Head;
        _folder.Receive(Some.Message("next", 50));
        Assert.Equal(7, Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Count);
        Assert.Equal(head, _folder.Column<string>("SELECT PreviousHash FROM Ledger WHERE Number = 7")[0]);
    }

    [Fact]
    public void Receive_FromManyThreads_MakesOneChain()
    {
        using (var data = DataFolder.Open(_folder.Path))
        using (var inbox = new MessageInbox(data, LedgerFolder.Prices))
            Parallel.For(0, 300, number => inbox.Receive(Some.Message("LONG BTC", number % 100)));
        Assert.Equal(100, Assert.IsType<LedgerCheck.Sound>(_folder.Check(page: 7)).Count);
    }

    [Fact]
    public void Receive_InATransactionThatIsRolledBack_LeavesNeitherMessageNorRow()
    {
        using (var data = DataFolder.Open(_folder.Path))
        {
            using var inbox = new MessageInbox(data);
            inbox.Receive(Some.Message("before", 1));
            // The row goes in after message and file, and is refused.
            data.Writer.Write(transaction => transaction.Execute("CREATE TRIGGER Full BEFORE UPDATE ON LedgerHead BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
            Assert.Throws<SqliteException>(() => inbox.Receive(Some.Message("lost", 2)));
            data.Writer.Write(transaction => transaction.Execute("DROP TRIGGER Full"));
            Assert.Equal(["before"], inbox.Unhandled().Select(message => message.Text));
            Assert.Equal(1, Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Count);
            // The source brings it again.
            Assert.True(inbox.Receive(Some.Message("lost", 2)));
        }

        Assert.Equal(2, Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Count);
    }

    [Fact]
    public void Commit_AMessageThatDidNotComeThroughTheInbox_IsInTheLedgerToo()
    {
        using (var desk = BusyRun.Desk(_folder.Path, new ScriptedParser()).Start())
        {
            var message = Some.Message("hello", 900);
            desk.Parser.Teach(message.Text, new ParseResult.NotASignal("chat", new RuleFailure("chat", "people talking")) { Confidence = 0.99 });
            desk.Feed(new Core.Engine.EngineEvent.MessageReceived(message) { At = desk.Now });
        }

        Assert.Equal(1, Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Count);
    }

    [Theory]
    [InlineData("UPDATE Ledger SET Text = 'x' WHERE Number = 1")]
    [InlineData("DELETE FROM Ledger WHERE Number = 1")]
    public void Write_AChangeThroughTheProgramsOwnConnection_IsRefused(string sql)
    {
        _folder.Fill();
        using var data = DataFolder.Open(_folder.Path);
        Assert.Contains("only ever added to", Assert.Throws<SqliteException>(() => data.Writer.Write(transaction => transaction.Execute(sql))).Message);
    }
}
