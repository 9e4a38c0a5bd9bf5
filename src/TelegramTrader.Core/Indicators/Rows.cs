using System.Numerics;
using System.Runtime.CompilerServices;

namespace TelegramTrader.Core.Indicators;

/// <summary>What all batch forms ask of their rows: as long as each other, and none written over one that is read.</summary>
internal static class Rows
{
    /// <summary>The longest period, in bars.</summary>
    public const int LongestPeriod = 100_000;

    /// <summary>
    /// Running sums are taken anew after so many bars, so that what is rounded away can't add up over a million of them; where the period is longer, after a period, which costs one addition a bar.
    /// </summary>
    public const int Block = 1024;

    /// <exception cref="ArgumentOutOfRangeException">The period is below the least or above 100,000 bars.</exception>
    public static void CheckPeriod(int period, int least = 1, [CallerArgumentExpression(nameof(period))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestPeriod, name);
    }

    /// <exception cref="ArgumentOutOfRangeException">The period is below 1 or above 100,000 bars.</exception>
    public static int Checked(int period)
    {
        CheckPeriod(period);
        return period;
    }

    /// <exception cref="ArgumentOutOfRangeException">The number is not above zero, or above the largest.</exception>
    public static void CheckFactor(double factor, double largest, [CallerArgumentExpression(nameof(factor))] string? name = null)
    {
        // Written so that what is not a number is refused too.
        if (!(factor > 0 && factor <= largest))
            throw new ArgumentOutOfRangeException(name, factor, FormattableString.Invariant($"{name} must be above 0 and at most {largest}."));
    }

    /// <exception cref="ArgumentException">The result is not as long as the values, or lies in the same memory.</exception>
    public static void Check<T>(ReadOnlySpan<double> values, ReadOnlySpan<T> result)
        where T : unmanaged
    {
        if (result.Length != values.Length)
            throw new ArgumentException($"A result must be as long as the values, {values.Length}, but has {result.Length}.");
        if (typeof(T) == typeof(double) && values.Overlaps(System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(result)))
            throw new ArgumentException("A result may not lie in the memory of the values.");
    }

    public static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        var lanes = Vector<double>.Zero;
        var index = 0;
        for (; index <= values.Length - Vector<double>.Count; index += Vector<double>.Count)
            lanes += new Vector<double>(values[index..]);
        for (; index < values.Length; index++)
            sum += values[index];
        return sum + Vector.Sum(lanes);
    }

    /// <summary>Nothing is known yet.</summary>
    public static void FillUnknown(Span<double> result, int count) => result[..Math.Min(count, result.Length)].Fill(double.NaN);
}
