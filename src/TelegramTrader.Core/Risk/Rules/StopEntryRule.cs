using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>An entry on a breakout is a stop order: there is none where the exchange holds no stops.</summary>
public sealed class StopEntryRule() : RiskRule("no-stop-orders", "entry order")
{
    public override RiskCheck Check(RiskProposal proposal) =>
        Result(proposal.Portfolio.HoldsStops || proposal.Plan.Legs.All(leg => leg.Kind is not OrderKind.StopMarket), proposal.Plan.Legs.Any(leg => leg.Kind is OrderKind.StopMarket) ? "on a breakout" : "no stop order",
            proposal.Portfolio.HoldsStops ? "any" : "no stop order");
}
