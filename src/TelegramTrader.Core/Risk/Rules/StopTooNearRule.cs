namespace TelegramTrader.Core.Risk.Rules;

/// <summary>A stop within the noise of the market is hit at once, and makes the size huge.</summary>
public sealed class StopTooNearRule() : RiskRule("stop-too-near", "distance to the stop")
{
    public override RiskCheck Check(RiskProposal proposal) =>
        Result(proposal.Plan.StopDistance >= proposal.Settings.NearestStop, Percent(proposal.Plan.StopDistance), "at least " + Percent(proposal.Settings.NearestStop));
}
