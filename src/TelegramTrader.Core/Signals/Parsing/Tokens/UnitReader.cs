using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// Fourth stage: joins numbers with what stands around them and says what they count – per cent, times, k, currency signs, hours,
/// satoshi, numbering in circles. The signs and unit letters disappear into the number's token.
/// </summary>
internal sealed class UnitReader
{
    private static readonly TermSet TimeUnits = TermSet.Of(Term.Minute, Term.Hour, Term.Day, Term.Week, Term.Month);

    public void Run(TokenList tokens)
    {
        var write = 0;
        for (var read = 0; read < tokens.Count; read++)
        {
            tokens.Steps++;
            if (tokens[read].Kind != TokenKind.Number)
            {
                tokens[write++] = tokens[read];
                continue;
            }

            var current = tokens[read];
            ref var number = ref tokens.NumberOf(read);
            write = SignsBefore(tokens, write, ref current, ref number);
            read = SignsAfter(tokens, read, ref current, ref number);
            tokens[write++] = current;
        }

        tokens.Truncate(write);
        SpreadPercent(tokens);
        SpreadDuration(tokens);
    }

    /// <summary>"24 to 72 hours", "1-2 days": the unit stands once for both.</summary>
    private static void SpreadDuration(TokenList tokens)
    {
        for (var i = tokens.Count - 3; i >= 0; i--)
        {
            if (tokens[i].Kind == TokenKind.Number && tokens[i + 2].Kind == TokenKind.Number && tokens.NumberOf(i + 2).Unit == NumberUnit.Duration && tokens.NumberOf(i).Unit == NumberUnit.None && tokens.NumberOf(i).IsInteger
                && tokens.NumberOf(i).Value < tokens.NumberOf(i + 2).Value && (tokens[i + 1].Is('-') || tokens[i + 1].Is('~') || tokens[i + 1].Has(Term.RangeTo)))
                tokens.NumberOf(i).Unit = NumberUnit.Duration;
        }
    }

    /// <summary>"5-7%": the sign stands once for both.</summary>
    private static void SpreadPercent(TokenList tokens)
    {
        for (var i = tokens.Count - 3; i >= 0; i--)
        {
            if (tokens[i].Kind == TokenKind.Number && tokens[i + 2].Kind == TokenKind.Number && tokens.NumberOf(i + 2).Unit == NumberUnit.Percent
                && tokens.NumberOf(i).Unit == NumberUnit.None && tokens.NumberOf(i).Value < 100m && tokens.NumberOf(i).FractionDigits <= 1 && (tokens[i + 1].Is('-') || tokens[i + 1].Is('~') || tokens[i + 1].Has(Term.RangeTo)) && tokens.NumberOf(i + 2).Value >= tokens.NumberOf(i).Value && tokens.NumberOf(i + 2).Value <= tokens.NumberOf(i).Value * 10m)
                tokens.NumberOf(i).Unit = NumberUnit.Percent;
        }
    }

    /// <summary>Takes back the tokens already written that belong to the number: $, #, x, +, -, %.</summary>
    private static int SignsBefore(TokenList tokens, int write, ref Token current, ref NumberReading number)
    {
        while (write > 0)
        {
            ref var before = ref tokens[write - 1];
            var isNear = before.End == current.Start;
            if (IsCurrency(before) && current.Start - before.End <= 1)
                number.Unit = NumberUnit.Dollar;
            else if (isNear && before.Is('#'))
                number.Unit = NumberUnit.Numbering;
            else if (isNear && before.Is('%'))
                number.Unit = NumberUnit.Percent;
            else if (isNear && before.Is('+'))
                number.Sign = '+';
            else if (isNear && before.Is('-') && number.Sign == '\0' && IsSignPlace(tokens, write - 1))
                number.Sign = '-';
            else if (isNear && IsTimesSign(tokens, write - 1))
                number.Unit = NumberUnit.Times;
            else
                break;
            current.Start = before.Start;
            current.IsGlued = before.IsGlued;
            write--;
        }

        return write;
    }

    /// <summary>Whether a dash here is a minus: something other than a number or word stands glued before it.</summary>
    private static bool IsSignPlace(TokenList tokens, int dash)
    {
        if (tokens[dash].End - tokens[dash].Start > 1)
            return false;
        if (dash == 0)
            return true;
        ref var before = ref tokens[dash - 1];
        return before.Kind is TokenKind.Mark or TokenKind.LineEnd || (before.Kind == TokenKind.Punctuation && !IsCurrency(before)) || (before.Kind == TokenKind.Word && !tokens[dash].IsGlued);
    }

