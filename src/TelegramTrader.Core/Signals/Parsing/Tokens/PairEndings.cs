using TelegramTrader.Core.Signals.Parsing.Assets;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>Cuts a pair that is written as one word, "btcusdt", into its base and its quote.</summary>
internal static class PairEndings
{
    private const int ShortestBase = 2;
    private const int LongestBase = 12;

    /// <summary>Endings that mark a contract and are not part of the pair.</summary>
    private static readonly string[] ContractEndings = ["perpetual", "perp", "swap"];

    /// <summary>The dollar coins whose name hardly ends a word by chance, so that the base need not be known.</summary>
    private static readonly string[] SafeQuotes = ["usdt", "usdc", "busd", "fdusd", "tusd"];

    /// <summary>How many letters of the word are the base; 0 when the word is no pair.</summary>
    public static int BaseLength(ReadOnlySpan<char> word, Lexicon lexicon)
    {
        var pair = WithoutContract(word);
        if (pair.Length <= ShortestBase || !lexicon.MayEndWithQuote(pair))
            return 0;
        for (var length = 3; length <= 5; length++)
        {
            var baseLength = pair.Length - length;
            if (baseLength is < ShortestBase or > LongestBase)
                continue;
            var quote = lexicon.Assets[lexicon.MeaningOf(pair[baseLength..]).Asset];
            if (!quote.IsQuote || !pair[baseLength..].Equals(quote.Ticker, StringComparison.OrdinalIgnoreCase))
                continue;
            var known = lexicon.Assets[lexicon.MeaningOf(pair[..baseLength]).Asset];
            if (known != Asset.None && known != quote && known.Ticker.Length > 0 && IsTickerLike(known, pair[..baseLength]))
                return baseLength;
        }

        foreach (var quote in SafeQuotes)
        {
            if (pair.EndsWith(quote, StringComparison.Ordinal) && pair.Length - quote.Length is >= 1 and <= LongestBase)
                return pair.Length - quote.Length;
        }

        return 0;
    }

    public static ReadOnlySpan<char> WithoutContract(ReadOnlySpan<char> word)
    {
        foreach (var ending in ContractEndings)
        {
            if (word.Length > ending.Length + ShortestBase && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length];
        }

        // "XBTUSDTM" is how one exchange writes its contracts.
        return word.EndsWith("usdtm", StringComparison.Ordinal) || word.EndsWith("usdcm", StringComparison.Ordinal) ? word[..^1] : word;
    }

    /// <summary>A ticker or an old ticker, not a name such as "gold".</summary>
    private static bool IsTickerLike(Asset asset, ReadOnlySpan<char> written) =>
        written.Equals(asset.Ticker, StringComparison.OrdinalIgnoreCase) || written.Length <= 5;
}
