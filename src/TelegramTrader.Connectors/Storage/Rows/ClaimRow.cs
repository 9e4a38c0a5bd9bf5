using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>What a channel claimed of one of its signals, and whether it was so. Kept for ever; the engine never reads it.</summary>
public sealed class ClaimRow
{
    public long Id { get; set; }

    /// <summary>The decision about the signal.</summary>
    public required int Number { get; set; }

    public required string Channel { get; set; }

    public required long MessageId { get; set; }

    public required int Revision { get; set; }

    /// <summary>In words: target 2 hit.</summary>
    public required string Claim { get; set; }

    public required ClaimVerdict Verdict { get; set; }

    public required string Reason { get; set; }

    public required Instant ClaimedAt { get; set; }

    public required Instant CheckedAt { get; set; }
}
