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
/// Words and phrases letter by letter, in one flat hash table: a step costs one look into memory however many words there are.
/// A space in a phrase stands for whatever may part its words in a post; <c>*</c> for any ending of a word.
/// </summary>
/// <remarks>
/// A node is its number times two, plus one when an open ending starts there. An edge is one word of 64 bits:
/// number of the node it leaves (24 bits), letter (16 bits), node it leads to (24 bits).
/// </remarks>
internal sealed class WordTrie
{
    public const char AnyEnding = '*';
    public const char WordBreak = ' ';
    public const int Nowhere = -1;

    private const int NodeBits = 24;
    private const int LetterBits = 16;

    private readonly ulong[] _edges;
    private readonly WordMeaning[] _meanings;
    private readonly int _mask;

    private WordTrie(ulong[] edges, WordMeaning[] meanings, int root)
    {
        _edges = edges;
        _meanings = meanings;
        _mask = edges.Length - 1;
        Root = root;
    }

    public int Root { get; }

    /// <summary>What the phrase that ends at this node means; unknown when none ends there.</summary>
    public WordMeaning MeaningAt(int node) => _meanings[node >> 1];

    /// <summary>The node of an open ending at this place of a word, or <see cref="Nowhere"/>.</summary>
    public int OpenEnding(int node) => (node & 1) == 0 ? Nowhere : Step(node, AnyEnding);

    /// <summary>The node after one more letter, or <see cref="Nowhere"/>.</summary>
    public int Step(int node, char letter)
    {
        var key = Key(node >> 1, letter);
        for (var slot = Slot(key) & _mask; ; slot = (slot + 1) & _mask)
        {
            var edge = _edges[slot];
            if (edge >> NodeBits == key)
                return (int)(edge & ((1UL << NodeBits) - 1));
            if (edge == 0)
                return Nowhere;
        }
    }

    /// <summary>Never zero, so that an edge of zero marks a free slot: a letter is never the null character.</summary>
    private static ulong Key(int number, char letter) => ((ulong)(uint)number << LetterBits) | letter;

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 divided by the golden ratio are well mixed.</summary>
    private static int Slot(ulong key) => (int)(unchecked(key * 0x9E3779B97F4A7C15UL) >> 33);

    public sealed class Builder
    {
        private readonly List<Dictionary<char, int>> _nodes = [[]];
        private readonly List<WordMeaning> _meanings = [default];

        public void Add(string phrase, WordMeaning meaning)
        {
            var number = 0;
            foreach (var letter in phrase)
            {
                if (!_nodes[number].TryGetValue(letter, out var next))
                {
                    next = _nodes.Count;
                    _nodes.Add([]);
                    _meanings.Add(default);
                    _nodes[number].Add(letter, next);
                }

                number = next;
            }

            _meanings[number] = meaning;
        }

        public WordTrie Build()
        {
            if (_nodes.Count >= 1 << (NodeBits - 1))
                throw new InvalidOperationException($"{_nodes.Count} places in the word lists are more than {NodeBits} bits can number.");
            var edges = new ulong[TableSize()];
            for (var number = 0; number < _nodes.Count; number++)
            {
                foreach (var (letter, child) in _nodes[number])
                    Insert(edges, Key(number, letter), Node(child));
            }

            return new WordTrie(edges, [.. _meanings], Node(0));
        }

        private int Node(int number) => number * 2 + (_nodes[number].ContainsKey(AnyEnding) ? 1 : 0);

        private int TableSize()
        {
            var count = _nodes.Sum(node => node.Count);
            var size = 1;
            while (size < count * 2)
                size *= 2;
            return size;
        }

        private static void Insert(ulong[] edges, ulong key, int node)
        {
            var mask = edges.Length - 1;
            var slot = Slot(key) & mask;
            while (edges[slot] != 0)
                slot = (slot + 1) & mask;
            edges[slot] = (key << NodeBits) | (uint)node;
        }
    }
}
