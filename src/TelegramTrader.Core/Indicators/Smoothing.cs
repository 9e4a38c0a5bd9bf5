using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <summary>
/// s[i] = s[i-1] + share * (x[i] - s[i-1]), begun with the mean of the first so many values. What was rounded decays with the values themselves, so it can't add up.
/// </summary>
internal struct Smoothing(int period, double share)
{
    private readonly double _keep = 1 - share;
    private double _sum;
    private double _last;
    private int _count;

    /// <summary>Share 2 / (period + 1).</summary>
    public static Smoothing Exponential(int period) => new(period, ExponentialShare(period));

    /// <summary>Share 1 / period.</summary>
    public static Smoothing Wilder(int period) => new(period, WilderShare(period));

    public static double ExponentialShare(int period) => 2.0 / (period + 1);

    public static double WilderShare(int period) => 1.0 / period;

    /// <summary>NaN before there are as many values as the period.</summary>
    public double Next(double value)
    {
        if (_count >= period)
            return _last = Math.FusedMultiplyAdd(_last, _keep, value * share);
        _sum += value;
        if (++_count < period)
            return double.NaN;
        return _last = _sum / period;
    }

    /// <summary>The next values one after the other, the same to the last digit: what is remembered stays in registers meanwhile.</summary>
    /// <param name="result">As long as the values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Next(ReadOnlySpan<double> values, Span<double> result)
    {
        var bar = 0;
        for (; bar < values.Length && _count < period; bar++)
            result[bar] = Next(values[bar]);
        var (last, keep, part) = (_last, _keep, share);
        for (; bar < values.Length; bar++)
            result[bar] = last = Math.FusedMultiplyAdd(last, keep, values[bar] * part);
        _last = last;
    }

    /// <summary>A whole row, with the bar of the seed given.</summary>
    /// <param name="seed">The value at <paramref name="at"/>; from the next bar on the row is smoothed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, double share, int at, double seed, Span<double> result)
    {
        result[at] = seed;
        var keep = 1 - share;
        var bar = at + 1;
        if (Vector512.IsHardwareAccelerated)
        {
            var recurrence = new Recurrence(keep);
            var shares = Vector512.Create(share);
            var before = Vector512.Create(seed);
            for (; bar <= values.Length - Recurrence.Steps; bar += Recurrence.Steps)
                recurrence.Next(Vector512.Create(values[bar..]) * shares, ref before).CopyTo(result[bar..]);
            seed = before[0];
        }

        for (; bar < values.Length; bar++)
            result[bar] = seed = Math.FusedMultiplyAdd(seed, keep, values[bar] * share);
    }
}
