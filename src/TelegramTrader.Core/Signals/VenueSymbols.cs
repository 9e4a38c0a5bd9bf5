using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>A pair as an exchange lists it, and the multiplier from the post's prices to the contract's: 1000 for <c>1000PEPE</c>.</summary>
public sealed record VenueSymbol(Symbol Symbol, decimal PriceMultiplier);

/// <summary>
/// Finds the instrument that a post means. Candidates are the pair itself and its 1000- and 1000000-prefixed contracts, perpetuals first unless the post says spot;
/// where several exist, the one whose scaled price lies nearest to the market is meant.
/// </summary>
public static class VenueSymbols
{
    private static readonly (string Prefix, decimal Multiplier)[] Scales = [("", 1m), ("1000", 1000m), ("1M", 1_000_000m), ("1000000", 1_000_000m)];

    // Two prices more than ten times apart are not prices of the same thing.
    private const decimal FarthestRatio = 10m;

    /// <param name="pair">As the post means it.</param>
    /// <param name="market">As the post means it.</param>
    /// <param name="price">Any price of the post, in the post's scale; null when it has none.</param>
    /// <param name="quoteAliases">Quote assets that are traded as another.</param>
    /// <param name="isListed">Whether the exchange lists a symbol.</param>
    /// <param name="lastPrice">The last price of a listed symbol; null when unknown.</param>
    /// <returns>The symbol, or the first failing rule: <c>unknown-symbol</c> or <c>price-scale</c>.</returns>
    public static (VenueSymbol? Found, RuleFailure? Failure) Find(
        PairName pair, MarketKind market, Price? price, IReadOnlyDictionary<string, string> quoteAliases,
        Func<Symbol, bool> isListed, Func<Symbol, Price?> lastPrice)
    {
        var candidates = Candidates(pair, market, quoteAliases).Where(candidate => isListed(candidate.Symbol)).ToArray();
        if (candidates.Length == 0)
            return (null, new RuleFailure("unknown-symbol", $"{pair} is not listed at the exchange"));
        if (price is not { } written)
            return (candidates[0], null);

        VenueSymbol? best = null;
        var bestRatio = decimal.MaxValue;
        foreach (var candidate in candidates)
        {
            if (lastPrice(candidate.Symbol) is not { } last)
                continue;
            var scaled = written.Value * candidate.PriceMultiplier;
            var ratio = scaled > last.Value ? scaled / last.Value : last.Value / scaled;
            if (ratio >= bestRatio)
                continue;
            (best, bestRatio) = (candidate, ratio);
        }

        // Without any price there is nothing to choose by; the gate denies for want of market data.
        if (best is null)
            return (candidates[0], null);
        return bestRatio <= FarthestRatio
            ? (best, null)
            : (null, new RuleFailure("price-scale", string.Create(CultureInfo.InvariantCulture,
                $"the price {written} is {bestRatio:0.#} times away from {best.Symbol} at {lastPrice(best.Symbol)}, more than {FarthestRatio:0} times")));
    }

    private static IEnumerable<VenueSymbol> Candidates(PairName pair, MarketKind market, IReadOnlyDictionary<string, string> quoteAliases)
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
