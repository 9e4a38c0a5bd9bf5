using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Says of a word what its place in the line makes of it: a firm label or a loose one, a label of the number behind it, the stop of a card.</summary>
internal static class LabelPlace
{
    /// <summary>Neither at the head of a line nor before a colon, dash or number.</summary>
    public static bool IsLoose(Post post, int label)
    {
        var next = label + 1;
        if (next < post.Count && (post[next].Kind == TokenKind.Number || (post[next].Kind == TokenKind.Punctuation && post[next].Sign is ':' or '-' or '=' or '@')))
            return false;
        for (var i = label - 1; i >= 0 && post[i].Kind != TokenKind.LineEnd; i--)
        {
            if (post[i].Kind is TokenKind.Word or TokenKind.Number)
                return true;
        }

        return false;
    }

    /// <summary>Whether a number follows on the line before the next place has its label.</summary>
    public static bool NumberFollows(Post post, int i)
    {
        var end = Math.Min(post.LineEndAfter(i), i + NumberPlacer.Reach);
        // The number glued to a label is its own: "65000 tp1".
        var from = post.IsNumber(i + 1) && post[i + 1].IsGlued && post.NumberOf(i + 1) is { FractionDigits: 0, Value: <= 20 } ? i + 2 : i + 1;
        for (var at = from; at < end; at++)
        {
            if (post.IsNumber(at))
                return true;
            if (LabelReader.Of(post, at) is Field.Stop or Field.Target or Field.Entry or Field.Leverage)
                return false;
        }

        return false;
    }

    /// <summary>"Targets 63700 / 62900 xyz 20", "entry 2387, xyz below 2310": a word that we don't know and that has a number of its own ends the list.</summary>
    public static bool IsLabelOfNext(Post post, int i)
    {
        if (!post[i].Terms.IsEmpty)
            return false;
        var next = post.Has(i + 1, Term.Below) || post.Has(i + 1, Term.Above) || post.Has(i + 1, Term.At) ? i + 2 : i + 1;
        return post.IsNumber(next);
    }

    /// <summary>"Cut 0.39", "close below 0.39": behind entry and targets, a line that says where to get out is the stop.</summary>
    public static bool IsStopOfCard(Post post, PlacesSeen seen, int i)
    {
        const int reach = 4;
        if (!post.IsLineStart(i) || !(post.Has(i, Term.Close) || post.Has(i, Term.CandleClose)) || seen.Has(Field.Stop) || !seen.HasEntry() || !seen.HasTarget())
            return false;
        for (var at = i + 1; at <= i + reach && at < post.LineEndAfter(i); at++)
        {
            if (post.IsNumber(at))
                return post.NumberOf(at).Unit is NumberUnit.None or NumberUnit.Dollar or NumberUnit.Satoshi;
            if (post[at].Kind == TokenKind.Word && !post[at].Terms.Overlaps(BeforeStop))
                return false;
        }

        return false;
    }

    private static readonly TermSet BeforeStop = TermSet.Of(Term.Above, Term.Below, Term.At, Term.If, Term.Candle, Term.CandleClose, Term.FunctionWord, Term.Around);
}
