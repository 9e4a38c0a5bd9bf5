using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// Settles words that mean different things in different languages ("hier" is here in German and yesterday in French) by the words
/// around them that only one language knows. Words of one language always keep their meaning: posts mix languages freely.
/// </summary>
internal sealed class LanguageReader(Lexicon lexicon)
{
    public void Run(TokenList tokens)
    {
        Span<int> scores = stackalloc int[lexicon.Lists.Count + 1];
        var isOpen = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            scores[tokens[i].Language]++;
            isOpen |= tokens[i].Variants != 0;
        }

        if (!isOpen)
            return;
        scores[0] = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            tokens.Steps++;
            if (tokens[i].Variants == 0 || tokens[i].Terms.IsEmpty)
                continue;
            tokens[i].Terms = Likeliest(lexicon.Variants[tokens[i].Variants], scores);
        }
    }

    private static TermSet Likeliest(IReadOnlyList<(byte Language, TermSet Terms)> variants, Span<int> scores)
    {
        var best = -1;
        var terms = TermSet.None;
        for (var i = 0; i < variants.Count; i++)
        {
            var score = scores[variants[i].Language];
            if (score < best)
                continue;
            terms = score > best ? variants[i].Terms : terms | variants[i].Terms;
            best = score;
        }

        return terms;
    }
}
