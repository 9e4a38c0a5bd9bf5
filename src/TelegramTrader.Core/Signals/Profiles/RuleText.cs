using System.Text;
using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Profiles;

/// <summary>The literal text of a profile's rules, and where it stands in a post. Spaces beside signs don't count; a space between words stands for any number of them.</summary>
internal static class RuleText
{
    /// <summary>Letters from here on belong to scripts that write words without spaces.</summary>
    private const char FirstUnspacedLetter = '\u2E80';

    public static string Fold(string text)
    {
        var folded = TextFolder.Fold(text);
        var result = new StringBuilder(folded.Length);
        foreach (var character in folded.Span(0, folded.Length).Trim())
        {
            if (character == ' ' && (result.Length == 0 || !IsWordPart(result[^1])))
                continue;
            if (!IsWordPart(character) && character != ' ' && result.Length > 0 && result[^1] == ' ')
                result.Length--;
            result.Append(character);
        }

        return result.ToString();
    }

    /// <summary>The place behind <paramref name="literal"/> where it stands at <paramref name="at"/>, spaces behind a sign included; -1 where it does not.</summary>
    public static int Match(FoldedText text, int at, int end, string literal)
    {
        if (literal.Length == 0 || !BeginsWord(text, at, literal[0]))
            return -1;
        for (var i = 0; i < literal.Length; i++)
        {
            var wanted = literal[i];
            var from = at;
            if (wanted == ' ' || (i > 0 && !(IsWordPart(wanted) && IsWordPart(literal[i - 1]))))
                at = SkipSpaces(text, at, end);
            if (wanted == ' ')
            {
                if (at == from)
                    return -1;
                continue;
            }

            if (at >= end || text[at] != wanted)
                return -1;
            at++;
        }

        return EndsWord(text, at, end, literal[^1]) ? at : -1;
    }

    public static int SkipSpaces(FoldedText text, int at, int end)
    {
        while (at < end && text[at] == ' ')
            at++;
        return at;
    }

    private static bool BeginsWord(FoldedText text, int at, char first) =>
        !IsSpaced(first) || at == 0 || !IsWordPart(text[at - 1]) || text[at - 1] >= FirstUnspacedLetter;

    /// <summary>A number may be glued to the end of a word, as in "TP1"; a letter may not.</summary>
    private static bool EndsWord(FoldedText text, int at, int end, char last) => !IsSpaced(last) || at >= end || !char.IsLetter(text[at]) || text[at] >= FirstUnspacedLetter;

    private static bool IsSpaced(char character) => char.IsLetter(character) && character < FirstUnspacedLetter;

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character);
}