    private static bool IsTimesSign(TokenList tokens, int index) => tokens[index].Is('×') || (tokens[index].Kind == TokenKind.Word && tokens.Span(index) is "x" or "х");

    private static bool IsCurrency(in Token token) => token.Kind == TokenKind.Punctuation && token.Sign is '$' or '€' or '£' or '¥' or '₽' or '₹' or '₩' or '₺' or '฿' or '₿';

    /// <summary>Takes in the tokens after the number that belong to it; the last one taken is returned.</summary>
    private static int SignsAfter(TokenList tokens, int read, ref Token current, ref NumberReading number)
    {
        while (read + 1 < tokens.Count)
        {
            ref var after = ref tokens[read + 1];
            // "TP1 $0.22": the sign belongs to the number behind it.
            var isOfNext = IsCurrency(after) && read + 2 < tokens.Count && tokens[read + 2].Kind == TokenKind.Number && tokens[read + 2].IsGlued && !after.IsGlued;
            if (isOfNext)
                break;
            if (!TakeSign(after, ref current, ref number) && !TakeWord(tokens, read + 1, ref number))
                break;
            current.End = after.End;
            read++;
        }

        return read;
    }

    private static bool TakeSign(in Token after, ref Token current, ref NumberReading number)
    {
        var isNear = after.Start == current.End;
        if (after.Kind == TokenKind.Mark && after.Mark == Mark.Keycap && isNear)
        {
            number.Unit = NumberUnit.Numbering;
            return true;
        }

        if (after.Is('%') && after.Start - current.End <= 1)
        {
            number.Unit = NumberUnit.Percent;
            return true;
        }

        if (IsCurrency(after) && after.Start - current.End <= 1 && number.Unit != NumberUnit.Dollar)
        {
            if (number.Unit == NumberUnit.None)
                number.Unit = NumberUnit.Dollar;
            return true;
        }

        if (after.Is('×') && isNear && number.Unit == NumberUnit.None)
        {
            number.Unit = NumberUnit.Times;
            return true;
        }

        return after.Is('+') && isNear;
    }

    private static bool TakeWord(TokenList tokens, int index, ref NumberReading number)
    {
        ref var after = ref tokens[index];
        if (after.Kind != TokenKind.Word || after.TagSign != '\0')
            return false;
        var word = tokens.Span(index);
        var before = after.IsGlued;
        if (UnitWords.Multiplier(word) is var multiplier && multiplier != 1m && (before || IsAlone(tokens, index)))
            return Multiply(ref number, multiplier);
        if (after.Has(Term.Thousand))
            return Multiply(ref number, 1000m);
        if (after.Has(Term.TenThousand))
            return Multiply(ref number, 10000m);
        if (after.Has(Term.Million))
            return Multiply(ref number, 1000000m);
        if (after.Has(Term.Satoshi))
            return Set(ref number, NumberUnit.Satoshi);
        if (after.Has(Term.Percent))
            return Set(ref number, NumberUnit.Percent);
        if (after.Has(Term.Points))
            return Set(ref number, NumberUnit.Points);
        if (after.Terms.Overlaps(TimeUnits) && number.Unit == NumberUnit.None && number.FractionDigits <= 1)
        {
            // The word stays: it says how long.
            number.Unit = NumberUnit.Duration;
            return false;
        }

        var unit = UnitWords.Of(word);
        if (unit == NumberUnit.Times && (before || IsAlone(tokens, index)))
            return Set(ref number, unit);
        if (unit == NumberUnit.Ordinal)
            return before && number.IsInteger && number.IntegerDigits <= 2 && Set(ref number, unit);
        return before && unit != NumberUnit.None && number.Unit == NumberUnit.None && Set(ref number, unit);
    }

    /// <summary>A lone letter after a space is a unit only when no number follows it ("20 x", not "2 x 3").</summary>
    private static bool IsAlone(TokenList tokens, int index) =>
        tokens[index].Start - tokens[index - 1].End <= 1 && (index + 1 >= tokens.Count || tokens[index + 1].Kind != TokenKind.Number);

    private static bool Multiply(ref NumberReading number, decimal factor)
    {
        const decimal mostReadable = 1e15m;
        if (number.Multiplier != 1m || number.Value > mostReadable)
            return false;
        // "85.5k" has a decimal point, "85.500k" would have a thousands one.
        number.Value *= factor;
        number.Alternative = 0m;
        number.Multiplier = factor;
        return true;
    }

    private static bool Set(ref NumberReading number, NumberUnit unit)
    {
        number.Unit = unit;
        return true;
    }
}
