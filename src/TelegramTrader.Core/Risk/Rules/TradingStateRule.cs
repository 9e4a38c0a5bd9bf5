namespace TelegramTrader.Core.Risk.Rules;

/// <summary>New entries only while trading is active.</summary>
public sealed class TradingStateRule() : RiskRule("trading-not-active", "trading state")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var state = proposal.Portfolio.TradingState;
        var measured = state.Mode switch
        {
            TradingMode.Active => "active",
            TradingMode.ReducingOnly => $"reducing only since {state.Since}, set by {state.By}: {state.Reason}",
            _ => $"halted since {state.Since}, set by {state.By}: {state.Reason}",
        };
        return Result(state.Mode == TradingMode.Active, measured, "active");
    }
}
