namespace TelegramTrader.Core.Risk.Rules;

/// <summary>An account holds one direction of a symbol at a time; two opposite orders would cancel each other out and pay fees twice.</summary>
public sealed class OppositePositionRule() : RiskRule("opposite-position", "opposite position in the symbol")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var opposite = proposal.Portfolio.Trades.FirstOrDefault(trade => trade.Symbol == proposal.Plan.Instrument.Symbol && trade.Side != proposal.Plan.Side);
        return Result(opposite is null, opposite is null ? "none" : $"#{Count(opposite.Number)} is {opposite.Side}", "none");
    }
}
