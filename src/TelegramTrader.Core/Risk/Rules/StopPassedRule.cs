using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>When the market is already beyond the stop, the idea is over before it began.</summary>
public sealed class StopPassedRule() : RiskRule("stop-already-passed", "market against the stop")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var plan = proposal.Plan;
        var stop = plan.Exits.Stop.Price;
        var limit = $"{(plan.Side == TradeSide.Long ? "above" : "below")} the stop {stop}";
        if (proposal.Portfolio.Quote is not { } quote)
            return Missing("price", limit);
        var exit = quote.ExitPrice(plan.Side);
        return Result(plan.Side.IsBetterExit(exit, stop), $"market at {exit}", limit);
    }
}
