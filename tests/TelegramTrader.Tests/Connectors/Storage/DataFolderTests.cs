using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

public sealed class DataFolderTests
{
    [Fact]
    public void Open_AFolderThatIsNotThere_MakesItAndItsDatabase()
    {
        using var folder = new TemporaryFolder();
        var path = folder.FileAt("one/two");
        using var data = DataFolder.Open(path);
        Assert.True(File.Exists(Path.Combine(path, "trading.db")));
        using var context = data.Read();
        Assert.Empty(context.Trades);
        Assert.Empty(context.Database.GetPendingMigrations());
    }

    [Fact]
    public void Open_Twice_IsRefusedUntilTheFirstLetsGo()
    {
        using var folder = new TemporaryFolder();
        using (DataFolder.Open(folder.Path))
        {
            var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.Path));
            Assert.StartsWith($"The data folder '{folder.Path}' is in use by another running TelegramTrader: stop that one", refusal.Message, StringComparison.Ordinal);
        }

        using var again = DataFolder.Open(folder.Path);
        Assert.Equal(folder.Path, again.Path);
    }

    [Fact]
    public void Open_WhereAFileStandsInTheWay_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.FileAt("file"), "");
        AssertNotWritable(folder.FileAt("file"));
        AssertNotWritable(folder.FileAt("file/below"));
    }

    [Fact]
    public void Open_AFolderThatCantBeWritten_SaysWhatToDo()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var folder = new TemporaryFolder();
        if (Environment.IsPrivilegedProcess)
        {
            // Nobody may make files here, whatever his rights.
            AssertNotWritable("/proc/sys");
            return;
        }

        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertNotWritable(folder.Path);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Open_AFileThatIsNoDatabase_IsRefusedAndLeftAsItWas()
    {
        using var folder = new TemporaryFolder();
        var bytes = Enumerable.Range(0, 10_000).Select(number => (byte)(number % 251)).ToArray();
        File.WriteAllBytes(folder.FileAt("trading.db"), bytes);
        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.Path));
        Assert.Contains($"'{folder.FileAt("trading.db")}' is damaged and was left as it is: restore", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(folder.FileAt("trading.db")));
        // The refusal leaves no lock behind.
        File.Delete(folder.FileAt("trading.db"));
        DataFolder.Open(folder.Path).Dispose();
    }

    [Fact]
    public void Open_ADatabaseWithABrokenPage_IsRefusedAndLeftAsItWas()
    {
        using var folder = new TemporaryFolder();
        using (var data = DataFolder.Open(folder.Path))
        {
            var notes = new RowTable<NoteRow>(data.Model);
            data.Writer.Write(transaction =>
            {
                for (var number = 0; number < 500; number++)
                    notes.Insert(transaction, new NoteRow { TradeNumber = 1, At = new Core.Market.Instant(number), Text = new string('x', 300) });
            });
        }

        var bytes = File.ReadAllBytes(folder.FileAt("trading.db"));
        // The last page belongs to the notes.
        Array.Fill(bytes, (byte)0xAA, bytes.Length - 4096, 4096);
        File.WriteAllBytes(folder.FileAt("trading.db"), bytes);
        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.Path));
        Assert.Contains("is damaged and was left as it is", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(folder.FileAt("trading.db")));
    }

    [Fact]
    public void Open_ADatabaseOfANewerVersion_IsRefusedAndLeftAsItWas()
    {
        using var folder = new TemporaryFolder();
        DataFolder.Open(folder.Path).Dispose();
        Run(folder.FileAt("trading.db"), "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Fusion', '99.0.0'); CREATE TABLE Fusion (Id INTEGER)");
        var bytes = File.ReadAllBytes(folder.FileAt("trading.db"));
        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.Path));
        Assert.Contains("newer version of this program", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_Fusion", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(folder.FileAt("trading.db")));
    }

    [Fact]
    public void Open_ADatabaseOfAnotherProgram_IsRefusedAndLeftAsItWas()
    {
        using var folder = new TemporaryFolder();
        Run(folder.FileAt("trading.db"), "CREATE TABLE Recipes (Id INTEGER)");
        var bytes = File.ReadAllBytes(folder.FileAt("trading.db"));
        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.Path));
        Assert.Contains("a database of another program", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'Recipes'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(folder.FileAt("trading.db")));
    }

    [Fact]
    public void Open_AnyFolder_WritesEveryCommitToDiskAndChecksForeignKeys()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        var settings = data.Writer.Write(transaction => (
            transaction.Value("PRAGMA journal_mode"), transaction.Value("PRAGMA synchronous"), transaction.Value("PRAGMA foreign_keys"), transaction.Value("PRAGMA busy_timeout")));
        // synchronous 2 is FULL.
        Assert.Equal(("wal", 2L, 1L, 5000L), settings);
    }

    [Fact]
    public void Read_ForWriting_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        using var context = data.Read();
        context.Add(new StateRow { Key = "a", Value = "1" });
        Assert.Contains("readonly", Assert.Throws<DbUpdateException>(() => context.SaveChanges()).InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhileSomethingIsBeingWritten_SeesTheLastCommit()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        var state = new RowTable<StateRow>(data.Model);
        data.Writer.Write(transaction => state.Put(transaction, new StateRow { Key = "a", Value = "1" }));
        data.Writer.Write(transaction =>
        {
            state.Put(transaction, new StateRow { Key = "a", Value = "2" });
            using var context = data.Read();
            Assert.Equal("1", context.State.Single().Value);
        });
        using var after = data.Read();
        Assert.Equal("2", after.State.Single().Value);
    }

    [Fact]
    public void Dispose_LeavesOneFileWithoutALog()
    {
        using var folder = new TemporaryFolder();
        using (var data = DataFolder.Open(folder.Path))
        {
            data.Writer.Write(transaction => transaction.Execute("INSERT INTO State (Key, Value) VALUES ('a', '1')"));
            using var context = data.Read();
            Assert.Single(context.State);
        }

        Assert.Equal(["in-use.lock", "trading.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static void AssertNotWritable(string path)
    {
        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(path));
        Assert.StartsWith($"The data folder '{path}' can't be written to: give this user the right to write there", refusal.Message, StringComparison.Ordinal);
    }

    private static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
