using TelegramTrader.Connectors.Telegram.Sending;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>Where and how to reach the Bot API.</summary>
public sealed record TelegramOptions
{
    public required BotToken BotToken { get; init; }

    /// <summary>Another server that speaks the Bot API, such as a self-hosted one. http or https, without user, query and fragment.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.telegram.org");

    /// <summary>
    /// <c>http://</c>, <c>https://</c> or <c>socks5://[user:password@]host:port</c>. Null leaves it to the machine's own proxy settings.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>How long Telegram holds a poll when there is nothing new. Whole seconds, 1 to 50.</summary>
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Longest wait for the answer to one request, beyond what the server may hold it. Above zero.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest answer that is read, in bytes.</summary>
    public int MaximumAnswerBytes { get; init; } = 10 * 1024 * 1024;

    public SendingLimits Sending { get; init; } = new();

    /// <summary>Throws <see cref="ArgumentException"/> that names the setting, its limit and its value.</summary>
    internal void Check()
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("http" or "https") || BaseUrl.UserInfo.Length + BaseUrl.Query.Length + BaseUrl.Fragment.Length > 0)
            throw new ArgumentException("BaseUrl must be an absolute http or https address without user, query and fragment.");
        if (PollTimeout < TimeSpan.FromSeconds(1) || PollTimeout > TimeSpan.FromSeconds(50))
            throw new ArgumentException($"PollTimeout must be 1 to 50 s, not {PollTimeout}.");
        if (RequestTimeout <= TimeSpan.Zero)
            throw new ArgumentException($"RequestTimeout must be above zero, not {RequestTimeout}.");
        if (MaximumAnswerBytes < 1024)
            throw new ArgumentException($"MaximumAnswerBytes must be at least 1024, not {MaximumAnswerBytes}.");
    }

    /// <summary>Without the token, and without the proxy, whose address may hold a password.</summary>
    public override string ToString() => $"bot {BotToken} at {BaseUrl.GetLeftPart(UriPartial.Path)}{(Proxy is null ? "" : " through a proxy")}";
}
