using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Every target lies on the winning side of the average entry.</summary>
public sealed class TargetSideRule() : RiskRule("target-wrong-side", "side of the targets")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var plan = proposal.Plan;
        var entry = plan.AverageEntry;
        var limit = $"{(plan.Side == TradeSide.Long ? "above" : "below")} the entry {entry}";
        foreach (var target in plan.Exits.Targets)
            if (!plan.Side.IsBetterExit(target.Price, entry))
                return Result(false, $"target {Count(target.Number)} at {target.Price}", limit);
        return Result(true, plan.Exits.Targets.Count == 0 ? "no target" : $"{Count(plan.Exits.Targets.Count)} on the right side", limit);
    }
}
