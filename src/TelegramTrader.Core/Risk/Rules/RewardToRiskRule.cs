using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Reward ÷ risk: the mean distance of the targets from the average entry, weighted by their shares, over the distance to the stop. A runner counts as the last target.</summary>
public sealed class RewardToRiskRule() : RiskRule("reward-too-small", "reward to risk")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var plan = proposal.Plan;
        var limit = "at least " + Number(proposal.Settings.LeastRewardToRisk);
        var targets = plan.Exits.Targets;
        if (targets.Count == 0)
            return Result(true, "no target, the position runs until its stop", limit);
        if (plan.StopDistance <= 0m)
            return Missing("risk", limit);
        var entry = plan.AverageEntry;
        var shares = targets.Sum(target => target.Share) + plan.Exits.RunnerShare;
        var reward = (targets.Sum(target => target.Share * Gain(target.Price)) + plan.Exits.RunnerShare * Gain(targets[^1].Price)) / shares;
        var ratio = reward / plan.StopDistance;
        return Result(ratio >= proposal.Settings.LeastRewardToRisk, Number(ratio), limit);

        decimal Gain(Price price) => plan.Side.Sign() * price.FractionFrom(entry);
    }
}
