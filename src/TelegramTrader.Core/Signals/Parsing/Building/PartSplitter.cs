using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>
/// Cuts a post that holds several trade ideas: at a new asset, or at the other side, where what lies before and behind both is a card of its own.
/// </summary>
internal static class PartSplitter
{
    private const int MostParts = 6;

    /// <summary>Assets named later than this start no trade idea of their own: a bound for lists of coins.</summary>
    private const int MostMentions = 48;

    public static List<SignalPart> Split(Post post, FieldSet fields)
    {
        var cuts = new List<int> { 0 };
        string? current = null;
        foreach (var mention in fields.Mentions.Take(MostMentions))
        {
            if (mention.Strength < MentionStrength.Weak)
                continue;
            current ??= mention.Base;
            if (mention.Base == current || cuts.Count >= MostParts)
                continue;
            var cut = LineStart(post, mention.First);
            if (cut > cuts[^1] && IsCard(fields, cuts[^1], cut) && IsCard(fields, cut, NextOther(post, fields, mention)))
            {
                cuts.Add(cut);
                current = mention.Base;
            }
        }

        if (cuts.Count == 1)
            CutAtOtherSide(post, fields, cuts);
        var parts = new List<SignalPart>(cuts.Count);
        var whole = SymbolChoice.Choose(fields.Mentions, 0, post.Count);
        for (var i = 0; i < cuts.Count; i++)
        {
            var to = i + 1 < cuts.Count ? cuts[i + 1] : post.Count;
            var symbol = SymbolChoice.Choose(fields.Mentions, cuts[i], to);
            parts.Add(new SignalPart(post, fields, cuts[i], to, symbol.Mention is null ? whole : symbol));
        }

        return parts;
    }

    /// <summary>"Buy stop 110, sl 105, tp 120. Sell stop 90, sl 95, tp 80": one asset, both ways.</summary>
    private static void CutAtOtherSide(Post post, FieldSet fields, List<int> cuts)
    {
        FieldBlock? first = null;
        foreach (var block in fields.Blocks)
        {
            if (block.Field is not (Field.Buy or Field.Sell or Field.Long or Field.Short) || (block.Numbers.Count == 0 && first is null))
                continue;
            if (first is null)
            {
                first = block;
                continue;
            }

            var cut = LineStart(post, block.Label);
            if (IsOpposite(first.Field, block.Field) && cut > 0 && fields.CountPlaces(0, cut) == 3 && fields.CountPlaces(cut, post.Count) == 3)
            {
                cuts.Add(cut);
                return;
            }
        }
    }

    private static bool IsOpposite(Field first, Field second) => IsUp(first) != IsUp(second);

    private static bool IsUp(Field field) => field is Field.Buy or Field.Long;

    private static bool IsCard(FieldSet fields, int from, int to) => fields.CountPlaces(from, to) >= 2;

    private static int NextOther(Post post, FieldSet fields, SymbolMention mention)
    {
        foreach (var other in fields.Mentions.Take(MostMentions))
        {
            if (other.First > mention.Last && other.Base != mention.Base && other.Strength >= MentionStrength.Weak)
                return LineStart(post, other.First) is var start && start > mention.First ? start : other.First;
        }

        return post.Count;
    }

    private static int LineStart(Post post, int token)
    {
        while (token > 0 && post[token - 1].Kind != TokenKind.LineEnd)
            token--;
        return token;
    }
}
