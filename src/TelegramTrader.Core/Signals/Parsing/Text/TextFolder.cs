namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>
/// First stage: from the text as posted to the text as read. One pass, at most two folded characters for one original character,
/// nothing is ever looked at twice.
/// </summary>
internal static class TextFolder
{
    private const char KeycapSign = '\u20E3';

    public static FoldedText Fold(string text)
    {
        // A circled or raised digit becomes the digit and a mark; everything else becomes one character or none.
        var room = text.Length + CountCircled(text);
        var characters = new char[room];
        var origins = new int[room];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is >= 'a' and <= 'z' or >= '0' and <= '9' or ' ')
            {
                origins[length] = i;
                characters[length++] = character;
                continue;
            }

            var codePoint = (int)character;
            var start = i;
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                codePoint = char.ConvertToUtf32(character, text[++i]);
            else if (character == KeycapSign)
            {
                length = Append(characters, origins, length, Mark.Keycap.ToCharacter(), start);
                continue;
            }

            length = codePoint > char.MaxValue || IsStyledBlock(codePoint)
                ? AppendStyled(characters, origins, length, codePoint, start)
                : AppendPlain(characters, origins, length, character, start);
            if (EndsRaisedNumber(text, start))
                length = Append(characters, origins, length, Mark.Keycap.ToCharacter(), start);
        }

        return new FoldedText(text, characters, origins, length);
    }

    /// <summary>The last digit of a raised number that is no exponent.</summary>
    private static bool EndsRaisedNumber(string text, int at)
    {
        if (!FoldTable.IsRaisedDigit(text[at]) || (at + 1 < text.Length && FoldTable.IsRaisedDigit(text[at + 1])))
            return false;
        while (at > 0 && FoldTable.IsRaisedDigit(text[at]))
            at--;
        return !char.IsAsciiDigit(text[at]);
    }

    private static int CountCircled(string text)
    {
        var count = 0;
        foreach (var character in text.AsSpan())
            count += IsStyledBlock(character) || FoldTable.IsRaisedDigit(character) ? 1 : 0;
        return count;
    }

    private static bool IsStyledBlock(int codePoint) => codePoint is (>= 0x2460 and <= 0x24FF) or (>= 0x2776 and <= 0x2793);

    private static int AppendPlain(char[] characters, int[] origins, int length, char character, int origin)
    {
        var folded = FoldTable.Fold(character);
        return folded == FoldTable.Dropped ? length : Append(characters, origins, length, folded, origin);
    }

    private static int AppendStyled(char[] characters, int[] origins, int length, int codePoint, int origin)
    {
        var plain = StyledLetters.Plain(codePoint, out var isNumbering);
        if (plain != '\0')
        {
            length = Append(characters, origins, length, plain, origin);
            return isNumbering ? Append(characters, origins, length, Mark.Keycap.ToCharacter(), origin) : length;
        }

        var mark = Marks.OfCodePoint(codePoint);
        return Append(characters, origins, length, mark == Mark.None ? ' ' : mark.ToCharacter(), origin);
    }

    private static int Append(char[] characters, int[] origins, int length, char character, int origin)
    {
        origins[length] = origin;
        characters[length] = character;
        return length + 1;
    }
}
