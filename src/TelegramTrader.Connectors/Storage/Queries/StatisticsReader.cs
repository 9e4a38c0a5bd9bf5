using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>One ended trade with what it is grouped by.</summary>
internal readonly record struct GroupedTrade(string Channel, string Symbol, EndedTrade Trade);

/// <summary>
/// Adds up statistics from the monthly results, and from single trades only for the parts of months at the two ends, so that years of trading are answered
/// from some thousand rows.
/// </summary>
internal sealed class StatisticsReader(TradingDbContext context)
{
    public async Task<TradeStatistics> ReadAsync(StatisticsScope scope, string? wanted, CancellationToken cancellation)
    {
        var asset = await AssetAsync(wanted, cancellation);
        var others = await context.ResultMonths.Where(row => row.Channel == "" && row.Symbol == "" && row.Asset != asset).Select(row => row.Asset).Distinct().ToListAsync(cancellation);
        var (before, months, after) = scope.Split();
        var sums = new Sums();
        if (before is not null)
            await AddTradesAsync(sums, before, asset, cancellation);
        if (months is not null)
            await AddMonthsAsync(sums, months, asset, cancellation);
        if (after is not null)
            await AddTradesAsync(sums, after, asset, cancellation);

        var counts = new Dictionary<DecisionOutcome, int>();
        foreach (var part in new[] { before, after })
            if (part is not null)
                await CountDecisionsAsync(counts, part, cancellation);
        if (months is not null)
            await CountDecisionMonthsAsync(counts, months, cancellation);
        return new TradeStatistics
        {
            Asset = asset,
            OtherAssets = [.. others.Order(StringComparer.Ordinal)],
            Results = sums.Total.Tally,
            ByChannel = Sums.Ranked(sums.Channels),
            BySymbol = Sums.Ranked(sums.Symbols),
            Accepted = counts.GetValueOrDefault(DecisionOutcome.Accepted),
            Denied = counts.GetValueOrDefault(DecisionOutcome.Denied),
            Malformed = counts.GetValueOrDefault(DecisionOutcome.Malformed),
            Doubtful = counts.GetValueOrDefault(DecisionOutcome.Doubtful),
        };
    }

    /// <summary>The asset asked for, else that of the trade that ended last, else USDT.</summary>
    public async Task<string> AssetAsync(string? wanted, CancellationToken cancellation) => wanted
        ?? await context.Trades.Where(row => row.EndedAt != null).OrderByDescending(row => row.EndedAt).Select(row => row.Asset).FirstOrDefaultAsync(cancellation)
        ?? "USDT";

    /// <summary>Ended trades in the order in which they ended.</summary>
    public async IAsyncEnumerable<GroupedTrade> EndedAsync(StatisticsScope scope, string asset, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = context.Trades.Where(row => row.EndedAt != null && row.Asset == asset);
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
        var rows = context.ResultMonths.Where(row => row.Asset == asset && (row.Channel == scope.Channel || row.Symbol == scope.Symbol));
        if (scope.Since is { } since)
            rows = rows.Where(row => row.Month >= since);
        if (scope.Until is { } until)
            rows = rows.Where(row => row.Month < until);
        if (scope.Channel.Length > 0)
            rows = rows.Where(row => row.Channel == scope.Channel);
        if (scope.Symbol.Length > 0)
            rows = rows.Where(row => row.Symbol == scope.Symbol);
        await foreach (var row in rows.OrderBy(row => row.Month).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var tally = DomainJson.Read<ResultTally>(row.Tally);
            if (row.Channel == scope.Channel && row.Symbol == scope.Symbol)
                sums.Total.Add(tally);
            if (row.Symbol == scope.Symbol && row.Channel.Length > 0)
                Sums.Of(sums.Channels, row.Channel).Add(tally);
            if (row.Channel == scope.Channel && row.Symbol.Length > 0)
                Sums.Of(sums.Symbols, row.Symbol).Add(tally);
        }
    }

    private async Task CountDecisionsAsync(Dictionary<DecisionOutcome, int> counts, StatisticsScope scope, CancellationToken cancellation)
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
        foreach (var row in await rows.GroupBy(row => row.Outcome).Select(group => new { Outcome = group.Key, Count = group.Count() }).ToListAsync(cancellation))
            counts[row.Outcome] = counts.GetValueOrDefault(row.Outcome) + row.Count;
    }

    private async Task CountDecisionMonthsAsync(Dictionary<DecisionOutcome, int> counts, StatisticsScope scope, CancellationToken cancellation)
    {
        var rows = context.DecisionMonths.AsQueryable();
        if (scope.Since is { } since)
            rows = rows.Where(row => row.Month >= since);
        if (scope.Until is { } until)
            rows = rows.Where(row => row.Month < until);
        if (scope.Channel.Length > 0)
            rows = rows.Where(row => row.Channel == scope.Channel);
        if (scope.Symbol.Length > 0)
            rows = rows.Where(row => row.Symbol == scope.Symbol || row.Symbol == scope.Pair);
        foreach (var row in await rows.GroupBy(row => row.Outcome).Select(group => new { Outcome = group.Key, Count = group.Sum(row => row.Count) }).ToListAsync(cancellation))
            counts[row.Outcome] = counts.GetValueOrDefault(row.Outcome) + row.Count;
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
            [.. groups.Select(entry => new GroupResult(entry.Key, entry.Value.Tally)).OrderByDescending(group => group.Results.Net).ThenBy(group => group.Name, StringComparer.Ordinal)];
    }
}
