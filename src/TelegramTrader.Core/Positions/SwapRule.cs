using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Positions;

/// <summary>
/// Which of stop and next target rests at a spot exchange: coins back one order only. The stop has priority. Once the market has gone three quarters of the
/// way from the stop to the target, the target's part of the coins goes to an order at the target; when the market is back at half the way, the stop gets
/// them again. What lies between keeps a market that trembles from swapping again and again. Longs only: spot knows no others.
/// </summary>
public static class SwapRule
{
    /// <summary>The part of the way from the stop to the target from which on the target has the place.</summary>
    public const decimal TargetFrom = 0.75m;

    /// <summary>The part of the way at which the stop gets its place back.</summary>
    public const decimal StopBackAt = 0.5m;

    /// <summary>At or above this price the target takes the place.</summary>
    public static decimal TargetTakesAt(Price stop, Price target) => Between(stop, target, TargetFrom);

    /// <summary>At or below this price the stop takes it back.</summary>
    public static decimal StopTakesBackAt(Price stop, Price target) => Between(stop, target, StopBackAt);

    // A stop that was moved beyond the target leaves no way: the target counts as reached.
    private static decimal Between(Price stop, Price target, decimal part) => stop.Value + Math.Max(0m, target - stop) * part;
}
