using System.Collections.Frozen;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Symbols;

/// <summary>Exchanges where everything is priced in one quote, so that naming the exchange names the quote.</summary>
internal static class VenueQuotes
{
    private static readonly FrozenDictionary<string, string> Quotes = new Dictionary<string, string>
    {
        ["bitmex"] = "USD",
        ["indodax"] = "IDR",
        ["upbit"] = "KRW",
        ["bithumb"] = "KRW",
        ["btcturk"] = "TRY",
        ["paribu"] = "TRY",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Quotes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The quote of the exchange that a part of the post names; null when it names none of these.</summary>
    public static string? Find(Post post, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (post.Has(i, Term.Venue) && Lookup.TryGetValue(post.Tokens.Span(i), out var quote))
                return quote;
        }

        return null;
    }
}
