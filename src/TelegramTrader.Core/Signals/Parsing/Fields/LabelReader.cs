using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Says of one token whether it opens a field, and which.</summary>
internal static class LabelReader
{
    private static readonly TermSet Places = TermSet.Of(Term.Entry, Term.Target, Term.Stop);

    /// <summary>In this order a word with several meanings is taken.</summary>
    private static readonly (Term Term, Field Field)[] Labels =
    [
        (Term.RiskReward, Field.Other),
        (Term.Trailing, Field.Trailing),
        (Term.Stop, Field.Stop),
        (Term.Target, Field.Target),
        (Term.MarketOrder, Field.Market),
        (Term.Entry, Field.Entry),
        (Term.Leverage, Field.Leverage),
        (Term.CurrentPrice, Field.CurrentPrice),
        (Term.Long, Field.Long),
        (Term.Short, Field.Short),
        (Term.Buy, Field.Buy),
        (Term.Sell, Field.Sell),
        (Term.Now, Field.Market),
        (Term.Size, Field.Size),
        (Term.Risk, Field.Risk),
        (Term.ChartLevel, Field.ChartLevel),
        (Term.Profit, Field.Profit),
        (Term.Loss, Field.Profit),
        (Term.Trigger, Field.Other),
        (Term.Valid, Field.Other),
        (Term.OtherLabel, Field.Other),
    ];

    /// <summary>The field that the word at <paramref name="index"/> opens; null for none.</summary>
    public static Field? Of(Post post, int index)
    {
        ref var token = ref post[index];
        if (token.Kind == TokenKind.Mark)
            return OfMark(post, index);
        if (token.Kind != TokenKind.Word || token.Terms.IsEmpty || token.Has(Term.Horizon))
            return null;
        if (token.Has(Term.StoppedOut))
            return Field.Other;
        foreach (var (term, field) in Labels)
        {
            if (!token.Has(term))
                continue;
            // "exit" and "close" are labels only where a price follows; "take" words that are labels too likewise.
            if (field is Field.Target or Field.Entry && token.Terms.Overlaps(Acts) && !IsFollowedByNumber(post, index))
                continue;
            return field;
        }

        return token.Has(Term.Price) && IsFollowedByColon(post, index) && post.IsLineStart(index) ? Field.CurrentPrice : null;
    }

    private static readonly TermSet Acts = TermSet.Of(Term.Close, Term.Take, Term.Move, Term.Buy, Term.Open, Term.Order);

    /// <summary>A place label (entry, target, stop) that stays open when a side word follows it: "Entry: buy 100", "stop sell 90".</summary>
    public static bool KeepsOver(Field open, Field next) =>
        open is Field.Entry or Field.Target or Field.Stop && next is Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Market or Field.CurrentPrice or Field.Risk or Field.Size or Field.ChartLevel or Field.Profit;

    /// <summary>A field whose numbers are prices or gains to trade at.</summary>
    public static bool IsPlace(Field field) => field <= Field.Stop;

    public static bool HasPlaceTerm(in Token token) => token.Terms.Overlaps(Places);

    private static Field? OfMark(Post post, int index)
    {
        if (!IsNumberSoon(post, index + 1))
            return null;
        return post[index].Mark switch
        {
            Mark.Bullseye => Field.Target,
            Mark.StopSign => Field.Stop,
            _ => null,
        };
    }

    private static bool IsNumberSoon(Post post, int index)
    {
        while (index < post.Count && (post[index].Kind == TokenKind.Mark || post.IsSign(index, ':')))
            index++;
        return post.IsNumber(index);
    }

    private static bool IsFollowedByColon(Post post, int index) => post.IsSign(index + 1, ':') || post.IsSign(index + 1, '=');

    /// <summary>Whether a price stands within the next few words of the line.</summary>
    private static bool IsFollowedByNumber(Post post, int index)
    {
        const int reach = 4;
        for (var i = index + 1; i <= index + reach && i < post.Count; i++)
        {
            switch (post[i].Kind)
            {
                case TokenKind.Number:
                    return true;
                case TokenKind.LineEnd:
                    return post.IsSign(i - 1, ':');
                case TokenKind.Word when HasPlaceTerm(post[i]):
                    return false;
            }
        }

        return false;
    }
}
