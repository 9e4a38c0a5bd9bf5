namespace TelegramTrader.Connectors.Telegram;

/// <summary>The Telegram Bot API: one method that sends a typed request. Everything else is built on it.</summary>
public interface ITelegramApi
{
    /// <summary>
    /// Sends once; repeating is the caller's decision. Expected trouble comes back as a value;
    /// only <see cref="OperationCanceledException"/> is thrown, and only when <paramref name="cancellationToken"/> asks for it.
    /// </summary>
    Task<TelegramResult<TResult>> SendAsync<TResult>(TelegramRequest<TResult> request, CancellationToken cancellationToken);
}
