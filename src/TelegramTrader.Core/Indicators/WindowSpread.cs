namespace TelegramTrader.Core.Indicators;

/// <summary>
/// The mean of a window that moves, and the sum of the squares of what its values are off that mean, moved along from bar to bar (Welford, "Note on a Method for Calculating Corrected Sums
/// of Squares and Products", 1962), so that a high price with a small spread keeps its digits. After a leap has left the window little of the sum remains but what was rounded of it; then,
/// and whenever it is handed a window, it is taken anew.
/// </summary>
internal struct WindowSpread(int period)
{
    private readonly double _share = 1.0 / period;

    /// <summary>So small a rest of what the sum has been since it was taken has lost too many digits: of sixteen, ten are left.</summary>
    public const double Worn = 1e-6;

    public double Mean { get; private set; }

    public double Squares { get; private set; }

    /// <summary>The largest sum since it was taken.</summary>
    public double Peak { get; private set; }

    public static WindowSpread Moved(int period, double mean, double squares, double peak) => new(period) { Mean = mean, Squares = squares, Peak = peak };

    public static WindowSpread Of(ReadOnlySpan<double> window)
    {
        var spread = new WindowSpread(window.Length);
        spread.Take(window);
        return spread;
    }

    private void Take(ReadOnlySpan<double> window)
    {
        Mean = Rows.Sum(window) / window.Length;
        var rest = 0.0;
        foreach (var value in window)
            rest += value - Mean;
        // What rounding left over: now equal values have a mean that is equal to them.
        Mean += rest / window.Length;
        Squares = 0;
        foreach (var value in window)
            Squares += (value - Mean) * (value - Mean);
        Peak = Squares;
    }

    /// <returns>False when it must be taken anew.</returns>
    public bool Move(double entered, double left)
    {
        var change = entered - left;
        var before = Mean;
        Mean += change * _share;
        Squares += change * (entered - Mean + (left - before));
        Peak = Math.Max(Peak, Squares);
        return Squares >= Peak * Worn;
    }

    /// <summary>Of the population.</summary>
    public readonly double Deviation => Math.Sqrt(Squares * _share);
}
