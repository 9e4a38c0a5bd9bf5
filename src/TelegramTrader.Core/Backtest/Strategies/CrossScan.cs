using System.Numerics;
using System.Runtime.CompilerServices;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>What happens at a crossing that is acted on. A struct, so that its code is put into the loop.</summary>
internal interface IFillSink
{
    /// <returns>False when it can't be bought: it stays flat.</returns>
    bool Buy(int bar);

    void Sell(int bar);
}

/// <summary>Where one rule stands between two blocks.</summary>
internal struct CrossState
{
    public bool WasAbove;
    public bool WasBelow;
    public bool IsLong;
}

/// <summary>Goes through the crossings of a block: bought at the open after an up when flat, sold at the open after a down when long.</summary>
internal static class CrossScan
{
    /// <param name="start">Number of the block's first bar.</param>
    /// <param name="firstBar">Crossings before it do not count.</param>
    /// <param name="lastBar">A crossing here has no next open, and nothing is filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<ulong> above, ReadOnlySpan<ulong> below, int start, int firstBar, int lastBar, ref CrossState state, ref TSink sink)
        where TSink : struct, IFillSink
    {
        var (wasAbove, wasBelow, isLong) = (state.WasAbove ? 1UL : 0UL, state.WasBelow ? 1UL : 0UL, state.IsLong);
        for (var word = 0; word < above.Length; word++)
        {
            var ups = above[word] & ~(above[word] << 1 | wasAbove);
            var downs = below[word] & ~(below[word] << 1 | wasBelow);
            (wasAbove, wasBelow) = (above[word] >> 63, below[word] >> 63);
            var at = start + word * 64;
            if (at < firstBar)
            {
                var early = Math.Min(firstBar - at, 64);
                var kept = early == 64 ? 0UL : ulong.MaxValue << early;
                (ups, downs) = (ups & kept, downs & kept);
            }

            for (var wanted = isLong ? downs : ups; wanted != 0; )
            {
                var bit = BitOperations.TrailingZeroCount(wanted);
                if (at + bit >= lastBar)
                    break;
                if (isLong)
                {
                    sink.Sell(at + bit + 1);
                    isLong = false;
                }
                else
                {
                    isLong = sink.Buy(at + bit + 1);
                }

                // Everything behind this bar. Twice by one bit less, because a shift by 64 is none.
                wanted = (isLong ? downs : ups) & (ulong.MaxValue << bit << 1);
            }
        }

        (state.WasAbove, state.WasBelow, state.IsLong) = (wasAbove != 0, wasBelow != 0, isLong);
    }
}
