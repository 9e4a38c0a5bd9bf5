using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>Leverage under its label, else the first number with an x; several numbers are a range.</summary>
internal static class LeverageReader
{
    public static (LeverageRange? Range, int First, int Last) Read(SignalPart part)
    {
        foreach (var block in part.Blocks(Field.Leverage))
        {
            var numbers = block.Numbers.FindAll(number => number.Value >= 1m && !number.IsPercent && number.Line == block.Numbers[0].Line);
            // "1:20" is twenty times.
            if (numbers.Count > 0)
                return (Range(numbers), numbers[0].Token, numbers[^1].Token);
            if (RatioBehind(part.Post, block.Label) is { } ratio)
                return ratio;
        }

        var multiples = new List<FieldNumber>();
        foreach (var multiple in part.Fields.Multiples)
        {
            if (!part.Contains(multiple.Token) || (multiples.Count > 0 && !(multiple.Line == multiples[0].Line && multiple.Token <= multiples[^1].Token + 2)) || IsOutcome(part.Post, multiple.Token))
                continue;
            multiples.Add(multiple);
        }

        return multiples.Count == 0 ? (null, -1, -1) : (Range(multiples), multiples[0].Token, multiples[^1].Token);
    }

    private static LeverageRange Range(List<FieldNumber> numbers) => new(numbers.Min(number => number.Value), numbers.Max(number => number.Value));

    /// <summary>"3x profit" is what came of it.</summary>
    private static bool IsOutcome(Post post, int token) => post.Has(token + 1, Term.Profit) || post.Has(token + 1, Term.Result);

    private static (LeverageRange?, int, int)? RatioBehind(Post post, int label)
    {
        const int reach = 3;
        for (var i = label + 1; i < post.Count && i <= label + reach; i++)
        {
            if (post[i].Kind != TokenKind.Moment)
                continue;
            var written = post.Tokens.Span(i);
            if (written.StartsWith("1:", StringComparison.Ordinal) && int.TryParse(written[2..], System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= 1)
                return (new LeverageRange(value, value), i, i);
        }

        return null;
    }
}
