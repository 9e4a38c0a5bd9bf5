using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>Finds links, e-mail addresses, @names and things in angle brackets: what stands in them is never read as a signal.</summary>
internal static class LinkScanner
{
    private const int LongestPlaceholder = 64;

    /// <summary>A bound, so that no letter is looked at more often than this.</summary>
    private const int MostNameParts = 5;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevels =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "com", "org", "net", "io", "me", "co", "app", "xyz", "ly", "gg", "info", "biz", "link", "site", "online", "pro", "trade", "finance",
            "exchange", "vip", "club", "shop", "store", "dev", "tv", "ru", "cc", "fm", "gl", "bio",
        }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The end of a link that starts with the word from <paramref name="start"/> to <paramref name="wordEnd"/>; 0 when it is a plain word.</summary>
    public static int AfterWord(FoldedText text, int start, int wordEnd)
    {
        if (wordEnd + 2 < text.Length && text[wordEnd] == ':' && text[wordEnd + 1] == '/' && text[wordEnd + 2] == '/' && wordEnd - start <= 8)
            return EndOfLink(text, wordEnd);
        if (wordEnd + 1 >= text.Length || text[wordEnd] != '.' || !IsNamePart(text[wordEnd + 1]))
            return 0;
        // name.name.tld/path
        var at = wordEnd;
        for (var part = 0; part < MostNameParts && at + 1 < text.Length && text[at] == '.' && IsNamePart(text[at + 1]); part++)
        {
            var partStart = at + 1;
            at = partStart;
            while (at < text.Length && IsNamePart(text[at]))
                at++;
            var isEnd = at >= text.Length || text[at] != '.' || at + 1 >= text.Length || !IsNamePart(text[at + 1]);
            if (isEnd && TopLevels.Contains(text.Span(partStart, at)))
                return EndOfLink(text, at);
        }

        return 0;
    }

    /// <summary>The end of an @name that starts at the @; 0 when the @ means "at".</summary>
    public static int AfterAt(FoldedText text, int at)
    {
        var end = at + 1;
        if (end >= text.Length || text[end] is not (>= 'a' and <= 'z'))
            return 0;
        while (end < text.Length && (text[end] is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            end++;
        return end;
    }

    /// <summary>The end of something in angle brackets that starts at the bracket: a link in brackets, a mention, a placeholder; 0 for a plain "less than".</summary>
    public static int AfterBracket(FoldedText text, int at, out bool isLink)
    {
        isLink = false;
        var end = at + 1;
        if (end >= text.Length || !(char.IsAsciiLetter(text[end]) || text[end] is '@' or '#' or '!' or ':'))
            return 0;
        for (; end < text.Length && end - at < LongestPlaceholder; end++)
        {
            if (text[end] == '>')
            {
                var content = text.Span(at + 1, end);
                isLink = content.IndexOf("link", StringComparison.Ordinal) >= 0 || content.IndexOf("://", StringComparison.Ordinal) >= 0;
                return end + 1;
            }

            if (text[end] is '\n' or ' ' or '<')
                return 0;
        }

        return 0;
    }

    private static int EndOfLink(FoldedText text, int at)
    {
        while (at < text.Length && text[at] is not (' ' or '\n' or '<' or '>' or ')' or ']') && !Marks.IsMark(text[at]))
            at++;
        return at;
    }

    private static bool IsNamePart(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';
}
