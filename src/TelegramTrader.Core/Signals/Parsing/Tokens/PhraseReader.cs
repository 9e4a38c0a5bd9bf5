using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// Third stage: gives words their meanings. The longest known phrase from a word on becomes one token ("take profit", "move your sl");
/// a # or $ right before a word becomes a mark on it.
/// </summary>
internal sealed class PhraseReader(Lexicon lexicon)
{
    private const int LongestPhrase = 7;
    private const int LongestAbbreviation = 4;

    public void Run(TokenList tokens)
    {
        var write = 0;
        for (var read = 0; read < tokens.Count;)
        {
            if (tokens[read].Kind != TokenKind.Word)
            {
                tokens[write++] = tokens[read++];
                tokens.Steps++;
                continue;
            }

            var tag = TagBefore(tokens, write, tokens[read].Start);
            if (tag != '\0')
                write--;
            ref var phrase = ref tokens[write];
            var next = Phrase(tokens, read, out var meaning);
            var last = tokens[next - 1].End;
            phrase = tokens[read];
            phrase.End = last;
            phrase.Words = (byte)(next - read);
            phrase.TagSign = tag;
            if (phrase.Terms.IsEmpty && phrase.Asset == 0)
            {
                phrase.Terms = meaning.Terms;
                phrase.Asset = meaning.Asset;
                phrase.Language = meaning.Language;
                phrase.Variants = meaning.Variants;
            }

            if (IsTickedTarget(tokens, read))
                phrase.Terms = TermSet.Of(Term.Target);
            if (tag != '\0' && phrase.Asset != 0)
                phrase.Terms = TermSet.None;
            if (last - phrase.Start <= LongestAbbreviation && IsCapitals(tokens.Text, phrase.Start, last) && lexicon.InCapitalsMeaning(tokens.Text.Span(phrase.Start, last)) is { IsEmpty: false } abbreviation)
                phrase.Terms = abbreviation;
            write++;
            read = next;
        }

        tokens.Truncate(write);
        OnlyWord(tokens);
    }

    /// <summary>A post of one word and no number: "Out", "raus ✅".</summary>
    private void OnlyWord(TokenList tokens)
    {
        var only = -1;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is TokenKind.Mark or TokenKind.Punctuation or TokenKind.LineEnd)
                continue;
            if (only >= 0 || tokens[i].Kind != TokenKind.Word)
                return;
            only = i;
        }

        if (only >= 0 && lexicon.AloneMeaning(tokens.Span(only)) is { IsEmpty: false } meaning)
            tokens[only].Terms = meaning;
    }

    /// <summary>"T1 ✅": the letter alone says nothing, the tick behind its number says what it is.</summary>
    private static bool IsTickedTarget(TokenList tokens, int word) =>
        word + 2 < tokens.Count && tokens.Span(word) is "t" && tokens[word + 1].Kind == TokenKind.Number && tokens[word + 1].IsGlued && tokens[word + 2].Mark == Mark.Tick && tokens[word + 2].Kind == TokenKind.Mark;

    private static bool IsCapitals(FoldedText text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!text.IsUpper(i))
                return false;
        }

        return true;
    }

    /// <summary>The # or $ that stands right before a word as the last token written.</summary>
    private static char TagBefore(TokenList tokens, int written, int wordStart)
    {
        if (written == 0)
            return '\0';
        ref var before = ref tokens[written - 1];
        var isTag = before.Is('#') || before.Is('$');
        // "# BTC": the sign alone before a word, too.
        return isTag && wordStart - before.End <= 1 ? before.Sign : '\0';
    }

    /// <summary>The token after the longest known phrase from <paramref name="first"/> on; the next one when only the word itself, or nothing, is known.</summary>
    private int Phrase(TokenList tokens, int first, out WordMeaning meaning)
    {
        meaning = default;
        if (!tokens[first].Terms.IsEmpty || tokens[first].Asset != 0)
            return first + 1;
        var end = first + 1;
        var node = lexicon.Words.Root;
        var at = first;
        for (var words = 0; words < LongestPhrase; words++)
        {
            Walk(tokens, at, node, out var exact, out var open);
            var here = exact != WordTrie.Nowhere && lexicon.Words.MeaningAt(exact) is { IsKnown: true } found ? found
                : open != WordTrie.Nowhere ? lexicon.Words.MeaningAt(open) : default;
            if (here.IsKnown)
            {
                meaning = here;
                end = at + 1;
            }

            node = Continue(exact);
            if (node == WordTrie.Nowhere)
                node = Continue(open);
            at = node == WordTrie.Nowhere ? -1 : NextWord(tokens, at);
            if (at < 0)
                break;
        }

        if (!meaning.IsKnown)
            meaning = WithoutPrefix(tokens.Span(first));
        return end;
    }

    private int Continue(int node) => node == WordTrie.Nowhere ? WordTrie.Nowhere : lexicon.Words.Step(node, WordTrie.WordBreak);

    /// <summary>Walks the letters of one word; <paramref name="exact"/> is where it ends, <paramref name="open"/> the last open ending on the way.</summary>
    private void Walk(TokenList tokens, int at, int node, out int exact, out int open)
    {
        open = WordTrie.Nowhere;
        exact = node;
        foreach (var letter in tokens.Span(at))
        {
            tokens.Steps++;
            exact = lexicon.Words.Step(exact, letter);
            if (exact == WordTrie.Nowhere)
                return;
            if (lexicon.Words.OpenEnding(exact) is var ending and not WordTrie.Nowhere)
                open = ending;
        }
    }

    /// <summary>The word after a space or after one sign that joins words ("take-profit", "s/l"); -1 when the phrase can't go on.</summary>
    private static int NextWord(TokenList tokens, int at)
    {
        var next = at + 1;
        if (next >= tokens.Count)
            return -1;
        if (tokens[next].Kind == TokenKind.Word)
            return next;
        var joins = tokens[next].Kind == TokenKind.Punctuation && tokens[next].Sign is '-' or '_' or '/' or '.' && tokens[next].End - tokens[next].Start == 1;
        return joins && tokens[next].IsGlued && next + 1 < tokens.Count && tokens[next + 1].Kind == TokenKind.Word && tokens[next + 1].IsGlued ? next + 1 : -1;
    }

    private WordMeaning WithoutPrefix(ReadOnlySpan<char> word)
    {
        const int shortestRest = 2;
        if (CharacterKinds.Of(word[0]) != CharacterKind.Letter || char.IsAscii(word[0]))
            return default;
        foreach (var prefix in lexicon.Prefixes)
        {
            if (word.Length >= prefix.Length + shortestRest && word.StartsWith(prefix, StringComparison.Ordinal) && lexicon.MeaningOf(word[prefix.Length..]) is { IsKnown: true } meaning)
                return meaning;
        }

        return default;
    }
}
