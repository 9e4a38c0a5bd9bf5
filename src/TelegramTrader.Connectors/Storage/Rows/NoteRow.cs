using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>Something that happened to a trade, in words. A trade number of 0 stands for none in particular.</summary>
public sealed class NoteRow
{
    public long Id { get; set; }

    public required int TradeNumber { get; set; }

    public required Instant At { get; set; }

    public required string Text { get; set; }
}
