using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>
/// Recognises an entry label that has no price and only says that the order goes to the market: "Entry market", "시장가 진입", "Giriş: piyasa".
/// A bare word for the market counts right beside the label alone: anywhere else it is what a post talks about.
/// </summary>
internal static class MarketEntry
{
    private const int Reach = 5;
    private static readonly TermSet Market = TermSet.Of(Term.MarketOrder, Term.Now, Term.MarketName);
    private static readonly TermSet Beside = TermSet.Of(Term.At, Term.FunctionWord, Term.Price, Term.Around, Term.Neutral);
    private static readonly TermSet Places = TermSet.Of(Term.Target, Term.Stop, Term.Leverage);

    public static bool IsAt(Post post, int label) => !post.Has(label - 1, Term.Not) && (IsTo(post, label, 1) || (IsEnd(post, label + 1) && IsTo(post, label, -1)));

    /// <summary>Whether a word for the market stands beside the label on one side, with nothing but small words up to the end of what the label says.</summary>
    private static bool IsTo(Post post, int label, int step)
    {
        var isMarket = post.Has(label, Term.MarketOrder);
        for (var distance = 1; distance <= Reach; distance++)
        {
            var i = label + step * distance;
            if (isMarket && IsEnd(post, i))
                return true;
            if (i < 0 || i >= post.Count || post[i].Kind is TokenKind.LineEnd)
                return false;
            if (post[i].Kind == TokenKind.Mark || (post[i].Kind == TokenKind.Punctuation && post[i].Sign is ':' or '-' or '=' or '@' or '>' or '(' or '~'))
                continue;
            if (post[i].Kind != TokenKind.Word || post.Has(i, Term.Not))
                return false;
            if (post[i].Terms.Overlaps(Market))
                isMarket = true;
            else if (!post[i].Terms.Overlaps(Beside))
                return false;
        }

        return false;
    }

    private static bool IsEnd(Post post, int i)
    {
        if (i < 0 || i >= post.Count)
            return true;
        return post[i].Kind switch
        {
            TokenKind.LineEnd => true,
            TokenKind.Punctuation => post[i].Sign is ',' or ';' or '.' or '!' or '|' or '/' or ')',
            TokenKind.Word => post[i].Terms.Overlaps(Places),
            _ => false,
        };
    }
}
