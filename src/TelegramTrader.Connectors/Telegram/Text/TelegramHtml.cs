using System.Globalization;
using System.Text;

namespace TelegramTrader.Connectors.Telegram.Text;

/// <summary>
/// The small HTML that messages are written in: <c>b i u s code pre a blockquote</c>. Every value is escaped before it goes in.
/// </summary>
public static class TelegramHtml
{
    // &#x10FFFF; is the longest reference that means something.
    private const int LongestReference = 10;

    /// <summary>The text so that Telegram shows exactly it, inside an element or an attribute.</summary>
    public static string Escape(string text) =>
        text.AsSpan().ContainsAny("<>&\"")
            ? text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("\"", "&quot;", StringComparison.Ordinal)
            : text;

    /// <summary>
    /// What people see of the markup: tags out, references resolved. Anything that isn't certainly a tag or a reference stays
    /// and is counted, so that the length of the result is never less than what Telegram counts.
    /// </summary>
    public static string ToPlain(string html)
    {
        if (!html.AsSpan().ContainsAny('<', '&'))
            return html;
        var plain = new StringBuilder(html.Length);
        for (var index = 0; index < html.Length;)
        {
            if (html[index] == '<' && TagEnd(html, index) is var end and > 0)
                index = end;
            else if (html[index] == '&' && Reference(html, index) is var (character, length))
            {
                plain.Append(character);
                index += length;
            }
            else
                plain.Append(html[index++]);
        }
        return plain.ToString();
    }

    /// <summary>How many formatted spans the markup makes, at most.</summary>
    internal static int CountSpans(string html)
    {
        var spans = 0;
        for (var index = html.IndexOf('<', StringComparison.Ordinal); index >= 0; index = html.IndexOf('<', index + 1))
            if (index + 1 < html.Length && html[index + 1] != '/')
                spans++;
        return spans;
    }

    /// <summary>The index after the tag that starts here; 0 when none does.</summary>
    private static int TagEnd(string html, int start)
    {
        var name = start + 1;
        if (name < html.Length && html[name] == '/')
            name++;
        if (name >= html.Length || !char.IsAsciiLetter(html[name]))
            return 0;
        var quote = '\0';
        for (var index = name; index < html.Length; index++)
        {
            var character = html[index];
            if (quote != '\0')
                quote = character == quote ? '\0' : quote;
            else if (character is '"' or '\'')
                quote = character;
            else if (character == '<')
                return 0;
            else if (character == '>')
                return index + 1;
        }
        return 0;
    }

    private static (string Text, int Length)? Reference(string html, int start)
    {
        var end = html.IndexOf(';', start, Math.Min(LongestReference + 1, html.Length - start));
        if (end < 0)
            return null;
        var length = end - start + 1;
        var name = html.AsSpan(start + 1, end - start - 1);
        var text = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            ['#', 'x', .. var digits] => Character(digits, NumberStyles.AllowHexSpecifier),
            ['#', .. var digits] => Character(digits, NumberStyles.None),
            _ => null,
        };
        return text is null ? null : (text, length);
    }

    private static string? Character(ReadOnlySpan<char> digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : null;
}
