using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>What kind of thing was to be done.</summary>
public enum OutboxKind
{
    Place,
    Cancel,
    Notify,
    Amend,
}

/// <summary>
/// One thing the engine wanted done outside. For orders it is information: what is pending after a crash is asked of the exchange and never sent from here.
/// For notifications it is the fact that <see cref="DeliveryRow"/>s bring to each chat.
/// </summary>
public sealed class OutboxRow
{
    public long Id { get; set; }

    public required OutboxKind Kind { get; set; }

    public required Instant CreatedAt { get; set; }

    /// <summary>When the answer was committed; null while there is none. Notifications are done when they are written: their deliveries are kept apart.</summary>
    public Instant? DoneAt { get; set; }

    public string? Account { get; set; }

    public string? OrderId { get; set; }

    public int? TradeNumber { get; set; }

    /// <summary>The intent of a placed order, the change of an order, or the notification; null for a withdrawal, which its order id says completely.</summary>
    public string? Document { get; set; }
}
