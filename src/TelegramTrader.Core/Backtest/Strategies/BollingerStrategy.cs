using TelegramTrader.Core.Backtest.Strategies.Blocks;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>Return to the mean: bought far below it, sold above it.</summary>
/// <param name="width">Standard deviations.</param>
public sealed class BollingerStrategy(int period, double width) : IBarStrategy
{
    private readonly BollingerBands _bands = new(period, width);

    public static StrategyKind Kind { get; } = new(
        "bollinger", "Buys at a close below the lower band, sells at a close above the middle.",
        [StrategyParameter.Bars("period", 20, least: 2), StrategyParameter.Number("width", 2, 0.01m, 100)],
        values => new BollingerStrategy((int)values["period"], (double)values["width"]))
    {
        Block = (values, rows) => new BollingerBlock(rows, (int)values["period"], (double)values["width"]),
    };

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        var close = series.QuickCloses[bar];
        var bands = _bands.Next(close);
        // Nothing is below or above what is not known.
        return close < bands.Lower ? StrategySignal.Buy : close > bands.Middle ? StrategySignal.Sell : StrategySignal.None;
    }
}
