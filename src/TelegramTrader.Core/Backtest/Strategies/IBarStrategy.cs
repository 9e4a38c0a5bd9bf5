namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>What a strategy wants at the close of a bar. It is asked for every bar, whether it holds something or not.</summary>
public enum StrategySignal
{
    None,
    Buy,
    Sell,
}

/// <summary>Says at each close what it wants, from what it has seen until then.</summary>
public interface IBarStrategy
{
    /// <param name="bar">Each bar once, in their order. Nothing behind it may be looked at.</param>
    StrategySignal OnClose(PriceSeries series, int bar);
}
