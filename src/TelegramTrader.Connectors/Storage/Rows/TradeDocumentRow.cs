namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>The whole <see cref="Core.Engine.Trade"/> as it stands.</summary>
public sealed class TradeDocumentRow
{
    public required int Number { get; set; }

    public required string Document { get; set; }
}
