using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Journal;

public sealed class SqliteJournalTests
{
    [Fact]
    public void Commit_OfARun_StoresEveryFactOfEveryCommit()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        using var context = desk.Folder.Read();
        var commits = desk.Collected.Commits;
        Assert.Equal(commits.Select(commit => commit.Event.GetType().Name), context.Journal.OrderBy(row => row.Sequence).Select(row => row.Kind));
        Assert.Equal(commits.SelectMany(commit => commit.Changes.Decisions).Select(decision => decision.SignalId.Value), context.Signals.OrderBy(row => row.Number).Select(row => row.SignalId));
        Assert.Equal(desk.Exchange.Inner.Fills.Select(fill => fill.FillId).Order(), context.Fills.Select(row => row.FillId).ToArray().Order());
        Assert.Equal(commits.Sum(commit => commit.Changes.Notes.Count), context.Notes.Count());
        Assert.Equal(commits.Sum(commit => commit.Changes.Funding.Count), context.Funding.Count());
        Assert.Equal(desk.State.Orders.Keys.Select(id => id.Value).Order(StringComparer.Ordinal), context.Orders.Select(row => row.ClientOrderId).ToArray().Order(StringComparer.Ordinal));
        Assert.Equal(3, context.Commands.Count());
        Assert.All(context.Commands.ToArray(), row => Assert.NotNull(row.Result));
        Assert.All(context.Messages.ToArray(), row => Assert.Equal((desk.State.Now >= row.HandledAt, true), (true, row.Outcome is not null)));
        Assert.Equal(11, context.Messages.Count());
    }

    [Fact]
    public void Commit_OfATrade_KeepsItsFiguresInColumns()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        using var context = desk.Folder.Read();
        foreach (var trade in desk.State.Trades.Values.Where(trade => trade.Stage == TradeStage.Closed))
        {
            var (row, closed) = (context.Trades.Single(row => row.Number == trade.Number), trade.Closed.Single());
            Assert.Equal(
                (trade.Net.Amount, closed.Gross.Amount, closed.Fees.Amount, closed.Funding.Amount, trade.RMultiple, trade.OneR?.Amount, trade.EndedAt, (Instant?)closed.OpenedAt),
                (row.Net, row.Gross, row.Fees, row.Funding, row.RMultiple, row.OneR, row.EndedAt, row.OpenedAt));
            Assert.Equal((closed.AverageEntry.Value, closed.AverageExit.Value, closed.Quantity.Value), (row.AverageEntry, row.AverageExit, row.Quantity));
        }

        // A short of which half was closed by a person: what was realised so far, and the rest is open.
        var (half, open) = (context.Trades.Single(row => row.Number == 7), desk.State.Trades[7].Position!);
        Assert.Equal((open.Realised.Amount, open.Fees.Amount, open.Funding.Amount, open.Entered.Value), (half.Gross, half.Fees, half.Funding, half.Quantity));
        Assert.Equal((open.AverageEntry.Value, null), (half.AverageEntry, half.EndedAt));
    }

    public static TheoryData<string> Repetitions() => ["decision", "fill", "payment", "command", "message"];

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void Commit_WhatMustNotHappenTwice_IsRefusedAndNothingOfItIsWritten(string what)
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var earlier = desk.Collected.Commits;
        var repeated = what switch
        {
            "decision" => Commits.Of(desk, changes => changes.Decisions.Add(earlier.SelectMany(commit => commit.Changes.Decisions).First() with { Number = 500 })),
            "fill" => Commits.Of(desk, changes => changes.Fills.Add(earlier.SelectMany(commit => commit.Changes.Fills).First() with { TradeNumber = 7 })),
            // Booked to another trade this time, which is still the same payment.
            "payment" => Commits.Of(desk, changes =>
            {
                changes.Trades[8] = desk.State.Trades[8];
                var payment = earlier.SelectMany(commit => commit.Changes.Funding).First() with { TradeNumber = 8 };
                changes.Funding.Add(payment);
                changes.Booked.Add($"funding:{Some.Account}/{payment.PaymentId}", desk.Now);
            }),
            "command" => Commits.Of(desk, changes => changes.Other = true, earlier.Select(commit => commit.Event).OfType<EngineEvent.OperatorCommanded>().First()),
            _ => Commits.Of(desk, changes => changes.Messages.Add(earlier.SelectMany(commit => commit.Changes.Messages).First())),
        };
        repeated.Changes.Notes.Add(new TradeNote(7, desk.Now, "written before the refusal"));
        var before = Rows(desk.Folder);
        var refusal = Assert.Throws<CommitRefusedException>(() => desk.Journal.Commit(repeated));
        Assert.Contains("UNIQUE constraint failed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Rows(desk.Folder));
        // And the journal goes on.
        desk.Journal.Commit(Commits.Of(desk, changes => changes.Notes.Add(new TradeNote(7, desk.Now, "after it"))));
        Assert.NotEqual(before, Rows(desk.Folder));
    }

    [Fact]
    public void Commit_AbortedAfterAnyStatement_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        // Who is to be told is asked in the last step but one, after everything else was written.
        var journal = new SqliteJournal(desk.Folder, _ => throw new TimeoutException("pulled the plug"));
        var fill = desk.Exchange.Inner.Fills[0] with { FillId = "f900" };
        var commit = Commits.Of(desk, changes =>
        {
            changes.Fills.Add(new BookedFill(7, fill));
            changes.Trades[7] = desk.State.Trades[7] with { Leverage = 99m };
        }, null, new EngineOutput.Notify(new Notification.EntryAdded(7)));
        var before = Rows(desk.Folder);
        Assert.IsType<TimeoutException>(Assert.Throws<CommitRefusedException>(() => journal.Commit(commit)).InnerException);
        Assert.Equal(before, Rows(desk.Folder));
        using var context = desk.Folder.Read();
        Assert.NotEqual(99m, context.Trades.Single(row => row.Number == 7).Leverage);
    }

    [Fact]
    public void Commit_ACrashInTheMiddle_LeavesNoHalfCommitOnDisk()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var before = Rows(desk.Folder);
        // What a crash would leave on disk while the transaction is under way, with so many pages changed that some have been written out already.
        var journal = new SqliteJournal(desk.Folder, _ =>
        {
            foreach (var file in Directory.GetFiles(folder.Path, "trading.db*"))
                File.Copy(file, copy.FileAt(Path.GetFileName(file)));
            return [];
        });
        journal.Commit(Commits.Of(desk, changes =>
        {
            for (var number = 0; number < 5_000; number++)
                changes.Notes.Add(new TradeNote(7, desk.Now, new string('x', 2_000)));
        }, null, new EngineOutput.Notify(new Notification.EntryAdded(7))));
        Assert.NotEqual(before, Rows(desk.Folder));
        using var crashed = DataFolder.Open(copy.Path);
        Assert.Equal(before, Rows(crashed));
    }

    [Fact]
    public void Commit_ACommandThatIsRepeated_IsAnsweredAndNotRefused()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var close = (string id) => (OperatorCommand)new OperatorCommand.CloseTrade(7, 1m) { Id = id, By = "Anna" };
        Assert.IsType<OperatorResult.Done>(desk.Command(close, "tap-1"));
        Assert.IsType<OperatorResult.Refused>(desk.Command(close, "tap-1"));
        using var context = desk.Folder.Read();
        Assert.Contains("\"Done\"", context.Commands.Single(row => row.Id == "tap-1").Result, StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_AnOrder_IsPendingInTheOutboxUntilItsAnswerIsCommitted()
    {
        using var folder = new TemporaryFolder();
        using var desk = new StoredDesk(folder.Path, new ScriptedParser());
        desk.Start();
        BusyRun.Flat(desk, 1000m);
        Assert.Empty(Pending(desk));
        desk.Post(BusyRun.Long(980m, 1040m));
        var order = desk.State.Orders.Values.Single();
        // The candle is over: the order lies at the exchange and has not arrived.
        Assert.Equal([(OutboxKind.Place, order.Id.Value)], Pending(desk));
        BusyRun.Flat(desk, 1000m);
        Assert.Empty(Pending(desk));
        desk.Command(id => new OperatorCommand.CloseAll { Id = id, By = "Anna" });
        Assert.Contains(Pending(desk), entry => entry.Kind == OutboxKind.Place);
        Assert.Contains(Pending(desk), entry => entry.Kind == OutboxKind.Cancel);
        BusyRun.Flat(desk, 1000m);
        Assert.Empty(Pending(desk));
    }

    [Fact]
    public void Commit_AChangeInPlace_IsPendingInTheOutboxUntilItsOwnAnswerIsCommitted()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var id = desk.State.Orders.Values.First(order => order.IsLive).Id;
        var change = new Core.Orders.OrderChange(1, new Price(985m), new Quantity(1m));
        void Answer(OrderAnswer answer) => desk.Journal.Commit(Commits.Of(desk, _ => { }, new EngineEvent.OrderAnswered(id, answer) { At = desk.Now }));

        desk.Journal.Commit(Commits.Of(desk, _ => { }, null, new EngineOutput.Amend(Some.Account, Some.Btc, id, change)));
        Answer(new OrderAnswer.Accepted("x"));
        Assert.Contains((OutboxKind.Amend, id.Value), Pending(desk));
        Answer(new OrderAnswer.Amended(change));
        Assert.DoesNotContain((OutboxKind.Amend, id.Value), Pending(desk));
    }

    [Fact]
    public void Commit_AReportedFillOfNobody_IsBookedOnceAndForAll()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var foreign = desk.Exchange.Inner.Fills[0] with { FillId = "foreign", OrderId = new Core.Orders.ClientOrderId("not-ours") };
        var event1 = new EngineEvent.OrderFilled(foreign, null) { At = desk.Now };
        desk.Feed(event1);
        Assert.Contains(desk.Collected.Notifications, notification => notification is Notification.AccountDiffers);
        Assert.Contains("fill:main/foreign", new EngineStateStore(desk.Folder).Load(TimeSpan.FromHours(1)).Booked.Keys);
        using var context = desk.Folder.Read();
        Assert.DoesNotContain(context.Fills.ToArray(), row => row.FillId == "foreign");
    }

    private static List<(OutboxKind Kind, string Order)> Pending(StoredDesk desk)
    {
        using var context = desk.Folder.Read();
        return [.. context.Outbox.Where(row => row.DoneAt == null).OrderBy(row => row.Id).ToArray().Select(row => (row.Kind, row.OrderId ?? ""))];
    }

    /// <summary>How many rows each table has.</summary>
    private static string Rows(DataFolder folder)
    {
        using var context = folder.Read();
        var tables = context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Order(StringComparer.Ordinal);
        context.Database.OpenConnection();
        using var command = context.Database.GetDbConnection().CreateCommand();
        var counts = new List<string>();
        foreach (var table in tables)
        {
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            counts.Add($"{table} {command.ExecuteScalar()}");
        }

        return string.Join('\n', counts);
    }
}
