using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// Second stage: from folded text to words, numbers, punctuation, marks, links and moments. Words of scripts without spaces are cut
/// at known words; words that lost the space or line break between them ("LONGLeverage", "5xEntry") are cut where a known word begins.
/// </summary>
internal sealed class Tokeniser(Lexicon lexicon)
{
    private readonly WordSplitter _splitter = new(lexicon);

    public TokenList Run(FoldedText text)
    {
        var tokens = new TokenList(text);
        var at = 0;
        while (at < text.Length)
        {
            switch (CharacterKinds.Of(text[at]))
            {
                case CharacterKind.Space:
                    at++;
                    break;
                case CharacterKind.LineEnd:
                    tokens.Add(TokenKind.LineEnd, at, at + 1);
                    at++;
                    break;
                case CharacterKind.Mark:
                    tokens.Add(TokenKind.Mark, at, at + 1).Mark = Marks.From(text[at]);
                    at++;
                    break;
                case CharacterKind.Digit:
                    at = Digits(tokens, at);
                    break;
                case CharacterKind.Letter:
                    at = Letters(tokens, at);
                    break;
                case CharacterKind.UnspacedLetter:
                    at = _splitter.Unspaced(tokens, at);
                    break;
                default:
                    at = Punctuation(tokens, at);
                    break;
            }
        }

        return tokens;
    }

    private int Digits(TokenList tokens, int at)
    {
        var text = tokens.Text;
        var moment = MomentScanner.Scan(text, at);
        if (moment > at)
        {
            tokens.Add(TokenKind.Moment, at, moment);
            return moment;
        }

        var run = WordSplitter.EndOfRun(text, at);
        var digits = at;
        while (digits < run && text[digits] is >= '0' and <= '9')
            digits++;
        if (digits < run && _splitter.IsWordWithDigits(text, at, digits, run))
            return AddWord(tokens, at, run);
        var end = NumberScanner.Scan(text, at, out var number, out var isNumber);
        if (isNumber)
            tokens.AddNumber(at, end, number);
        else
            tokens.Add(TokenKind.Word, at, end);
        return end;
    }

    private int Letters(TokenList tokens, int at)
    {
        var text = tokens.Text;
        var run = WordSplitter.EndOfRun(text, at);
        var letters = WordSplitter.EndOfLetters(text, at, run);
        var link = LinkScanner.AfterWord(text, at, run);
        if (link > 0)
        {
            tokens.Add(TokenKind.Link, at, link);
            return link;
        }

        LookAlikes.Unify(text, at, letters);
        if (letters < run && _splitter.IsOneWord(text, at, letters, run))
            return AddWord(tokens, at, run);
        _splitter.Cased(tokens, at, letters);
        return letters;
    }

    private static int AddWord(TokenList tokens, int start, int end)
    {
        tokens.Add(TokenKind.Word, start, end);
        return end;
    }

    private int Punctuation(TokenList tokens, int at)
    {
        var text = tokens.Text;
        var sign = text[at];
        if (sign == '.' && at + 1 < text.Length && text[at + 1] is >= '0' and <= '9' && !IsPartOfWord(text, at - 1))
        {
            var end = NumberScanner.Scan(text, at, out var number, out var isNumber);
            if (isNumber)
                tokens.AddNumber(at, end, number);
            else
                tokens.Add(TokenKind.Word, at, end);
            return end;
        }

        if (sign == '<' && LinkScanner.AfterBracket(text, at, out var isLink) is var bracket and > 0)
        {
            tokens.Add(isLink ? TokenKind.Link : TokenKind.Handle, at, bracket);
            return bracket;
        }

        if (sign == '@' && !IsPartOfWord(text, at - 1) && LinkScanner.AfterAt(text, at) is var name and > 0 && !lexicon.MeaningOf(text.Span(at + 1, name)).IsKnown)
        {
            tokens.Add(TokenKind.Handle, at, name);
            return name;
        }

        var next = at + 1;
        // Runs of dashes, underscores and the like are one sign: "6.35--6.45", "________".
        while (next < text.Length && text[next] == sign && sign is '-' or '_' or '=' or '~' or '.' or '!' or '?')
            next++;
        tokens.Add(TokenKind.Punctuation, at, next).Sign = sign;
        return next;
    }

    private static bool IsPartOfWord(FoldedText text, int at) => at >= 0 && CharacterKinds.Of(text[at]) is CharacterKind.Letter or CharacterKind.Digit;
}
