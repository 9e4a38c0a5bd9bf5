namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Every entry lies near the market: farther away it is a wrong decimal, another coin, or a dream.</summary>
public sealed class DistanceFromMarketRule() : RiskRule("price-too-far", "entry's distance from the market")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var limit = "at most " + Percent(proposal.Settings.DistanceFromMarket);
        if (proposal.Portfolio.Quote is not { } quote)
            return Missing("price", limit);
        var mid = quote.Mid;
        var farthest = proposal.Plan.Legs.Max(leg => Math.Abs(leg.Price.FractionFrom(mid)));
        return Result(farthest <= proposal.Settings.DistanceFromMarket, $"{Percent(farthest)} from {mid}", limit);
    }
}
