using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Sums from the first number on. They go round at the end of their range: the difference of two is right as long as it fits itself.</summary>
internal static class RunningSums
{
    /// <returns>The last sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TSum Lay<TSum>(ReadOnlySpan<TSum> source, Span<TSum> target)
        where TSum : struct, IBinaryInteger<TSum>
    {
        if (typeof(TSum) == typeof(int) && Avx512F.IsSupported)
            return (TSum)(object)Vectors(MemoryMarshal.Cast<TSum, int>(source), MemoryMarshal.Cast<TSum, int>(target));
        if (typeof(TSum) == typeof(long) && Avx512F.IsSupported)
            return (TSum)(object)Vectors(MemoryMarshal.Cast<TSum, long>(source), MemoryMarshal.Cast<TSum, long>(target));
        return Plain(source, target, TSum.Zero);
    }

    private static TSum Plain<TSum>(ReadOnlySpan<TSum> source, Span<TSum> target, TSum sum)
        where TSum : struct, IBinaryInteger<TSum>
    {
        unchecked
        {
            var index = 0;
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
        }

        return sum;
    }

    /// <summary>Sixteen at a time: each is added to its neighbour, then pairs to pairs, fours and eights (Hillis and Steele, "Data Parallel Algorithms", 1986).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Vectors(ReadOnlySpan<int> source, Span<int> target)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var (before, none) = (Vector512<int>.Zero, Vector512<int>.Zero);
        var index = 0;
        for (; index <= source.Length - Vector512<int>.Count; index += Vector512<int>.Count)
        {
            var sums = Vector512.LoadUnsafe(ref from, (nuint)index);
            sums += Avx512F.AlignRight32(sums, none, 15);
            sums += Avx512F.AlignRight32(sums, none, 14);
            sums += Avx512F.AlignRight32(sums, none, 12);
            sums += Avx512F.AlignRight32(sums, none, 8);
            (sums + before).StoreUnsafe(ref to, (nuint)index);
            before += Vector512.Shuffle(sums, Vector512.Create(15));
        }

        return Plain(source[index..], target[index..], before[0]);
    }

    /// <summary>Eight at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Vectors(ReadOnlySpan<long> source, Span<long> target)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var (before, none) = (Vector512<long>.Zero, Vector512<long>.Zero);
        var index = 0;
        for (; index <= source.Length - Vector512<long>.Count; index += Vector512<long>.Count)
        {
            var sums = Vector512.LoadUnsafe(ref from, (nuint)index);
            sums += Avx512F.AlignRight64(sums, none, 7);
            sums += Avx512F.AlignRight64(sums, none, 6);
            sums += Avx512F.AlignRight64(sums, none, 4);
            (sums + before).StoreUnsafe(ref to, (nuint)index);
            before += Vector512.Shuffle(sums, Vector512.Create(7L));
        }

        return Plain(source[index..], target[index..], before[0]);
    }
}
