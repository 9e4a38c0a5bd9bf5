using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Journal;

public sealed class EngineStateStoreTests
{
    private static readonly TimeSpan Remember = BusyRun.Settings.RememberFinishedFor;

    [Fact]
    public void Load_AnEmptyDatabase_IsAFreshState()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        Assert.Equal(Facts.Of(new EngineState()), Facts.Of(new EngineStateStore(data).Load(Remember)));
    }

    [Fact]
    public void Load_AfterABusyRun_KnowsEverythingThatIsStored()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var loaded = new EngineStateStore(desk.Folder).Load(Remember);
        Assert.Equal(Stored(desk.State), Stored(loaded));
        Assert.False(loaded.IsReconciled);
        Assert.NotEmpty(loaded.Alerts);
        Assert.Contains(loaded.Booked.Keys, key => key.StartsWith("funding:", StringComparison.Ordinal));
        Assert.Contains(loaded.Booked.Keys, key => key.StartsWith("command:", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ThenTheSameEvents_GivesTheSameOutputsAsTheEngineThatWentOn()
    {
        using var folder = new TemporaryFolder();
        var parser = new ScriptedParser();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, parser));
        // It is told all that the other one is told, so that no price is missed.
        var loaded = new TradingEngine(new EngineStateStore(desk.Folder).Load(Remember), BusyRun.Settings with { PricesWaitForUs = true }, parser, new ExchangeCapabilities(HoldsStops: true));
        var (commits, events) = (desk.Collected.Commits.Count, desk.Events.Count);
        BusyRun.PlayOn(desk.Start());
        var outputs = new List<string>();
        foreach (var engineEvent in desk.Events.Skip(events))
        {
            loaded.Handle(engineEvent);
            outputs.AddRange(loaded.Outputs.Select(output => DomainJson.Write(JournalOutput.From(output))));
        }

        var wanted = desk.Collected.Commits.Skip(commits).SelectMany(commit => commit.Outputs).Select(output => DomainJson.Write(JournalOutput.From(output))).ToArray();
        Assert.True(wanted.Length > 20);
        Assert.Equal(wanted, outputs);
        Assert.Equal(Stored(desk.State), Stored(loaded.State));
        Assert.Equal(Facts.Of(desk.State.Markets), Facts.Of(loaded.State.Markets));
    }

    [Fact]
    public void Load_InASecondProcess_GoesOnTrading()
    {
        using var folder = new TemporaryFolder();
        var parser = new ScriptedParser();
        string stored;
        using (var first = BusyRun.Play(BusyRun.Desk(folder.Path, parser)))
            stored = Stored(first.State);
        using var second = BusyRun.Desk(folder.Path, parser);
        Assert.Equal(stored, Stored(second.State));
        second.Start();
        Assert.True(second.State.IsReconciled);
        Assert.DoesNotContain(second.Collected.Notifications, notification => notification is Notification.AccountDiffers);
        BusyRun.PlayOn(second);
        Assert.All(second.State.Trades.Values, trade => Assert.True(trade.IsFinished));
    }

    [Fact]
    public void Load_TradesThatEndedBeforeTheWindow_AreLeftOutUnlessAnOrderIsStillOut()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var store = new EngineStateStore(desk.Folder);
        // #1 ended first, #3 and #4 later; 7 and 8 have not ended.
        var afterFirst = desk.State.Now - desk.State.Trades[1].EndedAt!.Value - TimeSpan.FromMilliseconds(1);
        Assert.Equal([3, 4, 7, 8], store.Load(afterFirst).Trades.Keys);
        Assert.Equal([7, 8], store.Load(TimeSpan.Zero).Trades.Keys);
        var order = desk.State.Orders.Values.First(order => order.Intent.TradeNumber == 1) with { State = new OrderState.CancelRequested() };
        desk.Journal.Commit(Commits.Of(desk, changes => changes.Orders.Add(order.Id, order)));
        var loaded = store.Load(TimeSpan.Zero);
        Assert.Equal([1, 7, 8], loaded.Trades.Keys);
        Assert.Equal(order, loaded.Orders[order.Id]);
    }

    [Fact]
    public void Load_BookedFillsOfAnOldTradeThatIsOpen_AreStillKnown()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        desk.Journal.Commit(Commits.Of(desk, changes => changes.Booked.Add("fill:main/old", desk.State.Now - TimeSpan.FromDays(2))));
        var loaded = new EngineStateStore(desk.Folder).Load(TimeSpan.Zero);
        foreach (var fill in desk.Exchange.Inner.Fills.Where(fill => loaded.Orders.ContainsKey(fill.OrderId)))
            Assert.Contains($"fill:main/{fill.FillId}", loaded.Booked.Keys);
        // What was booked well before the oldest trade in memory began is not needed.
        Assert.DoesNotContain("fill:main/old", loaded.Booked.Keys);
    }

    private static string Stored(EngineState state) => Facts.Of(new
    {
        state.Now, state.FeedStep, state.NextNumber, state.Trading, state.Day, state.Week, state.Wallet, state.Alerts, state.Trades,
        // Older ideas are no duplicates of anything; the engine drops them when it comes to it.
        Ideas = state.RecentIdeas.Where(idea => state.Now - idea.At <= BusyRun.Settings.Risk.DuplicateWindow),
        Orders = state.Orders.ToDictionary(entry => entry.Key.Value, entry => entry.Value),
        Booked = new SortedDictionary<string, Core.Market.Instant>(state.Booked, StringComparer.Ordinal),
    });
}
