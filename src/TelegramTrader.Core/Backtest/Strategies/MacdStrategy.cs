using TelegramTrader.Core.Backtest.Strategies.Blocks;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Crossing of the MACD line of closes and its signal.</summary>
public sealed class MacdStrategy(int fast, int slow, int signal) : IBarStrategy
{
    private readonly Macd _macd = new(fast, slow, signal);
    private Crossing _crossing;

    public static StrategyKind Kind { get; } = new(
        "macd", "Buys when the MACD line goes above its signal, sells when it goes below.",
        [StrategyParameter.Bars("fast", 12), StrategyParameter.Bars("slow", 26), StrategyParameter.Bars("signal", 9)],
        values => new MacdStrategy((int)values["fast"], (int)values["slow"], (int)values["signal"]))
    {
        Ordered = ("fast", "slow"),
        Block = (values, rows) => new MacdBlock(rows, (int)values["fast"], (int)values["slow"], (int)values["signal"]),
    };

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        var value = _macd.Next(series.QuickCloses[bar]);
        return _crossing.Next(value.Line, value.Signal);
    }
}
