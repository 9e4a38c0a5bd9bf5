using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>
/// Some thousand bars with the running sums of their closes, small enough for the processor's nearest cache, over which many crossings are looked for one after the other.
/// A sum over a window is the difference of two running sums. They may overflow; their differences do not, as long as <see cref="Fits"/>.
/// Its loops are hot from the first call on, so they are compiled at their best at once.
/// </summary>
internal sealed class CrossBlock
{
    /// <summary>A multiple of 64: one word of bits each.</summary>
    public const int Bars = 2048;

    private readonly long[] _sums;
    private readonly int _lookBack;
    private int _start;
    private int _count;

    /// <param name="longest">The longest window that is asked for.</param>
    public CrossBlock(int longest)
    {
        _lookBack = longest;
        // Vectors read a little beyond the last bar.
        _sums = new long[longest + Bars + 64];
    }

    /// <summary>Whether the sums of the rule's windows, weighted against each other, are whole numbers of 64 bits.</summary>
    public static bool Fits(CrossRule rule, long highestTicks)
    {
        var (fast, slow) = rule.Shares;
        return (Int128)highestTicks * Math.Max(rule.Fast, rule.Slow) * Math.Max(fast, slow) <= long.MaxValue;
    }

    /// <summary>Takes the bars from <paramref name="start"/> on, at most <see cref="Bars"/>. Before the first bar of all there is nothing, which counts as zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(ReadOnlySpan<long> closes, int start)
    {
        (_start, _count) = (start, Math.Min(Bars, closes.Length - start));
        var first = start - _lookBack;
        var missing = Math.Max(0, -first);
        _sums.AsSpan(1, missing).Clear();
        var source = closes[(first + missing)..(start + _count)];
        var target = _sums.AsSpan(1 + missing, source.Length);
        var (sum, index) = (0L, 0);
        // Four at a time: only one of four additions has to wait for the one before it.
        for (; index <= source.Length - 4; index += 4)
        {
            var from = source.Slice(index, 4);
            var to = target.Slice(index, 4);
            var second = from[0] + from[1];
            var third = second + from[2];
            to[0] = sum + from[0];
            to[1] = sum + second;
            to[2] = sum + third;
            to[3] = sum += third + from[3];
        }

        for (; index < source.Length; index++)
            target[index] = sum += source[index];
        _sums.AsSpan(1 + missing + source.Length).Fill(sum);
    }

    /// <summary>One bit a bar: whether the fast average is above, or below, the slow one. Bars on which one of them does not exist yet, and those behind the last, have neither.</summary>
    public void Compare(CrossRule rule, Span<ulong> above, Span<ulong> below)
    {
        if (Vector512.IsHardwareAccelerated)
            Compare512(rule, above, below);
        else
            Compare256(rule, above, below);
        var missing = rule.FirstBar - 1 - _start;
        if (missing > 0)
            Clear(missing, above, below, before: true);
        if (_count % 64 != 0)
            Clear(_count, above, below, before: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare512(CrossRule rule, Span<ulong> above, Span<ulong> below)
    {
        var (fastShare, slowShare) = rule.Shares;
        var (fastWeight, slowWeight) = (Vector512.Create(slowShare), Vector512.Create(fastShare));
        ref var sums = ref _sums[0];
        for (var word = 0; word < Words; word++)
        {
            var (up, down) = (0UL, 0UL);
            for (var bit = 0; bit < 64; bit += Vector512<long>.Count)
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
        var (fastWeight, slowWeight) = (Vector256.Create(slowShare), Vector256.Create(fastShare));
        ref var sums = ref _sums[0];
        for (var word = 0; word < Words; word++)
        {
            var (up, down) = (0UL, 0UL);
            for (var bit = 0; bit < 64; bit += Vector256<long>.Count)
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

    public int Words => (_count + 63) / 64;

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
