namespace TelegramTrader.Core.Risk.Rules;

/// <summary>No new entry on books that could not be compared with the account for long: fills, hand closes and a lost margin would go unseen.</summary>
public sealed class AccountReadableRule() : RiskRule("account-unreadable", "time for which the account can't be read")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var limit = "at most " + Age(proposal.Settings.AccountUnreadableAfter);
        if (proposal.Portfolio.AccountUnreadableSince is not { } since)
            return Result(true, Age(TimeSpan.Zero), limit);
        var without = proposal.Portfolio.Now - since;
        return Result(without <= proposal.Settings.AccountUnreadableAfter, Age(without), limit);
    }
}
