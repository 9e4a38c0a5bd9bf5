using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

/// <summary>Where an order stands: one of a closed set, each with the data that it has. Fills are kept beside it, because they may arrive in any state.</summary>
public abstract record OrderState
{
    private OrderState()
    {
    }

    public abstract OrderPhase Phase { get; }

    /// <summary>Written down, not yet answered.</summary>
    public sealed record Intended : OrderState
    {
        public override OrderPhase Phase => OrderPhase.Intended;
    }

    /// <summary>Sent, and the outcome is not known. Never sent again; asked about by its id.</summary>
    /// <param name="Since">Since when.</param>
    /// <param name="WasThere">The exchange has said of it that it was there. Then it is never handed over again under its id, even when it is gone.</param>
    public sealed record Unknown(Instant Since, bool WasThere = false) : OrderState
    {
        public override OrderPhase Phase => OrderPhase.Unknown;
    }

    /// <summary>Held by the exchange.</summary>
    public sealed record Working(string ExchangeOrderId) : OrderState
    {
        public override OrderPhase Phase => OrderPhase.Working;
    }

    /// <summary>We asked the exchange to withdraw it and have no answer yet.</summary>
    public sealed record CancelRequested : OrderState
    {
        public override OrderPhase Phase => OrderPhase.CancelRequested;
    }

    public sealed record Filled : OrderState
    {
        public override OrderPhase Phase => OrderPhase.Filled;
    }

    public sealed record Cancelled(string Reason) : OrderState
    {
        public override OrderPhase Phase => OrderPhase.Cancelled;
    }

    /// <summary>The exchange said no.</summary>
    public sealed record Rejected(ExchangeError Error) : OrderState
    {
        public override OrderPhase Phase => OrderPhase.Rejected;
    }

    /// <summary>The exchange does not know the order: it never arrived, or is gone without a trace.</summary>
    public sealed record NeverArrived : OrderState
    {
        public override OrderPhase Phase => OrderPhase.NeverArrived;
    }
}

/// <summary>The name of an <see cref="OrderState"/>, for the table of moves and for storage.</summary>
public enum OrderPhase
{
    Intended,
    Unknown,
    Working,
    CancelRequested,
    Filled,
    Cancelled,
    Rejected,
    NeverArrived,
}

/// <summary>The one table of moves between order states. An unlisted move is a broken promise and throws, everywhere.</summary>
public static class OrderMoves
{
    private static readonly Dictionary<OrderPhase, OrderPhase[]> Allowed = new()
    {
        [OrderPhase.Intended] = [OrderPhase.Working, OrderPhase.Filled, OrderPhase.Rejected, OrderPhase.Unknown, OrderPhase.CancelRequested, OrderPhase.Cancelled, OrderPhase.NeverArrived],
        [OrderPhase.Unknown] = [OrderPhase.Working, OrderPhase.Filled, OrderPhase.Rejected, OrderPhase.Cancelled, OrderPhase.NeverArrived, OrderPhase.CancelRequested],
        [OrderPhase.Working] = [OrderPhase.Filled, OrderPhase.Cancelled, OrderPhase.CancelRequested, OrderPhase.Rejected, OrderPhase.Unknown],
        // A withdrawal that was refused is asked for again; until it is answered the order is not relied on.
        [OrderPhase.CancelRequested] = [OrderPhase.Cancelled, OrderPhase.Filled, OrderPhase.Rejected, OrderPhase.Unknown, OrderPhase.NeverArrived],
        // Not at the exchange, as it said: the same order may be handed over again under the same id, or turn up there after all.
        [OrderPhase.NeverArrived] = [OrderPhase.Intended, OrderPhase.Working, OrderPhase.Unknown],
        [OrderPhase.Filled] = [],
        [OrderPhase.Cancelled] = [],
        // Refused, while an earlier sending of the same order was still on its way: it may turn up after all.
        [OrderPhase.Rejected] = [OrderPhase.Working, OrderPhase.Unknown],
    };

    public static bool IsAllowed(OrderPhase from, OrderPhase to) => Allowed[from].Contains(to);

    /// <summary>Nothing will come of the order any more.</summary>
    public static bool IsFinal(OrderPhase phase) => phase is OrderPhase.Filled or OrderPhase.Cancelled or OrderPhase.Rejected or OrderPhase.NeverArrived;
}
