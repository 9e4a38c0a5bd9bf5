using System.Numerics;
using System.Runtime.CompilerServices;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>
/// Makes trades of what was said in a block: bought at the open after a buy when flat, sold at the open after a sell when long. Which signals are filled is worked out for 64 bars at once;
/// then the opens are fetched, which lie far apart: many at a time, since none of them waits for another; then money moves.
/// </summary>
internal sealed class SignalScan
{
    /// <summary>Of a block. A multiple of 64: one word of bits each.</summary>
    public const int Bars = CrossScan.Bars;

    private readonly ulong[] _buys = new ulong[Bars / 64];
    private readonly ulong[] _sells = new ulong[Bars / 64];

    // Two are written at a time, wanted or not.
    private readonly int[] _fills = new int[Bars + 2];
    private readonly double[] _opens = new double[Bars];

    /// <param name="opens">Of the whole series. A signal on the last bar has no next open, and nothing is filled.</param>
    /// <param name="isLong">Where the combination stands between two blocks.</param>
    public void Run<TSink>(BlockRows rows, IBlockRule rule, ReadOnlySpan<double> opens, ref bool isLong, ref TSink sink)
        where TSink : struct, IFillSink
    {
        rule.Say(rows, _buys, _sells);
        var (start, count) = (rows.Start, rows.Count);
        if (start + count == opens.Length)
            count--;
        var fills = Find(start, count, isLong);
        for (var index = 0; index < fills; index++)
            _opens[index] = opens[_fills[index]];
        var refused = Act(fills, ref isLong, ref sink);
        if (refused >= 0)
            WalkOn(refused, start, count, opens, ref isLong, ref sink);
    }

    /// <summary>Writes down the bar of each fill, as if there were always enough cash; buys and sells take turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Find(int start, int bars, bool isLong)
    {
        var (held, count) = (isLong ? 1UL : 0UL, 0);
        var fills = _fills;
        for (var word = 0; word * 64 < bars; word++)
        {
            var inside = bars - word * 64 >= 64 ? ulong.MaxValue : (1UL << (bars - word * 64)) - 1;
            var buys = _buys[word] & inside;
            var sells = _sells[word] & ~buys & inside;
            // Being long goes from bar to bar as the carry of an addition does: a buy makes one, a sell stops it, everything else hands it on.
            var carries = unchecked(~sells + buys + held) ^ ~sells ^ buys;
            held = (buys | ~sells & carries) >> 63;
            var filled = buys & ~carries | sells & carries;
            var found = BitOperations.PopCount(filled);
            // What is said at a close is filled on the bar after.
            var at = start + word * 64 + 1;
            for (var done = 0; done < found; done += 2)
            {
                fills[count + done] = at + BitOperations.TrailingZeroCount(filled);
                filled &= unchecked(filled - 1);
                // Of a word that is used up the number is too large, and nobody looks at it.
                fills[count + done + 1] = at + BitOperations.TrailingZeroCount(filled);
                filled &= unchecked(filled - 1);
            }

            count += found;
        }

        return count;
    }

    /// <returns>The bar on which an entry was refused, from which on all is other than was written down; -1 when there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Act<TSink>(int count, ref bool isLong, ref TSink sink)
        where TSink : struct, IFillSink
    {
        var fills = _fills.AsSpan(0, count);
        var opens = _opens.AsSpan(0, count);
        var (mine, refused, index) = (sink, -1, 0);
        if (isLong && count > 0)
            mine.Sell(fills[0], opens[index++]);
        for (; index < fills.Length; index += 2)
        {
            if (!mine.Buy(fills[index], opens[index]))
            {
                refused = fills[index];
                break;
            }

            if (index + 1 < fills.Length)
                mine.Sell(fills[index + 1], opens[index + 1]);
        }

        isLong = refused < 0 && isLong == (count % 2 == 0);
        sink = mine;
        return refused;
    }

    /// <summary>Bar by bar, flat at first: an entry that there was not enough cash for leaves the next one open.</summary>
    private void WalkOn<TSink>(int from, int start, int bars, ReadOnlySpan<double> opens, ref bool isLong, ref TSink sink)
        where TSink : struct, IFillSink
    {
        for (var bar = from; bar < start + bars; bar++)
        {
            var (word, bit) = ((bar - start) / 64, (bar - start) % 64);
            if ((_buys[word] >> bit & 1) != 0)
            {
                isLong = isLong || sink.Buy(bar + 1, opens[bar + 1]);
            }
            else if (isLong && (_sells[word] >> bit & 1) != 0)
            {
                sink.Sell(bar + 1, opens[bar + 1]);
                isLong = false;
            }
        }
    }
}
