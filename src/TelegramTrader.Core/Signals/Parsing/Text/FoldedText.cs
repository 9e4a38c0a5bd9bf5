namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>
/// The post as it is read: folded characters, each knowing where in the original text it came from.
/// </summary>
internal sealed class FoldedText(string original, char[] characters, int[] origins, int length)
{
    public string Original { get; } = original;

    public int Length { get; } = length;

    /// <summary>The parts that a channel's patterns put a field into.</summary>
    public IReadOnlyList<Profiles.PatternedPart> Patterned { get; init; } = [];

    public char this[int index] => characters[index];

    public ReadOnlySpan<char> Span(int start, int end) => characters.AsSpan(start, end - start);

    /// <summary>Whether the letter was a capital in the original.</summary>
    public bool IsUpper(int index)
    {
        var letter = Original[origins[index]];
        return letter is (>= 'A' and <= 'Z') || (letter > '\u007F' && !char.IsSurrogate(letter) && char.IsUpper(letter));
    }

    /// <summary>First original character of the folded character at <paramref name="index"/>; the end of the text for its length.</summary>
    public int OriginOf(int index) => index < Length ? origins[index] : Original.Length;

    /// <summary>Where the folded characters from <paramref name="start"/> to before <paramref name="end"/> stand in the original.</summary>
    public (int Start, int Length) OriginalSpan(int start, int end)
    {
        if (end <= start)
            return (OriginOf(start), 0);
        var first = origins[start];
        var last = origins[end - 1];
        var width = char.IsHighSurrogate(Original[last]) && last + 1 < Original.Length && char.IsLowSurrogate(Original[last + 1]) ? 2 : 1;
        return (first, last + width - first);
    }

    /// <summary>Exchanges a letter for its look-alike of another alphabet, see <see cref="LookAlikes"/>.</summary>
    public void Replace(int index, char character) => characters[index] = character;
}
