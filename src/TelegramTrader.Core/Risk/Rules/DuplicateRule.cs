namespace TelegramTrader.Core.Risk.Rules;

/// <summary>The same symbol and side at near the same entry within the window is the same idea, not a second one.</summary>
public sealed class DuplicateRule() : RiskRule("duplicate-signal", "same idea again")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var (plan, portfolio, settings) = (proposal.Plan, proposal.Portfolio, proposal.Settings);
        var limit = $"no entry within {Percent(settings.DuplicateNearness)} in {Age(settings.DuplicateWindow)}";
        foreach (var idea in portfolio.RecentIdeas)
        {
            // The very same post counts whatever the settings: its orders would have the same ids.
            if (idea.Id == plan.Signal.Id)
                return Result(false, $"#{Count(idea.Number)} is this very post", limit);
            if (idea.Symbol != plan.Instrument.Symbol || idea.Side != plan.Side || portfolio.Now - idea.At > settings.DuplicateWindow)
                continue;
            if (idea.Channel != plan.Signal.Channel && !settings.DuplicateAcrossChannels)
                continue;
            var distance = Math.Abs(plan.AverageEntry.FractionFrom(idea.Entry));
            if (distance <= settings.DuplicateNearness)
                return Result(false, $"#{Count(idea.Number)} of {idea.Channel}, {Age(portfolio.Now - idea.At)} ago, entry {Percent(distance)} away", limit);
        }

        return Result(true, "none", limit);
    }
}
