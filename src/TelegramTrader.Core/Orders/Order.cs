using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

/// <summary>An order of ours with all that is known of it. Immutable; each change is a new record.</summary>
public sealed record Order
{
    public required OrderIntent Intent { get; init; }

    public OrderState State { get; init; } = new OrderState.Intended();

    /// <summary>The sum of its fills.</summary>
    public Quantity Filled { get; init; } = Quantity.Zero;

    /// <summary>Something was said about it that may have been lost, a fill for example: it is asked about until a report has told of it, in whatever state it is.</summary>
    public bool InDoubt { get; init; }

    /// <summary>It was handed over a second time, because the exchange said that it never arrived. The first sending may still be on its way.</summary>
    public bool SentAgain { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public ClientOrderId Id => Intent.Id;

    public bool IsLive => !OrderMoves.IsFinal(State.Phase);

    public Quantity Remaining => Filled >= Intent.Quantity ? Quantity.Zero : Intent.Quantity - Filled;

    /// <summary>Throws when the move is not in <see cref="OrderMoves"/>.</summary>
    public Order MovedTo(OrderState state, Instant at) =>
        OrderMoves.IsAllowed(State.Phase, state.Phase)
            ? this with { State = state, ChangedAt = at }
            : throw new InvalidOperationException($"Order {Id} can't move from {State.Phase} to {state.Phase}.");

    public Order WithFill(Quantity quantity, Instant at) => this with { Filled = Filled + quantity, ChangedAt = at };
}
