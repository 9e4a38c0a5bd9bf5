using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

public sealed class StorageMaintenanceTests
{
    [Fact]
    public void CleanUp_OldEntries_DropsWhatIsDoneAndKeepsWhatIsNotAndAllBooks()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var outbox = new NotificationOutbox(desk.Folder);
        var unsent = outbox.Pending(desk.Now, 1000);
        foreach (var delivery in unsent.Skip(3))
            outbox.MarkSent(delivery.Id, desk.Now);
        desk.Journal.Commit(Commits.Of(desk, _ => { }, null, new EngineOutput.Cancel(Some.Account, Some.Btc, desk.State.Orders.Values.First(order => order.IsLive).Id)));
        new LogStore(desk.Folder).Append([new LogLine(Some.Time, 2, "engine", "old"), new LogLine(desk.Now + TimeSpan.FromDays(30), 2, "engine", "new")]);
        var books = Books(desk.Folder);
        // A batch smaller than what there is to drop, so that there are several.
        var result = new StorageMaintenance(desk.Folder, batch: 7).CleanUp(desk.Now + TimeSpan.FromDays(1));
        Assert.True(result.Journal > 50);
        Assert.True(result.Outbox > 50);
        Assert.Equal(1, result.Logs);
        Assert.Equal(books, Books(desk.Folder));
        Assert.Equal(unsent.Take(3).Select(delivery => delivery.Id).Order(), outbox.Pending(desk.Now, 1000).Select(delivery => delivery.Id).Order());
        using var context = desk.Folder.Read();
        Assert.Empty(context.Journal);
        Assert.Equal(["Cancel", "Notify"], context.Outbox.ToArray().Select(row => row.Kind.ToString()).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(context.Logs);
        // Numbers go on where they were: an entry is never taken for an older one.
        var last = desk.Collected.Commits.Count;
        desk.Journal.Commit(Commits.Of(desk, _ => { }));
        Assert.True(context.Journal.Single().Sequence > last);
    }

    [Fact]
    public void CleanUp_RecentEntries_KeepsThemAndTheDatabaseSound()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var maintenance = new StorageMaintenance(desk.Folder);
        Assert.Equal(new CleanUpResult(0, 0, 0), maintenance.CleanUp(Some.Time));
        Assert.Null(maintenance.FindDamage());
        using var context = desk.Folder.Read();
        Assert.Equal(desk.Collected.Commits.Count, context.Journal.Count());
    }

    private static string Books(DataFolder folder)
    {
        using var context = folder.Read();
        return Facts.Of(new
        {
            Messages = context.Messages.ToArray(), Signals = context.Signals.ToArray(), Trades = context.Trades.ToArray(), Documents = context.TradeDocuments.ToArray(), Orders = context.Orders.ToArray(),
            Fills = context.Fills.ToArray(), Funding = context.Funding.ToArray(), Notes = context.Notes.ToArray(), Commands = context.Commands.ToArray(), Booked = context.Booked.ToArray(),
            State = context.State.ToArray(), Results = context.ResultMonths.ToArray(), Decisions = context.DecisionMonths.ToArray(),
        });
    }
}
