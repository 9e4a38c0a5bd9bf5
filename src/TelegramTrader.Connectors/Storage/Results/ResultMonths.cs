using Microsoft.EntityFrameworkCore.Metadata;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>
/// Keeps the monthly results true, in the commit that changes a trade: for all trades of its account, for its channel, for its symbol, and for both. A trade that ends is added
/// behind the others; whatever else happens (an ended trade that came to life again, two that ended in the same millisecond) makes the month add up anew from its trades.
/// </summary>
internal sealed class ResultMonths(IModel model)
{
    private const string Delete = "DELETE FROM ResultMonths WHERE Account = $1 AND Channel = $2 AND Symbol = $3 AND Month = $4 AND Asset = $5";

    // A condition that may hold for all is written as one of two, so that there is one statement for every scope.
    private const string OfScope =
        "EndedAt >= $1 AND EndedAt < $2 AND ($3 = '' OR Channel = $3) AND ($4 = '' OR Symbol = $4) AND Account = $5 AND Asset = $6 ORDER BY EndedAt, Number";

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
            foreach (var scope in Scopes(before!, earlier.EndedAt))
                AddUp(transaction, scope);
        if (now is not { } ended)
            return;
        foreach (var scope in Scopes(after, ended.EndedAt))
        {
            var row = was is null ? _months.Find(transaction, scope.Account, scope.Channel, scope.Symbol, scope.Month.UnixMilliseconds, scope.Asset) : null;
            if (was is not null || row is not null && (row.LastEndedAt, row.LastNumber).CompareTo((ended.EndedAt, ended.Number)) >= 0)
                AddUp(transaction, scope);
            else
                Put(transaction, scope, (row is null ? new ResultSum() : new ResultSum().Add(DomainJson.Read<ResultTally>(row.Tally))).Add(ended), ended);
        }
    }

    private void AddUp(StorageTransaction transaction, Scope scope)
    {
        var trades = _trades.Where(
            transaction, OfScope, scope.Month.UnixMilliseconds, Months.After(scope.Month).UnixMilliseconds, scope.Channel, scope.Symbol, scope.Account, scope.Asset);
        var sum = new ResultSum();
        EndedTrade? last = null;
        foreach (var row in trades)
            if (EndedTrade.From(row) is { } ended)
            {
                sum.Add(ended);
                last = ended;
            }

        if (last is { } end)
            Put(transaction, scope, sum, end);
        else
            transaction.Execute(Delete, scope.Account, scope.Channel, scope.Symbol, scope.Month.UnixMilliseconds, scope.Asset);
    }

    private void Put(StorageTransaction transaction, Scope scope, ResultSum sum, in EndedTrade last) => _months.Put(transaction, new ResultMonthRow
    {
        Account = scope.Account,
        Month = scope.Month,
        Channel = scope.Channel,
        Symbol = scope.Symbol,
        Asset = scope.Asset,
        LastEndedAt = last.EndedAt,
        LastNumber = last.Number,
        Tally = DomainJson.Write(sum.Tally),
    });

    private static Scope[] Scopes(TradeRow row, Instant endedAt)
    {
        var month = Months.Of(endedAt);
        return [Of("", ""), Of(row.Channel, ""), Of("", row.Symbol), Of(row.Channel, row.Symbol)];

        Scope Of(string channel, string symbol) => new(row.Account, channel, symbol, month, row.Asset);
    }

    private sealed record Scope(string Account, string Channel, string Symbol, Instant Month, string Asset);
}
