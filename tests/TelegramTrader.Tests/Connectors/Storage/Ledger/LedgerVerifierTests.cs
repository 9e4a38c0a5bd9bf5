using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Ledger;

public sealed class LedgerVerifierTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(1000)]
    public void Verify_AnHonestLedger_IsSoundWhateverThePage(int page)
    {
        var sound = Assert.IsType<LedgerCheck.Sound>(_folder.Fill().Check(page));
        Assert.Equal((6, 0), (sound.Count, sound.PostsBefore));
        Assert.Equal(_folder.Column<string>("SELECT Hash FROM Ledger WHERE Number = 6")[0], sound.Head);
    }

    [Fact]
    public void Verify_AnEmptyLedger_IsSound()
    {
        _folder.Receive();
        Assert.Equal(new LedgerCheck.Sound(0, LedgerEncoding.Beginning, 0), _folder.Check());
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "Channel", "'@other'" }, { "MessageId", "99" }, { "Revision", "7" }, { "Change", "'Posted'" }, { "PostedAt", "PostedAt - 60000" }, { "PostedAt", "'soon'" }, { "FirstPostedAt", "1" },
        { "ReceivedAt", "ReceivedAt + 1" }, { "Text", "'SHORT BTC'" }, { "Text", "Text || ' '" }, { "Text", "CAST(Text AS BLOB)" }, { "Text", "''" }, { "ReplyTo", "5" }, { "HasMedia", "1" },
        { "HasMedia", "'yes'" }, { "Origin", "'Imported'" }, { "Symbol", "'ETH/USDT:USDT'" }, { "Symbol", "NULL" }, { "Price", "'64000.1'" }, { "Price", "64000.10" }, { "PriceAt", "NULL" }, { "PriceAt", "PriceAt - 1" },
        { "PreviousHash", "Hash" }, { "Hash", "PreviousHash" }, { "Hash", "upper(Hash)" }, { "Hash", "''" }, { "Hash", "7" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Verify_AChangedColumn_NamesTheRow(string column, string value)
    {
        _folder.Fill();
        Assert.Equal(1, _folder.Tamper($"UPDATE Ledger SET {column} = {value} WHERE Number = 3"));
        var broken = _folder.Broken();
        Assert.Equal(3, broken.Number);
        if (column is not ("Channel" or "MessageId" or "Revision"))
            Assert.Equal("@alpha message 1 revision 2", broken.Post);
        if (column is "Text" or "PostedAt" or "ReplyTo" or "ReceivedAt" or "HasMedia")
            Assert.Contains(column, broken.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_EveryColumnIsAmongTheChangedOnes() =>
        Assert.Equal(LedgerEncoding.Columns.Append("Hash").Except(["Number"]).Order(StringComparer.Ordinal), Changes.Select(change => (string)change[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Verify_ARemovedRow_NamesIt(long number)
    {
        _folder.Fill();
        _folder.Tamper($"DELETE FROM Ledger WHERE Number = {number}");
        var broken = _folder.Broken();
        Assert.Equal((number, null), (broken.Number, broken.Post));
        Assert.Contains($"the next that is there is row {number + 1}", broken.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ARemovedRowWithTheOthersMovedUp_NamesTheFirstThatMoved()
    {
        _folder.Fill();
        _folder.Tamper("DELETE FROM Ledger WHERE Number = 3; UPDATE Ledger SET Number = Number - 1 WHERE Number > 3");
        Assert.Equal((3L, "@alpha message 2 revision 2"), (_folder.Broken().Number, _folder.Broken().Post));
    }

    [Fact]
    public void Verify_TwoRowsInEachOthersPlace_NamesTheFirst()
    {
        _folder.Fill();
        _folder.Tamper("UPDATE Ledger SET Number = -2 WHERE Number = 2; UPDATE Ledger SET Number = 2 WHERE Number = 3; UPDATE Ledger SET Number = 3 WHERE Number = -2");
        var broken = _folder.Broken();
        Assert.Equal((2L, "@alpha message 1 revision 2"), (broken.Number, broken.Post));
        Assert.Contains("reordered", broken.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AChangedRowWithItsOwnHashMadeAnew_IsFound()
    {
        _folder.Fill();
        _folder.Tamper("UPDATE Ledger SET Text = 'SHORT BTC' WHERE Number = 3");
        _folder.HashAnew(3);
        Assert.Equal(3, _folder.Broken().Number);
        // With the message changed to the same words, the row after it is the first that does not fit.
        _folder.Tamper("UPDATE Messages SET Text = 'SHORT BTC' WHERE MessageId = 1 AND Revision = 2 AND Channel = '@alpha'");
        var broken = _folder.Broken();
        Assert.Equal(4, broken.Number);
        Assert.Contains("does not follow row 3", broken.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AnInsertedRowWithItsOwnHash_IsFound()
    {
        _folder.Fill();
        Insert(before: 4);
        _folder.HashAnew(4);
        var broken = _folder.Broken();
        Assert.Equal((4L, "@alpha message 500 revision 1"), (broken.Number, broken.Post));
        Assert.Contains("inserted", broken.What, StringComparison.Ordinal);
        // With a message to go with it, the row that was there before does not follow it.
        _folder.Tamper(
            "INSERT INTO Messages (Channel, MessageId, Revision, Change, PostedAt, ReceivedAt, Text, HasMedia) SELECT Channel, MessageId, Revision, Change, PostedAt, ReceivedAt, Text, HasMedia FROM Ledger WHERE Number = 4");
        Assert.Equal(5, _folder.Broken().Number);
    }

    [Fact]
    public void Verify_ARowAddedAtTheEnd_IsFound()
    {
        _folder.Fill();
        Insert(before: 7);
        _folder.HashAnew(7);
        _folder.Tamper(
            "INSERT INTO Messages (Channel, MessageId, Revision, Change, PostedAt, ReceivedAt, Text, HasMedia) SELECT Channel, MessageId, Revision, Change, PostedAt, ReceivedAt, Text, HasMedia FROM Ledger WHERE Number = 7");
        Assert.Equal((7L, "the row was added by something else than this program, whose last row is 6"), (_folder.Broken().Number, _folder.Broken().What));
    }

    [Fact]
    public void Verify_ATailThatWasCutOff_NamesTheFirstMissingRow()
    {
        _folder.Fill();
        _folder.Tamper("DELETE FROM Ledger WHERE Number > 4");
        var broken = _folder.Broken();
        Assert.Equal(5, broken.Number);
        Assert.Contains("all after it up to row 6", broken.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ATailThatWasCutOffWithTheHeadSetBack_TellsOfTheMessageThatIsLeft()
    {
        _folder.Fill();
        _folder.Tamper("DELETE FROM Ledger WHERE Number > 5; UPDATE LedgerHead SET Count = 5, Hash = (SELECT Hash FROM Ledger WHERE Number = 5)");
        Assert.Equal("@alpha message 3 revision 1", _folder.Broken().Post);
    }

    [Theory]
    [InlineData("DELETE FROM LedgerHead", 0)]
    [InlineData("UPDATE LedgerHead SET Hash = PostsBefore", 6)]
    [InlineData("UPDATE LedgerHead SET Count = 'many'", 0)]
    [InlineData("UPDATE LedgerHead SET Count = 5", 6)]
    [InlineData("UPDATE LedgerHead SET Count = 9", 7)]
    [InlineData("UPDATE LedgerHead SET PostsBefore = 3", 0)]
    public void Verify_ATamperedHead_IsFound(string sql, long number)
    {
        _folder.Fill();
        _folder.Tamper(sql);
        Assert.Equal(number, _folder.Broken().Number);
    }

    [Fact]
    public void Verify_AfterTampering_IsNotMendedByWhatComesLater()
    {
        _folder.Fill();
        _folder.Tamper("DELETE FROM Ledger WHERE Number = 6; DELETE FROM LedgerHead");
        _folder.Receive(Some.Message("later", 77));
        Assert.Equal(0, _folder.Broken().Number);
        _folder.Tamper("UPDATE Ledger SET Text = 'x' WHERE Number = 2");
        _folder.Receive(Some.Message("later still", 78));
        Assert.Equal(2, _folder.Broken().Number);
    }

    [Theory]
    [InlineData("UPDATE Messages SET Text = 'never said' WHERE Channel = '@beta'", "the stored message was changed after it was received: its Text is not what the ledger has")]
    [InlineData("DELETE FROM Messages WHERE Channel = '@beta'", "there is no such message in the database")]
    public void Verify_ATamperedMessage_IsFoundThroughTheLedger(string sql, string what)
    {
        _folder.Fill();
        _folder.Tamper(sql);
        Assert.Equal(5, _folder.Broken().Number);
        Assert.Contains(what, _folder.Broken().What, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WhileABotIsRunning_SeesTheLastCommit()
    {
        _folder.Fill();
        using var data = DataFolder.Open(_folder.Path);
        using var inbox = new MessageInbox(data);
        inbox.Receive(Some.Message("one more", 40));
        Assert.Equal(7, Assert.IsType<LedgerCheck.Sound>(_folder.Check()).Count);
    }

    [Fact]
    public void Verify_WithoutADatabase_SaysSo() => Assert.Contains("There is no database", Assert.Throws<DataFolderException>(() => _folder.Check()).Message);

    [Fact]
    public void Verify_AFileThatIsNoDatabase_SaysSo()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "trading.db"), new string('x', 5000));
        Assert.Contains("can't be read", Assert.Throws<DataFolderException>(() => _folder.Check()).Message);
    }

    private void Insert(long before) => _folder.Tamper(
        $"UPDATE Ledger SET Number = -Number WHERE Number >= {before}; UPDATE Ledger SET Number = 1 - Number WHERE Number < 0; "
        + "INSERT INTO Ledger (Number, Channel, MessageId, Revision, Change, PostedAt, ReceivedAt, Text, HasMedia, Origin, PreviousHash, Hash) "
        + $"SELECT {before}, '@alpha', 500, 1, 'Posted', PostedAt, ReceivedAt, 'I told you so', 0, 'Received', Hash, '' FROM Ledger WHERE Number = {before - 1}");
}
