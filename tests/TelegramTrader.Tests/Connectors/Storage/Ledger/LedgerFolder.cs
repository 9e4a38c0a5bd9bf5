using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Ledger;

/// <summary>A data folder whose ledger was filled in the ordinary way, and that can be tampered with as somebody with a database tool would.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Of BTC 64000, and of nothing else.</summary>
    public static IPostPrices Prices { get; } = new OnePrice();

    /// <summary>A signal with a price, a reply, an edit, a deletion, a post of another channel and a post with every odd character.</summary>
    public LedgerFolder Fill()
    {
        Receive(
            Some.Message("LONG BTC", 1), Some.Message("TP1 ✅", 2, replyTo: 1), Some.Message("LONG BTC, SL 63000", 1, revision: 2, change: MessageChange.Edited),
            Some.Message("", 2, revision: 2, change: MessageChange.Deleted), Some.Message("good morning", 1, "@beta"),
            Some.Message("odd: \0 \u0001 \r\n '\" 🚀 половина \ud83d", 3) with { HasMedia = true });
        return this;
    }

    public void Receive(params ChannelMessage[] posts)
    {
        using var data = DataFolder.Open(Path);
        using var inbox = new MessageInbox(data, Prices);
        foreach (var post in posts)
            inbox.Receive(post);
    }

    public LedgerCheck Check(int page = 1000) => new LedgerVerifier(_folder.FileAt("trading.db"), page).Verify();

    public LedgerCheck.Broken Broken() => Assert.IsType<LedgerCheck.Broken>(Check());

    /// <summary>Runs SQL with everything that would stop it turned off.</summary>
    public int Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.FileAt("trading.db")};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TRIGGER IF EXISTS Ledger_NoUpdate; DROP TRIGGER IF EXISTS Ledger_NoDelete";
        command.ExecuteNonQuery();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Gives a row the hash that fits what it holds now, as somebody who knows the encoding would.</summary>
    public void HashAnew(long number)
    {
        var row = Column<object?>($"SELECT {string.Join(", ", LedgerEncoding.Columns)} FROM Ledger WHERE Number = {number.ToString(CultureInfo.InvariantCulture)}").ToArray();
        Tamper($"UPDATE Ledger SET Hash = '{LedgerEncoding.Hash([.. row.Select(StoredValue.Of)])}' WHERE Number = {number.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>The values of the first row.</summary>
    public IReadOnlyList<T> Column<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.FileAt("trading.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return [.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? default! : (T)reader.GetValue(index))];
    }

    public void Dispose() => _folder.Dispose();

    private sealed class OnePrice : IPostPrices
    {
        public ObservedPrice? Of(ChannelMessage post) => post.Text.Contains("BTC", StringComparison.Ordinal) ? Of(Some.Btc) : null;

        public ObservedPrice Of(Symbol symbol) => new(symbol, new Price(64000.10m), Some.Time);
    }
}
