using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>The share of a position that stands near a word for closing: half, a third, 1/3, 30 %.</summary>
internal static class Shares
{
    private const decimal Hundred = 100m;
    private const int Reach = 5;

    private static readonly (Term Term, decimal Share)[] Words = [(Term.Half, 0.5m), (Term.Third, 1m / 3m), (Term.Quarter, 0.25m)];

    public static decimal? Around(Sentence sentence, int place)
    {
        foreach (var (term, share) in Words)
        {
            if (sentence.Post.Has(place, term) || sentence.Near(term, place, Reach) >= 0)
                return share;
        }

        for (var i = place + 1; i < sentence.To && i <= place + Reach; i++)
        {
            // "Closed at a profit of 7 %", "closed -1.3 %": what it brought.
            if (At(sentence, i) is { } share && !(sentence.Post.Has(place, Term.Close) && IsGainBehindWord(sentence.Post, i)))
                return share;
        }

        // "25% closed"
        return place - 1 >= sentence.From ? At(sentence, place - 1) : null;
    }

    /// <summary>"With a profit of 7 %". Round shares from a fifth on stay shares: "in profit 50 %".</summary>
    private static bool IsGainBehindWord(Post post, int percent)
    {
        const decimal smallestShare = 20m;
        const decimal roundness = 5m;
        if (!post.Has(percent - 1, Term.Profit) && !post.Has(percent - 1, Term.Loss) && !post.Has(percent - 1, Term.Running))
            return false;
        return post.NumberOf(percent).Value < smallestShare || post.NumberOf(percent).Value % roundness != 0m;
    }

    /// <summary>"Close with 18% profit": what the trade brought, and no share of it.</summary>
    private static bool IsResult(Post post, int percent)
    {
        if (post.Has(percent + 1, Term.FunctionWord) && post.Has(percent + 2, Term.Profit))
            return post.Has(percent - 1, Term.FunctionWord);
        if (!post.Has(percent + 1, Term.Profit) && !post.Has(percent + 1, Term.Loss))
            return false;
        return post.Has(percent - 1, Term.FunctionWord) || post.Has(percent - 1, Term.At) || post.Has(percent + 2, Term.FunctionWord) || post.Has(percent + 1, Term.Loss);
    }

    /// <summary>"0.150 -1.3%": the dash parts nothing, it is a minus.</summary>
    private static bool IsLoss(Post post, int percent) => post.IsSign(percent - 1, '-') && post[percent].IsGlued && !post[percent - 1].IsGlued;

    private static decimal? At(Sentence sentence, int i)
    {
        var post = sentence.Post;
        if (!post.IsNumber(i))
            return null;
        ref var number = ref post.NumberOf(i);
        if (number.Unit == NumberUnit.Percent)
        {
            var isSize = sentence.Find(Term.Risk, i + 1, i + 3) >= 0 || sentence.Find(Term.Size, i + 1, i + 3) >= 0;
            return number.Value is > 0m and < Hundred && number.Sign == '\0' && !IsLoss(post, i) && !isSize && !IsResult(post, i) ? number.Value / Hundred : null;
        }

        if (!post.IsSign(i + 1, '/') || !post[i + 1].IsGlued || !post.IsNumber(i + 2) || !post[i + 2].IsGlued)
            return null;
        ref var below = ref post.NumberOf(i + 2);
        return number.IsInteger && below.IsInteger && number.Value > 0m && number.Value < below.Value && below.Value <= 10m ? number.Value / below.Value : null;
    }
}
