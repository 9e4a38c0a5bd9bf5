using System.Collections.Frozen;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>The currency that a sign or a short word beside a price names: 1,850원, ₺42, Rp 15000. The dollar is left out: on exchanges it is a dollar coin.</summary>
internal static class CurrencySigns
{
    private static readonly FrozenDictionary<string, string> Currencies = new Dictionary<string, string>
    {
        ["₩"] = "KRW",
        ["원"] = "KRW",
        ["₺"] = "TRY",
        ["tl"] = "TRY",
        ["₹"] = "INR",
        ["rp"] = "IDR",
        ["€"] = "EUR",
        ["£"] = "GBP",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Currencies.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null when no price has such a sign.</summary>
    public static string? Find(Post post, List<FieldNumber> prices)
    {
        foreach (var price in prices)
        {
            var written = post.Tokens.Span(price.Token);
            if (Lookup.TryGetValue(written[..1], out var before))
                return before;
            if (Lookup.TryGetValue(written[^1..], out var behind))
                return behind;
            if (IsWord(post, price.Token + 1) && post[price.Token + 1].IsGlued && Lookup.TryGetValue(post.Tokens.Span(price.Token + 1), out var glued))
                return glued;
            if (IsWord(post, price.Token - 1) && Lookup.TryGetValue(post.Tokens.Span(price.Token - 1), out var word))
                return word;
        }

        return null;
    }

    private static bool IsWord(Post post, int index) => index >= 0 && index < post.Count && post[index].Kind == TokenKind.Word;
}
