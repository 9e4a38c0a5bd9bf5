using TelegramTrader.Core.Backtest.Strategies.Blocks;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Breakout from the channel of the bars before; the bar that breaks out is no part of it.</summary>
/// <param name="entry">Bars of the channel for entries.</param>
/// <param name="exit">Bars of the channel for exits.</param>
public sealed class DonchianStrategy(int entry, int exit) : IBarStrategy
{
    // One side of each channel is all that is asked for.
    private readonly WindowMaximum _highs = new(entry);
    private readonly WindowMaximum _lows = new(exit);
    private double _highest = double.NaN;
    private double _lowest = double.NaN;

    public static StrategyKind Kind { get; } = new(
        "donchian", "Buys at a close above the highest high of the entry bars before, sells at a close below the lowest low of the exit bars before.",
        [StrategyParameter.Bars("entry", 20), StrategyParameter.Bars("exit", 10)],
        values => new DonchianStrategy((int)values["entry"], (int)values["exit"]))
    {
        Block = (values, rows) => new DonchianBlock(rows, (int)values["entry"], (int)values["exit"]),
    };

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        var (high, low, close) = (series.QuickHighs[bar], series.QuickLows[bar], series.QuickCloses[bar]);
        var signal = close > _highest ? StrategySignal.Buy : close < _lowest ? StrategySignal.Sell : StrategySignal.None;
        (_highest, _lowest) = (_highs.Next(high), -_lows.Next(-low));
        return signal;
    }
}
