using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>The highest target number that stands around a target word: "TP2", "2nd target", "targets 1, 2 and 3", "first and second target".</summary>
internal static class TargetNumbers
{
    private const int Highest = 20;

    public static int? Around(Sentence sentence, int target)
    {
        var post = sentence.Post;
        int? highest = Numbering.OrdinalOf(post[target]) is var own and > 0 ? own : null;
        for (var i = target - 1; i >= sentence.From && i >= target - 4; i--)
        {
            // "3/5 targets": the third of five.
            if (post.IsSign(i - 1, '/') && post[i].IsGlued && i - 2 >= sentence.From && Value(post, i) is not null && Value(post, i - 2) is { } reached)
                return reached;
            if (Value(post, i) is { } value)
                highest = Math.Max(highest ?? 0, value);
            else if (!Links(post, i))
                break;
        }

        for (var i = target + 1; i < sentence.To && i <= target + Sentence.Reach; i++)
        {
            // "TP 1/4": the first of four.
            if (highest is null && Value(post, i) is { } first && post.IsSign(i + 1, '/') && post[i + 1].IsGlued && i + 2 < sentence.To && post[i + 2].IsGlued && Value(post, i + 2) > first)
                return first;
            if (Value(post, i) is { } value)
                highest = Math.Max(highest ?? 0, value);
            else if (!Links(post, i) && !post.Has(i, Term.Target))
                break;
        }

        return highest;
    }

    private static int? Value(Post post, int i)
    {
        if (post[i].Kind == TokenKind.Word)
            return Numbering.OrdinalOf(post[i]) is var ordinal and > 0 ? ordinal : null;
        if (post[i].Kind != TokenKind.Number)
            return null;
        ref var number = ref post.NumberOf(i);
        return number.IsInteger && number.Value is >= 1 and <= Highest && number.Unit is NumberUnit.None or NumberUnit.Ordinal or NumberUnit.Numbering && number.Multiplier == 1m ? (int)number.Value : null;
    }

    private static bool Links(Post post, int i) =>
        post[i].Kind is TokenKind.Punctuation or TokenKind.Mark || post.Has(i, Term.And) || post.Has(i, Term.Neutral) || post.Has(i, Term.Near) || post.Has(i, Term.Running);
}
