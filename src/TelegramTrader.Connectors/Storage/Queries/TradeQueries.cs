using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>What chat, dashboard and reports ask of the past. Reads the last commit on connections of its own and never waits for the engine.</summary>
public sealed class TradeQueries(DataFolder folder)
{
    /// <summary>Everything about the decision with this number; null when there is none.</summary>
    public async Task<DecisionReport?> FindAsync(int number, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        await using var snapshot = await context.Database.BeginTransactionAsync(cancellation);
        if (await context.Signals.Where(row => row.Number == number).Select(row => row.Document).FirstOrDefaultAsync(cancellation) is not { } document)
            return null;
        var decision = DomainJson.Read<Decision>(document);
        var channel = decision.Channel.Value;
        var orders = await context.Orders.Where(row => row.TradeNumber == number).OrderBy(row => row.CreatedAt).ThenBy(row => row.ClientOrderId)
            .Select(row => row.Document).ToListAsync(cancellation);
        var fills = await context.Fills.Where(row => row.TradeNumber == number).OrderBy(row => row.HappenedAt).ThenBy(row => row.FillId).ToListAsync(cancellation);
        var funding = await context.Funding.Where(row => row.TradeNumber == number).OrderBy(row => row.PaidAt).ToListAsync(cancellation);
        var messages = await context.Messages.Where(row => row.Channel == channel && row.MessageId == decision.MessageId).OrderBy(row => row.Revision)
            .ToListAsync(cancellation);
        return new DecisionReport
        {
            Decision = decision,
            Trade = await TradeAsync(context, number, cancellation),
            Orders = [.. orders.Select(DomainJson.Read<Order>)],
            Fills = [.. fills.Select(TradeMapping.ToFill)],
            Funding = [.. funding.Select(TradeMapping.ToFunding)],
            Notes = await context.Notes.Where(row => row.TradeNumber == number).OrderBy(row => row.Id)
                .Select(row => new TradeNote(row.TradeNumber, row.At, row.Text)).ToListAsync(cancellation),
            Messages = [.. messages.Select(row => new StoredMessage(SignalMapping.ToMessage(row), row.HandledAt, row.Outcome, row.Reason))],
        };
    }

    public async Task<Trade?> TradeAsync(int number, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        return await TradeAsync(context, number, cancellation);
    }

    /// <summary>The newest trades; of finished ones those that ended last.</summary>
    public async Task<IReadOnlyList<Trade>> RecentTradesAsync(int count, bool finishedOnly, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var newest = finishedOnly
            ? context.Trades.Where(row => row.EndedAt != null).OrderByDescending(row => row.EndedAt).ThenByDescending(row => row.Number)
            : context.Trades.OrderByDescending(row => row.Number);
        var documents = await newest.Take(count)
            .Join(context.TradeDocuments, row => row.Number, document => document.Number, (row, document) => new { row.EndedAt, row.Number, document.Document })
            .ToListAsync(cancellation);
        var ordered = finishedOnly ? documents.OrderByDescending(row => row.EndedAt).ThenByDescending(row => row.Number) : documents.OrderByDescending(row => row.Number);
        return [.. ordered.Select(row => DomainJson.Read<Trade>(row.Document))];
    }

    /// <param name="outcome">Only decisions that came out so; null for all.</param>
    public async Task<IReadOnlyList<Decision>> RecentDecisionsAsync(int count, DecisionOutcome? outcome = null, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var rows = outcome is { } only ? context.Signals.Where(row => row.Outcome == only) : context.Signals;
        var documents = await rows.OrderByDescending(row => row.Number).Take(count).Select(row => row.Document).ToListAsync(cancellation);
        return [.. documents.Select(DomainJson.Read<Decision>)];
    }

    /// <summary>How the decisions since a moment came out, by channel and first failing rule.</summary>
    public async Task<IReadOnlyList<DecisionCount>> DecisionCountsAsync(Instant since, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        await using var snapshot = await context.Database.BeginTransactionAsync(cancellation);
        var counts = await new StatisticsReader(context).DecisionsAsync(new StatisticsScope("", since, null, "", "", ""), cancellation);
        return [.. counts.OrderBy(entry => entry.Key.Channel, StringComparer.Ordinal).ThenBy(entry => entry.Key.Outcome).ThenByDescending(entry => entry.Value)
            .Select(entry => new DecisionCount(new ChannelId(entry.Key.Channel), entry.Key.Outcome, entry.Key.Code.Length == 0 ? null : entry.Key.Code, entry.Value))];
    }

