using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// One post, read into tokens with meanings and units: what all later stages work on. Knows its lines.
/// </summary>
internal sealed class Post
{
    private readonly int[] _lines;
    private readonly int[] _lineEnds;
    private readonly byte[] _labels;

    private Post(TokenList tokens, Lexicon lexicon)
    {
        Tokens = tokens;
        Lexicon = lexicon;
        _lines = new int[tokens.Count];
        _labels = new byte[tokens.Count];
        var line = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            _lines[i] = line;
            if (tokens[i].Kind == TokenKind.LineEnd)
                line++;
        }

        _lineEnds = new int[line + 1];
        Array.Fill(_lineEnds, tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.LineEnd)
                _lineEnds[_lines[i]] = i;
        }
    }

    public TokenList Tokens { get; }

    public Lexicon Lexicon { get; }

    public int Count => Tokens.Count;

    public FoldedText Text => Tokens.Text;

    public ref Token this[int index] => ref Tokens[index];

    /// <summary>Room for what the label reader found out about a token, so that it need not find it out again; 0 before it did.</summary>
    public ref byte LabelCache(int index) => ref _labels[index];

    /// <summary>How many lines the post has, empty ones among them.</summary>
    public int LineCount => _lineEnds.Length;

    public int LineOf(int index) => _lines[index];

    /// <summary>The token that ends the line of the given token, or the number of tokens for the last line.</summary>
    public int LineEndAfter(int index) => _lineEnds[_lines[index]];

    /// <summary>The last token, its line's break excluded, of a line given by number; -1 before the first token.</summary>
    public int EndOfLine(int line) => _lineEnds[line];

    public bool IsLineStart(int index) => index == 0 || Tokens[index - 1].Kind == TokenKind.LineEnd;

    public bool Has(int index, Term term) => index >= 0 && index < Count && Tokens[index].Kind == TokenKind.Word && Tokens[index].Terms.Has(term);

    public bool IsNumber(int index) => index >= 0 && index < Count && Tokens[index].Kind == TokenKind.Number;

    public bool IsSign(int index, char sign) => index >= 0 && index < Count && Tokens[index].Is(sign);

    public ref NumberReading NumberOf(int index) => ref Tokens.NumberOf(index);

    /// <summary>Whether the original letters of the token are all capitals (and digits), at least one of them a letter.</summary>
    public bool IsCapitals(int index)
    {
        var letters = 0;
        for (var i = Tokens[index].Start; i < Tokens[index].End; i++)
        {
            if (CharacterKinds.Of(Text[i]) != CharacterKind.Letter)
                continue;
            if (!Text.IsUpper(i))
                return false;
            letters++;
        }

        return letters > 0;
    }

    /// <summary>Where tokens first to last stand in the original text.</summary>
    public (int Start, int Length) OriginalSpan(int first, int last) => Text.OriginalSpan(Tokens[first].Start, Tokens[last].End);

    public sealed class Reader(Lexicon lexicon)
    {
        private readonly Tokeniser _tokeniser = new(lexicon);
        private readonly PhraseReader _phrases = new(lexicon);
        private readonly LanguageReader _languages = new(lexicon);
        private readonly UnitReader _units = new();

        public Post Read(string text) => Read(text, ChannelProfile.Default);

        public Post Read(string text, ChannelProfile profile)
        {
            var tokens = _tokeniser.Run(ProfileTranslator.Run(TextFolder.Fold(text), profile));
            _phrases.Run(tokens);
            _languages.Run(tokens);
            _units.Run(tokens);
            return new Post(tokens, lexicon);
        }
    }
}
