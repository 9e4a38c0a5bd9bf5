namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>
/// Goes back to polling. Telegram could drop the waiting updates with it; that switch is left out on purpose,
/// because a stop command sent while the bot was down must not be lost.
/// </summary>
public sealed record DeleteWebhook : TelegramRequest<bool>;
