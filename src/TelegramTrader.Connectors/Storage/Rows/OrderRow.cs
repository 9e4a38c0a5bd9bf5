using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One order of ours as it stands; its key is the client order id, which is derived and so can't be there twice.</summary>
public sealed class OrderRow
{
    public required string ClientOrderId { get; set; }

    public required int TradeNumber { get; set; }

    public required string Account { get; set; }

    public required string Symbol { get; set; }

    /// <summary>e0, s, t1, x: what the order is for, as in its id.</summary>
    public required string Purpose { get; set; }

    public required string Kind { get; set; }

    public required OrderSide Side { get; set; }

    public required decimal Quantity { get; set; }

    /// <summary>The limit or trigger; null for an order at the market.</summary>
    public decimal? Price { get; set; }

    public required decimal Filled { get; set; }

    public required OrderPhase Phase { get; set; }

    public required bool ReduceOnly { get; set; }

    public required Instant CreatedAt { get; set; }

    public required Instant ChangedAt { get; set; }

    /// <summary>The <see cref="Order"/>.</summary>
    public required string Document { get; set; }
}
