namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>
/// Tells when one line goes above or below another: up when it was at or below it a bar ago and is above now, down the other way round. While one of them is unknown, and on the bar after,
/// there is nothing to tell.
/// </summary>
internal struct Crossing
{
    private int? _before;

    /// <summary>Buy at an up, Sell at a down.</summary>
    public StrategySignal Next(double line, double other)
    {
        int? now = double.IsNaN(line) || double.IsNaN(other) ? null : line.CompareTo(other);
        var before = _before;
        _before = now;
        return before <= 0 && now > 0 ? StrategySignal.Buy : before >= 0 && now < 0 ? StrategySignal.Sell : StrategySignal.None;
    }
}
