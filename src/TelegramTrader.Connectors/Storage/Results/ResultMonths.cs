using Microsoft.EntityFrameworkCore.Metadata;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>
/// Keeps the monthly results true, in the commit that changes a trade: for all trades of its account, for its channel, for its symbol, and for both; and for each of
/// these the sum of all months. A trade that ends is added behind the others; whatever else happens (an ended trade that came to life again, two that ended in the same
/// millisecond) makes the month add up anew from its trades.
/// </summary>
internal sealed class ResultMonths(IModel model)
{
    private const string Delete = "DELETE FROM ResultMonths WHERE Account = $1 AND Channel = $2 AND Symbol = $3 AND Month = $4 AND Asset = $5";

    // A condition that may hold for all is written as one of two, so that there is one statement for every scope.
    private const string TradesOfMonth =
        "EndedAt >= $1 AND EndedAt < $2 AND ($3 = '' OR Channel = $3) AND ($4 = '' OR Symbol = $4) AND Account = $5 AND Asset = $6 ORDER BY EndedAt, Number";

    private const string MonthsOfScope = "Account = $1 AND Channel = $2 AND Symbol = $3 AND Asset = $4 AND Month > $5 ORDER BY Month";

    private readonly RowTable<ResultMonthRow> _months = new(model);
    private readonly RowTable<TradeRow> _trades = new(model);

    /// <summary>To be called after the trade was written.</summary>
    /// <param name="before">The trade as it stood; null for a new one.</param>
    public void OnTradeWritten(StorageTransaction transaction, TradeRow? before, TradeRow after)
    {
        var (was, now) = (before is null ? null : EndedTrade.From(before), EndedTrade.From(after));
        if (was == now)
            return;
        if (was is { } earlier)
            foreach (var scope in Scopes(before!))
                AddUp(transaction, scope, Months.Of(earlier.EndedAt));
        if (now is not { } ended)
            return;
        foreach (var scope in Scopes(after))
            if (was is not null || !Append(transaction, scope, Months.Of(ended.EndedAt), ended) || !Append(transaction, scope, Months.All, ended))
                AddUp(transaction, scope, Months.Of(ended.EndedAt));
    }

    /// <summary>False when the trade did not end after all others, so that it can't be added behind them.</summary>
    private bool Append(StorageTransaction transaction, Scope scope, Instant month, in EndedTrade ended)
    {
        var row = _months.Find(transaction, scope.Account, scope.Channel, scope.Symbol, month.UnixMilliseconds, scope.Asset);
        if (row is not null && (row.LastEndedAt, row.LastNumber).CompareTo((ended.EndedAt, ended.Number)) >= 0)
            return false;
        var sum = row is null ? new ResultSum() : new ResultSum().Add(DomainJson.Read<ResultTally>(row.Tally));
        Put(transaction, scope, month, sum.Add(ended), (ended.EndedAt, ended.Number));
        return true;
    }

    /// <summary>The month from its trades, and then all months from the months.</summary>
    private void AddUp(StorageTransaction transaction, Scope scope, Instant month)
    {
        var sum = new ResultSum();
        (Instant, int)? last = null;
        foreach (var row in _trades.Where(
            transaction, TradesOfMonth, month.UnixMilliseconds, Months.After(month).UnixMilliseconds, scope.Channel, scope.Symbol, scope.Account, scope.Asset))
            if (EndedTrade.From(row) is { } ended)
            {
                sum.Add(ended);
                last = (ended.EndedAt, ended.Number);
            }

        Put(transaction, scope, month, sum, last);
        (sum, last) = (new ResultSum(), null);
        foreach (var row in _months.Where(transaction, MonthsOfScope, scope.Account, scope.Channel, scope.Symbol, scope.Asset, Months.All.UnixMilliseconds))
        {
            sum.Add(DomainJson.Read<ResultTally>(row.Tally));
            last = (row.LastEndedAt, row.LastNumber);
        }

        Put(transaction, scope, Months.All, sum, last);
    }

    private void Put(StorageTransaction transaction, Scope scope, Instant month, ResultSum sum, (Instant EndedAt, int Number)? last)
    {
        if (last is not { } end)
        {
            transaction.Execute(Delete, scope.Account, scope.Channel, scope.Symbol, month.UnixMilliseconds, scope.Asset);
            return;
        }

        _months.Put(transaction, new ResultMonthRow
        {
            Account = scope.Account,
            Month = month,
            Channel = scope.Channel,
            Symbol = scope.Symbol,
            Asset = scope.Asset,
            LastEndedAt = end.EndedAt,
            LastNumber = end.Number,
            Tally = DomainJson.Write(sum.Tally),
        });
    }

    private static Scope[] Scopes(TradeRow row) =>
    [
        new(row.Account, "", "", row.Asset), new(row.Account, row.Channel, "", row.Asset), new(row.Account, "", row.Symbol, row.Asset), new(row.Account, row.Channel, row.Symbol, row.Asset),
    ];

    private sealed record Scope(string Account, string Channel, string Symbol, string Asset);
}
