namespace TelegramTrader.Core.Signals.Profiles;

/// <summary>One thing that can be taught of how a channel writes: one of a closed set.</summary>
public abstract record ProfileRule
{
    /// <summary>In characters.</summary>
    public const int LongestPhrase = 100;

    /// <summary>In characters: a shorter phrase stands in too many posts.</summary>
    public const int ShortestPhrase = 3;

    private ProfileRule()
    {
    }

    /// <summary>A word of the channel means something.</summary>
    public sealed record Word(string Text, OwnMeaning Meaning) : ProfileRule
    {
        public override string ToString() => $"«{Text}» means {Meaning.ToString().ToLowerInvariant()}";
    }

    /// <param name="Text">As for <see cref="FieldPattern"/>.</param>
    public sealed record Pattern(string Text) : ProfileRule
    {
        public override string ToString() => $"pattern «{Text}»";
    }

    /// <summary>A post that contains the phrase, in any case, is put aside.</summary>
    public sealed record Ignore(string Phrase) : ProfileRule
    {
        public override string ToString() => $"posts that contain «{Phrase}» are ignored";
    }

    /// <summary>The quote where a post names none.</summary>
    public sealed record DefaultQuote(string Asset) : ProfileRule
    {
        public override string ToString() => $"without a quote, {Asset} is meant";
    }

    /// <summary>Whether bare target numbers are percentages.</summary>
    public sealed record TargetsArePercent(bool Value) : ProfileRule
    {
        public override string ToString() => Value ? "bare numbers of targets are %" : "bare numbers of targets are prices";
    }

    /// <summary>Why the rule can't be used, as a sentence without a full stop; null when it can.</summary>
    public string? Problem()
    {
        var problem = "";
        switch (this)
        {
            case Word word:
                if (!Enum.IsDefined(word.Meaning))
                    return $"{word.Meaning} is no meaning";
                OwnWord.TryMake(word.Text, word.Meaning, out problem);
                break;
            case Pattern pattern:
                FieldPattern.TryParse(pattern.Text, out problem);
                break;
            case Ignore { Phrase: var phrase }:
                problem = phrase.Trim().Length is < ShortestPhrase or > LongestPhrase
                    ? $"a phrase to ignore has {ShortestPhrase} to {LongestPhrase} characters, this one has {phrase.Trim().Length}" : "";
                break;
            case DefaultQuote { Asset: var asset }:
                problem = asset.Length is >= 2 and <= 10 && asset.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter)) ? "" : $"a quote has 2 to 10 capital letters or digits, but is '{asset}'";
                break;
        }

        return problem.Length == 0 ? null : problem;
    }
}
