using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>The bands of eight combinations over the same average true range, side by side in a vector. Each decides at every bar as <see cref="Indicators.Supertrend"/> does.</summary>
internal sealed class SupertrendLanes
{
    public const int Count = 8;

    private readonly double[] _factors = new double[Count];
    private Vector512<double> _upper = Vector512.Create(double.NaN);
    private Vector512<double> _lower = Vector512.Create(double.NaN);
    private Vector512<double> _isUp;
    private double _close;

    /// <summary>Average true ranges, one for each lane.</summary>
    public Span<double> Factors => _factors;

    /// <summary>The bars of a rise, one bit each: the words of the lanes for the first 64 bars, then those for the next.</summary>
    public ulong[] Ups { get; } = new ulong[SignalScan.Bars / 64 * Count];

    /// <param name="highs">Of the block, as many as the others.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> closes, ReadOnlySpan<double> ranges)
    {
        var factors = Vector512.Create(_factors);
        var (upper, lower, isUp, closeBefore) = (_upper, _lower, _isUp, _close);
        for (var first = 0; first < closes.Length; first += 64)
        {
            var bits = Vector512<ulong>.Zero;
            var end = Math.Min(first + 64, closes.Length);
            for (var bar = first; bar < end; bar++)
            {
                // The latest bar comes in at the top.
                bits >>>= 1;
                if (double.IsNaN(ranges[bar]))
                    continue;
                var (middle, off) = (Vector512.Create((highs[bar] + lows[bar]) / 2), factors * ranges[bar]);
                var (newUpper, newLower, before, close) = (middle + off, middle - off, Vector512.Create(closeBefore), Vector512.Create(closes[bar]));
                // What is not a number compares as false, so the first bands are taken as they are.
                var isFirst = ~Vector512.Equals(upper, upper);
                upper = Vector512.ConditionalSelect(Vector512.GreaterThan(newUpper, upper) & Vector512.LessThanOrEqual(before, upper), upper, newUpper);
                lower = Vector512.ConditionalSelect(Vector512.LessThan(newLower, lower) & Vector512.GreaterThanOrEqual(before, lower), lower, newLower);
                isUp = Vector512.AndNot(Vector512.ConditionalSelect(isUp, Vector512.GreaterThanOrEqual(close, lower), Vector512.GreaterThan(close, upper)), isFirst);
                bits |= isUp.AsUInt64() & Vector512.Create(1UL << 63);
                closeBefore = closes[bar];
            }

            (bits >>> (first + 64 - end)).CopyTo(Ups.AsSpan(first / 64 * Count));
        }

        (_upper, _lower, _isUp, _close) = (upper, lower, isUp, closeBefore);
    }
}
