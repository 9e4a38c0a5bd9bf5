using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Tells lines that go on with a list of prices from lines of prose.</summary>
internal static class ListLines
{
    /// <summary>Words that may stand beside the prices of a list.</summary>
    public static readonly TermSet Companions = TermSet.Of(
        Term.Price, Term.Zone, Term.Above, Term.Below, Term.Around, Term.Between, Term.RangeTo, Term.And, Term.Or, Term.At, Term.Satoshi, Term.Dollar, Term.Horizon, Term.Runner,
        Term.NoNumber, Term.LimitOrder, Term.Candle, Term.CandleClose, Term.Neutral, Term.Cross, Term.Isolated, Term.OrdinalLast, Term.Open, Term.Spot, Term.Futures, Term.Rest, Term.Optional, Term.Timeframe);

    private const int MostOtherWords = 2;

    /// <summary>Whether the line starts with a price (behind bullets, numbering or a horizon) and holds little else.</summary>
    public static bool IsListLine(Post post, int start)
    {
        var end = post.LineEndAfter(start);
        var i = start;
        while (i < end && IsBeforePrice(post, i, end))
            i++;
        if (i >= end || post[i].Kind != TokenKind.Number || !IsPriceOrPercent(post, i))
            return false;
        var others = 0;
        for (; i < end; i++)
        {
            if (post[i].Kind == TokenKind.Word && !post[i].Terms.Overlaps(Companions) && LabelReader.Of(post, i) is null && post[i].Asset == 0)
                others++;
        }

        return others <= MostOtherWords;
    }

    private static bool IsBeforePrice(Post post, int i, int end)
    {
        switch (post[i].Kind)
        {
            case TokenKind.Mark:
                return true;
            case TokenKind.Punctuation:
                return post[i].Sign is '(' or ')' or '.' or '-' or ':' or '=' or '@' or '>' or '[' or ']' or '~' or '_' or '|' or '•' or '+';
            case TokenKind.Word:
                return post[i].Terms.Overlaps(BeforePrice) || Numbering.OrdinalOf(post[i]) > 0;
            case TokenKind.Number:
                return i + 1 < end && Numbering.IndexAt(post, i, (int)Math.Min(post.NumberOf(i).Value, 30m), false) > 0;
            default:
                return false;
        }
    }

    private static readonly TermSet BeforePrice = TermSet.Of(Term.Horizon, Term.At, Term.Around, Term.Price, Term.Above, Term.Below, Term.Between, Term.OrdinalLast);

    private static bool IsPriceOrPercent(Post post, int i) =>
        post.NumberOf(i).Unit is NumberUnit.None or NumberUnit.Dollar or NumberUnit.Satoshi or NumberUnit.Percent;
}
