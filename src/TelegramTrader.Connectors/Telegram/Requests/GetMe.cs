using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>Who the bot is; the cheapest test of the token.</summary>
public sealed record GetMe : TelegramRequest<User>;
