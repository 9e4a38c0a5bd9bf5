using System.Collections.Frozen;

namespace TelegramTrader.Core.Signals.Parsing.Vocabulary;

/// <summary>
/// One word list file: what the words of one language mean. Form, line by line:
/// <c># remark</c>; <c>[term]</c> opens the words of one <see cref="Term"/>; <c>prefixes: a, b</c> lists syllables that are written
/// glued to the front of any word; anything else is phrases parted by commas. A <c>*</c> at the end of a word stands for any ending.
/// A <c>^</c> in front of a word means that it counts in capitals only (<c>^be</c>). Phrases are folded like posts are, so accents and capitals don't matter.
/// </summary>
internal sealed record WordList(string Name, IReadOnlyList<(Term Term, string Phrase)> Phrases, IReadOnlyList<string> Prefixes)
{
    private const string PrefixLine = "prefixes:";

    private static readonly FrozenDictionary<string, Term> TermsByHead =
        Enum.GetValues<Term>().ToFrozenDictionary(term => Head(term.ToString()), StringComparer.Ordinal);

    /// <exception cref="FormatException">A line is neither a head, nor a remark, nor under a head: the list is part of the program, so this is a bug.</exception>
    public static WordList Read(string name, TextReader lines)
    {
        var phrases = new List<(Term, string)>();
        var prefixes = new List<string>();
        Term? term = null;
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            line = line.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith(PrefixLine, StringComparison.Ordinal))
                prefixes.AddRange(Items(line[PrefixLine.Length..]));
            else if (line[0] == '[' && line[^1] == ']')
                term = TermsByHead.TryGetValue(line[1..^1], out var found) ? found : throw new FormatException($"{name} line {number}: there is no term '{line}'.");
            else if (term is { } known)
                phrases.AddRange(Items(line).Select(item => (known, item)));
            else
                throw new FormatException($"{name} line {number}: words before the first [term].");
        }

        return new WordList(name, phrases, prefixes);
    }

    private static IEnumerable<string> Items(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Head(string name) =>
        string.Concat(name.Select((letter, place) => (place > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));
}
