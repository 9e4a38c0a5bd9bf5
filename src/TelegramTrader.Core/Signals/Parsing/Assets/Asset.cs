namespace TelegramTrader.Core.Signals.Parsing.Assets;

internal enum AssetKind
{
    Crypto,
    Fiat,
    Metal,
    Index,
    Energy,
}

/// <summary>Something that posts name as the thing to trade or as what it is priced in.</summary>
/// <param name="Ticker">In capital letters, as it stands in a pair.</param>
/// <param name="Names">Other ways to write it, in any language.</param>
/// <param name="IsWord">The ticker is also a common word: it counts only in capitals, with # or $, or in a pair.</param>
/// <param name="CostsThousands">One costs thousands of dollars, so that "64.500" is hardly a decimal number.</param>
/// <param name="QuoteRank">0 when nothing is priced in it; else smaller is tried first at the end of a glued pair.</param>
/// <param name="Quote">The quote that it has unless told otherwise; empty for none of its own.</param>
internal sealed record Asset(string Ticker, AssetKind Kind, IReadOnlyList<string> Names, bool IsWord, bool CostsThousands, int QuoteRank, string Quote)
{
    public static readonly Asset None = new("", AssetKind.Crypto, [], false, false, 0, "");

    public bool IsQuote => QuoteRank > 0;
}
