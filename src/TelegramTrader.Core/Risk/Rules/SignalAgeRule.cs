namespace TelegramTrader.Core.Risk.Rules;

/// <summary>An old post is recorded and not traded: the price it speaks of is gone.</summary>
public sealed class SignalAgeRule() : RiskRule("stale-signal", "age of the post")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var age = proposal.Portfolio.Now - proposal.Plan.Signal.PostedAt;
        return Result(age <= proposal.Settings.OldestSignal, Age(age), "at most " + Age(proposal.Settings.OldestSignal));
    }
}
