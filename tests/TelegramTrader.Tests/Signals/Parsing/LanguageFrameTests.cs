using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>
/// Every label of every language is put into the same card, and the card must still be read right: a new language is tested by adding it.
/// </summary>
public sealed class LanguageFrameTests
{
    private static readonly SignalParser Parser = new();

    public static TheoryData<string> Languages() => [.. Lexicon.BuiltIn.Lists.Select(list => list.Name)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Parse_EachLabelInACard_ReadsTheCard(string language)
    {
        var wrong = new List<string>();
        foreach (var (term, phrase) in Lexicon.BuiltIn.Lists.Single(list => list.Name == language).Phrases)
        {
            // A trailing stop has no price of its own.
            if (phrase.StartsWith("trail", StringComparison.Ordinal))
                continue;
            var label = phrase.Replace('+', ' ').TrimEnd('*');
            foreach (var separator in (string[])[": ", " "])
            {
                if (Frame(term, label + separator) is { } post && !IsRead(post, term))
                    wrong.Add($"{term}: '{label}{separator}'");
            }
        }

        Assert.Empty(wrong);
    }

    private static string? Frame(Term term, string label) => term switch
    {
        Term.Entry => $"#ABC/USDT LONG\n{label}0.450\nTP1: 0.470\nTP2: 0.490\nSL: 0.430",
        Term.Target => $"#ABC/USDT LONG\nEntry: 0.450\n{label}0.470 - 0.490\nSL: 0.430",
        Term.Stop => $"#ABC/USDT LONG\nEntry: 0.450\nTP1: 0.470\nTP2: 0.490\n{label}0.430",
        Term.Leverage => $"#ABC/USDT LONG\nEntry: 0.450\nTP1: 0.470\nTP2: 0.490\nSL: 0.430\n{label}5x",
        _ => null,
    };

    private static bool IsRead(string post, Term term) =>
        Parser.Parse(Some.Post(post), ParseContext.TextOnly) is ParseResult.Signal { Ideas: [var idea] }
        && idea.Entry.Prices.Select(price => price.Value).SequenceEqual([0.45m])
        && idea.Targets.OfType<TargetPlan.AtPrice>().Select(target => target.Price.Value).SequenceEqual([0.47m, 0.49m])
        && idea.Stop is StopPlan.AtPrice { Price.Value: 0.43m }
        && idea.Leverage is not null == (term == Term.Leverage);
}
