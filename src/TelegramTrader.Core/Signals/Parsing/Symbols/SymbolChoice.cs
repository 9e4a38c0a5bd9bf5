using TelegramTrader.Core.Signals.Parsing.Assets;

namespace TelegramTrader.Core.Signals.Parsing.Symbols;

/// <summary>The asset a post, or a part of it, is about.</summary>
/// <param name="Mention">The place that names it best; null when no place does.</param>
/// <param name="IsContested">Another asset is named as strongly.</param>
internal readonly record struct ChosenSymbol(SymbolMention? Mention, bool IsContested);

/// <summary>Chooses among the mentions of a part of the post: the strongest way of naming wins, among equals the first.</summary>
internal static class SymbolChoice
{
    public static ChosenSymbol Choose(IReadOnlyList<SymbolMention> mentions, int from, int to)
    {
        SymbolMention? best = null;
        foreach (var mention in mentions)
        {
            if (mention.First >= from && mention.First < to && (best is null || mention.Strength > best.Value.Strength))
                best = mention;
        }

        if (best is not { } chosen)
            return default;
        var isContested = false;
        foreach (var mention in mentions)
        {
            if (mention.First < from || mention.First >= to || mention.Strength < chosen.Strength)
                continue;
            isContested |= mention.Base != chosen.Base || (mention.Quote.Length > 0 && chosen.Quote.Length > 0 && mention.Quote != chosen.Quote);
        }

        return new ChosenSymbol(WithQuote(mentions, chosen), isContested);
    }

    /// <summary>A quote that another mention of the same asset gives.</summary>
    private static SymbolMention WithQuote(IReadOnlyList<SymbolMention> mentions, SymbolMention chosen)
    {
        if (chosen.Quote.Length > 0)
            return chosen;
        foreach (var mention in mentions)
        {
            if (mention.Base == chosen.Base && mention.Quote.Length > 0)
                return chosen with { Quote = mention.Quote, IsPerpetual = mention.IsPerpetual };
        }

        return chosen;
    }

    public static bool IsForex(SymbolMention mention) =>
        mention.Kind != AssetKind.Crypto;
}
