namespace TelegramTrader.Core.Risk.Rules;

/// <summary>No entry where somebody else's position is: an account holds one quantity a symbol, and nobody could tell any more whose part a stop or a loss is. Also where it is ignored.</summary>
public sealed class ForeignPositionRule() : RiskRule("foreign-position", "foreign position in the symbol")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var symbol = proposal.Plan.Instrument.Symbol;
        return Result(!proposal.Portfolio.ForeignIn.Contains(symbol), proposal.Portfolio.ForeignIn.Contains(symbol) ? $"one in {symbol}, which is not ours" : "none", "none");
    }
}
