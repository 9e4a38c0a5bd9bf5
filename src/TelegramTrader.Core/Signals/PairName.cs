namespace TelegramTrader.Core.Signals;

/// <summary>
/// A pair as a post means it: <c>BTC/USDT</c>. Base and quote are capital letters and digits.
/// <see cref="QuoteInferred"/> says that the post did not name the quote.
/// </summary>
public sealed record PairName(string Base, string Quote, bool QuoteInferred = false)
{
    public override string ToString() => Quote.Length == 0 ? Base : $"{Base}/{Quote}";
}

/// <summary>Where an idea is to be traded, as far as the post says.</summary>
public enum MarketKind
{
    Unknown,
    Spot,
    Perpetual,

    /// <summary>Currencies, metals, indices, energy: read, and not traded on a crypto exchange.</summary>
    Forex,
}

public enum MarginMode
{
    Isolated,
    Cross,
}

/// <summary>Leverage as written; a single number has both ends equal. Each at least 1.</summary>
public readonly record struct LeverageRange(decimal Lowest, decimal Highest);
