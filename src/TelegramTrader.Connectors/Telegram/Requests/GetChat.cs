using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

public sealed record GetChat(long ChatId) : TelegramRequest<Chat>;
