namespace TelegramTrader.Core.Risk.Rules;

/// <summary>(baseline − equity) ÷ baseline must stay below the limit; once it was reached, it counts as reached until the period ends.</summary>
public abstract class LossRule(string code, string name) : RiskRule(code, name)
{
    public sealed override RiskCheck Check(RiskProposal proposal)
    {
        var limit = Limit(proposal.Settings);
        var text = "below " + Percent(limit);
        if (Baseline(proposal.Portfolio) is not { } baseline || proposal.Portfolio.Equity is not { } equity)
            return Missing("equity at the start of the period", text);
        var loss = baseline.LossAt(equity);
        var measured = $"{Percent(Math.Max(0m, loss))} of {Amount(baseline.Equity)} since {baseline.Since}{(baseline.LimitReached ? ", limit was reached" : "")}";
        return Result(loss < limit && !baseline.LimitReached, measured, text);
    }

    protected abstract LossBaseline? Baseline(Portfolio portfolio);

    protected abstract decimal Limit(RiskSettings settings);
}
