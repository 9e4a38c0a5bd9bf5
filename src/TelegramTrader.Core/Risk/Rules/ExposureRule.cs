namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Value of all positions and waiting entries, this one included, as a multiple of the equity.</summary>
public sealed class ExposureRule() : RiskRule("total-exposure", "total exposure")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var limit = $"at most {Number(proposal.Settings.TotalExposure)} × equity";
        if (proposal.Sizing is not { } sizing || proposal.Portfolio.Equity is not { Amount: > 0m } equity)
            return Missing("exposure", limit);
        var total = proposal.Portfolio.Trades.Aggregate(sizing.Notional, (sum, trade) => sum + trade.Notional);
        return Result(total / equity <= proposal.Settings.TotalExposure, $"{Amount(total)} = {Number(total / equity)} × equity", limit);
    }
}
