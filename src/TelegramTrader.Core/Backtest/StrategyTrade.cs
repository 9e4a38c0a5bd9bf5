namespace TelegramTrader.Core.Backtest;

/// <summary>One purchase and its sale. Bars are numbers in the series; fills are at their opens.</summary>
/// <param name="ExitBar">Null while it is open.</param>
/// <param name="EntryFee">Of the purchase alone, in the quote asset.</param>
/// <param name="Fee">Of both fills, in the quote asset.</param>
/// <param name="Pnl">Net of both fees, in the quote asset; of an open one, at the last close and without a fee for the sale that has not happened.</param>
public sealed record StrategyTrade(int EntryBar, decimal EntryPrice, int? ExitBar, decimal? ExitPrice, decimal Units, decimal EntryFee, decimal Fee, decimal Pnl);
