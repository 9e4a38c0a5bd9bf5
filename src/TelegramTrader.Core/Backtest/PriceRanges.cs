using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Backtest;

/// <summary>
/// Candles laid out for finding the first one that touches a level. Highs and lows are whole ticks, and of every 64 candles the highest and the lowest are kept, so that
/// stretches in which nothing can happen are passed over at once.
/// </summary>
public sealed class PriceRanges
{
    private const int BlockLength = 64;

    private readonly long[] _times;
    private readonly decimal[] _opens;
    private readonly decimal[] _closes;
    private readonly long[] _highs;
    private readonly long[] _lows;
    private readonly long[] _blockHighs;
    private readonly long[] _blockLows;
    private readonly TickScale _scale;

    /// <param name="times">Open times in Unix milliseconds, ascending.</param>
    /// <exception cref="ArgumentException">The columns differ in length, times do not ascend, or a price has more than 12 decimals or more digits than fit.</exception>
    public PriceRanges(ReadOnlySpan<long> times, ReadOnlySpan<decimal> opens, ReadOnlySpan<decimal> highs, ReadOnlySpan<decimal> lows, ReadOnlySpan<decimal> closes)
    {
        if (opens.Length != times.Length || highs.Length != times.Length || lows.Length != times.Length || closes.Length != times.Length)
            throw new ArgumentException(
                $"Times, opens, highs, lows and closes must be as many as each other, but are {times.Length}, {opens.Length}, {highs.Length}, {lows.Length} and {closes.Length}.");
        for (var bar = 1; bar < times.Length; bar++)
            if (times[bar] <= times[bar - 1])
                throw new ArgumentException($"Times must ascend, but {new Instant(times[bar])} follows {new Instant(times[bar - 1])}.");
        (_times, _opens, _closes) = (times.ToArray(), opens.ToArray(), closes.ToArray());
        _scale = default(TickScale).With("open", opens).With("high", highs).With("low", lows).With("close", closes);
        (_highs, _lows) = (_scale.Ticks("high", highs, times), _scale.Ticks("low", lows, times));
        var blocks = (times.Length + BlockLength - 1) / BlockLength;
        (_blockHighs, _blockLows) = (new long[blocks], new long[blocks]);
        for (var block = 0; block < blocks; block++)
        {
            var bars = (block * BlockLength)..Math.Min((block + 1) * BlockLength, times.Length);
            (_blockHighs[block], _blockLows[block]) = (_highs[bars].Max(), _lows[bars].Min());
        }
    }

    public int Count => _times.Length;

    /// <summary>Unix milliseconds.</summary>
    public ReadOnlySpan<long> Times => _times;

    public ReadOnlySpan<decimal> Opens => _opens;

    public ReadOnlySpan<decimal> Closes => _closes;

    /// <summary>The smallest power of ten that all prices are multiples of.</summary>
    public decimal Tick => _scale.Tick;

    /// <summary>The first bar that opens after this moment, or <see cref="Count"/>.</summary>
    public int FirstAfter(Instant moment)
    {
        var found = Array.BinarySearch(_times, moment.UnixMilliseconds);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>Two levels as ticks: a bar touches the lower one when its low is not above it, the upper one when its high is not below it.</summary>
    /// <remarks>What is null is never touched.</remarks>
    internal TickLevels Levels(Price? lower, Price? upper) => new(lower is { } below ? _scale.AtOrBelow(below.Value) : long.MinValue, upper is { } above ? _scale.AtOrAbove(above.Value) : long.MaxValue);

    internal bool TouchesLower(int bar, TickLevels levels) => _lows[bar] <= levels.Lower;

    internal bool TouchesUpper(int bar, TickLevels levels) => _highs[bar] >= levels.Upper;

    /// <summary>The first bar from one number up to, and not including, another that touches one of the levels; null when none does.</summary>
    internal int? FirstTouch(int from, int to, TickLevels levels)
    {
        var end = Math.Min(to, (from + BlockLength - 1) / BlockLength * BlockLength);
        var bar = Scan(_highs, _lows, from, end, levels);
        if (bar < end)
            return bar;
        // Where it ends inside its first block, that block must not be looked at again from its beginning.
        if (end == to)
            return null;
        var blocks = (to + BlockLength - 1) / BlockLength;
        for (var block = end / BlockLength; ; block++)
        {
            block = Scan(_blockHighs, _blockLows, block, blocks, levels);
            if (block >= blocks)
                return null;
            // Only part of the last block counts: what touches may lie behind it.
            end = Math.Min(to, (block + 1) * BlockLength);
            bar = Scan(_highs, _lows, block * BlockLength, end, levels);
            if (bar < end)
                return bar;
        }
    }

    /// <summary>The first place, or <paramref name="to"/>.</summary>
    private static int Scan(long[] highs, long[] lows, int from, int to, TickLevels levels) =>
        Vector512.IsHardwareAccelerated ? Scan512(highs, lows, from, to, levels) : Scan256(highs, lows, from, to, levels);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Scan512(long[] highs, long[] lows, int from, int to, TickLevels levels)
    {
        ref var high = ref MemoryMarshal.GetArrayDataReference(highs);
        ref var low = ref MemoryMarshal.GetArrayDataReference(lows);
        var (upper, lower) = (Vector512.Create(levels.Upper), Vector512.Create(levels.Lower));
        for (; from + Vector512<long>.Count <= to; from += Vector512<long>.Count)
        {
            var touched = Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref high, (nuint)from), upper) | Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref low, (nuint)from), lower);
            if (touched.ExtractMostSignificantBits() is var bits and not 0)
                return from + BitOperations.TrailingZeroCount(bits);
        }

        return ScanOneByOne(highs, lows, from, to, levels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Scan256(long[] highs, long[] lows, int from, int to, TickLevels levels)
    {
        ref var high = ref MemoryMarshal.GetArrayDataReference(highs);
        ref var low = ref MemoryMarshal.GetArrayDataReference(lows);
        var (upper, lower) = (Vector256.Create(levels.Upper), Vector256.Create(levels.Lower));
        for (; from + Vector256<long>.Count <= to; from += Vector256<long>.Count)
        {
            var touched = Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref high, (nuint)from), upper) | Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref low, (nuint)from), lower);
            if (touched.ExtractMostSignificantBits() is var bits and not 0)
                return from + BitOperations.TrailingZeroCount(bits);
        }

        return ScanOneByOne(highs, lows, from, to, levels);
    }

    private static int ScanOneByOne(long[] highs, long[] lows, int from, int to, TickLevels levels)
    {
        while (from < to && highs[from] < levels.Upper && lows[from] > levels.Lower)
            from++;
        return from;
    }
}

/// <summary>A level below and one above, as whole ticks.</summary>
internal readonly record struct TickLevels(long Lower, long Upper);
