using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>Where an order stands at the simulated exchange.</summary>
public enum SimulatedPhase
{
    /// <summary>On its way to the exchange.</summary>
    OnItsWay,
    Resting,

    /// <summary>At the market and not yet complete, because the candle had too little volume.</summary>
    Filling,
    Filled,
    Cancelled,
    Rejected,
}

/// <summary>An order as the simulated exchange keeps it. Immutable, so that it can be stored as it is.</summary>
public sealed record SimulatedOrder
{
    public required OrderIntent Intent { get; init; }

    public required string ExchangeOrderId { get; init; }

    public required Instant ArrivesAt { get; init; }

    /// <summary>When a withdrawal under way arrives; null when there is none.</summary>
    public Instant? CancelArrivesAt { get; init; }

    public SimulatedPhase Phase { get; init; } = SimulatedPhase.OnItsWay;

    public Quantity Filled { get; init; } = Quantity.Zero;

    /// <summary>What has become of a pair: the stop that fired, or the limit alone once it was executed in part. Null while both are there, and for any other order.</summary>
    public OrderKind? Became { get; init; }

    /// <summary>As what it acts from now on.</summary>
    public OrderKind Kind => Became ?? Intent.Kind;

    public ExchangeError? Error { get; init; }

    public string? CancelReason { get; init; }

    public Quantity Remaining => Intent.Quantity - Filled;

    public bool IsLive => Phase is SimulatedPhase.OnItsWay or SimulatedPhase.Resting or SimulatedPhase.Filling;
}
