using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>Sets the command menu, at most 100 lines, for a group of people and a language.</summary>
/// <param name="Scope">Null is everyone.</param>
/// <param name="LanguageCode">Two letters (ISO 639-1); null is every language without a menu of its own.</param>
public sealed record SetMyCommands(IReadOnlyList<BotCommand> Commands, BotCommandScope? Scope = null, string? LanguageCode = null) : TelegramRequest<bool>;
