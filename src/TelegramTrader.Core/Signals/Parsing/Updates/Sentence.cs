using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>A stretch of tokens that belongs together: a line, or a sentence of one.</summary>
/// <param name="From">First token.</param>
/// <param name="To">The token behind the last.</param>
/// <param name="Terms">All meanings of all its words.</param>
/// <param name="Words">How many words it has.</param>
internal readonly record struct Sentence(Post Post, int From, int To, TermSet Terms, int Words)
{
    /// <summary>How far apart two words of one statement may stand.</summary>
    public const int Reach = 6;

    /// <summary>A bound, so that rules that search a sentence cost no more in a post without full stops.</summary>
    private const int MostTokens = 200;

    public static List<Sentence> Split(Post post, int to)
    {
        var sentences = new List<Sentence>();
        var from = 0;
        var terms = TermSet.None;
        var words = 0;
        for (var i = 0; i < to; i++)
        {
            terms |= post[i].Terms;
            words += post[i].Kind == TokenKind.Word ? 1 : 0;
            if (!IsEnd(post, i) && i - from < MostTokens)
                continue;
            if (i > from)
                sentences.Add(new Sentence(post, from, i, terms, words));
            from = i + 1;
            terms = TermSet.None;
            words = 0;
        }

        if (to > from)
            sentences.Add(new Sentence(post, from, to, terms, words));
        return sentences;
    }

    /// <summary>The first token with the term at or after a place; -1 for none.</summary>
    public int Find(Term term, int from, int to)
    {
        if (!Terms.Has(term))
            return -1;
        for (var i = Math.Max(from, From); i < Math.Min(to, To); i++)
        {
            Post.Tokens.Steps++;
            if (Post.Has(i, term))
                return i;
        }

        return -1;
    }

    public int Find(Term term) => Find(term, From, To);

    /// <summary>The token with the term that is closest to a place, at most <see cref="Reach"/> away; -1 for none.</summary>
    public int Near(Term term, int place, int reach = Reach)
    {
        if (!Terms.Has(term))
            return -1;
        for (var distance = 1; distance <= reach; distance++)
        {
            Post.Tokens.Steps++;
            if (place + distance < To && Post.Has(place + distance, term))
                return place + distance;
            if (place - distance >= From && Post.Has(place - distance, term))
                return place - distance;
        }

        return -1;
    }

    /// <summary>Whether "not" stands shortly before a place.</summary>
    public bool IsDenied(int place, int reach = 3) => Find(Term.Not, place - reach, place) >= 0 || Post.Has(place, Term.Not);

    /// <summary>Whether what the words at a place say has not happened yet, or only may: "will hit", "if it hits".</summary>
    public bool IsOnlyPossible(int place) => ConditionBefore(place) >= 0 || Find(Term.Expectation, place - Reach, place) >= 0 || Find(Term.Optional, place - 2, place) >= 0;

    /// <summary>
    /// The word "if" (or "when", "once") before a place of the sentence; -1 for none. What follows a word for purpose
    /// ("so that, if it drops …") is no condition of the action.
    /// </summary>
    public int ConditionBefore(int place)
    {
        var purpose = Find(Term.Purpose);
        return Find(Term.If, From, purpose >= 0 ? Math.Min(place, purpose) : place);
    }

    private static bool IsEnd(Post post, int i)
    {
        if (post[i].Kind == TokenKind.LineEnd)
            return true;
        if (post[i].Kind == TokenKind.Mark)
            return post[i].Mark is Mark.Bullet && i > 0 && !post.IsNumber(i - 1);
        if (post[i].Kind != TokenKind.Punctuation || post[i].Sign is not ('.' or '!' or '?' or ';'))
            return false;
        // "2. target", "TP. 5": no end.
        var next = i + 1;
        return next < post.Count && !post[next].IsGlued && !post.IsNumber(i - 1) && !post.IsNumber(next);
    }
}
