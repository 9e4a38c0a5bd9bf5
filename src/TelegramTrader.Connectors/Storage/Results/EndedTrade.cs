using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>What statistics need of one trade that has ended. Money is in one asset, which whoever adds such trades sees to.</summary>
/// <param name="Reason">Why the position was closed, or why there never was one.</param>
/// <param name="OpenedAt">The first fill; null where there never was a position.</param>
public readonly record struct EndedTrade(
    int Number, TradeStage Stage, string Reason, Instant? OpenedAt, Instant EndedAt,
    decimal Gross, decimal Fees, decimal Funding, decimal Net, decimal? RMultiple, int SameCandleConflicts)
{
    /// <summary>Null for a trade that has not ended.</summary>
    public static EndedTrade? From(TradeRow row) => row is { Stage: TradeStage.Closed or TradeStage.Unfilled, EndedAt: { } ended }
        ? new EndedTrade(row.Number, row.Stage, row.EndReason ?? "", row.OpenedAt, ended, row.Gross, row.Fees, row.Funding, row.Net, row.RMultiple, row.SameCandleConflicts)
        : null;
}
