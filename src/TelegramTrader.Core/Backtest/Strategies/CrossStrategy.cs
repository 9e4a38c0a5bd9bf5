namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary><see cref="CrossRule"/> bar by bar, for windows and prices of any size.</summary>
public sealed class CrossStrategy : IBarStrategy
{
    public static StrategyKind Kind { get; } = new(
        "sma-cross", "Buys when the fast simple average of closes goes above the slow one, sells when it goes below.",
        [StrategyParameter.Bars("fast", null), StrategyParameter.Bars("slow", null)],
        values => new CrossStrategy(RuleOf(values)))
    {
        Rule = RuleOf,
    };

    private readonly CrossRule _rule;
    private Int128 _fast;
    private Int128 _slow;
    private int _before;

    public CrossStrategy(CrossRule rule)
    {
        rule.Check();
        _rule = rule;
    }

    public StrategySignal OnClose(PriceSeries series, int bar)
    {
        var closes = series.CloseTicks;
        _fast += closes[bar] - (bar >= _rule.Fast ? closes[bar - _rule.Fast] : 0);
        _slow += closes[bar] - (bar >= _rule.Slow ? closes[bar - _rule.Slow] : 0);
        var now = (_fast * _rule.Slow).CompareTo(_slow * _rule.Fast);
        var before = _before;
        _before = now;
        if (bar < _rule.FirstBar)
            return StrategySignal.None;
        return before <= 0 && now > 0 ? StrategySignal.Buy : before >= 0 && now < 0 ? StrategySignal.Sell : StrategySignal.None;
    }

    private static CrossRule RuleOf(IReadOnlyDictionary<string, decimal> values) => new((int)values["fast"], (int)values["slow"]);
}
