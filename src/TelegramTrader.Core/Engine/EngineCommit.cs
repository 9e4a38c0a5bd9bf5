using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>One handled event with all that it changed and all that is to be done: the unit that is written in one transaction.</summary>
public sealed record EngineCommit
{
    public required EngineEvent Event { get; init; }

    /// <summary>The latest quote of each symbol that came since the last commit and changed nothing by itself; a replay needs them.</summary>
    public required IReadOnlyList<Quote> QuotesBefore { get; init; }

    public required IReadOnlyList<EngineOutput> Outputs { get; init; }

    public required EngineChanges Changes { get; init; }

    /// <summary>The engine's now after the event.</summary>
    public required Instant Now { get; init; }

    public required EngineScalars Scalars { get; init; }
}

/// <summary>The parts of the state that are not rows of their own.</summary>
/// <param name="TaughtRules">Null in what a version stored that could not be taught.</param>
/// <param name="ProfileVersion">As in the state.</param>
/// <param name="Foreign">Null in what a version stored that did not keep them.</param>
/// <param name="NextForeign">As in the state.</param>
/// <param name="ForeignOrders">Likewise.</param>
/// <param name="Probations">Likewise.</param>
/// <param name="Explained">Likewise: the wallet stands for it then.</param>
/// <param name="MissingMoney">Likewise.</param>
/// <param name="Outage">Likewise; an outage that was told before a restart is told to be over after it.</param>
public sealed record EngineScalars(
    Instant Now,
    long? FeedStep,
    int NextNumber,
    Risk.TradingState Trading,
    Risk.LossBaseline? Day,
    Risk.LossBaseline? Week,
    Money? Wallet,
    IReadOnlyList<WaitingAlert> Alerts,
    IReadOnlyList<TaughtRule>? TaughtRules = null,
    int ProfileVersion = 0,
    AccountOutage? Outage = null,
    IReadOnlyList<Foreign.ForeignPosition>? Foreign = null,
    int NextForeign = 1,
    IReadOnlyList<ChannelProbation>? Probations = null,
    IReadOnlyList<Foreign.ForeignOrder>? ForeignOrders = null,
    Money? Explained = null,
    IReadOnlyList<Transfers.MissingMoney>? MissingMoney = null);

/// <summary>What one event changed.</summary>
public sealed class EngineChanges
{
    public SortedDictionary<int, Trade> Trades { get; } = [];

    public Dictionary<ClientOrderId, Order> Orders { get; } = [];

    public List<BookedFill> Fills { get; } = [];

    public List<BookedFunding> Funding { get; } = [];

    public List<Decision> Decisions { get; } = [];

    public List<MessageOutcome> Messages { get; } = [];

    /// <summary>Things a person may want to know later about a trade, in the order they happened.</summary>
    public List<TradeNote> Notes { get; } = [];

    /// <summary>Watched signals that the market, or a claim, moved on, by number.</summary>
    public SortedDictionary<int, WatchedSignal> Watched { get; } = [];

    public List<SignalClaim> Claims { get; } = [];

    /// <summary>Facts from outside that were booked with this event, by kind and id, and when. Each comes here once; a restart needs them all.</summary>
    public Dictionary<string, Instant> Booked { get; } = new(StringComparer.Ordinal);

    /// <summary>Something outside the lists changed: trading state, baselines, wallet, outage of the account, foreign positions, missing money, alerts, instruments.</summary>
    public bool Other { get; set; }

    public bool Any => Trades.Count > 0 || Orders.Count > 0 || Fills.Count > 0 || Funding.Count > 0 || Decisions.Count > 0
        || Messages.Count > 0 || Notes.Count > 0 || Booked.Count > 0 || Watched.Count > 0 || Claims.Count > 0 || Other;
}

/// <summary>A fill with the trade it was booked to.</summary>
public sealed record BookedFill(int TradeNumber, Fill Fill);

/// <summary>A trade's part of a funding payment.</summary>
public sealed record BookedFunding(int TradeNumber, string PaymentId, Symbol Symbol, Money Amount, decimal Rate, Instant At);

/// <summary>What became of one version of a post.</summary>
/// <param name="Kind">signal, update, doubtful, not_signal, malformed, edit, deletion.</param>
/// <param name="Decisions">The numbers of the decisions that it led to.</param>
public sealed record MessageOutcome(ChannelMessage Message, string Kind, string Reason, IReadOnlyList<int> Decisions);

public sealed record TradeNote(int TradeNumber, Instant At, string Text);