    /// <summary>The results of the trades of one account that ended in [<paramref name="since"/>, <paramref name="until"/>), and the signals decided in that time.</summary>
    /// <param name="account">Results of several accounts are never added up: paper is not money.</param>
    /// <param name="since">Null for the beginning.</param>
    /// <param name="until">Null for the end.</param>
    /// <param name="asset">The asset of the amounts; null for that of the trade that ended last.</param>
    public async Task<TradeStatistics> StatisticsAsync(
        AccountId account, Instant? since = null, Instant? until = null, ChannelId? channel = null, Symbol? symbol = null, string? asset = null, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        await using var snapshot = await context.Database.BeginTransactionAsync(cancellation);
        var scope = new StatisticsScope(account.Value, since, until, channel?.Value ?? "", symbol?.ToString() ?? "", symbol?.Pair ?? "");
        return await new StatisticsReader(context).ReadAsync(scope, asset, cancellation);
    }

    /// <summary>What each position of one account came to, in the order in which they closed.</summary>
    /// <param name="since">Null for the beginning.</param>
    /// <param name="channel">Null for all.</param>
    /// <returns>The results are in the asset, that of the trade that ended last.</returns>
    public async Task<(string Asset, IReadOnlyList<ClosedResult> Results)> ClosedResultsAsync(AccountId account, Instant? since, ChannelId? channel, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        await using var snapshot = await context.Database.BeginTransactionAsync(cancellation);
        var reader = new StatisticsReader(context);
        var asset = await reader.AssetAsync(account.Value, null, cancellation);
        var results = new List<ClosedResult>();
        await foreach (var ended in reader.EndedAsync(new StatisticsScope(account.Value, since, null, channel?.Value ?? "", "", ""), asset, cancellation))
            if (ended.Trade.Stage == TradeStage.Closed)
                results.Add(new ClosedResult(ended.Trade.EndedAt, ended.Trade.Net));
        return (asset, results);
    }

    /// <summary>One line for each of the last days of a zone, today included and the newest first, also for days without trades.</summary>
    /// <param name="days">1 or more.</param>
    public async Task<IReadOnlyList<DailyResult>> DailyResultsAsync(
        AccountId account, int days, TimeZoneInfo zone, Instant now, string? asset = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var calendar = new TradingCalendar(zone);
        var sums = Enumerable.Range(0, days).Select(back => calendar.LocalDate(now).AddDays(-back)).ToDictionary(day => day, _ => new ResultSum());
        await using var context = folder.Read();
        var reader = new StatisticsReader(context);
        // A little more than is needed; what belongs to no line is left out by its own date.
        var scope = new StatisticsScope(account.Value, now - TimeSpan.FromDays(days + 1), null, "", "", "");
        await foreach (var trade in reader.EndedAsync(scope, await reader.AssetAsync(account.Value, asset, cancellation), cancellation))
            if (sums.TryGetValue(calendar.LocalDate(trade.Trade.EndedAt), out var sum))
                sum.Add(trade.Trade);
        return [.. sums.OrderByDescending(entry => entry.Key).Select(entry => new DailyResult(entry.Key, entry.Value.Tally))];
    }

    /// <summary>When each channel was last heard of.</summary>
    public async Task<IReadOnlyDictionary<ChannelId, Instant>> LastSignalAtAsync(CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var last = new Dictionary<ChannelId, Instant>();
        // From channel to channel by the index: grouping would go through every post there ever was.
        for (var name = ""; await context.Messages.Where(row => string.Compare(row.Channel, name) > 0).MinAsync(row => (string?)row.Channel, cancellation) is { } next; name = next)
            // An import of old posts says nothing about whether the channel is heard.
            if (await context.Messages.Where(row => row.Channel == next && row.Outcome != MessageInbox.History).OrderByDescending(row => row.ReceivedAt).Select(row => (Instant?)row.ReceivedAt).FirstOrDefaultAsync(cancellation) is { } at)
                last[new ChannelId(next)] = at;
        return last;
    }

    private static async Task<Trade?> TradeAsync(TradingDbContext context, int number, CancellationToken cancellation) =>
        await context.TradeDocuments.Where(row => row.Number == number).Select(row => row.Document).FirstOrDefaultAsync(cancellation) is { } document
            ? DomainJson.Read<Trade>(document)
            : null;
}
