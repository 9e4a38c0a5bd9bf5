using TelegramTrader.Core.Signals.Parsing.Assets;
using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Parsing.Vocabulary;

/// <summary>
/// Everything the parser knows by heart: the words of all languages and the names of assets, in one trie.
/// Read once from the files that are built in; immutable after that.
/// </summary>
internal sealed class Lexicon
{
    private const char OptionalBreak = '+';
    private const char InCapitals = '^';
    private const char Alone = '=';

    public static readonly Lexicon BuiltIn = new(
        [.. BuiltInFiles.EndingWith(".words").Select(file => WordList.Read(file.Name, file.Lines))],
        [.. BuiltInFiles.EndingWith(".assets").SelectMany(file => AssetList.Read(file.Name, file.Lines))]);

    public Lexicon(IReadOnlyList<WordList> lists, IReadOnlyList<Asset> assets)
    {
        Lists = lists;
        Assets = [Asset.None, .. assets];
        Prefixes = [.. lists.SelectMany(list => list.Prefixes).Select(Fold).Distinct(StringComparer.Ordinal).OrderByDescending(prefix => prefix.Length)];
        foreach (var asset in Assets.Where(asset => asset.IsQuote))
            _quoteEndings[EndingIndex(asset.Ticker.ToLowerInvariant())] = true;
        Words = Build();
        foreach (var (term, phrase) in lists.SelectMany(list => list.Phrases).Where(entry => entry.Phrase[0] == InCapitals))
            _capitals[Fold(phrase[1..])] = _capitals.GetValueOrDefault(Fold(phrase[1..])) | TermSet.Of(term);
        foreach (var (term, phrase) in lists.SelectMany(list => list.Phrases).Where(entry => entry.Phrase[0] == Alone))
            _alone[Fold(phrase[1..])] = _alone.GetValueOrDefault(Fold(phrase[1..])) | TermSet.Of(term);
        _aloneLookup = _alone.GetAlternateLookup<ReadOnlySpan<char>>();
        _capitalLookup = _capitals.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<WordList> Lists { get; }

    /// <summary>The first is <see cref="Asset.None"/>, so that index 0 means no asset.</summary>
    public IReadOnlyList<Asset> Assets { get; }

    /// <summary>Syllables that some languages glue to the front of a word, longest first.</summary>
    public IReadOnlyList<string> Prefixes { get; }

    public WordTrie Words { get; }

    /// <summary>For words that mean different things in different languages: each language (counted from 1) with its meaning. The first is unused.</summary>
    public IReadOnlyList<IReadOnlyList<(byte Language, TermSet Terms)>> Variants => _variants;

    private readonly List<IReadOnlyList<(byte Language, TermSet Terms)>> _variants = [[]];

    /// <summary>Whether one of the asset costs thousands of dollars, so that "64.500" may be a price of it.</summary>
    public bool CostsThousands(string ticker) => Assets[MeaningOf(ticker.ToLowerInvariant()).Asset] is { CostsThousands: true } asset && asset.Ticker == ticker;

    /// <summary>What a word means only when it is written in capitals.</summary>
    public TermSet InCapitalsMeaning(ReadOnlySpan<char> word) => _capitalLookup.TryGetValue(word, out var terms) ? terms : TermSet.None;

    /// <summary>What a word means only when it is the whole post: "out".</summary>
    public TermSet AloneMeaning(ReadOnlySpan<char> word) => _aloneLookup.TryGetValue(word, out var terms) ? terms : TermSet.None;

    private readonly Dictionary<string, TermSet> _alone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermSet>.AlternateLookup<ReadOnlySpan<char>> _aloneLookup;
    private readonly Dictionary<string, TermSet> _capitals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermSet>.AlternateLookup<ReadOnlySpan<char>> _capitalLookup;

    /// <summary>Whether the last two letters are those of some quote: most words are no pair and are told so at once.</summary>
    public bool MayEndWithQuote(ReadOnlySpan<char> word) =>
        word.Length > 2 && char.IsAsciiLetterLower(word[^1]) && char.IsAsciiLetterLower(word[^2]) && _quoteEndings[EndingIndex(word)];

    private static int EndingIndex(ReadOnlySpan<char> word) => (word[^2] - 'a') * LettersOfTheAlphabet + word[^1] - 'a';

    private const int LettersOfTheAlphabet = 26;
    private readonly bool[] _quoteEndings = new bool[LettersOfTheAlphabet * LettersOfTheAlphabet];

    /// <summary>The meaning of exactly this word, with or without an open ending.</summary>
    public WordMeaning MeaningOf(ReadOnlySpan<char> word)
    {
        var node = Words.Root;
        var open = WordTrie.Nowhere;
        foreach (var letter in word)
        {
            if (Words.OpenEnding(node) is var ending and not WordTrie.Nowhere)
                open = ending;
            node = Words.Step(node, letter);
            if (node == WordTrie.Nowhere)
                return open == WordTrie.Nowhere ? default : Words.MeaningAt(open);
        }

        if (Words.MeaningAt(node) is { IsKnown: true } exact)
            return exact;
        if (Words.OpenEnding(node) is var last and not WordTrie.Nowhere)
            open = last;
        return open == WordTrie.Nowhere ? default : Words.MeaningAt(open);
    }

    private WordTrie Build()
    {
        var meanings = new Dictionary<string, SortedDictionary<byte, TermSet>>(StringComparer.Ordinal);
        var assets = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var language = 0; language < Lists.Count; language++)
        {
            foreach (var (term, phrase) in Lists[language].Phrases.Where(entry => entry.Phrase[0] is not (InCapitals or Alone)))
            {
                foreach (var form in Forms(phrase))
                {
                    if (!meanings.TryGetValue(form, out var known))
                        meanings.Add(form, known = []);
                    known[(byte)(language + 1)] = known.GetValueOrDefault((byte)(language + 1)) | TermSet.Of(term);
                }
            }
        }

        KeepObjects(meanings);
        for (var i = 1; i < Assets.Count; i++)
        {
            foreach (var name in Assets[i].Names.Prepend(Assets[i].Ticker))
                assets.TryAdd(Fold(name), i);
        }

        var builder = new WordTrie.Builder();
        foreach (var phrase in meanings.Keys.Union(assets.Keys, StringComparer.Ordinal))
            builder.Add(phrase, Meaning(meanings.GetValueOrDefault(phrase), assets.GetValueOrDefault(phrase)));
        return builder.Build();
    }

