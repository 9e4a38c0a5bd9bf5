using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Tests.Restart;

/// <summary>Everything a run leaves behind that must not depend on whether it was interrupted, as lines of text that can be compared.</summary>
internal static class Books
{
    public static async Task<IReadOnlyDictionary<string, string[]>> OfAsync(string folder)
    {
        using var data = DataFolder.Open(folder);
        using var context = data.Read();
        var queries = new TelegramTrader.Connectors.Storage.Queries.TradeQueries(data);
        var trades = (await queries.RecentTradesAsync(10_000, finishedOnly: false)).OrderBy(trade => trade.Number).ToArray();
        var reports = new List<TelegramTrader.Connectors.Storage.Queries.DecisionReport>();
        for (var number = 1; await queries.FindAsync(number) is { } report; number++)
            reports.Add(report);
        return new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["decisions"] = [.. reports.Select(report => $"{report.Decision.Number} {report.Decision.SignalId} {report.Decision.Outcome} {report.Decision.Failure?.Code} {report.Decision.Sizing?.Quantity}")],
            ["trades"] = [.. trades.Select(trade => $"{trade.Number} {trade.Stage} {trade.End} {trade.Net} {trade.RMultiple} stop {trade.Exits.Stop} targets {string.Join(',', trade.Exits.Targets.Select(target => target.IsHit))}")],
            ["orders"] = [.. reports.SelectMany(report => report.Orders).Select(order => $"{order.Id} {order.State.Phase} {order.Intent.Kind} {order.Intent.Quantity} filled {order.Filled}").Order(StringComparer.Ordinal)],
            ["fills"] = [.. reports.SelectMany(report => report.Fills).Select(booked => $"{booked.TradeNumber} {booked.Fill.FillId} {booked.Fill.OrderId} {booked.Fill.Price} {booked.Fill.Quantity} {booked.Fill.Fee} {booked.Fill.HappenedAt}").Order(StringComparer.Ordinal)],
            ["funding"] = [.. reports.SelectMany(report => report.Funding).Select(paid => $"{paid.TradeNumber} {paid.PaymentId} {paid.Amount}").Order(StringComparer.Ordinal)],
            ["messages"] = [.. context.Messages.AsEnumerable().Select(row => $"{row.Channel} {row.MessageId} {row.Revision} {row.Outcome} {(row.HandledAt is null ? "NOT HANDLED" : "handled")}").Order(StringComparer.Ordinal)],
            ["notifications"] = Notifications(folder),
            ["exchange"] = Exchange(data),
            ["raw posts"] = [.. File.ReadLines(Path.Combine(folder, "signals_raw.jsonl")).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static string[] Notifications(string folder) =>
        [.. Rows(Path.Combine(folder, "trading.db"), "SELECT Document FROM Outbox WHERE Kind = 'Notify'").Select(row => DomainJson.Read<Notification>(row).ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Orders and fills as the exchange itself has them: an order that was sent twice under another id would show here.</summary>
    private static string[] Exchange(DataFolder data)
    {
        using var store = new TelegramTrader.Connectors.Storage.Simulated.SimulationStore(data);
        var stored = store.Load() ?? throw new InvalidOperationException("The simulated exchange stored nothing.");
        return
        [
            $"wallet {stored.State.Wallet}",
            .. stored.State.Positions.Select(position => $"position {position.Symbol} {position.Side} {position.Quantity} {position.Cost}"),
            .. stored.Orders.Select(order => $"order {order.Intent.Id} {order.Phase} {order.Filled} {order.ArrivesAt}").Order(StringComparer.Ordinal),
            .. stored.Fills.Select(fill => $"fill {fill.FillId} {fill.OrderId} {fill.Price} {fill.Quantity}").Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Rows(string database, string sql)
    {
        using var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={database};Mode=ReadOnly;Pooling=False"));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }
}
