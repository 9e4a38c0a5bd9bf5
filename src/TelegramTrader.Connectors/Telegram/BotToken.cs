using System.Diagnostics.CodeAnalysis;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>
/// The bot's password, as BotFather gives it: digits, a colon, and letters, digits, <c>_</c> and <c>-</c>. Other servers that speak the Bot API may give other ones,
/// so anything of these characters is taken; whether it is right, the server says. Prints masked everywhere; only <see cref="Reveal"/> gives it away.
/// </summary>
public sealed class BotToken
{
    private const int Longest = 256;

    // Scrubbing a shorter one would tear holes into ordinary words.
    private const int ShortestToScrub = 6;

    private readonly string _value;

    private BotToken(string value) => _value = value;

    /// <summary>The bot's public user id, the part before the colon; "bot" where there is none.</summary>
    public string BotId => _value.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? _value[..colon] : "bot";

    /// <summary>The part after the colon, which alone makes the token secret; null when it is too short to be told from ordinary words.</summary>
    internal string? Secret => _value[(_value.IndexOf(':', StringComparison.Ordinal) + 1)..] is { Length: >= ShortestToScrub } secret ? secret : null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out BotToken? token)
    {
        var trimmed = text?.Trim() ?? "";
        token = trimmed.Length is > 0 and <= Longest && trimmed.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or ':') ? new BotToken(trimmed) : null;
        return token is not null;
    }

    /// <summary>Throws <see cref="FormatException"/>, which doesn't repeat the text, when it can't be a token.</summary>
    public static BotToken Parse(string? text) =>
        TryParse(text, out var token)
            ? token
            : throw new FormatException($"The bot token must be 1 to {Longest} letters, digits, ':', '_' or '-', as BotFather gives it.");

    /// <summary>The token itself, for the request address only.</summary>
    public string Reveal() => _value;

    public override string ToString() => $"{BotId}:***";
}
