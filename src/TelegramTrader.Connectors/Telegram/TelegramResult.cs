namespace TelegramTrader.Connectors.Telegram;

/// <summary>What came of a request: one of a closed set. No text in it contains the bot's token.</summary>
public abstract record TelegramResult<T>
{
    private TelegramResult()
    {
    }

    public sealed record Ok(T Value) : TelegramResult<T>;

    /// <summary>Telegram asks to wait. Above zero, at most one day.</summary>
    public sealed record TooManyRequests(TimeSpan RetryAfter) : TelegramResult<T>;

    /// <summary>Telegram understood and said no. The same request will be refused again.</summary>
    public sealed record Refused(TelegramRefusal Refusal) : TelegramResult<T>;

    /// <summary>
    /// No answer that could be read: network, time-out, server trouble, garbage. Whether the request had its effect is unknown.
    /// </summary>
    /// <param name="HttpStatus">The status of the answer; null when there was none.</param>
    public sealed record Unreachable(string Reason, int? HttpStatus = null) : TelegramResult<T>;
}
