using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Journal;

public sealed class JournalReplayTests
{
    private static readonly ExchangeCapabilities Capabilities = new(HoldsStops: true);

    [Fact]
    public void Differences_OfARunWithARestartInTheMiddle_AreNone()
    {
        using var folder = new TemporaryFolder();
        var parser = Recorded(folder);
        using var data = DataFolder.Open(folder.Path);
        Assert.Empty(new JournalReplay(data, BusyRun.Settings, parser, Capabilities).Differences());
        using var context = data.Read();
        Assert.Equal(2, context.Journal.Count(row => row.AfterStart));
        Assert.True(context.Journal.Count() > 80);
    }

    [Fact]
    public void Differences_UnderOtherSettings_AreShown()
    {
        using var folder = new TemporaryFolder();
        var parser = Recorded(folder);
        using var data = DataFolder.Open(folder.Path);
        var riskier = BusyRun.Settings with { Risk = BusyRun.Settings.Risk with { RiskPerTrade = 0.02m } };
        var first = new JournalReplay(data, riskier, parser, Capabilities).Differences().First();
        Assert.Equal(nameof(EngineEvent.MessageReceived), first.Kind);
        Assert.Contains("\"$kind\":\"Place\"", first.Stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_OfAJournalWithoutItsBeginning_Throws()
    {
        using var folder = new TemporaryFolder();
        var parser = Recorded(folder);
        using var data = DataFolder.Open(folder.Path);
        data.Writer.Write(transaction => transaction.Execute("DELETE FROM Journal WHERE Sequence < 10"));
        var exception = Assert.Throws<InvalidOperationException>(() => new JournalReplay(data, BusyRun.Settings, parser, Capabilities).Differences().Count());
        Assert.Contains("entry 10 where 1 was expected", exception.Message, StringComparison.Ordinal);
    }

    private static ScriptedParser Recorded(TemporaryFolder folder)
    {
        var parser = new ScriptedParser();
        BusyRun.Play(BusyRun.Desk(folder.Path, parser)).Dispose();
        using var second = BusyRun.Desk(folder.Path, parser);
        BusyRun.PlayOn(second.Start());
        return parser;
    }
}
