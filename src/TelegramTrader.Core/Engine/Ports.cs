using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// An exchange as the engine sees it. No call waits: answers come back as events. An implementation accepts approved orders only,
/// never sends an order twice on its own, and answers "outcome unknown" rather than guess.
/// </summary>
public interface IExchange
{
    AccountId Account { get; }

    ExchangeCapabilities Capabilities { get; }

    void Place(ApprovedOrder order);

    void Cancel(Symbol symbol, ClientOrderId orderId);

    /// <summary>
    /// Changes a waiting stop of ours that can only reduce a position in place, where <see cref="Instrument.AmendsStops"/> says that it can: at every moment it stands as before or as changed. Answers with
    /// <see cref="OrderAnswer.Amended"/>, <see cref="OrderAnswer.AmendRefused"/> or <see cref="OrderAnswer.AmendUnknown"/> of this very change, once.
    /// </summary>
    void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change);

    /// <summary>Withdraws an order that is not ours. What came of it, the next list of open orders tells; a definite no comes as <see cref="EngineEvent.ForeignOrderNotWithdrawn"/>.</summary>
    /// <param name="exchangeId">What the exchange calls it.</param>
    void WithdrawForeign(Symbol symbol, string exchangeId);

    /// <summary>
    /// Answers with <see cref="EngineEvent.AccountReported"/> or <see cref="EngineEvent.AccountReportFailed"/>; where others may order at the account as well, from time to time with
    /// <see cref="EngineEvent.OpenOrdersReported"/> besides.
    /// </summary>
    void AskAccount(IReadOnlyList<ClientOrderId> orders);
}

/// <param name="HoldsStops">Stop orders rest at the exchange; where they can't, the engine watches the stop and says so.</param>
/// <param name="IsSimulated">No money is there: whoever only follows another desk may trade here and nowhere else.</param>
public sealed record ExchangeCapabilities(bool HoldsStops, bool IsSimulated = false)
{
    /// <summary>So long after it was sent an order that nobody answered may still arrive and be taken. Exchanges refuse what was signed before their window.</summary>
    public TimeSpan ArrivesWithin { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Where events go, from any thread.</summary>
public interface IEventSink
{
    void Post(EngineEvent engineEvent);
}

/// <summary>
/// Keeps what the engine decided. <see cref="Commit"/> writes event, changed state and outbox in one transaction; when it returns, they are safe,
/// and only then is anything sent. It throws when they could not be written.
/// </summary>
public interface IJournal
{
    void Commit(EngineCommit commit);
}

/// <summary>Hears of each commit after it is safe: the workers that send notifications, show things, answer people.</summary>
public interface ICommitListener
{
    void Committed(EngineCommit commit);
}
