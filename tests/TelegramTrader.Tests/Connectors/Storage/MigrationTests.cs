using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

/// <summary>
/// Data of earlier versions is taken up by this one. The fixtures are the two databases that <see cref="BusyRun.Play"/> left behind under the version in their name, dumped
/// as SQL; they are never made anew, because users have such files too.
/// </summary>
public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Model_HasNoChangeThatLacksAMigration()
    {
        using var data = DataFolder.Open(_folder.Path);
        using var context = data.Read();
        var snapshot = context.GetService<IMigrationsAssembly>().ModelSnapshot!.Model;
        if (snapshot is IMutableModel mutable)
            snapshot = mutable.FinalizeModel();
        snapshot = context.GetService<IModelRuntimeInitializer>().Initialize(snapshot);
        var differences = context.GetService<IMigrationsModelDiffer>().GetDifferences(snapshot.GetRelationalModel(), context.GetService<IDesignTimeModel>().Model.GetRelationalModel());
        Assert.Empty(differences.Select(difference => difference.GetType().Name));
    }

    [Fact]
    public async Task Open_DataOfTheFirstVersion_HasAllThatWasStored()
    {
        Unpack();
        using var desk = BusyRun.Desk(_folder.Path, new ScriptedParser());
        Assert.Equal([1, 3, 4, 7, 8], desk.State.Trades.Keys);
        Assert.Equal(new TradeEnd.PositionClosed(Core.Orders.ExitReason.Target), desk.State.Trades[1].End);
        Assert.Equal(12, desk.State.Booked.Count);
        Assert.Equal(1060m, desk.State.Trades[7].Exits.Stop.Price.Value);
        Assert.Equal(desk.State.Wallet, desk.Exchange.Inner.Wallet);
        var queries = new TradeQueries(desk.Folder);
        foreach (var number in Enumerable.Range(1, 8))
            Assert.NotEmpty((await queries.FindAsync(number))!.Messages);
        Assert.Equal(2, (await queries.StatisticsAsync(Some.Account)).Results.Trades);
        Assert.Empty(desk.Inbox.Unhandled());
    }

    [Fact]
    public void Open_DataOfTheFirstVersion_GoesOnTrading()
    {
        Unpack();
        using var desk = BusyRun.Desk(_folder.Path, new ScriptedParser());
        BusyRun.PlayOn(desk.Start());
        Assert.DoesNotContain(desk.Collected.Notifications, notification => notification is Notification.AccountDiffers);
        Assert.All(desk.State.Trades.Values, trade => Assert.True(trade.IsFinished));
        Assert.Equal(10, desk.State.NextNumber);
    }

    [Fact]
    public void Open_DataOfTheFirstVersion_BeginsALedgerAndSaysWhatIsNotInIt()
    {
        Unpack();
        var verifier = new LedgerVerifier(_folder.FileAt("trading.db"));
        Assert.IsType<LedgerCheck.NotBegun>(verifier.Verify());
        long before;
        using (var data = DataFolder.Open(_folder.Path))
        {
            using var context = data.Read();
            before = context.Messages.Count();
            using var inbox = new MessageInbox(data);
            inbox.Receive(Some.Message("after the upgrade", 70_000));
        }

        var sound = Assert.IsType<LedgerCheck.Sound>(verifier.Verify());
        Assert.True(before > 5);
        Assert.Equal((1, before), (sound.Count, sound.PostsBefore));
    }

    public void Dispose() => _folder.Dispose();

    private void Unpack()
    {
        Unpack("trading");
        Unpack("simulated-exchange");
    }

    private void Unpack(string name, [CallerFilePath] string here = "")
    {
        using var connection = new SqliteConnection($"Data Source={_folder.FileAt(name + ".db")};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Fixtures", "Storage", name + "-first.sql"));
        command.ExecuteNonQuery();
    }
}
