using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>"TP2 hit", "second target reached", "all targets done", "target 1 ✅".</summary>
internal sealed class TargetHitRule : IUpdateRule
{
    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var post = sentence.Post;
        for (var target = sentence.Find(Term.Target); target >= 0; target = sentence.Find(Term.Target, target + 1, sentence.To))
        {
            if (post.Has(target, Term.Entry) || post.Has(target, Term.Stop))
                continue;
            var hit = Hit(sentence, target);
            if (hit < 0 && IsTaken(sentence, target))
            {
                events.Add(new UpdateEvent(UpdateAction.TargetHit, target, target, 0.75) { TargetIndex = TargetNumbers.Around(sentence, target) });
                continue;
            }

            if (hit < 0 && IsAllThereIs(sentence, fields, target))
            {
                events.Add(new UpdateEvent(UpdateAction.TargetHit, target, target, 0.75) { TargetIndex = TargetNumbers.Around(sentence, target) });
                continue;
            }

            if (hit < 0 || sentence.IsDenied(hit) || IsNone(sentence, hit) || sentence.IsDenied(target) || sentence.IsOnlyPossible(Math.Max(hit, target)))
                continue;
            var all = sentence.Near(Term.All, target, 3) >= 0;
            events.Add(new UpdateEvent(UpdateAction.TargetHit, Math.Min(hit, target), Math.Max(hit, target), 0.9)
            {
                TargetIndex = TargetNumbers.Around(sentence, target),
                IsAll = all,
            });
        }
    }

    /// <summary>A word of arrival near the target's word, or a tick behind it; -1 for none.</summary>
    private static int Hit(Sentence sentence, int target)
    {
        var post = sentence.Post;
        if (post.Has(target, Term.Hit))
            return target;
        var word = sentence.Near(Term.Hit, target);
        if (word >= 0)
            return word;
        for (var i = target + 1; i < sentence.To && i <= target + Sentence.Reach; i++)
        {
            if (post.IsNumber(i) && post.NumberOf(i).Unit == NumberUnit.Percent)
                return -1;
            if (post[i].Kind == TokenKind.Mark && post[i].Mark == Mark.Tick)
                return (i > target + 1 && HasNumberBetween(post, target, i)) || (i == target + 1 && sentence.Find(Term.Near) < 0 && IsNumbered(sentence, target) && (!post.IsNumber(i + 1) || post.NumberOf(i + 1).Unit == NumberUnit.Percent)) ? i : -1;
            if (post[i].Kind == TokenKind.Word && LabelReader.Of(post, i) is not null)
                return -1;
        }

        return -1;
    }

    /// <summary>"2 TP": the number of the target stands right in front of its word.</summary>
    private static bool IsNumbered(Sentence sentence, int target) =>
        target > sentence.From && (sentence.Post.IsNumber(target - 1) || Numbering.OrdinalOf(sentence.Post[target - 1]) > 0) && TargetNumbers.Around(sentence, target) is not null;

    /// <summary>"We take the second target": a numbered target that is taken was reached.</summary>
    private static bool IsTaken(Sentence sentence, int target)
    {
        const int reach = 2;
        if (sentence.Near(Term.Take, target, reach) is not (var take and >= 0) || TargetNumbers.Around(sentence, target) is null)
            return false;
        return !sentence.IsDenied(take) && !sentence.IsOnlyPossible(Math.Max(take, target)) && LabelReader.Of(sentence.Post, take) is null && sentence.Find(Term.Part) < 0 && sentence.Find(Term.Half) < 0 && sentence.Find(Term.At, take, target) < 0;
    }

    /// <summary>"#ABC tp1": the number of a target and nothing else is a report that it was hit.</summary>
    private static bool IsAllThereIs(Sentence sentence, FieldSet fields, int target)
    {
        const int mostWords = 3;
        var post = sentence.Post;
        if (IsOrdinalAlone(sentence, fields, target))
            return true;
        var indexed = post.IsNumber(target + 1) && target + 1 < sentence.To && post.NumberOf(target + 1).IsInteger && post.NumberOf(target + 1).Value is >= 1 and <= 10 && post.NumberOf(target + 1).Unit == NumberUnit.None;
        if (!indexed || sentence.Words > mostWords)
            return false;
        for (var i = sentence.From; i < sentence.To; i++)
        {
            if (i != target && i != target + 1 && (post[i].Kind == TokenKind.Number || (post[i].Kind == TokenKind.Word && post[i].Asset == 0 && post[i].TagSign == '\0' && !post[i].Terms.Overlaps(Companions)) || post.IsSign(i, ':')))
                return false;
        }

        return true;
    }

    /// <summary>"Fourth target on #ABC": a word for its number, an asset, no figure and nothing that may come.</summary>
    private static bool IsOrdinalAlone(Sentence sentence, FieldSet fields, int target)
    {
        const int mostWords = 8;
        var post = sentence.Post;
        if (sentence.Words > mostWords || (Numbering.OrdinalOf(post[target]) == 0 && (target == 0 || Numbering.OrdinalOf(post[target - 1]) == 0)) || sentence.Terms.Overlaps(NotYet) || !fields.HasMention(sentence.From, sentence.To))
            return false;
        for (var i = sentence.From; i < sentence.To; i++)
        {
            if (post[i].Kind == TokenKind.Number || post.IsSign(i, ':') && i > target)
                return false;
        }

        return true;
    }

    private static readonly TermSet NotYet = TermSet.Of(Term.If, Term.Expectation, Term.Near, Term.Not, Term.Question, Term.Running, Term.Hold, Term.Move, Term.Close, Term.Take, Term.Optional, Term.Analysis);

    /// <summary>"targets hit: none".</summary>
    private static bool IsNone(Sentence sentence, int hit) => sentence.Post.IsSign(hit + 1, ':') && (sentence.Post.Has(hit + 2, Term.Not) || sentence.Post.Has(hit + 2, Term.NoNumber));

    private static readonly TermSet Companions = TermSet.Of(Term.Congratulation, Term.Target, Term.Hit);

    private static bool HasNumberBetween(Post post, int from, int to)
    {
        for (var i = from + 1; i < to; i++)
        {
            if (post[i].Kind == TokenKind.Number)
                return true;
        }

        return false;
    }
}
