namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>
/// Draws that are the same for the same seed on every machine. SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. For statistics, not for secrets.
/// </summary>
internal sealed class SeededDraws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from 0 up to, and not including, <paramref name="end"/>, which is above 0. Some are likelier than others by less than one in 2³².</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    private ulong Next()
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
