using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>Decides where one word ends and the next begins when no space says so.</summary>
internal sealed class WordSplitter(Lexicon lexicon)
{
    /// <summary>Words longer than this are never known, and are not searched for glued ones.</summary>
    private const int LongestWord = 40;

    /// <summary>Shorter endings than this begin too often by chance.</summary>
    private const int ShortestGluedWord = 2;

    /// <summary>The end of the run of letters and digits; an apostrophe between letters belongs to it.</summary>
    public static int EndOfRun(FoldedText text, int start)
    {
        var at = start;
        while (at < text.Length)
        {
            var kind = CharacterKinds.Of(text[at]);
            var isApostrophe = text[at] == '\'' && at > start && at + 1 < text.Length
                && CharacterKinds.Of(text[at - 1]) == CharacterKind.Letter && CharacterKinds.Of(text[at + 1]) == CharacterKind.Letter;
            if (kind is not (CharacterKind.Letter or CharacterKind.Digit) && !isApostrophe)
                break;
            at++;
        }

        return at;
    }

    public static int EndOfLetters(FoldedText text, int start, int end)
    {
        var at = start;
        while (at < end && text[at] is not (>= '0' and <= '9'))
            at++;
        return at;
    }

    /// <summary>Whether digits and the letters after them are one name ("1inch", "1000pepeusdt") and not a number with a unit or a word ("20x", "58Targets").</summary>
    public bool IsWordWithDigits(FoldedText text, int start, int digits, int end)
    {
        if (end - start > LongestWord)
            return true;
        if (lexicon.MeaningOf(text.Span(start, end)).IsKnown || PairEndings.BaseLength(text.Span(start, end), lexicon) > 0)
            return true;
        var rest = text.Span(digits, EndOfLetters(text, digits, end));
        if (rest.Length <= 1 || lexicon.MeaningOf(rest) is { Terms.IsEmpty: false })
            return false;
        return !EndsWithKnownWord(text, digits, end) && UnitWords.Of(rest) == NumberUnit.None;
    }

    /// <summary>Whether letters with digits behind them are one name ("us30", "nas100", "btcusdt") and not a label with its number ("tp1", "x20", "sl19").</summary>
    public bool IsOneWord(FoldedText text, int start, int letters, int end)
    {
        if (end - start > LongestWord)
            return true;
        var whole = text.Span(start, end);
        if (lexicon.MeaningOf(whole).IsKnown || PairEndings.BaseLength(whole, lexicon) > 0)
            return true;
        var label = text.Span(start, letters);
        if (label is "x" or "t" or "х")
            return false;
        return !lexicon.MeaningOf(label).IsKnown && !EndsWithKnownWord(text, start, letters) && PairEndings.BaseLength(label, lexicon) == 0;
    }

    /// <summary>Adds a run of letters, cut where the capitals change and a known word begins: "LONGLeverage", "StoplossTarget".</summary>
    public void Cased(TokenList tokens, int start, int end)
    {
        var text = tokens.Text;
        if (end - start > LongestWord || end - start < 2 * ShortestGluedWord || !HasEdge(text, start, end) || lexicon.MeaningOf(text.Span(start, end)).IsKnown)
        {
            tokens.Add(TokenKind.Word, start, end);
            return;
        }

        for (var at = start + 1; at <= end - ShortestGluedWord; at++)
        {
            if (IsEdge(text, at) && lexicon.MeaningOf(text.Span(at, end)) is { Terms.IsEmpty: false })
            {
                Cased(tokens, start, text[at - 1] == '\'' ? at - 1 : at);
                tokens.Add(TokenKind.Word, at, end);
                return;
            }
        }

        tokens.Add(TokenKind.Word, start, end);
    }

    /// <summary>A capital where a new word may begin, or the letter behind an apostrophe.</summary>
    private static bool IsEdge(FoldedText text, int at) => text[at - 1] == '\'' || (text.IsUpper(at) && (!text.IsUpper(at - 1) || !text.IsUpper(at + 1)));

    private static bool HasEdge(FoldedText text, int start, int end)
    {
        for (var at = start + 1; at <= end - ShortestGluedWord; at++)
        {
            if (IsEdge(text, at))
                return true;
        }

        return false;
    }

    /// <summary>Adds the words of a run without spaces: the longest known word at each place; what is between is one unknown word.</summary>
    public int Unspaced(TokenList tokens, int start)
    {
        var text = tokens.Text;
        var unknownFrom = start;
        var at = start;
        while (at < text.Length && CharacterKinds.Of(text[at]) == CharacterKind.UnspacedLetter)
        {
            var end = LongestKnown(text, at, out var meaning);
            if (end == at)
            {
                // Korean parts its words with spaces and glues endings behind them: what is unknown stays so to the end of the run.
                var isKorean = text[at] is >= '\uAC00' and <= '\uD7AF';
                at++;
                while (isKorean && at < text.Length && text[at] is >= '\uAC00' and <= '\uD7AF')
                    at++;
                continue;
            }

            if (unknownFrom < at)
                tokens.Add(TokenKind.Word, unknownFrom, at);
            ref var token = ref tokens.Add(TokenKind.Word, at, end);
            token.Terms = meaning.Terms;
            token.Asset = meaning.Asset;
            token.Language = meaning.Language;
            token.Variants = meaning.Variants;
            at = end;
            unknownFrom = at;
        }

        if (unknownFrom < at)
            tokens.Add(TokenKind.Word, unknownFrom, at);
        return at;
    }

    private int LongestKnown(FoldedText text, int start, out WordMeaning meaning)
    {
        meaning = default;
        var end = start;
        var node = lexicon.Words.Root;
        for (var at = start; at < text.Length && at - start < LongestWord; at++)
        {
            node = lexicon.Words.Step(node, text[at]);
            if (node == WordTrie.Nowhere)
                break;
            if (lexicon.Words.MeaningAt(node) is { IsKnown: true } known)
            {
                meaning = known;
                end = at + 1;
            }
        }

        return end;
    }

    private bool EndsWithKnownWord(FoldedText text, int start, int end)
    {
        for (var at = start + 1; at <= end - ShortestGluedWord; at++)
        {
            if (text.IsUpper(at) && !text.IsUpper(at - 1) && lexicon.MeaningOf(text.Span(at, end)) is { Terms.IsEmpty: false })
                return true;
        }

        return false;
    }
}
