using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Tells numberings ("1)", "TP2:", "3rd", "second") from prices.</summary>
internal static class Numbering
{
    private const int Highest = 30;
    private const int HighestGlued = 10;

    /// <summary>
    /// The target or list number that the number at <paramref name="index"/> is; 0 when it is a value.
    /// <paramref name="expected"/> is the next number of the list being read, or 1.
    /// </summary>
    public static int IndexAt(Post post, int index, int expected, bool isAfterLabel)
    {
        ref var number = ref post.NumberOf(index);
        if (!number.IsInteger || number.Value is < 1 or > Highest || number.Multiplier != 1m)
            return 0;
        var value = (int)number.Value;
        if (number.Unit == NumberUnit.Numbering)
            return post.Text[post[index].Start] == '#' && !isAfterLabel ? 0 : value;
        if (number.Unit == NumberUnit.Ordinal)
            return value;
        if (number.Unit != NumberUnit.None || number.Sign != '\0')
            return 0;
        // "TP2", and "SL19" for a price: what no list counts up to is no numbering.
        if (isAfterLabel && post[index].IsGlued && post[index - 1].Kind == TokenKind.Word)
            return value <= HighestGlued || value == expected || (index + 1 < post.Count && post[index + 1].Kind == TokenKind.Punctuation && ValueFollows(post, index + 1)) ? value : 0;
        // "2) SOL …": a numbering at the head of a line, whatever follows.
        if (post.IsSign(index + 1, ')') && post.IsLineStart(index))
            return value;
        var next = index + 1;
        var isOpened = post.IsSign(index - 1, '(');
        if (next >= post.Count)
            return 0;
        if (isOpened && post.IsSign(next, ')'))
            return ValueFollows(post, next + 1) ? value : 0;
        if (post[next].Kind == TokenKind.Punctuation && post[next].Sign is ')' or ']' or '.' or ':' or '@' or '=' or '>')
            return ValueFollows(post, next + 1) && (post[next].Sign is not '.' || post[next].IsGlued) ? value : 0;
        if (post[next].Kind == TokenKind.Mark && post[next].Mark is Mark.Pointer or Mark.Bullet)
            return ValueFollows(post, next + 1) && value == expected ? value : 0;
        if (value != expected)
            return 0;
        if (post.IsSign(next, '-') || post.IsSign(next, '_') || post.IsSign(next, '~'))
            return ValueFollows(post, next + 1) && !IsListGoingOn(post, next + 1) ? value : 0;
        if (post.IsNumber(next))
            return isAfterLabel && (expected > 1 || IsPriceLike(post, next)) ? value : 0;
        return post[next].Kind == TokenKind.Word && isAfterLabel && (post.Has(next, Term.At) || post.Has(next, Term.Price)) && IsNumberBefore(post, next + 1, 2) ? value : 0;
    }

    /// <summary>The target number that a word gives ("second"); 0 for none.</summary>
    public static int OrdinalOf(in Token token)
    {
        for (var term = Term.OrdinalFirst; term <= Term.OrdinalEighth; term++)
        {
            if (token.Has(term))
                return term - Term.OrdinalFirst + 1;
        }

        return 0;
    }

    /// <summary>Whether the number right before a target label numbers it: "2. target", "3rd TP".</summary>
    public static int BeforeLabel(Post post, int index)
    {
        ref var number = ref post.NumberOf(index);
        if (!number.IsInteger || number.Value is < 1 or > 20 || number.Multiplier != 1m || number.Unit is not (NumberUnit.None or NumberUnit.Ordinal or NumberUnit.Numbering))
            return 0;
        var next = index + 1;
        while (next < post.Count && next <= index + 2 && (post.IsSign(next, '.') || post.IsSign(next, '-') || post.IsSign(next, ')') || post.Has(next, Term.Neutral)))
            next++;
        return post.Has(next, Term.Target) ? (int)number.Value : 0;
    }

    /// <summary>"1차 146": the number that a counting word behind it makes one of a list, with a price next; 0 for a value.</summary>
    public static int CountBefore(Post post, int index)
    {
        ref var number = ref post.NumberOf(index);
        return number is { IsInteger: true, Unit: NumberUnit.None, Value: >= 1 and <= 10 } && post.Has(index + 1, Term.Neutral) && post[index + 1].IsGlued && post.IsNumber(index + 2) ? (int)number.Value : 0;
    }

    private static bool ValueFollows(Post post, int index)
    {
        const int reach = 8;
        var end = index + reach;
        while (index < end && index < post.Count && (post[index].Kind == TokenKind.Mark || (post[index].Kind == TokenKind.Punctuation && post[index].Sign is '-' or ':' or '=' or '>' or '(' or '.')))
            index++;
        if (post.IsNumber(index))
            return true;
        return index < post.Count && post[index].Kind == TokenKind.Word && (LabelReader.HasPlaceTerm(post[index]) || post[index].Has(Term.Runner) || post[index].Has(Term.NoNumber)
            || post[index].Has(Term.Price) || post[index].Has(Term.Buy) || post[index].Has(Term.Sell));
    }

    private static bool IsListGoingOn(Post post, int index) => post.IsNumber(index) && (post.IsSign(index + 1, '-') || post.IsSign(index + 1, ',')) && post.IsNumber(index + 2);

    /// <summary>Not a small whole number itself.</summary>
    private static bool IsPriceLike(Post post, int index)
    {
        ref var number = ref post.NumberOf(index);
        return number.FractionDigits > 0 || number.Value > Highest || number.Unit is NumberUnit.Dollar or NumberUnit.Satoshi;
    }

    private static bool IsNumberBefore(Post post, int index, int reach)
    {
        for (var i = index; i < index + reach && i < post.Count; i++)
        {
            if (post.IsNumber(i))
                return true;
        }

        return false;
    }
}
