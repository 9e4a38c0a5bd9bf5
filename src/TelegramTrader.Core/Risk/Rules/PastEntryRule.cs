using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>
/// An entry at the market is not chased: the market may not have gone farther towards the target than this past the price the post names
/// (or past the breakout level). A limit entry waits for its price and has nothing to chase.
/// </summary>
public sealed class PastEntryRule() : RiskRule("price-past-entry", "market past the entry price")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var plan = proposal.Plan;
        var limit = "at most " + Percent(proposal.Settings.PastEntry);
        if (plan.NamedEntry is not { } named || plan.Legs.All(leg => leg.Kind is OrderKind.Limit))
            return Result(true, "no price to chase", limit);
        if (proposal.Portfolio.Quote is not { } quote)
            return Missing("price", limit);
        var past = plan.Side.Sign() * quote.EntryPrice(plan.Side).FractionFrom(named);
        return Result(past <= proposal.Settings.PastEntry, $"{Percent(past)} past {named}", limit);
    }
}
