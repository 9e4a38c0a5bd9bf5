namespace TelegramTrader.Connectors.Telegram;

/// <summary>
/// Takes the bot's token and the proxy's password out of texts that come from outside: error bodies echo addresses,
/// and network errors name hosts. The secret half of the token has no character that any encoding changes, so finding
/// that half finds the token in every form (plain, percent-encoded, JSON).
/// </summary>
internal sealed class SecretScrubber(TelegramOptions options)
{
    private const int LongestText = 500;

    private readonly string[] _secrets = [.. SecretsOf(options)];

    /// <summary>The text without secrets and control characters, cut to 500 characters.</summary>
    public string Clean(string? text)
    {
        var cleaned = text ?? "";
        foreach (var secret in _secrets)
            cleaned = cleaned.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        cleaned = string.Create(cleaned.Length, cleaned, static (span, source) =>
        {
            for (var index = 0; index < span.Length; index++)
                span[index] = char.IsControl(source[index]) ? ' ' : source[index];
        });
        return cleaned.Length <= LongestText ? cleaned : string.Concat(cleaned.AsSpan(0, LongestText), "…");
    }

    private static IEnumerable<string> SecretsOf(TelegramOptions options)
    {
        if (options.BotToken.Secret is { } secret)
            yield return secret;
        if (options.Proxy is { } proxy && TelegramHttp.CredentialsOf(proxy) is { Password.Length: > 0 } credentials)
        {
            yield return credentials.Password;
            yield return Uri.EscapeDataString(credentials.Password);
        }
    }
}
