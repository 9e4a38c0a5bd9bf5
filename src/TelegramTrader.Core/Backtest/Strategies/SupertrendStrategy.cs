using TelegramTrader.Core.Backtest.Strategies.Blocks;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Turns of the supertrend.</summary>
/// <param name="period">Bars of the average true range.</param>
/// <param name="factor">Average true ranges.</param>
public sealed class SupertrendStrategy(int period, double factor) : IBarStrategy
{
    private readonly Supertrend _trend = new(period, factor);
    private bool _wasUp;

    public static StrategyKind Kind { get; } = new(
        "supertrend", "Buys when the supertrend turns up, sells when it turns down.",
        [StrategyParameter.Bars("period", 10), StrategyParameter.Number("factor", 3, 0.01m, 100)],
        values => new SupertrendStrategy((int)values["period"], (double)values["factor"]))
    {
        Block = (values, rows) => new SupertrendBlock(rows, (int)values["period"], (double)values["factor"]),
    };

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        // It begins as a fall, and nothing is sold that is not held.
        var isUp = _trend.Next(series.QuickHighs[bar], series.QuickLows[bar], series.QuickCloses[bar]).IsUp;
        var signal = isUp == _wasUp ? StrategySignal.None : isUp ? StrategySignal.Buy : StrategySignal.Sell;
        _wasUp = isUp;
        return signal;
    }
}
