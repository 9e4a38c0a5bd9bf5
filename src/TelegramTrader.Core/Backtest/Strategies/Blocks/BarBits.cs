using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>A comparison of numbers, many at a time. What is not a number compares as false. A struct, so that its code is put into the loop.</summary>
internal interface IComparison
{
    static abstract Vector512<double> Of(Vector512<double> left, Vector512<double> right);

    static abstract Vector256<double> Of(Vector256<double> left, Vector256<double> right);
}

internal readonly struct Above : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> left, Vector512<double> right) => Vector512.GreaterThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.GreaterThan(left, right);
}

internal readonly struct AtOrAbove : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> left, Vector512<double> right) => Vector512.GreaterThanOrEqual(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.GreaterThanOrEqual(left, right);
}

internal readonly struct Below : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> left, Vector512<double> right) => Vector512.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThan(left, right);
}

internal readonly struct AtOrBelow : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> left, Vector512<double> right) => Vector512.LessThanOrEqual(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThanOrEqual(left, right);
}

/// <summary>Comparisons of 64 bars as one word of bits, the first bar in the lowest.</summary>
internal static class BarBits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word<TComparison>(double[] left, double[] right, int word)
        where TComparison : struct, IComparison
    {
        ref var one = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(left), word * 64);
        ref var other = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(right), word * 64);
        var bits = 0UL;
        if (Vector512.IsHardwareAccelerated)
            for (var bit = 0; bit < 64; bit += Vector512<double>.Count)
                bits |= TComparison.Of(Vector512.LoadUnsafe(ref one, (nuint)bit), Vector512.LoadUnsafe(ref other, (nuint)bit)).ExtractMostSignificantBits() << bit;
        else
            for (var bit = 0; bit < 64; bit += Vector256<double>.Count)
                bits |= (ulong)TComparison.Of(Vector256.LoadUnsafe(ref one, (nuint)bit), Vector256.LoadUnsafe(ref other, (nuint)bit)).ExtractMostSignificantBits() << bit;
        return bits;
    }

    /// <summary>The same against one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word<TComparison>(double[] left, double right, int word)
        where TComparison : struct, IComparison
    {
        ref var one = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(left), word * 64);
        var bits = 0UL;
        if (Vector512.IsHardwareAccelerated)
            for (var bit = 0; bit < 64; bit += Vector512<double>.Count)
                bits |= TComparison.Of(Vector512.LoadUnsafe(ref one, (nuint)bit), Vector512.Create(right)).ExtractMostSignificantBits() << bit;
        else
            for (var bit = 0; bit < 64; bit += Vector256<double>.Count)
                bits |= (ulong)TComparison.Of(Vector256.LoadUnsafe(ref one, (nuint)bit), Vector256.Create(right)).ExtractMostSignificantBits() << bit;
        return bits;
    }
}
