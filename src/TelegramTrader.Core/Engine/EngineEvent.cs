using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>Everything that can happen to the engine: one of a closed set. Same events in, same outputs out, always.</summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>When we learnt of it. The engine's now is the latest of these, and never goes back.</summary>
    public required Instant At { get; init; }

    /// <summary>The step of a recorded market that this event came from, so that a restart continues where the last commit stood; null for any other source.</summary>
    public long? FeedStep { get; init; }

    /// <summary>A channel post, edit or deletion. It has already been stored.</summary>
    public sealed record MessageReceived(ChannelMessage Message) : EngineEvent;

    public sealed record QuoteReceived(Quote Quote) : EngineEvent;

    public sealed record CandleClosed(Symbol Symbol, Candle Candle) : EngineEvent;

    /// <summary>What an account can trade, with the exchange's precision and minimums. Replaces what was known before.</summary>
    public sealed record InstrumentsReported(AccountId Account, IReadOnlyList<Instrument> Instruments) : EngineEvent;

    public sealed record OrderAnswered(ClientOrderId OrderId, OrderAnswer Answer) : EngineEvent;

    /// <param name="WalletAfter">The wallet balance after the fill, where the exchange says it.</param>
    public sealed record OrderFilled(Fill Fill, Money? WalletAfter) : EngineEvent;

    /// <param name="PaymentId">The exchange's id of the payment; the same id is booked once.</param>
    /// <param name="Amount">Positive was received, negative was paid.</param>
    /// <param name="Rate">The funding rate as a fraction of the position's value.</param>
    public sealed record FundingPaid(AccountId Account, Symbol Symbol, string PaymentId, Money Amount, decimal Rate, Money? WalletAfter) : EngineEvent;

    /// <summary>The exchange closed the whole position in the symbol by force.</summary>
    public sealed record PositionLiquidated(AccountId Account, Symbol Symbol, string LiquidationId, Price Price, Money Fee, Money? WalletAfter) : EngineEvent;

    /// <summary>What an exchange says is true, in answer to a question.</summary>
    public sealed record AccountReported(AccountReport Report) : EngineEvent;

    /// <summary>The account could not be read. After a start trading stays halted until it can; later new entries are denied when it lasts.</summary>
    public sealed record AccountReportFailed(AccountId Account, ExchangeError Error) : EngineEvent;

    /// <summary>Every order that waits at the account, ours and others; asked for after a question about the account, and apart from it, so that neither holds up the other.</summary>
    public sealed record OpenOrdersReported(AccountId Account, IReadOnlyList<OpenOrder> Orders) : EngineEvent;

    /// <summary>The exchange definitely did not withdraw an order that is not ours.</summary>
    public sealed record ForeignOrderNotWithdrawn(AccountId Account, Symbol Symbol, string ExchangeId, ExchangeError Error) : EngineEvent;

    public sealed record OperatorCommanded(OperatorCommand Command) : EngineEvent;

    /// <summary>What another desk has decided, for an engine that follows it (<see cref="EngineSettings.FollowsAnotherDesk"/>); any other throws.</summary>
    /// <param name="Theirs">The trade as it stood there after the decision.</param>
    public sealed record TradeFollowed(Trade Theirs) : EngineEvent;

    public sealed record TimePassed : EngineEvent;

    public sealed record FeedLost(string Feed, string Reason) : EngineEvent;

    public sealed record FeedRestored(string Feed) : EngineEvent;
}

/// <summary>What an exchange answered about one order: one of a closed set.</summary>
public abstract record OrderAnswer
{
    private OrderAnswer()
    {
    }

    public sealed record Accepted(string ExchangeOrderId) : OrderAnswer;

    public sealed record Rejected(ExchangeError Error) : OrderAnswer;

    /// <summary>Withdrawn, by us or by the exchange. On spot, where its coins are free from then on, not before every execution of it was told, or that its outcome is unknown.</summary>
    public sealed record Cancelled(string Reason) : OrderAnswer;

    /// <summary>The withdrawal was refused, mostly because the order was already gone.</summary>
    public sealed record CancelRefused(ExchangeError Error) : OrderAnswer;

    /// <summary>The order keeps its ids and stands as it was to be changed.</summary>
    public sealed record Amended(OrderChange Change) : OrderAnswer;

    /// <summary>The exchange definitely did not change the order: it stands as before, or is gone.</summary>
    public sealed record AmendRefused(OrderChange Change, ExchangeError Error) : OrderAnswer;

    /// <summary>Whether the order was changed is not known, and may become true later.</summary>
    public sealed record AmendUnknown(OrderChange Change, string Reason) : OrderAnswer;

    /// <summary>A time-out or a cut connection: it may or may not be there. Asked about, never sent again.</summary>
    public sealed record OutcomeUnknown(string Reason) : OrderAnswer;

    /// <summary>The exchange says definitely that it has no such order.</summary>
    public sealed record NotFound : OrderAnswer;
}

/// <summary>What an exchange says of one account.</summary>
/// <param name="Orders">One entry for each order that was asked about; an order that the exchange does not know has the answer <see cref="OrderAnswer.NotFound"/>.</param>
/// <param name="Fills">All fills of those orders.</param>
/// <param name="Positions">All open positions of the account. A spot account has none.</param>
/// <param name="Funding">Recent funding payments; what was booked before is not booked again.</param>
/// <param name="Liquidations">Recent liquidations; what was booked before is not booked again.</param>
public sealed record AccountReport(
    AccountId Account,
    Money Wallet,
    IReadOnlyList<ReportedOrder> Orders,
    IReadOnlyList<Fill> Fills,
    IReadOnlyList<ReportedPosition> Positions,
    IReadOnlyList<EngineEvent.FundingPaid> Funding,
    IReadOnlyList<EngineEvent.PositionLiquidated> Liquidations)
{
    /// <summary>
    /// Since when the exchange was being asked, where that takes a while: what became doubtful after that may be missing in it. Null where it shows the moment in which it is told.
    /// </summary>
    public Instant? BegunAt { get; init; }

    /// <summary>
    /// On a spot account what it holds of each asset, whoever bought it and locked or not; <see cref="Wallet"/> is then the money that is not in coins.
    /// Null on an account with positions.
    /// </summary>
    public IReadOnlyDictionary<string, decimal>? Coins { get; init; }
}

/// <param name="IsFilled">The order is complete.</param>
public sealed record ReportedOrder(ClientOrderId Id, OrderAnswer Answer, bool IsFilled);

public sealed record ReportedPosition(Symbol Symbol, TradeSide Side, Quantity Quantity, Price AverageEntry);
