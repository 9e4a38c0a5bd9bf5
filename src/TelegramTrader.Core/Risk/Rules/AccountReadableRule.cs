namespace TelegramTrader.Core.Risk.Rules;

/// <summary>No new entry on books that could not be compared with the account for long: fills, hand closes and a lost margin would go unseen.</summary>
public sealed class AccountReadableRule() : RiskRule("account-unreadable", "time for which the account can't be read")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var limit = "at most " + Seconds(proposal.Settings.AccountUnreadableAfter);
        var without = proposal.Portfolio.AccountUnreadableSince is { } since ? proposal.Portfolio.Now - since : TimeSpan.Zero;
        return Result(without <= proposal.Settings.AccountUnreadableAfter, Seconds(without), limit);
    }

    // Not in minutes: a few seconds beyond the limit would read like the limit.
    private static string Seconds(TimeSpan time) => Number((decimal)time.TotalSeconds) + " s";
}
