using System.Numerics;
using System.Runtime.CompilerServices;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>What happens at a crossing that is acted on. A struct, so that its code is put into the loop.</summary>
internal interface IFillSink
{
    /// <param name="open">Of the bar.</param>
    /// <returns>False when it can't be bought: it stays flat.</returns>
    bool Buy(int bar, double open);

    void Sell(int bar, double open);
}

/// <summary>Where one rule stands between two blocks.</summary>
internal struct CrossState
{
    public bool WasAbove;
    public bool WasBelow;
    public bool IsLong;
}

/// <summary>
/// Finds the crossings of a block, then goes through them: bought at the open after an up when flat, sold at the open after a down when long. In two goes, because where
/// crossings lie can't be foreseen by a processor, while what is done at them goes to and fro. In between the opens are fetched, which lie far apart: many at a time, since none of them waits for another.
/// </summary>
internal sealed class CrossScan
{
    /// <summary>Of a block. A multiple of 64: one word of bits each.</summary>
    public const int Bars = 2048;

    private readonly ulong[] _above = new ulong[Bars / 64];
    private readonly ulong[] _below = new ulong[Bars / 64];

    // Two are written at a time, wanted or not.
    private readonly int[] _crossings = new int[Bars + 2];
    private readonly double[] _opens = new double[Bars];
    private int _count;

    /// <param name="opens">Of the whole series. A crossing on the last bar has no next open, and nothing is filled.</param>
    public void Run<TSum, TSink>(CrossBlock<TSum> block, CrossRule rule, ReadOnlySpan<double> opens, ref CrossState state, ref TSink sink)
        where TSum : struct, IBinaryInteger<TSum>, IMinMaxValue<TSum>
        where TSink : struct, IFillSink
    {
        Find(block, rule, opens, ref state);
        state.IsLong = Act(Crossings, Opens, state.IsLong, ref sink);
    }

    /// <summary>Those found last: twice the bar, and one more where it goes up.</summary>
    public ReadOnlySpan<int> Crossings => _crossings.AsSpan(0, _count);

    /// <summary>The open after each of them.</summary>
    public ReadOnlySpan<double> Opens => _opens.AsSpan(0, _count);

    /// <summary>Only finds them: nothing is bought or sold.</summary>
    public void Find<TSum>(CrossBlock<TSum> block, CrossRule rule, ReadOnlySpan<double> opens, ref CrossState state)
        where TSum : struct, IBinaryInteger<TSum>, IMinMaxValue<TSum>
    {
        block.Compare(rule, _above, _below);
        _count = Find(block.Words, block.Start, rule.FirstBar, ref state);
        // Only the last of all can lie on the last bar.
        if (_count > 0 && _crossings[_count - 1] >> 1 == opens.Length - 1)
            _count--;
        Fetch(opens);
    }

    /// <param name="firstBar">Crossings before it do not count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Find(int words, int start, int firstBar, ref CrossState state)
    {
        var (wasAbove, wasBelow, count) = (state.WasAbove ? 1UL : 0UL, state.WasBelow ? 1UL : 0UL, 0);
        var crossings = _crossings;
        for (var word = 0; word < words; word++)
        {
            var (above, below) = (_above[word], _below[word]);
            var ups = above & ~(above << 1 | wasAbove);
            var both = ups | below & ~(below << 1 | wasBelow);
            (wasAbove, wasBelow) = (above >> 63, below >> 63);
            var at = start + word * 64;
            if (at < firstBar)
                both &= firstBar - at >= 64 ? 0UL : ulong.MaxValue << (firstBar - at);
            var found = BitOperations.PopCount(both);
            for (var done = 0; done < found; done += 2)
            {
                crossings[count + done] = Next(ref both, ups, at);
                crossings[count + done + 1] = Next(ref both, ups, at);
            }

            count += found;
        }

        (state.WasAbove, state.WasBelow) = (wasAbove != 0, wasBelow != 0);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ref ulong both, ulong ups, int at)
    {
        var bit = BitOperations.TrailingZeroCount(both);
        both &= unchecked(both - 1);
        // Of a word that is used up the number is too large, and nobody looks at it.
        return (at + bit) * 2 + (int)(ups >> bit & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fetch(ReadOnlySpan<double> opens)
    {
        var crossings = _crossings.AsSpan(0, _count);
        var fetched = _opens.AsSpan(0, _count);
        for (var index = 0; index < crossings.Length; index++)
            fetched[index] = opens[(crossings[index] >> 1) + 1];
    }

    /// <summary>Buys and sells at crossings in their order.</summary>
    /// <param name="isLong">Whether something is held before the first.</param>
    /// <returns>Whether something is held after the last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Act<TSink>(ReadOnlySpan<int> crossings, ReadOnlySpan<double> opens, bool isLong, ref TSink sink)
        where TSink : struct, IFillSink
    {
        var mine = sink;
        for (var index = 0; index < crossings.Length; index++)
        {
            var isUp = (crossings[index] & 1) != 0;
            // After two equal averages the same side may come twice.
            if (isUp == isLong)
                continue;
            var bar = (crossings[index] >> 1) + 1;
            if (isUp)
            {
                isLong = mine.Buy(bar, opens[index]);
            }
            else
            {
                mine.Sell(bar, opens[index]);
                isLong = false;
            }
        }

        sink = mine;
        return isLong;
    }
}
