namespace TelegramTrader.Core.Risk.Rules;

/// <summary>What would be lost if every position and waiting entry, this one included, went to its stop, as a share of the equity.</summary>
public sealed class OpenRiskRule() : RiskRule("open-risk", "total open risk")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var limit = $"at most {Percent(proposal.Settings.TotalOpenRisk)} of the equity";
        if (proposal.Sizing is not { } sizing || proposal.Portfolio.Equity is not { Amount: > 0m } equity)
            return Missing("open risk", limit);
        var total = proposal.Portfolio.Trades.Aggregate(sizing.PlannedLoss, (sum, trade) => sum + trade.OpenRisk);
        return Result(total / equity <= proposal.Settings.TotalOpenRisk, $"{Amount(total)} = {Percent(total / equity)}", limit);
    }
}
