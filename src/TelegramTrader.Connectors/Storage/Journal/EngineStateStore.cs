using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>Reads the engine's state as of the last commit.</summary>
public sealed class EngineStateStore(DataFolder folder)
{
    private static readonly List<OrderPhase> LivePhases = [.. Enum.GetValues<OrderPhase>().Where(phase => !OrderMoves.IsFinal(phase))];

    /// <summary>
    /// All unfinished trades, finished ones that ended within the window before the stored now or still have an order out, their orders, and what was booked
    /// since then or since the oldest of these trades began. A fresh state when nothing was ever committed.
    /// </summary>
    /// <param name="rememberFinished">As in the engine's settings.</param>
    public EngineState Load(TimeSpan rememberFinished)
    {
        using var context = folder.Read();
        // One snapshot for all of it.
        using var snapshot = context.Database.BeginTransaction();
        if (context.State.FirstOrDefault(row => row.Key == SqliteJournal.ScalarsKey) is not { } stored)
            return new EngineState();
        var scalars = DomainJson.Read<EngineScalars>(stored.Value);
        var since = scalars.Now - rememberFinished;
        var trades = Trades(context, since);
        var orders = InParts(trades.Select(trade => trade.Number), some => context.Orders.Where(row => some.Contains(row.TradeNumber)).Select(row => row.Document))
            .Select(DomainJson.Read<Order>)
            .ToArray();
        // An exchange that is asked about an order reports all fills of it, however old: those of every trade in memory must be known as booked.
        var bookedSince = trades.Select(trade => trade.CreatedAt).Append(since).Min() - EngineSettings.ClockMargin;
        var booked = context.Booked.Where(row => row.At >= bookedSince).ToArray().Select(row => KeyValuePair.Create(row.Key, row.At));
        var watchedSince = scalars.Now - EngineSettings.WatchSignalsFor;
        var watched = context.WatchedSignals.Where(row => row.Since >= watchedSince).Select(row => row.Document).AsEnumerable().Select(DomainJson.Read<WatchedSignal>).ToArray();
        return EngineState.Restore(scalars, trades, orders, booked, watched);
    }

    private static Trade[] Trades(TradingDbContext context, Instant since)
    {
        // Three questions, each answered by an index of its own.
        var unfinished = context.Trades.Where(row => row.EndedAt == null).Select(row => row.Number).ToArray();
        var recent = context.Trades.Where(row => row.EndedAt >= since).Select(row => row.Number).ToArray();
        var withLiveOrders = context.Orders.Where(row => LivePhases.Contains(row.Phase)).Select(row => row.TradeNumber).ToArray();
        return [.. InParts(unfinished.Concat(recent).Concat(withLiveOrders).Distinct().Order(),
                some => context.TradeDocuments.Where(row => some.Contains(row.Number)).OrderBy(row => row.Number).Select(row => row.Document))
            .Select(DomainJson.Read<Trade>)];
    }

    // A statement takes a limited number of values.
    private static IEnumerable<string> InParts(IEnumerable<int> numbers, Func<List<int>, IQueryable<string>> query) =>
        numbers.Chunk(500).SelectMany(some => query([.. some]).ToArray());
}
