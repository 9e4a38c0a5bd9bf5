namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>
/// Crossing of two simple moving averages of closes. On bar i: up when fast[i-1] &lt;= slow[i-1] and fast[i] &gt; slow[i], down when fast[i-1] &gt;= slow[i-1] and
/// fast[i] &lt; slow[i], both from bar number <see cref="Slow"/> on. Averages are compared as whole numbers, so equal ones are equal.
/// </summary>
/// <param name="Fast">Bars, 1 to 100,000.</param>
/// <param name="Slow">Bars, 1 to 100,000. It may be shorter than the other one; then it is simply what it is.</param>
public readonly record struct CrossRule(int Fast, int Slow)
{
    public const int LongestWindow = 100_000;

    /// <exception cref="ArgumentOutOfRangeException">A window is out of its range; the message names it.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Fast, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Fast, LongestWindow);
        ArgumentOutOfRangeException.ThrowIfLessThan(Slow, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Slow, LongestWindow);
    }

    /// <summary>The first bar on which both averages and those of the bar before exist.</summary>
    public int FirstBar => Math.Max(Fast, Slow);

    /// <summary>fast &gt; slow is fastSum * SlowShare &gt; slowSum * FastShare: both windows divided by what they have in common.</summary>
    public (long FastShare, long SlowShare) Shares
    {
        get
        {
            var (a, b) = (Fast, Slow);
            while (b != 0)
                (a, b) = (b, a % b);
            return (Fast / a, Slow / a);
        }
    }
}
