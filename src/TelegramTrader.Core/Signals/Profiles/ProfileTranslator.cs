using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Profiles;

/// <summary>A part of the translated text, from <paramref name="Start"/> to before <paramref name="End"/>, in which a pattern put a field.</summary>
internal readonly record struct PatternedPart(PatternField Field, int Start, int End);

/// <summary>
/// Says a post in the parser's own words: a channel's words become the common ones, and what a pattern finds gets a line and a label of its own. Each character keeps
/// its place in the original, so that the words read can be shown. Time is in proportion to the post times the number of rules.
/// </summary>
internal sealed class ProfileTranslator
{
    /// <summary>In characters; a longer value is none.</summary>
    private const int LongestValue = 80;

    private readonly FoldedText _text;
    private readonly ChannelProfile _profile;
    private readonly List<char> _characters;
    private readonly List<int> _origins;
    private readonly List<PatternedPart> _parts = [];

    private ProfileTranslator(FoldedText text, ChannelProfile profile)
    {
        (_text, _profile) = (text, profile);
        (_characters, _origins) = (new List<char>(text.Length + 64), new List<int>(text.Length + 64));
    }

    public static FoldedText Run(FoldedText text, ChannelProfile profile)
    {
        if (profile.Words.Count == 0 && profile.Patterns.Count == 0)
            return text;
        var translator = new ProfileTranslator(text, profile);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && text[end] != '\n')
                end++;
            translator.Line(start, end);
            if (end < text.Length)
                translator.Copy(end, end + 1);
            start = end + 1;
        }

        return new FoldedText(text.Original, [.. translator._characters], [.. translator._origins], translator._characters.Count) { Patterned = translator._parts };
    }

    private void Line(int start, int end)
    {
        for (var at = start; at < end;)
            at = Pattern(at, end) is var next && next >= 0 ? next : WordOrCharacter(at, end);
    }

    private void Words(int start, int end)
    {
        for (var at = start; at < end;)
            at = WordOrCharacter(at, end);
    }

    private int WordOrCharacter(int at, int end)
    {
        if (Word(at, end) is var next && next >= 0)
            return next;
        Copy(at, at + 1);
        return at + 1;
    }

    /// <summary>The place behind the longest own word that stands here; -1 for none.</summary>
    private int Word(int at, int end)
    {
        var (found, next) = OwnWordAt(at, end);
        if (found is null)
            return -1;
        Write(found.Canonical, at, next);
        return next;
    }

    private (OwnWord? Word, int Next) OwnWordAt(int at, int end)
    {
        OwnWord? found = null;
        var longest = -1;
        foreach (var word in _profile.Words)
        {
            if (RuleText.Match(_text, at, end, word.Folded) is var next && next >= 0 && next >= longest)
                (found, longest) = (word, next);
        }

        return (found, longest);
    }

    private int Pattern(int at, int end)
    {
        foreach (var pattern in _profile.Patterns)
        {
            var behind = RuleText.Match(_text, at, end, pattern.Before);
            if (behind < 0 || Value(pattern, RuleText.SkipSpaces(_text, behind, end), end) is not { } value)
                continue;
            Write(pattern, at, value.Start, value.End);
            return value.Next;
        }

        return -1;
    }

    /// <summary>What stands in the hole; null when it is not what the field takes.</summary>
    private (int Start, int End, int Next)? Value(FieldPattern pattern, int start, int end)
    {
        var last = Math.Min(end, start + LongestValue);
        for (var at = start; at < last; at++)
        {
            if (at > start && pattern.After.Length > 0 && RuleText.Match(_text, at, end, pattern.After) is var next && next >= 0)
                return IsValue(pattern, start, at) ? (start, at, next) : null;
            if (!Takes(pattern, at))
                return pattern.After.Length == 0 && IsValue(pattern, start, at) ? (start, at, at) : null;
        }

        return pattern.After.Length == 0 && last == end && IsValue(pattern, start, end) ? (start, end, end) : null;
    }

    private bool Takes(FieldPattern pattern, int at)
    {
        var character = _text[at];
        return pattern.Field switch
        {
            PatternField.Symbol => char.IsLetterOrDigit(character) || character is '#' or '$' or '/' or '-' or '_' or '.',
            PatternField.Side => char.IsLetter(character) || (character == ' ' && pattern.After.Length > 0),
            _ => char.IsAsciiDigit(character) || character is ' ' or '.' or ',' or '-' or '/' or '~' or '$' or '%' or 'k' or 'x' or '|' or ';' or '\'',
        };
    }

    private bool IsValue(FieldPattern pattern, int start, int end)
    {
        for (var at = start; at < end; at++)
            if (pattern.IsNumber ? char.IsAsciiDigit(_text[at]) : char.IsLetter(_text[at]))
                return true;
        return false;
    }

    private void Write(FieldPattern pattern, int at, int start, int end)
    {
        // A line of its own keeps what stands around it from changing its meaning.
        if (_characters.Count > 0 && _characters[^1] != '\n')
            Write("\n", at, at);
        var from = _characters.Count;
        switch (pattern.Field)
        {
            case PatternField.Symbol:
                if (_text[start] is not ('#' or '$'))
                    Write("#", start, start);
                Copy(start, end);
                break;
            case PatternField.Side:
                Words(start, end);
                break;
            default:
                Write(pattern.Field.ToString().ToLowerInvariant() + ": ", at, start);
                Copy(start, end);
                break;
        }

        _parts.Add(new PatternedPart(pattern.Field, from, _characters.Count));
        Write("\n", end - 1, end - 1);
    }

    private void Copy(int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            _characters.Add(_text[at]);
            _origins.Add(_text.OriginOf(at));
        }
    }

    /// <summary>Writes words that stand for the text from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    private void Write(string words, int start, int end)
    {
        for (var i = 0; i < words.Length; i++)
        {
            _characters.Add(words[i]);
            _origins.Add(_text.OriginOf(i == words.Length - 1 ? Math.Max(start, end - 1) : Math.Min(start + i, Math.Max(start, end - 1))));
        }
    }
}
