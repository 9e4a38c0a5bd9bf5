namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>The message that shows a trade in a chat.</summary>
public sealed class CardRow
{
    public required int TradeNumber { get; set; }

    public required long ChatId { get; set; }

    public required long MessageId { get; set; }

    public required string TextHash { get; set; }
}