    /// <summary>"move sl" moves a stop, and "all targets" are targets: such phrases keep what they are about beside what they do.</summary>
    private static void KeepObjects(Dictionary<string, SortedDictionary<byte, TermSet>> meanings)
    {
        var doing = TermSet.Of(Term.Move, Term.Hit, Term.All);
        foreach (var (phrase, languages) in meanings)
        {
            if (!phrase.Contains(WordTrie.WordBreak, StringComparison.Ordinal))
                continue;
            var things = TermSet.None;
            foreach (var word in phrase.Split(WordTrie.WordBreak))
            {
                foreach (var thing in (ReadOnlySpan<Term>)[Term.Stop, Term.Target])
                    things |= meanings.GetValueOrDefault(word)?.Values.Any(terms => terms.Has(thing)) == true ? TermSet.Of(thing) : TermSet.None;
            }

            foreach (var language in languages.Keys.ToList())
            {
                if (languages[language].Overlaps(doing))
                    languages[language] |= things;
            }
        }
    }

    private WordMeaning Meaning(SortedDictionary<byte, TermSet>? languages, int asset)
    {
        if (languages is null)
            return new WordMeaning(TermSet.None, asset, 0, 0);
        var all = TermSet.None;
        foreach (var terms in languages.Values)
            all |= terms;
        if (languages.Count == 1)
            return new WordMeaning(all, asset, languages.Keys.First(), 0);
        if (languages.Values.All(terms => terms == all))
            return new WordMeaning(all, asset, 0, 0);
        _variants.Add([.. languages.Select(entry => (entry.Key, entry.Value))]);
        return new WordMeaning(all, asset, 0, (short)(_variants.Count - 1));
    }

    /// <summary>"stop+loss" is written in two words and in one.</summary>
    private static IEnumerable<string> Forms(string phrase) =>
        phrase.Contains(OptionalBreak, StringComparison.Ordinal)
            ? [Fold(phrase.Replace(OptionalBreak, ' ')), Fold(phrase.Replace("+", "", StringComparison.Ordinal))]
            : [Fold(phrase)];

    /// <summary>A phrase as posts are folded, its words parted by one space; the star of an open ending stays.</summary>
    private static string Fold(string phrase)
    {
        var words = phrase.Split([' ', '-', '/', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            var open = word.EndsWith(WordTrie.AnyEnding);
            var text = TextFolder.Fold(open ? word[..^1] : word);
            return text.Span(0, text.Length).ToString().Trim() + (open ? "*" : "");
        });
        return string.Join(WordTrie.WordBreak, words);
    }
}
