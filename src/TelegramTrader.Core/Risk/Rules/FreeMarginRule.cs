namespace TelegramTrader.Core.Risk.Rules;

public sealed class FreeMarginRule() : RiskRule("free-margin", "margin needed")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        if (proposal.Sizing is not { } sizing || proposal.Portfolio.FreeMargin is not { } free)
            return Missing("margin", "at most the free margin");
        return Result(sizing.Margin <= free && free.Amount > 0m, Amount(sizing.Margin), "at most " + Amount(free));
    }
}
