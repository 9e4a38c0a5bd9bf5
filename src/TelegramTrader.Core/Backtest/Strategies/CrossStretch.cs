using System.Buffers;
using System.Numerics;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>
/// The crossings of one rule in some consecutive blocks. Where there are fewer rules than threads each finds those of its own stretch; what is done at them has to wait for those before.
/// </summary>
internal sealed class CrossStretch : IDisposable
{
    private const int Expected = 1 << 16;

    // Large, and needed for a moment only.
    private int[] _crossings = ArrayPool<int>.Shared.Rent(Expected);
    private double[] _opens = ArrayPool<double>.Shared.Rent(Expected);
    private int _count;

    public ReadOnlySpan<int> Crossings => _crossings.AsSpan(0, _count);

    public ReadOnlySpan<double> Opens => _opens.AsSpan(0, _count);

    /// <param name="from">Number of the first block.</param>
    /// <param name="to">Of the one after the last.</param>
    /// <param name="progress">Hears of bars that are done.</param>
    public static CrossStretch Find(PriceSeries series, CrossRule rule, int from, int to, Action<long>? progress, CancellationToken cancellationToken)
    {
        var stretch = new CrossStretch();
        // Cancelled on the way, its arrays are simply not given back.
        if (CrossWalk.FitsNarrow(series, rule))
            stretch.Find(series.NarrowCloseTicks, series.QuickOpens, rule, from, to, progress, cancellationToken);
        else
            stretch.Find(series.CloseTicks, series.QuickOpens, rule, from, to, progress, cancellationToken);
        return stretch;
    }

    private void Find<TSum>(ReadOnlySpan<TSum> closes, ReadOnlySpan<double> opens, CrossRule rule, int from, int to, Action<long>? progress, CancellationToken cancellationToken)
        where TSum : struct, IBinaryInteger<TSum>, IMinMaxValue<TSum>
    {
        var (block, scan, state) = (new CrossBlock<TSum>(rule.FirstBar), new CrossScan(), default(CrossState));
        // The block before tells on which side the averages were.
        for (var number = Math.Max(0, from - 1); number < to; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            block.Take(closes, number * CrossScan.Bars);
            scan.Find(block, rule, opens, ref state);
            if (number < from)
                continue;
            Add(scan);
            progress?.Invoke(block.Count);
        }
    }

    private void Add(CrossScan scan)
    {
        var found = scan.Crossings;
        _crossings = WithRoom(_crossings, found.Length);
        _opens = WithRoom(_opens, found.Length);
        found.CopyTo(_crossings.AsSpan(_count));
        scan.Opens.CopyTo(_opens.AsSpan(_count));
        _count += found.Length;
    }

    private T[] WithRoom<T>(T[] array, int more)
    {
        if (_count + more <= array.Length)
            return array;
        var larger = ArrayPool<T>.Shared.Rent(array.Length * 2);
        array.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        return larger;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_crossings);
        ArrayPool<double>.Shared.Return(_opens);
    }
}
