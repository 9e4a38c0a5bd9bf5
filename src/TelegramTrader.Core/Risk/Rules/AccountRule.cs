namespace TelegramTrader.Core.Risk.Rules;

/// <summary>No size without a known, positive equity.</summary>
public sealed class AccountRule() : RiskRule("account-unknown", "equity of the account")
{
    public override RiskCheck Check(RiskProposal proposal) =>
        proposal.Portfolio.Equity is { } equity
            ? Result(equity.Amount > 0m, Amount(equity), "above 0")
            : Missing("equity", "above 0");
}
