namespace TelegramTrader.Core.Backtest;

/// <summary>What one combination came to in a sweep, in sums of doubles: good for ranking; the best are run again exactly.</summary>
/// <param name="FinalEquity">In the quote asset.</param>
/// <param name="Trades">Those that ended.</param>
/// <param name="Daily">Of the returns of whole days.</param>
public sealed record SweepResult(double FinalEquity, int Trades, Moments Daily);
