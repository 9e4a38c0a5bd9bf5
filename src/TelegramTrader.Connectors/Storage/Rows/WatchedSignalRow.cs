using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>A signal with what the market did in the days after it, traded or not. Kept for ever; the engine takes up those that it still watches.</summary>
public sealed class WatchedSignalRow
{
    public required int Number { get; set; }

    public required Instant Since { get; set; }

    /// <summary>The <see cref="Core.Engine.Claims.WatchedSignal"/>.</summary>
    public required string Document { get; set; }
}
