using System.Globalization;
using System.Text;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>A formatted span of a text, in UTF-16 units.</summary>
public sealed record BotApiEntity(string Type, int Offset, int Length, string? Argument = null);

/// <summary>What a text is once its markup is parsed.</summary>
public sealed record BotApiText(string Text, IReadOnlyList<BotApiEntity> Entities);

/// <summary>
/// Parses the HTML of messages with Telegram's rules and wording. Stricter in one point: Telegram shows a bare <c>&amp;</c> and an
/// unknown reference as they are; here they are refused, because they mean that a value was not escaped.
/// </summary>
public static class BotApiHtml
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["b"] = "bold",
        ["strong"] = "bold",
        ["i"] = "italic",
        ["em"] = "italic",
        ["u"] = "underline",
        ["ins"] = "underline",
        ["s"] = "strikethrough",
        ["strike"] = "strikethrough",
        ["del"] = "strikethrough",
        ["tg-spoiler"] = "spoiler",
        ["code"] = "code",
        ["pre"] = "pre",
        ["blockquote"] = "blockquote",
        ["a"] = "text_link",
    };

    /// <summary>Throws <see cref="BotApiError"/> as Telegram refuses.</summary>
    public static BotApiText Parse(string html)
    {
        var text = new StringBuilder();
        var entities = new List<BotApiEntity>();
        var open = new Stack<(string Tag, string? Argument, int Offset)>();
        for (var index = 0; index < html.Length;)
        {
            switch (html[index])
            {
                case '&':
                    index = Reference(html, index, text);
                    break;
                case '<' when index + 1 < html.Length && html[index + 1] == '/':
                    index = EndTag(html, index, text, open, entities);
                    break;
                case '<':
                    index = StartTag(html, index, text, open);
                    break;
                default:
                    text.Append(html[index++]);
                    break;
            }
        }
        if (open.TryPeek(out var left))
            throw Refusal($"Can't find end tag corresponding to start tag \"{left.Tag}\"");
        entities.Sort((one, other) => (one.Offset, -one.Length, one.Type).CompareTo((other.Offset, -other.Length, other.Type)));
        return new BotApiText(text.ToString(), entities);
    }

    private static int StartTag(string html, int start, StringBuilder text, Stack<(string Tag, string? Argument, int Offset)> open)
    {
        var end = html.IndexOf('>', start);
        if (end < 0)
            throw Refusal($"Unclosed start tag at byte offset {Bytes(html, start)}");
        var content = html[(start + 1)..end];
        var space = content.IndexOf(' ', StringComparison.Ordinal);
        var tag = (space < 0 ? content : content[..space]).ToLowerInvariant();
        if (!Types.ContainsKey(tag))
            throw Refusal($"Unsupported start tag \"{tag}\" at byte offset {Bytes(html, start)}");
        open.Push((tag, Argument(tag, space < 0 ? "" : content[(space + 1)..].Trim(), Bytes(html, start)), text.Length));
        return end + 1;
    }

    /// <summary>The value of the one attribute the tag may have.</summary>
    private static string? Argument(string tag, string attributes, int offset)
    {
        if (attributes.Length == 0)
            return tag == "a" ? throw Refusal($"Tag \"a\" must have attribute \"href\" at byte offset {offset}") : null;
        if (tag == "blockquote" && attributes == "expandable")
            return null;
        var equals = attributes.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw Refusal($"Expected equal sign in declaration of an attribute of the tag \"{tag}\" at byte offset {offset}");
        var name = attributes[..equals].TrimEnd();
        var value = attributes[(equals + 1)..].TrimStart();
        if (value.Length < 2 || value[0] is not ('"' or '\'') || value[^1] != value[0] || value[1..^1].Contains(value[0], StringComparison.Ordinal))
            throw Refusal($"Unexpected end of name token at byte offset {offset}");
        var plain = Decode(value[1..^1]);
        return (tag, name) switch
        {
            ("a", "href") when Uri.IsWellFormedUriString(plain, UriKind.Absolute) => plain,
            ("code", "class") when plain.StartsWith("language-", StringComparison.Ordinal) => plain["language-".Length..],
            _ => throw Refusal($"Unsupported attribute \"{name}\" of the tag \"{tag}\" at byte offset {offset}"),
        };
    }

    private static int EndTag(string html, int start, StringBuilder text, Stack<(string Tag, string? Argument, int Offset)> open, List<BotApiEntity> entities)
    {
        var offset = Bytes(html, start);
        if (!open.TryPop(out var opened))
            throw Refusal($"Unexpected end tag at byte offset {offset}");
        var end = html.IndexOf('>', start);
        if (end < 0)
            throw Refusal($"Unclosed end tag at byte offset {offset}");
        var tag = html[(start + 2)..end].TrimEnd().ToLowerInvariant();
        if (tag != opened.Tag)
            throw Refusal($"Unmatched end tag at byte offset {offset}, expected \"</{opened.Tag}>\", found \"</{tag}>\"");
        if (text.Length > opened.Offset)
            entities.Add(new BotApiEntity(Types[tag], opened.Offset, text.Length - opened.Offset, opened.Argument));
        return end + 1;
    }

    private static int Reference(string html, int start, StringBuilder text)
    {
        var end = html.IndexOf(';', start);
        var name = end < 0 ? "" : html[(start + 1)..end];
        text.Append(Resolve(name) ?? throw Refusal($"Unescaped \"&\" at byte offset {Bytes(html, start)}"));
        return end + 1;
    }

    private static string Decode(string value)
    {
        var text = new StringBuilder();
        for (var index = 0; index < value.Length;)
            if (value[index] == '&')
                index = Reference(value, index, text);
            else
                text.Append(value[index++]);
        return text.ToString();
    }

    private static string? Resolve(string name) => name switch
    {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        ['#', 'x', .. var digits] when int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => Character(code),
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => Character(code),
        _ => null,
    };

    private static string? Character(int code) => code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : null;

    private static int Bytes(string html, int index) => Encoding.UTF8.GetByteCount(html.AsSpan(0, index));

    private static BotApiError Refusal(string reason) => BotApiError.BadRequest($"can't parse entities: {reason}");
}
