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
        (Term.Addition, Field.Entry),
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

    /// <summary>A word with none of these opens no field: most words are told so at once.</summary>
    private static readonly TermSet AnyLabel = Labels.Aggregate(TermSet.Of(Term.StoppedOut, Term.Close, Term.Take, Term.Zone, Term.Price, Term.Open, Term.LimitOrder), (set, label) => set | TermSet.Of(label.Term));

    /// <summary>The field that the word at <paramref name="index"/> opens; null for none.</summary>
    public static Field? Of(Post post, int index)
    {
        const byte none = byte.MaxValue;
        ref var known = ref post.LabelCache(index);
        if (known == 0)
            known = Find(post, index) is { } field ? (byte)(field + 1) : none;
        return known == none ? null : (Field)(known - 1);
    }

    private static Field? Find(Post post, int index)
    {
        ref var token = ref post[index];
        if (token.Kind == TokenKind.Mark)
            return OfMark(post, index);
        if (token.Kind != TokenKind.Word || token.Has(Term.Horizon))
            return null;
        if (IsShortTarget(post, index))
            return Field.Target;
        if (IsShortEntry(post, index))
            return Field.Entry;
        if (IsWayInOrOut(post, index) is { } way)
            return way;
        if (!token.Terms.Overlaps(AnyLabel))
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

        if (token.Has(Term.Close) && IsFollowedByList(post, index))
            return Field.Target;
        if (token.Has(Term.Take) && IsFollowedByColon(post, index) && post.IsNumber(index + 2) && post.NumberOf(index + 2).Unit is NumberUnit.None or NumberUnit.Dollar)
            return Field.Target;
        if ((token.Has(Term.Open) || token.Has(Term.LimitOrder)) && IsFollowedByColon(post, index) && post.IsNumber(index + 2))
            return Field.Entry;
        if (token.Has(Term.Zone) && (IsFollowedByColon(post, index) || post.IsNumber(index + 1)) && post.IsLineStart(index))
            return Field.Entry;
        return token.Has(Term.Price) && IsFollowedByColon(post, index) && (post.IsLineStart(index) || post.IsSign(index + 1, '=')) ? Field.CurrentPrice : null;
    }

    private static readonly TermSet Acts = TermSet.Of(Term.Hold, Term.Close, Term.Take, Term.Move, Term.Buy, Term.Open, Term.Order, Term.Expectation);

    /// <summary>A place label (entry, target, stop) that stays open when a side word follows it: "Entry: buy 100", "stop sell 90".</summary>
    public static bool KeepsOver(Field open, Field next, in Token token) => (open is Field.Target or Field.Stop && token.Has(Term.Order)) || (open is Field.Entry && token.Has(Term.Trigger)) || KeepsOver(open, next);

    private static bool KeepsOver(Field open, Field next) =>
        open is Field.Entry or Field.Target or Field.Stop && next is Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Market or Field.CurrentPrice or Field.Risk or Field.Size or Field.ChartLevel or Field.Profit;

    /// <summary>A field whose numbers are prices or gains to trade at.</summary>
    public static bool IsPlace(Field field) => field <= Field.Stop;

    public static bool HasPlaceTerm(in Token token) => token.Terms.Overlaps(Places);

    private static Field? OfMark(Post post, int index)
    {
        Field? field = post[index].Mark switch
        {
            Mark.Bullseye => Field.Target,
            Mark.StopSign => Field.Stop,
            Mark.Inbox => Field.Entry,
            Mark.Outbox => Field.Target,
            // "❌ 0.43" alone in its line.
            Mark.Cross when post.IsLineStart(index) && post.IsNumber(index + 1) && post.LineEndAfter(index) == index + 2 => Field.Stop,
            _ => null,
        };
        return field is not null && IsNumberSoon(post, index + 1) ? field : null;
    }

    private static bool IsNumberSoon(Post post, int index)
    {
        const int reach = 4;
        for (var end = index + reach; index < end && index < post.Count && (post[index].Kind == TokenKind.Mark || post.IsSign(index, ':'));)
            index++;
        return post.IsNumber(index);
    }

    /// <summary>"T1: 4", "T2 - 6".</summary>
    private static bool IsShortTarget(Post post, int index) =>
        post.Tokens.Span(index) is "t" && post.IsNumber(index + 1) && post[index + 1].IsGlued && post.NumberOf(index + 1) is { FractionDigits: 0, Value: >= 1 and <= 10 }
        && (post.IsNumber(index + 2) || ((post.IsSign(index + 2, ':') || post.IsSign(index + 2, '-') || post.IsSign(index + 2, '=')) && post.IsNumber(index + 3)));

    /// <summary>"E: 0.45" and "E1: 0.45" at the head of a line.</summary>
    private static bool IsShortEntry(Post post, int index)
    {
        if (post.Tokens.Span(index) is not "e" || !post.IsLineStart(index))
            return false;
        var next = post.IsNumber(index + 1) && post[index + 1].IsGlued ? index + 2 : index + 1;
        return post.IsSign(next, ':') && post.IsNumber(next + 1);
    }

    /// <summary>"In 0.41" and "out: 0.43 0.45" at the head of a line.</summary>
    private static Field? IsWayInOrOut(Post post, int index)
    {
        Field? field = post.Tokens.Span(index) switch { "in" => Field.Entry, "out" => Field.Target, _ => null };
        if (field is null || !post.IsLineStart(index))
            return null;
        var next = post.IsSign(index + 1, ':') || post.IsSign(index + 1, '-') ? index + 2 : index + 1;
        return post.IsNumber(next) && post.NumberOf(next).Unit is NumberUnit.None or NumberUnit.Dollar or NumberUnit.Satoshi ? field : null;
    }

    /// <summary>The next line that is not empty starts with a price or its numbering.</summary>
    private static bool IsListBelow(Post post, int lineEnd)
    {
        const int reach = 6;
        for (var i = lineEnd; i < post.Count && i < lineEnd + reach; i++)
        {
            if (post[i].Kind is TokenKind.Number)
                return true;
            if (post[i].Kind == TokenKind.Word && !post[i].Has(Term.Horizon) && !post[i].Has(Term.Target))
                return false;
        }

        return false;
    }

    /// <summary>"Close 33660 31500 29700": several prices to close at are targets.</summary>
    private static bool IsFollowedByList(Post post, int index)
    {
        var first = index + 1;
        if (post.IsSign(first, ':') || post.IsSign(first, '-'))
            first++;
        if (!post.IsNumber(first) || post.NumberOf(first).Unit is not (NumberUnit.None or NumberUnit.Dollar))
            return false;
        var second = first + 1;
        if (second < post.Count && post[second].Kind == TokenKind.Punctuation && post[second].Sign is '-' or ',' or '/')
            second++;
        return post.IsNumber(second) && post.NumberOf(second).Unit is NumberUnit.None or NumberUnit.Dollar;
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
                    return IsListBelow(post, i);
                case TokenKind.Word when HasPlaceTerm(post[i]):
                    return false;
            }
        }

        return false;
    }
}
