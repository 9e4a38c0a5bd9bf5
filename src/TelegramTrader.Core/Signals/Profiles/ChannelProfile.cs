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
}
