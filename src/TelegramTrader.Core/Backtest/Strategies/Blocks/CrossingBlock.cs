using System.Runtime.CompilerServices;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="Crossing"/>, for a block at a time.</summary>
internal struct CrossingBlock
{
    private Turns _ups;
    private Turns _downs;

    /// <summary>Buys at ups, sells at downs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Next(double[] line, double[] other, Span<ulong> buys, Span<ulong> sells)
    {
        var (ups, downs) = (_ups, _downs);
        for (var word = 0; word < buys.Length; word++)
        {
            var above = BarBits.Word<Above>(line, other, word);
            var atOrAbove = BarBits.Word<AtOrAbove>(line, other, word);
            var atOrBelow = BarBits.Word<AtOrBelow>(line, other, word);
            buys[word] = ups.Next(above, atOrBelow);
            sells[word] = downs.Next(atOrBelow & ~atOrAbove, atOrAbove);
        }

        (_ups, _downs) = (ups, downs);
    }
}
