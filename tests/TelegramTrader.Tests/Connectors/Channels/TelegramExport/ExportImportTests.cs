using System.Text;
using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Channels.TelegramExport;

public sealed class ExportImportTests : IDisposable
{
    private static readonly ChannelId Channel = new("-1001234567890");

    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly MessageInbox _inbox;

    public ExportImportTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _inbox = new MessageInbox(_data);
    }

    public void Dispose()
    {
        _inbox.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_AnExport_StoresItsPostsAsHandledHistory()
    {
        // Of 20 messages, 10 and 20 are service messages; 7 and 14 were edited.
        Assert.Equal(new ImportResult(Added: 18, NoPosts: 2, Chats: 1, FirstTextUnknown: 2), Import(20));
        Assert.Empty(_inbox.Unhandled());
        var rows = Rows();
        Assert.Equal(18, rows.Length);
        Assert.All(rows, row => Assert.Equal(("history", true), (row.Outcome, row.HandledAt is not null)));
        Assert.Equal((GeneratedExport.Text(1), 1, MessageChange.Posted, 1_700_000_060_000L), (rows[0].Text, rows[0].Revision, rows[0].Change, rows[0].PostedAt.UnixMilliseconds));
        Assert.Equal(18, Sound().Count);
    }

    [Fact]
    public void Run_AnEditedPost_IsAnEditWhoseFirstTextIsUnknown()
    {
        Import(7);
        var row = Rows()[^1];
        Assert.Equal((7L, 2, MessageChange.Edited, 1_700_000_450_000L), (row.MessageId, row.Revision, row.Change, row.PostedAt.UnixMilliseconds));
        Assert.Contains("the first text is not known", row.Reason);
        using var context = _data.Read();
        var ledger = context.Ledger.Single(entry => entry.MessageId == 7);
        Assert.Equal(("Imported", 1_700_000_420_000L, null), (ledger.Origin, ledger.FirstPostedAt, ledger.Price));
    }

    [Fact]
    public void Run_Again_ImportsNothingTwice()
    {
        Import(20);
        var before = Facts.Of(Rows());
        Assert.Equal(new ImportResult(Known: 18, NoPosts: 2, Chats: 1), Import(20));
        Assert.Equal(before, Facts.Of(Rows()));
        Assert.Equal(18, Sound().Count);
    }

    [Fact]
    public void Run_ALongerExportLater_AddsWhatIsNew()
    {
        Import(20);
        Assert.Equal(27, Import(30).Added + 18);
    }

    [Fact]
    public void Receive_APostThatWasImported_IsNotHandedToTheEngine()
    {
        Import(5);
        Assert.False(_inbox.Receive(Some.Message(GeneratedExport.Text(3), 3, Channel.Value)));
        // Neither is it after a restart.
        using var data = ReopenedInbox(out var inbox);
        Assert.False(inbox.Receive(Some.Message(GeneratedExport.Text(3), 3, Channel.Value)));
        inbox.Dispose();
    }

    [Fact]
    public void Run_APostThatTheBotHasSeen_LeavesItAlone()
    {
        var seen = Some.Message("what it said at first", 3, Channel.Value);
        _inbox.Receive(seen);
        Assert.Equal(new ImportResult(Added: 4, Known: 1, Chats: 1), Import(5));
        Assert.Equal("what it said at first", Assert.Single(_inbox.Unhandled()).Text);
    }

    [Fact]
    public void Run_ALaterEditOfAPostThatTheBotHasSeen_IsAFurtherVersion()
    {
        // Message 7 was edited at 1,700,000,450 s; the bot had its first version.
        _inbox.Receive(Some.Message("first", 7, Channel.Value) with { PostedAt = new Core.Market.Instant(1_700_000_420_000) });
        Assert.Equal(new ImportResult(Added: 7, Chats: 1), Import(7));
        Assert.Equal(["first", GeneratedExport.Text(7)], Rows().Where(row => row.MessageId == 7).OrderBy(row => row.Revision).Select(row => row.Text));
    }

    [Fact]
    public void Run_AFileThatBreaksOff_KeepsWhatIsBeforeAndGoesOnFromThere()
    {
        var whole = Encoding.UTF8.GetBytes(GeneratedExport.Whole(40));
        var import = new ExportImport(_inbox, new ManualTimeProvider(), batch: 5);
        Assert.Throws<ExportException>(() => import.Run(new ExportReader(new MemoryStream(whole, 0, whole.Length * 3 / 4), TimeZoneInfo.Utc), _ => { }, default));
        Assert.InRange(import.Result.Added, 20, 35);
        Assert.Equal(import.Result.Added, Rows().Length);
        Assert.Equal(36, import.Result.Added + Import(40).Added);
        Assert.Equal(36, Sound().Count);
    }

    [Fact]
    public void Run_Interrupted_StopsBetweenTransactionsAndKeepsThem()
    {
        using var stop = new CancellationTokenSource();
        var import = new ExportImport(_inbox, new ManualTimeProvider(), batch: 5);
        Assert.Throws<OperationCanceledException>(() => import.Run(new ExportReader(new GeneratedExport(1000), TimeZoneInfo.Utc), _ => stop.Cancel(), stop.Token));
        Assert.Equal((5, 5), (import.Result.Added, Rows().Length));
    }

    [Fact]
    public void Run_UnderAName_StoresUnderThatName()
    {
        new ExportImport(_inbox, new ManualTimeProvider(), new ChannelId("@alpha")).Run(new ExportReader(new GeneratedExport(3), TimeZoneInfo.Utc), _ => { }, default);
        Assert.All(Rows(), row => Assert.Equal("@alpha", row.Channel));
    }

    [Fact]
    public async Task LastSignalAt_AfterAnImport_IsStillWhenTheChannelWasHeard()
    {
        Import(5);
        Assert.Empty(await new TradeQueries(_data).LastSignalAtAsync());
        _inbox.Receive(Some.Message("live", 900, Channel.Value));
        Assert.Equal(Some.Time, (await new TradeQueries(_data).LastSignalAtAsync())[Channel]);
    }

    [Fact]
    public void Run_FiftyThousandMessages_StoresThemAll()
    {
        // Every tenth is a service message.
        Assert.Equal((45_000L, 5_000L), (Import(50_000).Added, Sound().Count - 40_000));
        Assert.Empty(_inbox.Unhandled());
    }

    private ImportResult Import(int messages)
    {
        var import = new ExportImport(_inbox, new ManualTimeProvider());
        import.Run(new ExportReader(new GeneratedExport(messages), TimeZoneInfo.Utc), _ => { }, default);
        return import.Result;
    }

    private LedgerCheck.Sound Sound() => Assert.IsType<LedgerCheck.Sound>(new LedgerVerifier(_data.FileAt("trading.db")).Verify());

    private MessageRow[] Rows()
    {
        using var context = _data.Read();
        return [.. context.Messages.AsNoTracking().OrderBy(row => row.Id)];
    }

    private DataFolder ReopenedInbox(out MessageInbox inbox)
    {
        _inbox.Dispose();
        _data.Dispose();
        var data = DataFolder.Open(_folder.Path);
        inbox = new MessageInbox(data);
        return data;
    }
}
