using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>A trade's part of a funding payment.</summary>
public sealed class FundingRow
{
    public required string Account { get; set; }

    public required string PaymentId { get; set; }

    public required int TradeNumber { get; set; }

    public required string Symbol { get; set; }

    /// <summary>Positive was received.</summary>
    public required decimal Amount { get; set; }

    public required string Asset { get; set; }

    /// <summary>As a fraction of the position's value.</summary>
    public required decimal Rate { get; set; }

    public required Instant PaidAt { get; set; }

    public required Instant BookedAt { get; set; }
}
