namespace TelegramTrader.Core.Signals.Profiles;

/// <summary>What a channel's own word can stand for.</summary>
public enum OwnMeaning
{
    Long,
    Short,
    Entry,
    Target,
    Stop,
    Leverage,
    Close,
    Cancel,
}

/// <summary>A word or short phrase of one channel and what it means there. Read like posts are: capitals and accents don't matter.</summary>
public sealed record OwnWord
{
    /// <summary>In characters.</summary>
    public const int Longest = 40;

    private OwnWord(string text, OwnMeaning meaning, string folded) => (Text, Meaning, Folded) = (text, meaning, folded);

    public string Text { get; }

    public OwnMeaning Meaning { get; }

    internal string Folded { get; }

    /// <summary>The word as the parser reads it everywhere; it takes the place of the channel's own.</summary>
    internal string Canonical => Meaning.ToString().ToLowerInvariant();

    /// <returns>Null when the text is no such word; <paramref name="problem"/> then says why.</returns>
    public static OwnWord? TryMake(string text, OwnMeaning meaning, out string problem)
    {
        text = text.Trim();
        var folded = text.Length <= Longest ? RuleText.Fold(text) : "";
        problem = text.Length > Longest ? $"a word has at most {Longest} characters, this one has {text.Length}"
            : !folded.Any(char.IsLetter) ? $"'{text}' has no letter"
            : folded.Any(char.IsAsciiDigit) ? $"'{text}' has a digit; a word stands beside its number"
            : folded.Contains('\n', StringComparison.Ordinal) ? "a word stands on one line"
            : "";
        return problem.Length == 0 ? new OwnWord(text, meaning, folded) : null;
    }
}
