using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>One ended trade with what it is grouped by.</summary>
internal readonly record struct GroupedTrade(string Channel, string Symbol, EndedTrade Trade);

/// <param name="Code">Empty for an accepted idea.</param>
internal readonly record struct DecisionKind(string Channel, DecisionOutcome Outcome, string Code);

/// <summary>
/// Adds up statistics from the monthly results, and from single trades only for the parts of months at the two ends, so that years of trading are answered
/// from some thousand rows.
/// </summary>
internal sealed class StatisticsReader(TradingDbContext context)
{
    public async Task<TradeStatistics> ReadAsync(StatisticsScope scope, string? wanted, CancellationToken cancellation)
    {
        var asset = await AssetAsync(scope.Account, wanted, cancellation);
        var others = await context.ResultMonths.Where(row => row.Account == scope.Account && row.Channel == "" && row.Symbol == "" && row.Month == Months.All && row.Asset != asset)
            .Select(row => row.Asset).ToListAsync(cancellation);
        var (before, months, after) = scope.Split();
        var sums = new Sums();
        if (before is not null)
            await AddTradesAsync(sums, before, asset, cancellation);
        if (months is not null)
            await AddMonthsAsync(sums, months, asset, cancellation);
        if (after is not null)
            await AddTradesAsync(sums, after, asset, cancellation);

        var decisions = await DecisionsAsync(scope, cancellation);
        int Count(DecisionOutcome outcome) => decisions.Where(entry => entry.Key.Outcome == outcome).Sum(entry => entry.Value);
        return new TradeStatistics
        {
            Asset = asset,
            OtherAssets = [.. others.Order(StringComparer.Ordinal)],
            Results = sums.Total.Tally,
            ByChannel = Sums.Ranked(sums.Channels),
            BySymbol = Sums.Ranked(sums.Symbols),
            Accepted = Count(DecisionOutcome.Accepted),
            Denied = Count(DecisionOutcome.Denied),
            Malformed = Count(DecisionOutcome.Malformed),
            Doubtful = Count(DecisionOutcome.Doubtful),
        };
    }

    /// <summary>How many decisions there were of each kind.</summary>
    public async Task<Dictionary<DecisionKind, int>> DecisionsAsync(StatisticsScope scope, CancellationToken cancellation)
    {
        var counts = new Dictionary<DecisionKind, int>();
        var (before, months, after) = scope.Split();
        if (before is not null)
            await AddDecisionsAsync(counts, before, cancellation);
        if (months is not null)
            await AddDecisionMonthsAsync(counts, months, cancellation);
        if (after is not null)
            await AddDecisionsAsync(counts, after, cancellation);
        return counts;
    }

    /// <summary>The asset asked for, else that of the account's trade that ended last, else USDT.</summary>
    public async Task<string> AssetAsync(string account, string? wanted, CancellationToken cancellation) => wanted
        ?? await context.Trades.Where(row => row.Account == account && row.EndedAt != null).OrderByDescending(row => row.EndedAt).Select(row => row.Asset).FirstOrDefaultAsync(cancellation)
        ?? "USDT";

    /// <summary>Ended trades in the order in which they ended.</summary>
    public async IAsyncEnumerable<GroupedTrade> EndedAsync(StatisticsScope scope, string asset, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = context.Trades.Where(row => row.EndedAt != null && row.Account == scope.Account && row.Asset == asset);
        if (scope.Since is { } since)
            rows = rows.Where(row => row.EndedAt >= since);
        if (scope.Until is { } until)
            rows = rows.Where(row => row.EndedAt < until);
        if (scope.Channel.Length > 0)
            rows = rows.Where(row => row.Channel == scope.Channel);
        if (scope.Symbol.Length > 0)
            rows = rows.Where(row => row.Symbol == scope.Symbol);
        var ended = rows.OrderBy(row => row.EndedAt).ThenBy(row => row.Number).Select(row => new GroupedTrade(row.Channel, row.Symbol, new EndedTrade(
            row.Number, row.Stage, row.EndReason ?? "", row.OpenedAt, row.EndedAt!.Value, row.Gross, row.Fees, row.Funding, row.Net, row.RMultiple, row.SameCandleConflicts)));
        await foreach (var trade in ended.AsAsyncEnumerable().WithCancellation(cancellation))
            yield return trade;
    }

    private async Task AddTradesAsync(Sums sums, StatisticsScope scope, string asset, CancellationToken cancellation)
    {
        await foreach (var (channel, symbol, trade) in EndedAsync(scope, asset, cancellation))
        {
            sums.Total.Add(trade);
            Sums.Of(sums.Channels, channel).Add(trade);
            Sums.Of(sums.Symbols, symbol).Add(trade);
        }
    }

