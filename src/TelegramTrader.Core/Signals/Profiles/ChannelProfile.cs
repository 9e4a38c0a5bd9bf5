namespace TelegramTrader.Core.Signals.Profiles;

/// <summary>What is known of how one channel writes: settings, never code. The defaults suit a channel of which nothing is known.</summary>
public sealed record ChannelProfile
{
    public static readonly ChannelProfile Default = new();

    /// <summary>The quote asset where a post names none.</summary>
    public string DefaultQuote { get; init; } = "USDT";

    /// <summary>The market where a post does not say.</summary>
    public MarketKind DefaultMarket { get; init; } = MarketKind.Unknown;

    /// <summary>Two entry prices with a dash or slash between them are a zone (true) or two separate entries (false).</summary>
    public bool TwoPricesAreZone { get; init; } = true;

    /// <summary>From this confidence on (0 to 1) a complete signal is traded without a question; below it the user is asked.</summary>
    public double LeastConfidence { get; init; } = 0.6;

    /// <summary>The highest leverage that a post of this channel may ask for; more makes the signal doubtful.</summary>
    public decimal HighestLeverage { get; init; } = 125m;

    /// <summary>Prices of one post, and the market, must lie within this factor of each other. 10 is the hard limit; a channel can be held tighter.</summary>
    public decimal PriceScale { get; init; } = 10m;

    /// <summary>Percentages of targets are gains on the margin and are divided by the leverage ("100 % at 20x" is 5 %).</summary>
    public bool PercentIncludesLeverage { get; init; }

    /// <summary>Bare numbers of targets are percentages of the entry: "targets 3 5 10".</summary>
    public bool TargetsArePercent { get; init; }

    /// <summary>Words of this channel; of two for the same word the later one counts.</summary>
    public IReadOnlyList<OwnWord> Words { get; init; } = [];

    /// <summary>Where fields stand; what a pattern finds takes the place of what is read for that field elsewhere.</summary>
    public IReadOnlyList<FieldPattern> Patterns { get; init; } = [];
}
