namespace TelegramTrader.Core.Risk.Rules;

/// <summary>No decision without a fresh price of the instrument.</summary>
public sealed class MarketDataRule() : RiskRule("no-market-data", "age of the price")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var limit = "at most " + Age(proposal.Settings.OldestQuote);
        if (proposal.Portfolio.Quote is not { } quote)
            return Missing("price", limit);
        var age = proposal.Portfolio.Now - quote.Time;
        return Result(age <= proposal.Settings.OldestQuote, Age(age), limit);
    }
}
