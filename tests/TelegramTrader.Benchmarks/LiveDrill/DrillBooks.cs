using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>What the bot has committed, read from beside it while it runs or after it died.</summary>
internal sealed record DrillBooks(IReadOnlyList<Order> Orders, IReadOnlyList<Trade> OpenTrades, IReadOnlySet<string> FillIds, int Trades, IReadOnlyList<string> Decisions)
{
    /// <summary>Signed quantity of each symbol with a position.</summary>
    public IReadOnlyDictionary<Symbol, decimal> Positions => OpenTrades.Where(trade => !trade.OpenQuantity.IsZero).GroupBy(trade => trade.Instrument.Symbol)
        .ToDictionary(group => group.Key, group => group.Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value));

    public static DrillBooks Read(string folder)
    {
        using var connection = Open(folder);
        using var snapshot = connection.BeginTransaction(deferred: true);
        return new DrillBooks(
            [.. Texts(connection, "SELECT Document FROM Orders").Select(DomainJson.Read<Order>)],
            [.. Texts(connection, "SELECT Document FROM TradeDocuments JOIN Trades USING (Number) WHERE EndedAt IS NULL").Select(DomainJson.Read<Trade>)],
            Texts(connection, "SELECT FillId FROM Fills").ToHashSet(StringComparer.Ordinal),
            int.Parse(Texts(connection, "SELECT CAST(COUNT(*) AS TEXT) FROM Trades").Single(), CultureInfo.InvariantCulture),
            Texts(connection, "SELECT COALESCE(Code, 'taken') || ' ' || COUNT(*) FROM Signals GROUP BY Code ORDER BY COUNT(*) DESC"));
    }

    /// <summary>Whether the exchange's report of the account was handled since.</summary>
    public static bool WasReconciled(string folder, DateTimeOffset since)
    {
        using var connection = Open(folder);
        return Texts(connection, string.Create(CultureInfo.InvariantCulture,
            $"SELECT '1' FROM Journal WHERE Kind = 'AccountReported' AND At >= {since.ToUnixTimeMilliseconds()} LIMIT 1")).Count > 0;
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "trading.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }
}
