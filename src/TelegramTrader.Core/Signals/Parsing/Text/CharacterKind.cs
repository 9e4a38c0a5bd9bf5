using System.Globalization;

namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>What a folded character can be part of.</summary>
internal enum CharacterKind : byte
{
    Space,
    LineEnd,
    Letter,

    /// <summary>A letter of a script that is written without spaces between words, or with endings glued on (Chinese, Japanese, Korean, Thai).</summary>
    UnspacedLetter,
    Digit,
    Punctuation,
    Mark,
}

internal static class CharacterKinds
{
    private static readonly CharacterKind[] Kinds = Build();

    public static CharacterKind Of(char character) => Kinds[character];

    private static CharacterKind[] Build()
    {
        var kinds = new CharacterKind[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
            kinds[code] = Classify((char)code);
        return kinds;
    }

    private static CharacterKind Classify(char character)
    {
        if (character == '\n')
            return CharacterKind.LineEnd;
        if (Marks.IsMark(character))
            return CharacterKind.Mark;
        if (character is >= '0' and <= '9')
            return CharacterKind.Digit;
        if (IsUnspaced(character))
            return CharacterKind.UnspacedLetter;
        switch (CharUnicodeInfo.GetUnicodeCategory(character))
        {
            case UnicodeCategory.UppercaseLetter:
            case UnicodeCategory.LowercaseLetter:
            case UnicodeCategory.TitlecaseLetter:
            case UnicodeCategory.ModifierLetter:
            case UnicodeCategory.OtherLetter:
            case UnicodeCategory.NonSpacingMark:
            case UnicodeCategory.SpacingCombiningMark:
                return CharacterKind.Letter;
            case UnicodeCategory.SpaceSeparator:
            case UnicodeCategory.Control:
            case UnicodeCategory.Surrogate:
            case UnicodeCategory.PrivateUse:
            case UnicodeCategory.OtherNotAssigned:
            case UnicodeCategory.Format:
                return CharacterKind.Space;
            default:
                return CharacterKind.Punctuation;
        }
    }

    private static bool IsUnspaced(char character) =>
        character is (>= '\u0E00' and <= '\u0E7F') or (>= '\u1100' and <= '\u11FF') or (>= '\u3041' and <= '\u30FF') or (>= '\u3130' and <= '\u318F')
            or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF');
}
