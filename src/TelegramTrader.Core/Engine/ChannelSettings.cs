using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// What a person set for one channel. What a post says itself comes first, then this, then the person's own settings: null means that nothing was set here.
/// Fractions: 0.15 is fifteen per cent.
/// </summary>
public sealed record ChannelSettings
{
    public static readonly ChannelSettings None = new();

    /// <summary>How the channel writes.</summary>
    public ChannelProfile Profile { get; init; } = ChannelProfile.Default;

    /// <summary>False: its posts are read, recorded and judged, and never traded.</summary>
    public bool IsTraded { get; init; } = true;

    /// <summary>A post that contains one of these, in any case, is put aside unread.</summary>
    public IReadOnlyList<string> IgnoredPhrases { get; init; } = [];

    public decimal? RiskPerTrade { get; init; }

    public decimal? Leverage { get; init; }

    public decimal? DefaultStop { get; init; }

    public decimal? DefaultTarget { get; init; }

    /// <summary>0 for never.</summary>
    public int? BreakevenAfterTarget { get; init; }

    /// <summary>Only the nearest so many targets of a post; the last of them takes the rest, a runner's part included. Null for all.</summary>
    public int? TargetsUsed { get; init; }

    /// <summary>The first ignored phrase that the text contains; null for none.</summary>
    public string? IgnoredPhraseIn(string text) => IgnoredPhrases.FirstOrDefault(phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    /// <summary>These settings with a taught rule over them. A rule that this version can't use changes nothing.</summary>
    public ChannelSettings With(ProfileRule rule) => rule switch
    {
        ProfileRule.Word word => OwnWord.TryMake(word.Text, word.Meaning, out _) is { } own ? this with { Profile = Profile with { Words = [.. Profile.Words, own] } } : this,
        // Before those of the settings: of two patterns that stand at one place the first one counts.
        ProfileRule.Pattern pattern => FieldPattern.TryParse(pattern.Text, out _) is { } parsed ? this with { Profile = Profile with { Patterns = [parsed, .. Profile.Patterns] } } : this,
        ProfileRule.Ignore ignore => this with { IgnoredPhrases = [.. IgnoredPhrases, ignore.Phrase] },
        ProfileRule.DefaultQuote quote => this with { Profile = Profile with { DefaultQuote = quote.Asset } },
        ProfileRule.TargetsArePercent percent => this with { Profile = Profile with { TargetsArePercent = percent.Value } },
        _ => throw new InvalidOperationException($"{rule.GetType().Name} is not in the set of rules."),
    };
}
