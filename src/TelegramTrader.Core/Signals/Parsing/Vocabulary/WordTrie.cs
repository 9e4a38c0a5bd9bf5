namespace TelegramTrader.Core.Signals.Parsing.Vocabulary;

/// <summary>What a word or phrase is known as.</summary>
/// <param name="Terms">Its meanings in all languages together.</param>
/// <param name="Asset">The asset it names, an index into <see cref="Lexicon.Assets"/>; 0 for none.</param>
/// <param name="Language">The one language that knows it, counted from 1; 0 when several do or none.</param>
/// <param name="Variants">Index into <see cref="Lexicon.Variants"/> when it means different things in different languages; 0 when not.</param>
internal readonly record struct WordMeaning(TermSet Terms, int Asset, byte Language, short Variants)
{
    public bool IsKnown => !Terms.IsEmpty || Asset != 0;
}

/// <summary>
/// Words and phrases letter by letter, in one flat hash table: a step costs the same however many words there are.
/// A space in a phrase stands for whatever may part its words in a post; <c>*</c> for any ending of a word.
/// </summary>
internal sealed class WordTrie
{
    public const char AnyEnding = '*';
    public const char WordBreak = ' ';
    public const int Root = 0;
    public const int Nowhere = -1;

    private readonly ulong[] _keys;
    private readonly int[] _children;
    private readonly WordMeaning[] _meanings;
    private readonly int[] _openEndings;
    private readonly int _mask;

    private WordTrie(ulong[] keys, int[] children, WordMeaning[] meanings)
    {
        _keys = keys;
        _children = children;
        _meanings = meanings;
        _mask = keys.Length - 1;
        _openEndings = new int[meanings.Length];
        for (var node = 0; node < meanings.Length; node++)
            _openEndings[node] = Step(node, AnyEnding);
    }

    /// <summary>The node of an open ending at this place of a word, or <see cref="Nowhere"/>.</summary>
    public int OpenEnding(int node) => _openEndings[node];

    /// <summary>What the phrase that ends at this node means; unknown when none ends there.</summary>
    public WordMeaning MeaningAt(int node) => _meanings[node];

    /// <summary>The node after one more letter, or <see cref="Nowhere"/>.</summary>
    public int Step(int node, char letter)
    {
        var key = Key(node, letter);
        for (var slot = Slot(key) & _mask; ; slot = (slot + 1) & _mask)
        {
            if (_keys[slot] == key)
                return _children[slot];
            if (_keys[slot] == 0)
                return Nowhere;
        }
    }

    /// <summary>Never zero, which marks a free slot: a letter is never the null character.</summary>
    private static ulong Key(int node, char letter) => ((ulong)(uint)node << 16) | letter;

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 divided by the golden ratio are well mixed.</summary>
    private static int Slot(ulong key) => (int)(unchecked(key * 0x9E3779B97F4A7C15UL) >> 33);

    public sealed class Builder
    {
        private readonly List<Dictionary<char, int>> _nodes = [[]];
        private readonly List<WordMeaning> _meanings = [default];

        public void Add(string phrase, WordMeaning meaning)
        {
            var node = Root;
            foreach (var letter in phrase)
            {
                if (!_nodes[node].TryGetValue(letter, out var next))
                {
                    next = _nodes.Count;
                    _nodes.Add([]);
                    _meanings.Add(default);
                    _nodes[node].Add(letter, next);
                }

                node = next;
            }

            _meanings[node] = meaning;
        }

        public WordTrie Build()
        {
            var edges = _nodes.Sum(node => node.Count);
            var size = 1;
            while (size < edges * 3)
                size *= 2;
            var keys = new ulong[size];
            var children = new int[size];
            for (var node = 0; node < _nodes.Count; node++)
            {
                foreach (var (letter, child) in _nodes[node])
                    Insert(keys, children, Key(node, letter), child);
            }

            return new WordTrie(keys, children, [.. _meanings]);
        }

        private static void Insert(ulong[] keys, int[] children, ulong key, int child)
        {
            var mask = keys.Length - 1;
            var slot = Slot(key) & mask;
            while (keys[slot] != 0)
                slot = (slot + 1) & mask;
            keys[slot] = key;
            children[slot] = child;
        }
    }
}
