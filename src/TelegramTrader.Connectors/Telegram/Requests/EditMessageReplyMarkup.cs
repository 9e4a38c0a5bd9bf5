using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>Replaces only the keyboard; null takes it away.</summary>
public sealed record EditMessageReplyMarkup(long ChatId, long MessageId, InlineKeyboardMarkup? ReplyMarkup = null) : TelegramRequest<MessageReceipt>;
