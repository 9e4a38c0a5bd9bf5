using TelegramTrader.Core.Signals.Parsing.Assets;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>
/// The quote of a pair that is written without one, and the scale of its prices: whole numbers for a coin priced in BTC are satoshi.
/// A quote that the post does not name is the channel's usual one, unless the market says that only BTC fits.
/// </summary>
internal static class QuoteReader
{
    private const decimal Satoshi = 0.00000001m;
    private const decimal OtherScale = 10m;

    public static PairName Pair(SignalPart part, SymbolMention mention, List<FieldNumber> prices, ParseContext context)
    {
        if (mention.Quote.Length > 0 || mention.Kind != AssetKind.Crypto)
            return new PairName(mention.Base, mention.Quote);
        if (UnitAsset(part.Post, prices) is { } unit && unit != mention.Base)
            return new PairName(mention.Base, unit);
        if (CurrencySigns.Find(part.Post, prices) is { } currency)
            return new PairName(mention.Base, currency);
        if (VenueQuotes.Find(part.Post, part.From, part.To) is { } usual)
            return new PairName(mention.Base, usual, true);
        var inBitcoin = new PairName(mention.Base, "BTC", true);
        if (prices.Exists(price => part.Post.NumberOf(price.Token).Unit == NumberUnit.Satoshi))
            return inBitcoin;
        var inferred = inBitcoin with { Quote = context.Profile.DefaultQuote };
        return FitsBetter(inBitcoin, inferred, prices, context.Market) ? inBitcoin : inferred;
    }

    /// <summary>What each price of the post is multiplied by.</summary>
    public static decimal Factor(PairName pair, List<FieldNumber> prices) =>
        pair.Quote == "BTC" && prices.Count > 0 && prices.TrueForAll(price => price.Value >= 1m) ? Satoshi : 1m;

    /// <summary>Whether the prices are near the market as satoshi and far from it in the usual quote. Without a market nothing is assumed.</summary>
    private static bool FitsBetter(PairName inBitcoin, PairName inferred, List<FieldNumber> prices, IMarketView market)
    {
        if (prices.Count == 0 || market.LastPrice(inBitcoin) is not { } last)
            return false;
        if (market.LastPrice(inferred) is { } usual && IsNear(prices[0].Value, usual.Value))
            return false;
        return IsNear(prices[0].Value * Factor(inBitcoin, prices), last.Value);
    }

    /// <summary>"0.0014 BTC": the asset named right behind a price.</summary>
    private static string? UnitAsset(Post post, List<FieldNumber> prices)
    {
        foreach (var price in prices)
        {
            var next = price.Token + 1;
            if (next < post.Count && post[next].Kind == TokenKind.Word && post[next].Asset != 0 && post.Lexicon.Assets[post[next].Asset] is { IsQuote: true } asset)
                return asset.Ticker;
        }

        return null;
    }

    private static bool IsNear(decimal left, decimal right) => left < right * OtherScale && left * OtherScale > right;
}
