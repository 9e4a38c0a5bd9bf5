using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>
/// Some thousand bars with the running sums of their closes, small enough for the processor's nearest cache, over which many crossings are looked for one after the other.
/// A sum over a window is the difference of two running sums. They may overflow; their differences do not, as long as <see cref="Fits"/>.
/// Its loops are hot from the first call on, so they are compiled at their best at once.
/// </summary>
/// <typeparam name="TSum">The narrower, the more go into a vector.</typeparam>
internal sealed class CrossBlock<TSum>
    where TSum : struct, IBinaryInteger<TSum>, IMinMaxValue<TSum>
{
    private readonly TSum[] _sums;
    private readonly int _lookBack;

    /// <param name="longest">The longest window that is asked for.</param>
    public CrossBlock(int longest)
    {
        _lookBack = longest;
        // Vectors read a little beyond the last bar.
        _sums = new TSum[longest + CrossScan.Bars + 64];
    }

    /// <summary>Number of the first bar.</summary>
    public int Start { get; private set; }

    public int Count { get; private set; }

    public int Words => (Count + 63) / 64;

    /// <summary>Whether the sums of the rule's windows, weighted against each other, are whole numbers of this kind.</summary>
    public static bool Fits(CrossRule rule, long highestTicks)
    {
        var (_, slow) = rule.Shares;
        // Either sum is at most the highest close times what both windows have in common.
        return (Int128)highestTicks * rule.Fast * slow <= Int128.CreateChecked(TSum.MaxValue);
    }

    /// <summary>Takes the bars from <paramref name="start"/> on, at most <see cref="CrossScan.Bars"/>. Before the first bar of all there is nothing, which counts as zero.</summary>
    public void Take(ReadOnlySpan<TSum> closes, int start)
    {
        (Start, Count) = (start, Math.Min(CrossScan.Bars, closes.Length - start));
        var first = start - _lookBack;
        var missing = Math.Max(0, -first);
        _sums.AsSpan(1, missing).Clear();
        var source = closes[(first + missing)..(start + Count)];
        var last = RunningSums.Lay(source, _sums.AsSpan(1 + missing, source.Length));
        _sums.AsSpan(1 + missing + source.Length).Fill(last);
    }

    /// <summary>One bit a bar: whether the fast average is above, or below, the slow one. Bars on which one of them does not exist yet, and those behind the last, have neither.</summary>
    public void Compare(CrossRule rule, Span<ulong> above, Span<ulong> below)
    {
        if (Vector512.IsHardwareAccelerated)
            Compare512(rule, above, below);
        else
            Compare256(rule, above, below);
        var missing = rule.FirstBar - 1 - Start;
        if (missing > 0)
            Clear(missing, above, below, before: true);
        if (Count % 64 != 0)
            Clear(Count, above, below, before: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare512(CrossRule rule, Span<ulong> above, Span<ulong> below)
    {
        var (fastShare, slowShare) = rule.Shares;
        var (fastWeight, slowWeight) = (Vector512.Create(TSum.CreateChecked(slowShare)), Vector512.Create(TSum.CreateChecked(fastShare)));
        ref var sums = ref _sums[0];
        for (var word = 0; word < Words; word++)
        {
            var (up, down) = (0UL, 0UL);
            for (var bit = 0; bit < 64; bit += Vector512<TSum>.Count)
            {
                var end = (nuint)(_lookBack + word * 64 + bit + 1);
                var last = Vector512.LoadUnsafe(ref sums, end);
                var fast = (last - Vector512.LoadUnsafe(ref sums, end - (nuint)rule.Fast)) * fastWeight;
                var slow = (last - Vector512.LoadUnsafe(ref sums, end - (nuint)rule.Slow)) * slowWeight;
                up |= Vector512.GreaterThan(fast, slow).ExtractMostSignificantBits() << bit;
                down |= Vector512.LessThan(fast, slow).ExtractMostSignificantBits() << bit;
            }

            (above[word], below[word]) = (up, down);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare256(CrossRule rule, Span<ulong> above, Span<ulong> below)
    {
        var (fastShare, slowShare) = rule.Shares;
        var (fastWeight, slowWeight) = (Vector256.Create(TSum.CreateChecked(slowShare)), Vector256.Create(TSum.CreateChecked(fastShare)));
        ref var sums = ref _sums[0];
        for (var word = 0; word < Words; word++)
        {
            var (up, down) = (0UL, 0UL);
            for (var bit = 0; bit < 64; bit += Vector256<TSum>.Count)
            {
                var end = (nuint)(_lookBack + word * 64 + bit + 1);
                var last = Vector256.LoadUnsafe(ref sums, end);
                var fast = (last - Vector256.LoadUnsafe(ref sums, end - (nuint)rule.Fast)) * fastWeight;
                var slow = (last - Vector256.LoadUnsafe(ref sums, end - (nuint)rule.Slow)) * slowWeight;
                up |= (ulong)Vector256.GreaterThan(fast, slow).ExtractMostSignificantBits() << bit;
                down |= (ulong)Vector256.LessThan(fast, slow).ExtractMostSignificantBits() << bit;
            }

            (above[word], below[word]) = (up, down);
        }
    }

    private void Clear(int bars, Span<ulong> above, Span<ulong> below, bool before)
    {
        for (var word = 0; word < Words; word++)
        {
            // The bits of this word that belong to the first so many bars of the block.
            var inside = Math.Clamp(bars - word * 64, 0, 64);
            var mask = inside == 64 ? ulong.MaxValue : (1UL << inside) - 1;
            var kept = before ? ~mask : mask;
            above[word] &= kept;
            below[word] &= kept;
        }
    }
}
