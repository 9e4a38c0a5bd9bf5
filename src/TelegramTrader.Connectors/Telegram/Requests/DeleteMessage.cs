namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>Deletes a message that is younger than 48 hours.</summary>
public sealed record DeleteMessage(long ChatId, long MessageId) : TelegramRequest<bool>;
