using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>What the bot has committed, read from beside it while it runs or after it died.</summary>
/// <param name="FillIds">Of what was executed at the exchange.</param>
/// <param name="Dust">Coins that were too few to be sold, and were left in the account.</param>
internal sealed record DrillBooks(IReadOnlyList<Order> Orders, IReadOnlyList<Trade> OpenTrades, IReadOnlySet<string> FillIds, IReadOnlyList<(Symbol Symbol, decimal Coins)> Dust, int Trades, IReadOnlyList<string> Decisions)
{
    public static DrillBooks Read(string folder)
    {
        using var connection = Open(folder);
        using var snapshot = connection.BeginTransaction(deferred: true);
        return new DrillBooks(
            [.. Texts(connection, "SELECT Document FROM Orders").Select(DomainJson.Read<Order>)],
            [.. Texts(connection, "SELECT Document FROM TradeDocuments JOIN Trades USING (Number) WHERE EndedAt IS NULL").Select(DomainJson.Read<Trade>)],
            Texts(connection, "SELECT FillId FROM Fills WHERE FillId NOT LIKE 'dust/%'").ToHashSet(StringComparer.Ordinal),
            [.. Texts(connection, "SELECT Symbol || ' ' || Quantity FROM Fills WHERE FillId LIKE 'dust/%'").Select(text => text.Split(' ')).Select(parts => (Symbol.Parse(parts[0]), decimal.Parse(parts[1], CultureInfo.InvariantCulture)))],
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
