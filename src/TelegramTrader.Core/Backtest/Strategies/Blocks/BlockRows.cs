namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>The bars of a block and every indicator that the combinations of one worker read there, each computed once.</summary>
internal sealed class BlockRows(PriceSeries series)
{
    private readonly Dictionary<(Type Kind, int First, int Second), BlockRow> _shared = [];
    private readonly List<BlockRow> _rows = [];

    public PriceSeries Series { get; } = series;

    /// <summary>Number of the first bar.</summary>
    public int Start { get; private set; }

    public int Count { get; private set; }

    /// <summary>As long as a block, for what one combination needs alone; nothing stays in it.</summary>
    public double[] Scratch { get; } = new double[SignalScan.Bars];

    /// <summary>The row with these numbers, which is made when nobody has asked for it before. To be asked before the first block.</summary>
    public TRow Shared<TRow>(int first, int second, Func<TRow> make)
        where TRow : BlockRow
    {
        if (_shared.TryGetValue((typeof(TRow), first, second), out var known))
            return (TRow)known;
        var row = make();
        _shared.Add((typeof(TRow), first, second), row);
        _rows.Add(row);
        return row;
    }

    /// <summary>Takes the bars from <paramref name="start"/> on, at most <see cref="SignalScan.Bars"/>.</summary>
    public void Take(int start)
    {
        (Start, Count) = (start, Math.Min(SignalScan.Bars, Series.Count - start));
        foreach (var row in _rows)
            row.Take(Series, Start, Count);
    }
}
