namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>Letters and digits of the styled Unicode blocks (bold, script, boxed, circled), as plain ones.</summary>
internal static class StyledLetters
{
    private const int LettersOfOneStyle = 52;
    private const int LettersOfTheAlphabet = 26;

    /// <summary>The plain letter or digit; <c>'\0'</c> when the code point is no styled letter.</summary>
    /// <param name="isNumbering">True for digits in circles and the like, which number a list and are no price.</param>
    public static char Plain(int codePoint, out bool isNumbering)
    {
        isNumbering = false;
        switch (codePoint)
        {
            case >= 0x1D400 and <= 0x1D6A3:
                return (char)('a' + (codePoint - 0x1D400) % LettersOfOneStyle % LettersOfTheAlphabet);
            case >= 0x1D7CE and <= 0x1D7FF:
                return (char)('0' + (codePoint - 0x1D7CE) % 10);
            case >= 0x1F110 and <= 0x1F129:
                return (char)('a' + codePoint - 0x1F110);
            case >= 0x1F130 and <= 0x1F149:
                return (char)('a' + codePoint - 0x1F130);
            case >= 0x1F150 and <= 0x1F169:
                return (char)('a' + codePoint - 0x1F150);
            case >= 0x1F170 and <= 0x1F189:
                return (char)('a' + codePoint - 0x1F170);
            case >= 0x1FBF0 and <= 0x1FBF9:
                return (char)('0' + codePoint - 0x1FBF0);
            case >= 0x24B6 and <= 0x24CF:
                return (char)('a' + codePoint - 0x24B6);
            case >= 0x24D0 and <= 0x24E9:
                return (char)('a' + codePoint - 0x24D0);
        }

        var number = Numbering(codePoint);
        isNumbering = number != '\0';
        return number;
    }

    private static char Numbering(int codePoint) => codePoint switch
    {
        >= 0x2460 and <= 0x2468 => (char)('1' + codePoint - 0x2460),
        >= 0x2474 and <= 0x247C => (char)('1' + codePoint - 0x2474),
        >= 0x2488 and <= 0x2490 => (char)('1' + codePoint - 0x2488),
        >= 0x24F5 and <= 0x24FD => (char)('1' + codePoint - 0x24F5),
        >= 0x2776 and <= 0x277E => (char)('1' + codePoint - 0x2776),
        >= 0x2780 and <= 0x2788 => (char)('1' + codePoint - 0x2780),
        >= 0x278A and <= 0x2792 => (char)('1' + codePoint - 0x278A),
        _ => '\0',
    };
}
