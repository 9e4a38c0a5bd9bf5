namespace TelegramTrader.Core.Risk.Rules;

public sealed class PositionsAtOnceRule() : RiskRule("positions-at-once", "positions at once")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var count = proposal.Portfolio.Trades.Count;
        return Result(count < proposal.Settings.PositionsAtOnce, $"{Count(count)} open or waiting", $"fewer than {Count(proposal.Settings.PositionsAtOnce)}");
    }
}
