using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Every entry order, and the whole position at its stop price, is at or above the exchange's minimums: else the stop could be refused.</summary>
public sealed class MinimumSizeRule() : RiskRule("below-minimum", "size against the exchange's minimum")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var (plan, instrument) = (proposal.Plan, proposal.Plan.Instrument);
        var limit = $"at least {instrument.MinimumQuantity} and {Number(instrument.MinimumNotional)} {instrument.QuoteAsset}, at the stop too";
        if (proposal.Sizing is not { } sizing)
            return Missing("size", limit);
        foreach (var (leg, quantity) in plan.Legs.Zip(sizing.LegQuantities))
            if (!quantity.IsZero && !instrument.ClearsMinimums(leg.Price, quantity))
                return Result(false, Size(leg.Price, quantity), limit);
        // With one leg filled and the others not, the stop must still be accepted; on spot for what is left of the coins after the fee.
        var smallest = instrument.LeftOfPurchase(sizing.LegQuantities.Where(quantity => !quantity.IsZero).DefaultIfEmpty(Quantity.Zero).Min());
        return Result(instrument.ClearsMinimums(plan.Exits.Stop.Price, smallest), Size(plan.Exits.Stop.Price, smallest), limit);

        string Size(Price price, Quantity quantity) => $"{quantity} at {price} = {Amount(instrument.Notional(price, quantity))}";
    }
}
