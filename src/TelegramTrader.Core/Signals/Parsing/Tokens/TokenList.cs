using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>The tokens of one post with their numbers, growing while they are found and shrinking while phrases are put together.</summary>
internal sealed class TokenList(FoldedText text)
{
    private const int LeastCapacity = 16;

    /// <summary>A token has about this many characters, with the space before it; more room is made when it has fewer.</summary>
    private const int CharactersOfAToken = 4;

    private Token[] _tokens = new Token[LeastCapacity + text.Length / CharactersOfAToken];
    private NumberReading[] _numbers = new NumberReading[LeastCapacity];
    private int _numberCount;

    public FoldedText Text { get; } = text;

    public int Count { get; private set; }

    /// <summary>How many elementary steps the stages took so far; a test holds it against the length of the text.</summary>
    public long Steps { get; set; }

    public ref Token this[int index] => ref _tokens[index];

    public ref NumberReading NumberOf(int index) => ref _numbers[_tokens[index].Number];

    public ReadOnlySpan<char> Span(int index) => Text.Span(_tokens[index].Start, _tokens[index].End);

    public ref Token Add(TokenKind kind, int start, int end)
    {
        if (Count == _tokens.Length)
            Array.Resize(ref _tokens, Count * 2);
        ref var token = ref _tokens[Count];
        token = new Token { Kind = kind, Start = start, End = end, Words = 1, IsGlued = Count > 0 && _tokens[Count - 1].End == start };
        Count++;
        return ref token;
    }

    public void AddNumber(int start, int end, in NumberReading number)
    {
        if (_numberCount == _numbers.Length)
            Array.Resize(ref _numbers, _numberCount * 2);
        _numbers[_numberCount] = number;
        Add(TokenKind.Number, start, end).Number = _numberCount++;
    }

    /// <summary>Cuts the list to its first tokens, after a stage moved the ones that stay to the front.</summary>
    public void Truncate(int count) => Count = count;
}
