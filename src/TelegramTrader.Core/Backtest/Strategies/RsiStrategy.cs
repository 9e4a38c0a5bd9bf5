using TelegramTrader.Core.Backtest.Strategies.Blocks;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Return from a fall that went far, until a rise that went far loses its force; by Wilder's relative strength index of closes.</summary>
/// <param name="low">Of the index; below the high.</param>
/// <param name="high">Of the index.</param>
public sealed class RsiStrategy(int period, double low, double high) : IBarStrategy
{
    private readonly RelativeStrengthIndex _index = new(period);
    private Crossing _low;
    private Crossing _high;

    public static StrategyKind Kind { get; } = new(
        "rsi", "Buys when the relative strength index comes up through the low, sells when it comes down through the high.",
        [StrategyParameter.Bars("period", 14), StrategyParameter.Number("low", 30, 0, 100), StrategyParameter.Number("high", 70, 0, 100)],
        values => new RsiStrategy((int)values["period"], (double)values["low"], (double)values["high"]))
    {
        Ordered = ("low", "high"),
        Block = (values, rows) => new RsiBlock(rows, (int)values["period"], (double)values["low"], (double)values["high"]),
    };

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        var index = _index.Next(series.QuickCloses[bar]);
        var (atLow, atHigh) = (_low.Next(index, low), _high.Next(index, high));
        return atLow == StrategySignal.Buy ? StrategySignal.Buy : atHigh == StrategySignal.Sell ? StrategySignal.Sell : StrategySignal.None;
    }
}
