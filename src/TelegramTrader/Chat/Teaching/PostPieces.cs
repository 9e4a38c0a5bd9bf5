using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Chat.Teaching;

/// <summary>A number of a post with the words before it on its line.</summary>
/// <param name="Before">As written; empty where the number begins the line.</param>
public readonly record struct NumberPiece(string Number, string Before);

/// <summary>The words, numbers and lines of a post that a person can point at. A place in a list is what a button carries, so the lists depend on nothing but the text.</summary>
public static class PostPieces
{
    private const int MostPieces = 24;
    private const int LongestBefore = 40;

    public static IReadOnlyList<NumberPiece> Numbers(string post)
    {
        var pieces = new List<NumberPiece>();
        foreach (var line in Rows(post))
        {
            var from = 0;
            for (var at = 0; at < line.Length && pieces.Count < MostPieces; at++)
            {
                if (!char.IsAsciiDigit(line[at]) || (at > 0 && char.IsLetter(line[at - 1])))
                    continue;
                var end = at;
                while (end < line.Length && (char.IsAsciiDigit(line[end]) || line[end] is ' ' or '.' or ',' or '-' or '–' or '/'))
                    end++;
                var number = line[at..end].TrimEnd(' ', '.', ',', '-', '–', '/');
                var before = line[from..at].Trim();
                pieces.Add(new NumberPiece(number, before.Length <= LongestBefore ? before : before[^LongestBefore..].TrimStart()));
                from = at = at + number.Length;
            }
        }

        return pieces;
    }

    /// <summary>The words without their signs, each once.</summary>
    public static IReadOnlyList<string> Words(string post) =>
    [
        .. Rows(post).SelectMany(line => line.Split([' ', '\t', ',', ';', '/', '|'], StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.Trim(' ', '.', ':', '!', '?', '(', ')', '[', ']', '«', '»', '"', '-', '=', '*'))
            .Where(word => OwnWord.TryMake(word.TrimStart('#', '$'), OwnMeaning.Entry, out _) is not null).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPieces),
    ];

    /// <summary>Lines, and their beginnings where they are long.</summary>
    public static IReadOnlyList<string> Lines(string post) =>
        [.. Rows(post).Select(line => line.Length <= LongestBefore ? line : line[..LongestBefore].TrimEnd()).Where(line => new ProfileRule.Ignore(line).Problem() is null).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPieces)];

    /// <summary>The words of a line before a word of it; empty where it begins the line.</summary>
    public static string Before(string post, string word)
    {
        foreach (var line in Rows(post))
            if (line.IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
                return line[Math.Max(0, at - LongestBefore)..at].Trim().TrimEnd('#', '$').TrimEnd();
        return "";
    }

    private static IEnumerable<string> Rows(string post) => post.Split('\n').Select(line => line.Trim().Replace('{', '(').Replace('}', ')')).Where(line => line.Length > 0);
}
