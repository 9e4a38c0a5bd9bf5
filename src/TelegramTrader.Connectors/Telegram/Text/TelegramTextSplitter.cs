using System.Globalization;
using System.Text;

namespace TelegramTrader.Connectors.Telegram.Text;

/// <summary>
/// Packs rows into messages that Telegram takes, on row borders. Counted is the longer of the two forms of each row,
/// so that a part whose markup is refused can be sent plain as it is.
/// </summary>
public static class TelegramTextSplitter
{
    /// <summary>UTF-16 units of visible text in a message.</summary>
    public const int MaximumLength = 4096;

    /// <summary>UTF-16 units of visible text under a picture or a file.</summary>
    public const int MaximumCaptionLength = 1024;

    // Telegram refuses a text of more than 32,768 bytes with its markup, and shows no formatting beyond the hundredth span.
    private const int MaximumMarkupBytes = 32_000;
    private const int MaximumSpans = 100;

    /// <summary>
    /// The parts in order; none when the text is blank. Blank rows at the ends of a part are left out, as Telegram does.
    /// </summary>
    /// <param name="maximumLength">UTF-16 units of visible text in a part; at least 16.</param>
    public static IReadOnlyList<TelegramPart> Split(TelegramText text, int maximumLength = MaximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 16);
        var parts = new List<TelegramPart>();
        var page = new Page(maximumLength);
        foreach (var row in text.Rows.SelectMany(row => Page.Fits(row, maximumLength) ? [row] : SplitRow(row, maximumLength)))
        {
            if (page.TryAdd(row))
                continue;
            page.MoveTo(parts);
            if (!page.TryAdd(row))
                throw new InvalidOperationException($"A row of {row.Plain.Length} characters doesn't fit into an empty message of {maximumLength}.");
        }
        page.MoveTo(parts);
        if (parts.Count > 0)
            parts[^1] = parts[^1] with { Keyboard = text.Keyboard };
        return parts;
    }

    /// <summary>The plain text in pieces at line or word borders, and between whole characters where a word is too long.</summary>
    internal static IEnumerable<string> SplitPlain(string text, int maximumLength)
    {
        var rest = text.Trim();
        while (rest.Length > maximumLength)
        {
            var cut = Cut(rest, maximumLength);
            yield return rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart();
        }
        if (rest.Length > 0)
            yield return rest;
    }

    private static IEnumerable<TelegramRow> SplitRow(TelegramRow row, int maximumLength) =>
        SplitPlain(row.Plain, maximumLength).Select(TelegramRow.FromPlain);

    private static int Cut(string text, int maximumLength)
    {
        // One more than fits, because the border itself is dropped. A border in the first half would make scraps.
        var half = maximumLength / 2;
        var line = text.LastIndexOf('\n', maximumLength, maximumLength - half);
        if (line > 0)
            return line;
        for (var index = maximumLength; index > half; index--)
            if (char.IsWhiteSpace(text[index]))
                return index;
        // No border: between characters as people see them, which may be several code points (flags, families, accents).
        var whole = 0;
        while (whole < text.Length && StringInfo.GetNextTextElementLength(text.AsSpan(whole)) is var length && whole + length <= maximumLength)
            whole += length;
        if (whole > 0)
            return whole;
        return char.IsLowSurrogate(text[maximumLength]) && char.IsHighSurrogate(text[maximumLength - 1]) ? maximumLength - 1 : maximumLength;
    }

    /// <summary>The message being filled.</summary>
    private sealed class Page(int maximumLength)
    {
        private readonly List<TelegramRow> _rows = [];
        private int _length;
        private int _bytes;
        private int _spans;

        public static bool Fits(TelegramRow row, int maximumLength) =>
            LengthOf(row) <= maximumLength && Encoding.UTF8.GetByteCount(row.Html) <= MaximumMarkupBytes && TelegramHtml.CountSpans(row.Html) <= MaximumSpans;

        public bool TryAdd(TelegramRow row)
        {
            // A blank row at the start would not be shown.
            if (_rows.Count == 0 && IsBlank(row))
                return true;
            var border = _rows.Count == 0 ? 0 : 1;
            var length = _length + border + LengthOf(row);
            var bytes = _bytes + border + Encoding.UTF8.GetByteCount(row.Html);
            var spans = _spans + TelegramHtml.CountSpans(row.Html);
            if (length > maximumLength || bytes > MaximumMarkupBytes || spans > MaximumSpans)
                return false;
            _rows.Add(row);
            (_length, _bytes, _spans) = (length, bytes, spans);
            return true;
        }

        public void MoveTo(List<TelegramPart> parts)
        {
            while (_rows.Count > 0 && IsBlank(_rows[^1]))
                _rows.RemoveAt(_rows.Count - 1);
            if (_rows.Count > 0)
                parts.Add(new TelegramPart(string.Join('\n', _rows.Select(row => row.Html)), string.Join('\n', _rows.Select(row => row.Plain))));
            _rows.Clear();
            (_length, _bytes, _spans) = (0, 0, 0);
        }

        private static int LengthOf(TelegramRow row) => Math.Max(TelegramHtml.ToPlain(row.Html).Length, row.Plain.Length);

        private static bool IsBlank(TelegramRow row) => string.IsNullOrWhiteSpace(TelegramHtml.ToPlain(row.Html));
    }
}
