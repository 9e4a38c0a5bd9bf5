using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Recognises what stands behind a price and only says something about it: brackets, what a percentage is of, the end of a sentence.</summary>
internal static class Remarks
{
    private const int LongestBracket = 25;

    /// <summary>
    /// What stands in brackets behind a price of the open field is a remark on it, and is passed over: the closing bracket is returned.
    /// In any other place brackets are read like the rest: the opening one is returned.
    /// </summary>
    public static int EndOfBracket(Post post, int open, FieldBlock? block, NumberPlacer placer)
    {
        if (block is not { Numbers.Count: > 0 } || block.Numbers[^1].Line != post.LineOf(open))
            return open;
        var close = -1;
        for (var i = open + 1; i < post.Count && i - open <= LongestBracket && post[i].Kind != TokenKind.LineEnd; i++)
        {
            if (post[i].Is(')') || post[i].Is(']'))
            {
                close = i;
                break;
            }

            if (post.IsNumber(i) && post.NumberOf(i).Unit == NumberUnit.Times)
                return open;
            if (LabelReader.IsPlace(block.Field) && LabelReader.Of(post, i) is Field.Stop or Field.Target or Field.Entry or Field.Leverage)
                return open;
        }

        for (var i = open + 1; i < close; i++)
        {
            if (post.IsNumber(i) && post.NumberOf(i).Unit == NumberUnit.Percent)
                placer.Share(block, i);
        }

        return close < 0 ? open : close;
    }

    /// <summary>"1806.3 | 40% of profit": the word says what the percentage behind a price is of, and opens no field.</summary>
    public static bool IsOnNumberBefore(Post post, int label, Field field, FieldBlock? block)
    {
        if (field is not (Field.Profit or Field.Size or Field.Risk or Field.Other) || block is not { Numbers.Count: > 0 } || block.Numbers[^1].Line != post.LineOf(label))
            return false;
        var before = label - 1;
        while (before > block.Numbers[^1].Token && post.Has(before, Term.FunctionWord))
            before--;
        return post.IsNumber(before) && before > block.Numbers[^1].Token && post.NumberOf(before).Unit is NumberUnit.Percent or NumberUnit.Points;
    }

    /// <summary>Whether the full stop here ends what the open field is about.</summary>
    public static bool IsSentenceEnd(Post post, int i, FieldBlock block)
    {
        var next = i + 1;
        if (next >= post.Count || post[next].IsGlued || post[next].Kind == TokenKind.LineEnd)
            return false;
        // "2. 2.290": a numbering, and no end of a sentence.
        if (post[i].Sign == ';' && post.IsNumber(next))
            return false;
        var isNumbering = post.IsNumber(i - 1) && post.IsNumber(next) && post.NumberOf(i - 1).IsInteger;
        return !isNumbering && (block.Numbers.Count > 0 || post[next].Kind != TokenKind.Number);
    }
}
