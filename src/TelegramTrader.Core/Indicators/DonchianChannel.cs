namespace TelegramTrader.Core.Indicators;

/// <param name="Upper">The highest high.</param>
/// <param name="Lower">The lowest low.</param>
public readonly record struct DonchianValue(double Upper, double Lower)
{
    public double Middle => (Upper + Lower) / 2;
}

/// <summary>
/// The highest high and the lowest low of the last so many bars, the latest included; in the unit of the prices, NaN before there are so many. Exact: nothing is computed, only chosen.
/// Donchian, "Donchian's 5- and 20-Day Moving Averages", Commodities 1974; Kaufman, "Trading Systems and Methods", 2013, chapter 5.
/// </summary>
public sealed class DonchianChannel
{
    private readonly WindowMaximum _highs;
    private readonly WindowMaximum _lows;

    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    public DonchianChannel(int period = 20)
    {
        (_highs, _lows) = (new WindowMaximum(period), new WindowMaximum(period));
    }

    /// <summary>Takes a bar and gives the channel with it.</summary>
    /// <param name="high">Finite, as the low is.</param>
    public DonchianValue Next(double high, double low) => new(_highs.Next(high), -_lows.Next(-low));

    /// <summary>The same for whole rows at once, without allocating.</summary>
    /// <param name="highs">Finite, as the lows are.</param>
    /// <param name="lows">As many as the highs.</param>
    /// <param name="period">Bars, 1 to 100,000.</param>
    /// <param name="uppers">As long as the highs, in other memory; so are the lowers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of its range.</exception>
    /// <exception cref="ArgumentException">The rows differ in length or overlap.</exception>
    public static void Fill(ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, int period, Span<double> uppers, Span<double> lowers)
    {
        Rows.CheckPeriod(period);
        Rows.Check<double>(highs, uppers);
        Rows.Check<double>(highs, lowers);
        Rows.Check<double>(lows, uppers);
        Rows.Check<double>(lows, lowers);
        Rows.Check<double>(uppers, lowers);
        WindowMaximum.Fill(highs, period, isMinimum: false, uppers);
        WindowMaximum.Fill(lows, period, isMinimum: true, lowers);
    }
}
