using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>The stop of a long lies below every entry, the stop of a short above every entry.</summary>
public sealed class StopSideRule() : RiskRule("stop-wrong-side", "side of the stop")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var plan = proposal.Plan;
        var stop = plan.Exits.Stop.Price;
        var isLong = plan.Side == TradeSide.Long;
        var nearest = isLong ? plan.Legs.Min(leg => leg.Price) : plan.Legs.Max(leg => leg.Price);
        return Result(isLong ? stop < nearest : stop > nearest, $"stop {stop}", $"{(isLong ? "below" : "above")} the entry {nearest}");
    }
}
