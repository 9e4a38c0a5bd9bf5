using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// Settles words that mean different things in different languages ("hier" is here in German and yesterday in French) by the words
/// around them that only one language knows. Words of one language always keep their meaning: posts mix languages freely.
/// </summary>
internal sealed class LanguageReader(Lexicon lexicon)
{
    private static readonly TermSet FunctionWordOnly = TermSet.Of(Term.FunctionWord);
    private readonly byte _english = (byte)(lexicon.Lists.ToList().FindIndex(list => list.Name.Contains("english", StringComparison.Ordinal)) + 1);

    public void Run(TokenList tokens)
    {
        Span<int> scores = stackalloc int[lexicon.Lists.Count + 1];
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Language != 0 && tokens[i].Terms != FunctionWordOnly)
                scores[tokens[i].Language]++;
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            tokens.Steps++;
            ref var token = ref tokens[i];
            if (token.Variants != 0 && !token.Terms.IsEmpty)
                token.Terms = Likeliest(lexicon.Variants[token.Variants], scores);
            else if (token.Language != 0 && token.Language != _english && scores[token.Language] == 0 && token.Terms == FunctionWordOnly)
                token.Terms = TermSet.None; // "OP" is a small word in Dutch, and this post is not Dutch.
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
