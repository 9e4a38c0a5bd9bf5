namespace TelegramTrader.Core.Risk.Rules;

/// <summary>A stop that far away is no protection, and mostly a misread number.</summary>
public sealed class StopTooFarRule() : RiskRule("stop-too-far", "distance to the stop")
{
    public override RiskCheck Check(RiskProposal proposal) =>
        Result(proposal.Plan.StopDistance <= proposal.Settings.FarthestStop, Percent(proposal.Plan.StopDistance), "at most " + Percent(proposal.Settings.FarthestStop));
}
