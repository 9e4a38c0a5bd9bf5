using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

/// <summary>An order of ours with all that is known of it. Immutable; each change is a new record.</summary>
public sealed record Order
{
    public required OrderIntent Intent { get; init; }

    public OrderState State { get; init; } = new OrderState.Intended();

    /// <summary>The sum of its fills.</summary>
    public Quantity Filled { get; init; } = Quantity.Zero;

    /// <summary>What of <see cref="Filled"/> the stop of a pair sold; zero for any other order.</summary>
    public Quantity FilledByStop { get; init; } = Quantity.Zero;

    /// <summary>Something was said about it that may have been lost, a fill for example: it is asked about until a report has told of it, in whatever state it is.</summary>
    public bool InDoubt { get; init; }

    /// <summary>Since when, the last time: a report that was begun before can't tell.</summary>
    public Instant? DoubtedAt { get; init; }

    /// <summary>It was handed over a second time, because the exchange said that it never arrived. The first sending may still be on its way.</summary>
    public bool SentAgain { get; init; }

    /// <summary>A change in place that is not answered yet; null while there is none.</summary>
    public ChangeUnderWay? Change { get; init; }

    /// <summary>How many changes in place it was asked for.</summary>
    public int Changes { get; init; }

    /// <summary>The exchange definitely refused to change it in place: it is withdrawn and placed anew instead.</summary>
    public bool IsFixed { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public ClientOrderId Id => Intent.Id;

    public bool IsLive => !OrderMoves.IsFinal(State.Phase);

    /// <summary>The most that it may still execute; while a change is under way by the larger of both quantities.</summary>
    public Quantity Remaining => LeftOf(Change is { To.Quantity: var wanted } && wanted > Intent.Quantity ? wanted : Intent.Quantity);

    /// <summary>The least that is still to be executed; while a change is under way by the smaller of both quantities.</summary>
    public Quantity Certain => LeftOf(Change is { To.Quantity: var wanted } ? Quantity.Smaller(wanted, Intent.Quantity) : Intent.Quantity);

    /// <summary>What of <see cref="Filled"/> was not sold by the stop of a pair.</summary>
    public Quantity FilledAsOrdered => Filled - FilledByStop;

    public bool IsPair => Intent.Kind is OrderKind.OneCancelsOther;

    /// <summary>A pair of which both are there: nothing of it was executed.</summary>
    public bool IsWholePair => IsPair && Filled.IsZero;

    /// <summary>A pair whose stop has fired: it sells at the market until it is filled.</summary>
    public bool IsFiredPair => IsPair && !FilledByStop.IsZero;

    /// <summary>As what it has acted: a pair whose stop has fired as a stop, any other order as what it is for.</summary>
    public (OrderPurpose Purpose, OrderKind Kind) ActedAs => IsFiredPair && Intent.Kind is OrderKind.OneCancelsOther pair ? Intent.ActedAt(pair.Trigger) : (Intent.Purpose, Intent.Kind);

    /// <summary>It stands for the stop of its coins: a stop, or a pair that still has its trigger or whose stop has fired.</summary>
    public bool IsStop => Intent.Purpose is OrderPurpose.Stop || IsWholePair || IsFiredPair;

    /// <summary>Throws when the move is not in <see cref="OrderMoves"/>.</summary>
    public Order MovedTo(OrderState state, Instant at) =>
        OrderMoves.IsAllowed(State.Phase, state.Phase)
            ? this with { State = state, ChangedAt = at }
            : throw new InvalidOperationException($"Order {Id} can't move from {State.Phase} to {state.Phase}.");

    public Order WithFill(Quantity quantity, Price price, Instant at) => this with
    {
        Filled = Filled + quantity,
        FilledByStop = Intent.Kind is OrderKind.OneCancelsOther && Intent.ActedAt(price).Purpose is OrderPurpose.Stop ? FilledByStop + quantity : FilledByStop,
        ChangedAt = at,
    };

    /// <summary>The change under way has been made.</summary>
    public Order AsChanged() => this with { Intent = Intended(Change!.To), Change = null };

    /// <summary>Said to be executed in full while a change was under way: which of both quantities that was, its executions say.</summary>
    public Order Executed() => Change is { To.Quantity: var wanted } && Filled == wanted ? AsChanged() : this with { Change = null };

    /// <summary>What it was when it was executed at this price: with a change under way that of both whose trigger is nearer.</summary>
    public OrderIntent IntentAt(Price executed) =>
        Change is { To: var to } && Intent.Kind.NamedPrice is { } before && Math.Abs(executed - to.Trigger) < Math.Abs(executed - before) ? Intended(to) : Intent;

    private OrderIntent Intended(OrderChange change) => Intent with { Kind = new OrderKind.StopMarket(change.Trigger), Quantity = change.Quantity };

    private Quantity LeftOf(Quantity quantity) => Filled >= quantity ? Quantity.Zero : quantity - Filled;
}
