using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>A fact from outside that was booked, by the key under which the engine remembers it. It counts once, whatever the engine has forgotten since.</summary>
public sealed class BookedRow
{
    /// <summary><c>KIND:ID</c>, such as <c>fill:ACCOUNT/ID</c>, <c>post:CHANNEL/ID/REVISION</c> or <c>command:ID</c>.</summary>
    public required string Key { get; set; }

    public required Instant At { get; set; }
}
