namespace TelegramTrader.Core.Comparison;

/// <summary>The differences of several trades, live less paper, added up.</summary>
/// <param name="Asset">Of all amounts.</param>
/// <param name="Difference">The sum over the trades that were compared.</param>
/// <param name="Trades">How many those are.</param>
/// <param name="WithoutTwin">Trades that ended and could not be compared, because their twin is missing or has a gap. They are in no amount.</param>
public sealed record ExecutionSum(string Asset, ExecutionDifference Difference, int Trades, int WithoutTwin);
