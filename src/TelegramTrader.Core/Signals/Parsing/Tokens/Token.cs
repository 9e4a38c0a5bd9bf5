using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

internal enum TokenKind : byte
{
    /// <summary>A word, or a known phrase of several words.</summary>
    Word,
    Number,
    Punctuation,
    Mark,
    LineEnd,
    Link,

    /// <summary>Somebody's name with an @ before it, or a placeholder for one.</summary>
    Handle,

    /// <summary>A date, a time of day, or a ratio such as 1:3.</summary>
    Moment,
}

/// <summary>A piece of the folded text from <see cref="Start"/> to before <see cref="End"/>.</summary>
internal struct Token
{
    public TokenKind Kind;

    public int Start;

    public int End;

    /// <summary>The punctuation character, for <see cref="TokenKind.Punctuation"/>.</summary>
    public char Sign;

    public Mark Mark;

    /// <summary>A # or $ stands right before the word.</summary>
    public char TagSign;

    /// <summary>Nothing stands between this token and the one before.</summary>
    public bool IsGlued;

    public TermSet Terms;

    /// <summary>The one language that knows the word, counted from 1; 0 when several do or none.</summary>
    public byte Language;

    /// <summary>Index into the lexicon's variants while it is open which language the word is of; 0 when it is not.</summary>
    public short Variants;

    /// <summary>Index into the lexicon's assets; 0 for none.</summary>
    public int Asset;

    /// <summary>Index into the post's numbers, for <see cref="TokenKind.Number"/>.</summary>
    public int Number;

    /// <summary>How many words the phrase has.</summary>
    public byte Words;

    public readonly bool Is(char sign) => Kind == TokenKind.Punctuation && Sign == sign;

    public readonly bool Has(Term term) => Terms.Has(term);
}
