using System.Globalization;
using System.Text;

namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>
/// For each character of the basic plane, the one it is read as: small letters without accents, ASCII digits, one kind of dash,
/// one kind of space. <see cref="Dropped"/> stands for characters that are not read at all (joiners, direction marks, accents).
/// </summary>
internal static class FoldTable
{
    public const char Dropped = '\0';

    // Before the table, which is built from it.
    private static readonly (char From, char To)[] Superscripts =
        [('⁰', '0'), ('¹', '1'), ('²', '2'), ('³', '3'), ('⁴', '4'), ('⁵', '5'), ('⁶', '6'), ('⁷', '7'), ('⁸', '8'), ('⁹', '9'), ('₀', '0'), ('₁', '1'), ('₂', '2'), ('₃', '3'), ('₄', '4'), ('₅', '5'), ('₆', '6'), ('₇', '7'), ('₈', '8'), ('₉', '9')];

    private static readonly char[] Folded = Build();

    public static char Fold(char character) => Folded[character];

    /// <summary>A small raised or lowered digit: the number of something ("TP¹"), never a price.</summary>
    public static bool IsRaisedDigit(char character) => character is '²' or '³' or '¹' or (>= '⁰' and <= '₉') && Folded[character] is >= '0' and <= '9';

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
            table[code] = General((char)code);
        foreach (var row in LatinLetters.Rows)
        {
            foreach (var letter in row)
                table[letter] = row[0];
        }

        Put(table, "ё=е أ=ا إ=ا آ=ا ٱ=ا ى=ي ی=ي ک=ك ة=ه ؤ=و ئ=ي ß=s ς=σ");
        Put(table, "‐=- ‑=- ‒=- –=- —=- ―=- −=- ﹘=- ﹣=- －=- ⁃=- ➖=- ─=- ━=- ~=~ ～=~ 〜=~ ∼=~");
        Put(table, "،=, ‚=, 、=& ，=, ﹐=, ٬=, ٫=. ․=. 。=. ．=. ؛=; ；=; ：=: ﹕=: ︰=: ∶=: ！=! ؟=? ？=? ％=% ٪=% ﹪=%");
        Put(table, "’=' ‘=' ´=' ʼ=' （=( ）=) 【=[ 】=] 「=[ 」=] 《=[ 》=] 〔=[ 〕=] ✕=× ╳=× ／=/ ⁄=/ ∕=/ ÷=/ ￥=¥ ।=. ॥=. …=. │=| ┃=| ｜=|");
        foreach (var character in "ºª`*\"“”„«\u00A0\u2007\u2009\u200A\u202F\u205F\u3000\t\v\f\u0085\u2028\u2029")
            table[character] = ' ';
        table['»'] = Mark.Pointer.ToCharacter();
        table['\n'] = '\n';
        table['\u2028'] = '\n';
        table['\u2029'] = '\n';
        foreach (var (from, to) in Superscripts)
            table[from] = to;
        return table;
    }

    private static char General(char character)
    {
        if (character is >= '\uFF01' and <= '\uFF5E')
            return General((char)(character - 0xFEE0));
        if (Marks.OfCodePoint(character) is var mark and not Mark.None)
            return mark.ToCharacter();
        if (CharUnicodeInfo.GetDecimalDigitValue(character) is var digit and >= 0)
            return (char)('0' + digit);
        switch (CharUnicodeInfo.GetUnicodeCategory(character))
        {
            case UnicodeCategory.UppercaseLetter:
            case UnicodeCategory.TitlecaseLetter:
                return char.ToLowerInvariant(character);
            case UnicodeCategory.OtherLetter when character is >= '\uFB50' and <= '\uFEFC':
                return Compatible(character);
            case UnicodeCategory.NonSpacingMark:
                return IsAccent(character) ? Dropped : character;
            case UnicodeCategory.Format:
            case UnicodeCategory.EnclosingMark:
            case UnicodeCategory.Control:
            case UnicodeCategory.ModifierLetter when character == 'ـ':
                return Dropped;
            case UnicodeCategory.SpaceSeparator:
            case UnicodeCategory.PrivateUse:
            case UnicodeCategory.OtherSymbol:
            case UnicodeCategory.ModifierSymbol when character > '\u007F':
                return ' ';
            default:
                return character;
        }
    }

    /// <summary>Accents on Latin and Cyrillic letters, Arabic vowel signs and variation selectors say nothing here; the vowel signs of Hindi and Thai are letters.</summary>
    private static bool IsAccent(char character) =>
        character is (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0489') or (>= '\u0591' and <= '\u05C7') or (>= '\u0610' and <= '\u061A')
            or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u06D6' and <= '\u06ED') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE00' and <= '\uFE2F');

    private static char Compatible(char character)
    {
        var plain = character.ToString().Normalize(NormalizationForm.FormKC);
        return plain.Length >= 1 ? plain[0] : character;
    }

    private static void Put(char[] table, string pairs)
    {
        foreach (var pair in pairs.Split(' '))
            table[pair[0]] = pair[2];
    }
}
