using System.Collections.Concurrent;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// What is needed to talk about an order of ours by its id: its intent, and the ids that the exchange gave it. Filled from the engine's state at the start and with each
/// order that goes out; an exchange's own ids are learnt again when it is asked. Safe to use from any thread.
/// </summary>
internal sealed class KnownOrders
{
    private readonly ConcurrentDictionary<ClientOrderId, KnownOrder> _byId = [];
    // Some exchanges number orders per symbol only.
    private readonly ConcurrentDictionary<(string Symbol, string ExchangeId), ClientOrderId> _byExchangeId = [];
    private readonly ConcurrentDictionary<ClientOrderId, ConcurrentDictionary<string, decimal>> _executed = [];

    public void Remember(OrderIntent intent, Instant since) => _byId.TryAdd(intent.Id, new KnownOrder(intent, since, null, false));

    /// <summary>An execution of the order was seen; when all of it is executed, it is over.</summary>
    public void Executed(ClientOrderId id, string fillId, Quantity quantity)
    {
        var seen = _executed.GetOrAdd(id, _ => new ConcurrentDictionary<string, decimal>(StringComparer.Ordinal));
        seen[fillId] = quantity.Value;
        EndWhenExecuted(id);
    }

    /// <summary>The order is, or may be, for as much as this from now on, and waits for this trigger.</summary>
    public void Change(ClientOrderId id, OrderChange change)
    {
        Update(id, known => known with { Intent = known.Intent with { Kind = new OrderKind.StopMarket(change.Trigger), Quantity = change.Quantity } });
        // Its executions may have come before the word that it was made smaller.
        EndWhenExecuted(id);
    }

    /// <summary>How much of the order was seen to be executed.</summary>
    public decimal ExecutedOf(ClientOrderId id) => _executed.TryGetValue(id, out var seen) ? seen.Values.Sum() : 0m;

    public KnownOrder? Find(ClientOrderId id) => _byId.GetValueOrDefault(id);

    /// <summary>Learns what the exchange calls the order, and the order that it became when it was triggered; of a pair its limit and its stop.</summary>
    public void Learn(ClientOrderId id, string? exchangeId, string? childId)
    {
        if (!_byId.TryGetValue(id, out var known))
            return;
        var symbol = known.Intent.Symbol.ToString();
        if (exchangeId is { Length: > 0 })
        {
            _byExchangeId[(symbol, exchangeId)] = id;
            Update(id, order => order with { ExchangeId = exchangeId });
        }

        if (childId is { Length: > 0 })
            _byExchangeId[(symbol, childId)] = id;
    }

    /// <summary>Nothing will come of it any more, as far as the exchange has said.</summary>
    public void End(ClientOrderId id) => Update(id, order => order with { IsOver = true });

    /// <summary>The order of ours that a fill belongs to; null for one that is not ours.</summary>
    /// <param name="symbol">Whose number the exchange's is.</param>
    public KnownOrder? OwnerOf(string symbol, string exchangeId, string? clientId)
    {
        if (clientId is { Length: > 0 and <= 32 } && _byId.TryGetValue(new ClientOrderId(clientId), out var named))
            return named;
        return _byExchangeId.TryGetValue((symbol, exchangeId), out var id) ? Find(id) : null;
    }

    /// <summary>Orders in the symbol that wait for their trigger: what they become when it is reached may have another number, and of a pair both numbers may not be known.</summary>
    public IReadOnlyList<KnownOrder> WaitingTriggers(Symbol symbol) => [.. _byId.Values.Where(order => !order.IsOver && (order.IsTrigger || order.IsPair) && order.Intent.Symbol == symbol)];

    /// <summary>The symbols with an order that may still be filled.</summary>
    public IReadOnlyList<Symbol> OpenSymbols() => [.. _byId.Values.Where(order => !order.IsOver).Select(order => order.Intent.Symbol).Distinct()];

    /// <summary>Whether there is an order in the symbol that may still open or enlarge a position.</summary>
    public bool MayOpen(Symbol symbol) => _byId.Values.Any(order => !order.IsOver && !order.Intent.ReduceOnly && order.Intent.Symbol == symbol);

    /// <summary>Orders that are over and older than this are nobody's business any more.</summary>
    public void Forget(Instant before)
    {
        foreach (var order in _byId.Values.Where(order => order.IsOver && order.Since < before).ToArray())
        {
            _byId.TryRemove(order.Intent.Id, out _);
            _executed.TryRemove(order.Intent.Id, out _);
            foreach (var (number, _) in _byExchangeId.Where(entry => entry.Value == order.Intent.Id).ToArray())
                _byExchangeId.TryRemove(number, out _);
        }
    }

    // What is learnt at the same moment elsewhere is not to be lost.
    private void Update(ClientOrderId id, Func<KnownOrder, KnownOrder> change)
    {
        while (_byId.TryGetValue(id, out var known) && change(known) is var changed && changed != known && !_byId.TryUpdate(id, changed, known))
        {
        }
    }

    private void EndWhenExecuted(ClientOrderId id)
    {
        if (_byId.TryGetValue(id, out var known) && ExecutedOf(id) >= known.Intent.Quantity.Value)
            End(id);
    }
}

/// <param name="Since">When it was made; fills are not older.</param>
internal sealed record KnownOrder(OrderIntent Intent, Instant Since, string? ExchangeId, bool IsOver)
{
    public bool IsTrigger => Intent.Kind is OrderKind.StopMarket or OrderKind.TakeProfitMarket;

    /// <summary>Two orders at the exchange, of which the gateway makes one: the exchange's id is that of the limit.</summary>
    public bool IsPair => Intent.Kind is OrderKind.OneCancelsOther;
}
