namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>Ends the spinning of a pressed button.</summary>
/// <param name="Text">Shown for a moment, at most 200 characters; null shows nothing.</param>
/// <param name="ShowAlert">Show it as a window that has to be closed.</param>
public sealed record AnswerCallbackQuery(string CallbackQueryId, string? Text = null, bool? ShowAlert = null) : TelegramRequest<bool>;