    private async Task AddMonthsAsync(Sums sums, StatisticsScope scope, string asset, CancellationToken cancellation)
    {
        var rows = InMonths(context.ResultMonths.Where(row => row.Account == scope.Account && row.Asset == asset && row.Channel == scope.Channel), scope);
        if (scope.Symbol.Length > 0)
            rows = rows.Where(row => row.Symbol == scope.Symbol);
        await foreach (var (_, symbol, tally) in TalliesAsync(rows, cancellation))
        {
            if (symbol == scope.Symbol)
                sums.Total.Add(tally);
            if (symbol == scope.Symbol && scope.Channel.Length > 0)
                Sums.Of(sums.Channels, scope.Channel).Add(tally);
            if (symbol.Length > 0)
                Sums.Of(sums.Symbols, symbol).Add(tally);
        }

        if (scope.Channel.Length > 0)
            return;
        rows = InMonths(context.ResultMonths.Where(row => row.Account == scope.Account && row.Asset == asset && row.Symbol == scope.Symbol && row.Channel != ""), scope);
        await foreach (var (channel, _, tally) in TalliesAsync(rows, cancellation))
            Sums.Of(sums.Channels, channel).Add(tally);
    }

    private static IQueryable<ResultMonthRow> InMonths(IQueryable<ResultMonthRow> rows, StatisticsScope scope)
    {
        if (scope.IsAllTime)
            return rows.Where(row => row.Month == Months.All);
        var since = scope.Since ?? Months.All;
        rows = rows.Where(row => row.Month > Months.All && row.Month >= since);
        return scope.Until is { } until ? rows.Where(row => row.Month < until) : rows;
    }

    private static async IAsyncEnumerable<(string Channel, string Symbol, ResultTally Tally)> TalliesAsync(
        IQueryable<ResultMonthRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in rows.OrderBy(row => row.Month).Select(row => new { row.Channel, row.Symbol, row.Tally }).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return (row.Channel, row.Symbol, DomainJson.Read<ResultTally>(row.Tally));
    }

    private async Task AddDecisionsAsync(Dictionary<DecisionKind, int> counts, StatisticsScope scope, CancellationToken cancellation)
    {
        var rows = context.Signals.AsQueryable();
        if (scope.Since is { } since)
            rows = rows.Where(row => row.DecidedAt >= since);
        if (scope.Until is { } until)
            rows = rows.Where(row => row.DecidedAt < until);
        if (scope.Channel.Length > 0)
            rows = rows.Where(row => row.Channel == scope.Channel);
        if (scope.Symbol.Length > 0)
            rows = rows.Where(row => row.Symbol == scope.Symbol || row.Symbol == scope.Pair);
        // Counted here and not by the database, which would go through all decisions there ever were in the order of the grouping.
        await foreach (var kind in rows.Select(row => new DecisionKind(row.Channel, row.Outcome, row.Code ?? "")).AsAsyncEnumerable().WithCancellation(cancellation))
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
    }

    private async Task AddDecisionMonthsAsync(Dictionary<DecisionKind, int> counts, StatisticsScope scope, CancellationToken cancellation)
    {
        // Of all symbols together there are rows of their own.
        var rows = context.DecisionMonths.Where(row => row.Symbol == scope.Symbol || row.Symbol == scope.Pair);
        var since = scope.Since ?? Months.All;
        rows = scope.IsAllTime ? rows.Where(row => row.Month == Months.All) : rows.Where(row => row.Month > Months.All && row.Month >= since);
        if (scope.Until is { } until)
            rows = rows.Where(row => row.Month < until);
        if (scope.Channel.Length > 0)
            rows = rows.Where(row => row.Channel == scope.Channel);
        var sums = rows.GroupBy(row => new { row.Channel, row.Outcome, row.Code })
            .Select(group => new { group.Key.Channel, group.Key.Outcome, group.Key.Code, Count = group.Sum(row => row.Count) });
        await foreach (var row in sums.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var kind = new DecisionKind(row.Channel, row.Outcome, row.Code);
            counts[kind] = counts.GetValueOrDefault(kind) + row.Count;
        }
    }

    private sealed class Sums
    {
        public ResultSum Total { get; } = new();

        public Dictionary<string, ResultSum> Channels { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ResultSum> Symbols { get; } = new(StringComparer.Ordinal);

        public static ResultSum Of(Dictionary<string, ResultSum> groups, string name)
        {
            if (!groups.TryGetValue(name, out var sum))
                groups.Add(name, sum = new ResultSum());
            return sum;
        }

        public static IReadOnlyList<GroupResult> Ranked(Dictionary<string, ResultSum> groups) =>
            [.. groups.Select(entry => new GroupResult(entry.Key, entry.Value.Tally))
                .OrderByDescending(group => group.Results.Net).ThenBy(group => group.Name, StringComparer.Ordinal)];
    }
}
