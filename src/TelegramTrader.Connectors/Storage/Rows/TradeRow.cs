using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>
/// The figures of one trade, for lists and sums. Narrow on purpose: the whole trade stands in <see cref="TradeDocumentRow"/>, so that reading many of these
/// reads few pages. Money is in <see cref="Asset"/>; of a trade that has not ended it is what was realised so far.
/// </summary>
public sealed class TradeRow
{
    public required int Number { get; set; }

    public required string SignalId { get; set; }

    public required string Channel { get; set; }

    public required long MessageId { get; set; }

    public required string Account { get; set; }

    public required string Symbol { get; set; }

    public required TradeSide Side { get; set; }

    public required TradeStage Stage { get; set; }

    public required decimal Leverage { get; set; }

    public required Instant CreatedAt { get; set; }

    /// <summary>The first fill; null while there was none.</summary>
    public Instant? OpenedAt { get; set; }

    public Instant? EndedAt { get; set; }

    /// <summary>Why it ended: the exit reason of a position that was closed, or why there never was one.</summary>
    public string? EndReason { get; set; }

    public required decimal PlannedEntry { get; set; }

    public required decimal InitialStop { get; set; }

    /// <summary>All that was entered.</summary>
    public required decimal Quantity { get; set; }

    public decimal? AverageEntry { get; set; }

    public decimal? AverageExit { get; set; }

    public required string Asset { get; set; }

    /// <summary>Before fees and funding.</summary>
    public required decimal Gross { get; set; }

    /// <summary>Positive was paid.</summary>
    public required decimal Fees { get; set; }

    /// <summary>Positive was received.</summary>
    public required decimal Funding { get; set; }

    /// <summary>gross − fees + funding.</summary>
    public required decimal Net { get; set; }

    /// <summary>1 R in money; null before anything closed.</summary>
    public decimal? OneR { get; set; }

    public decimal? RMultiple { get; set; }

    public required int SameCandleConflicts { get; set; }
}
