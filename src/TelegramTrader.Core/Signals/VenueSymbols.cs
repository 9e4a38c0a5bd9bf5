using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>A pair as an exchange lists it, and the multiplier from the post's prices to the contract's: 1000 for <c>1000PEPE</c>.</summary>
public sealed record VenueSymbol(Symbol Symbol, decimal PriceMultiplier);

/// <summary>
/// Finds the instrument that a post means. Candidates are the pair itself and its 1000- and 1000000-prefixed contracts. Of several scales the one whose scaled
/// price lies nearest to the market is meant; a perpetual goes before spot unless the post says spot, however near the two prices are to each other.
/// </summary>
public static class VenueSymbols
{
    public const string UnknownSymbol = "unknown-symbol";

    public const string PriceScale = "price-scale";

    private static readonly (string Prefix, decimal Multiplier)[] Scales = [("", 1m), ("1000", 1000m), ("1M", 1_000_000m), ("1000000", 1_000_000m)];

    // Two prices more than ten times apart are not prices of the same thing.
    private const decimal FarthestRatio = 10m;

    private const decimal HighestRatio = 1_000_000m;

    /// <param name="pair">As the post means it.</param>
    /// <param name="market">As the post means it.</param>
    /// <param name="price">Any price of the post, in the post's scale; null when it has none.</param>
    /// <param name="quoteAliases">Quote assets that are traded as another.</param>
    /// <param name="isListed">Whether the exchange lists a symbol.</param>
    /// <param name="lastPrice">The last price of a listed symbol; null when unknown.</param>
    /// <returns>The symbol, or the first failing rule: <see cref="UnknownSymbol"/> or <see cref="PriceScale"/>.</returns>
    public static (VenueSymbol? Found, RuleFailure? Failure) Find(
        PairName pair, MarketKind market, Price? price, IReadOnlyDictionary<string, string> quoteAliases,
        Func<Symbol, bool> isListed, Func<Symbol, Price?> lastPrice)
    {
        var candidates = Candidates(pair, market, quoteAliases).Where(candidate => isListed(candidate.Symbol)).ToArray();
        if (candidates.Length == 0)
            return (null, new RuleFailure(UnknownSymbol, $"{pair} is not listed at the exchange"));
        if (price is not { } written)
            return (candidates[0], null);

        var priced = candidates
            .Select(candidate => (Candidate: candidate, Last: lastPrice(candidate.Symbol)))
            .Where(entry => entry.Last is not null)
            .Select(entry => (entry.Candidate, Last: entry.Last!.Value, Ratio: TimesApart(written, entry.Candidate.PriceMultiplier, entry.Last!.Value)))
            .OrderBy(entry => entry.Ratio)
            .ToArray();
        // Without any price there is nothing to choose by; the gate denies for want of market data.
        if (priced.Length == 0)
            return (candidates[0], null);
        var near = priced.Where(entry => entry.Ratio <= FarthestRatio).ToArray();
        if (near.Length > 0)
            return (near.OrderBy(entry => entry.Candidate.Symbol.IsPerpetual ? 0 : 1).First().Candidate, null);
        var (nearest, last, ratio) = priced[0];
        return (null, new RuleFailure(PriceScale, string.Create(CultureInfo.InvariantCulture,
            $"the price {written} is {ratio:0.#} times away from {nearest.Symbol} at {last}, more than {FarthestRatio:0} times")));
    }

    /// <summary>How many times apart the post's price and the market's are; at least 1, at most <see cref="HighestRatio"/>, so that no price however absurd overflows.</summary>
    private static decimal TimesApart(Price written, decimal multiplier, Price last)
    {
        if (written.Value > HighestRatio * HighestRatio)
            return HighestRatio;
        var scaled = written.Value * multiplier;
        var (high, low) = scaled > last.Value ? (scaled, last.Value) : (last.Value, scaled);
        return low == 0m || high / HighestRatio >= low ? HighestRatio : high / low;
    }

    /// <summary>Every form in which an exchange may list the pair, the likeliest first.</summary>
    public static IEnumerable<VenueSymbol> Candidates(PairName pair, MarketKind market, IReadOnlyDictionary<string, string> quoteAliases)
    {
        var quotes = pair.Quote.Length == 0 ? ["USDT"] : quoteAliases.TryGetValue(pair.Quote, out var alias) ? new[] { pair.Quote, alias } : [pair.Quote];
        foreach (var quote in quotes)
            foreach (var (prefix, multiplier) in Scales)
            {
                var baseAsset = prefix + pair.Base;
                if (!Symbol.TryParse($"{baseAsset}/{quote}:{quote}", out var perpetual) || !Symbol.TryParse($"{baseAsset}/{quote}", out var spot))
                    continue;
                if (market == MarketKind.Spot)
                {
                    yield return new VenueSymbol(spot, multiplier);
                    continue;
                }

                yield return new VenueSymbol(perpetual, multiplier);
                if (market != MarketKind.Perpetual)
                    yield return new VenueSymbol(spot, multiplier);
            }
    }
}
