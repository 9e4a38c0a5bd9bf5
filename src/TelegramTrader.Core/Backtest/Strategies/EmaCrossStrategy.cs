using TelegramTrader.Core.Backtest.Strategies.Blocks;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Crossing of two exponential moving averages of closes.</summary>
public sealed class EmaCrossStrategy(int fast, int slow) : IBarStrategy
{
    private readonly ExponentialMovingAverage _fast = new(fast);
    private readonly ExponentialMovingAverage _slow = new(slow);
    private Crossing _crossing;

    public static StrategyKind Kind { get; } = new(
        "ema-cross", "Buys when the fast exponential average of closes goes above the slow one, sells when it goes below.",
        [StrategyParameter.Bars("fast", 12), StrategyParameter.Bars("slow", 26)],
        values => new EmaCrossStrategy((int)values["fast"], (int)values["slow"]))
    {
        Block = (values, rows) => new EmaCrossBlock(rows, (int)values["fast"], (int)values["slow"]),
    };

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        var close = series.QuickCloses[bar];
        return _crossing.Next(_fast.Next(close), _slow.Next(close));
    }
}
