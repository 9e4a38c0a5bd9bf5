using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One execution, booked to one trade. (account, fill id) is the key: a fill can't be booked twice.</summary>
public sealed class FillRow
{
    public required string Account { get; set; }

    public required string FillId { get; set; }

    public required int TradeNumber { get; set; }

    public required string OrderId { get; set; }

    public required string Symbol { get; set; }

    public required OrderSide Side { get; set; }

    public required decimal Price { get; set; }

    public required decimal Quantity { get; set; }

    /// <summary>Positive was paid.</summary>
    public required decimal Fee { get; set; }

    public required string FeeAsset { get; set; }

    public required bool IsMaker { get; set; }

    public required bool TargetInSameCandle { get; set; }

    /// <summary>At the exchange.</summary>
    public required Instant HappenedAt { get; set; }

    public required Instant BookedAt { get; set; }
}
