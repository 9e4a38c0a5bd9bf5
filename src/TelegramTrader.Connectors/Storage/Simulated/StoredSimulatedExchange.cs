using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Connectors.Storage.Simulated;

/// <summary>
/// The simulated exchange with its books on disk: an order that was handed over is stored before the call returns, as a real exchange's answer would mean. Whoever moves
/// the exchange (a price feed, a replay) calls <see cref="Flush"/> before the engine hears of what came of it. One thread at a time, as the exchange itself.
/// </summary>
public sealed class StoredSimulatedExchange(SimulatedExchange exchange, SimulationStore store) : IExchange
{
    /// <summary>The exchange itself, for whoever moves it.</summary>
    public SimulatedExchange Inner { get; } = exchange;

    public AccountId Account => Inner.Account;

    public ExchangeCapabilities Capabilities => Inner.Capabilities;

    /// <summary>Takes up what was stored. Only before anything else happened; false when nothing was stored.</summary>
    public bool TakeUp()
    {
        if (store.Load() is not { } stored)
            return false;
        Inner.Restore(stored.State, stored.Orders, stored.Fills);
        return true;
    }

    public void Place(ApprovedOrder order)
    {
        Inner.Place(order);
        Flush();
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId)
    {
        Inner.Cancel(symbol, orderId);
        Flush();
    }

    public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change)
    {
        Inner.Amend(symbol, orderId, change);
        Flush();
    }

    public void WithdrawForeign(Symbol symbol, string exchangeId) => Inner.WithdrawForeign(symbol, exchangeId);

    public void AskAccount(IReadOnlyList<ClientOrderId> orders)
    {
        Inner.AskAccount(orders);
        Flush();
    }

    /// <summary>Stores what has changed, if anything has.</summary>
    public void Flush()
    {
        if (Inner.TakeChanges() is { } changes)
            store.Save(changes);
    }
}
