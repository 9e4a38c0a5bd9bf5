using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>Storage as the journal is to keep it: only what commits say changed. A restart from it shows whether they say enough.</summary>
internal sealed class StoredCommits
{
    private readonly Dictionary<int, Trade> _trades = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<int, WatchedSignal> _watched = [];
    private readonly Dictionary<string, Instant> _booked = new(StringComparer.Ordinal);
    private EngineScalars? _scalars;

    public void Commit(TradingEngine engine)
    {
        foreach (var (number, trade) in engine.Changes.Trades)
            _trades[number] = trade;
        foreach (var (id, order) in engine.Changes.Orders)
            _orders[id] = order;
        foreach (var (number, signal) in engine.Changes.Watched)
            _watched[number] = signal;
        foreach (var (key, at) in engine.Changes.Booked)
            if (!_booked.TryAdd(key, at))
                throw new InvalidOperationException($"{key} was booked twice; a unique key would refuse it and stop the engine");
        _scalars = engine.Scalars;
    }

    public EngineState Restore() => _scalars is null ? new EngineState() : EngineState.Restore(_scalars, _trades.Values, _orders.Values, _booked, _watched.Values);
}
