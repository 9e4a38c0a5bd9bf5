namespace TelegramTrader.Tests.Support;

/// <summary>The same numbers on every machine for the same seed: SplitMix64. For random walks, not for secrets.</summary>
internal sealed class SeededNumbers(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from <paramref name="from"/> up to, and not including, <paramref name="to"/>.</summary>
    public int Next(int from, int to) => from + (int)(Raw() % (ulong)(to - from));

    /// <summary>True in that many of a hundred cases.</summary>
    public bool Chance(int percent) => Next(0, 100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(0, items.Count)];

    private ulong Raw()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
