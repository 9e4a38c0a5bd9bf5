using System.Text.RegularExpressions;

namespace TelegramTrader.Logging;

/// <summary>
/// Takes secrets out of a text: the known ones in every form in which they travel (as they are, URL-encoded, Base64), and whatever looks like a bot token or
/// stands behind the name of a secret.
/// </summary>
public sealed partial class SecretScrubber
{
    private const string Stars = "***";

    // Shorter ones would blot out ordinary words.
    private const int ShortestKnown = 6;

    private readonly string[] _known;

    public SecretScrubber(IEnumerable<string> secrets) =>
        _known = [.. secrets
            .Where(secret => secret.Length >= ShortestKnown)
            .SelectMany(Forms)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length)];

    public string Scrub(string text)
    {
        foreach (var secret in _known)
            text = text.Replace(secret, Stars, StringComparison.OrdinalIgnoreCase);
        text = BotToken().Replace(text, Stars);
        return NamedSecret().Replace(text, "$1" + Stars);
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)).TrimEnd('=');
        yield return System.Text.Json.JsonSerializer.Serialize(secret).Trim('"');
    }

    [GeneratedRegex(@"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex BotToken();

    [GeneratedRegex(@"((?:api[_-]?key|api[_-]?secret|secret|signature|passphrase|password|bot[_-]?token|access[_-]?token)\\?""?\s*[=:]\s*\\?""?)[^\s""\\&,;}]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NamedSecret();
}
