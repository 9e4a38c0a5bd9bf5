using System.Diagnostics.CodeAnalysis;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>
/// The bot's password, as BotFather gives it: digits, a colon, and letters, digits, <c>_</c> and <c>-</c>.
/// Prints masked everywhere; only <see cref="Reveal"/> gives it away.
/// </summary>
public sealed class BotToken
{
    // A shorter one would be no secret, and scrubbing it would tear holes into ordinary words.
    private const int ShortestSecret = 16;

    private readonly string _value;

    private BotToken(string value) => _value = value;

    /// <summary>The bot's public user id, the part before the colon.</summary>
    public string BotId => _value[.._value.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The part after the colon, which alone makes the token secret.</summary>
    internal string Secret => _value[(_value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static bool TryParse(string? text, [NotNullWhen(true)] out BotToken? token)
    {
        token = null;
        var trimmed = text?.Trim() ?? "";
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || trimmed.Length - colon - 1 < ShortestSecret)
            return false;
        if (!trimmed.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9') && IsSecret(trimmed.AsSpan(colon + 1)))
            token = new BotToken(trimmed);
        return token is not null;
    }

    /// <summary>Throws <see cref="FormatException"/>, which doesn't repeat the text, when it can't be a token.</summary>
    public static BotToken Parse(string? text) =>
        TryParse(text, out var token)
            ? token
            : throw new FormatException($"The bot token must be digits, a colon and at least {ShortestSecret} letters, digits, '_' or '-', as BotFather gives it.");

    /// <summary>The token itself, for the request address only.</summary>
    public string Reveal() => _value;

    public override string ToString() => $"{BotId}:***";

    private static bool IsSecret(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
                return false;
        return true;
    }
}
