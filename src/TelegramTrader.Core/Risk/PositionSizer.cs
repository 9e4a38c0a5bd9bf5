using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk;

/// <summary>
/// Size from risk: quantity = equity × risk fraction ÷ (|entry − stop| × contract size), then cut to the largest position, the free margin
/// and the largest order, then rounded down to the step leg by leg. Legs below the exchange's minimums are dropped, and the rest is sized as if they had never been.
/// </summary>
public static class PositionSizer
{
    // Of the free margin this much is used at most, so that fees and a small move against the entry still fit.
    private const decimal UsableMargin = 0.95m;

    /// <summary>The size, or null when the stop is on the wrong side of the mean entry or the account is unknown or empty.</summary>
    public static Sizing? Size(TradePlan plan, Portfolio portfolio, RiskSettings settings)
    {
        if (portfolio.Equity is not { Amount: > 0m } equity || portfolio.FreeMargin is not { } freeMargin || plan.StopDistance <= 0m)
            return null;

        var riskFraction = Math.Min(plan.RequestedRisk ?? settings.RiskPerTrade, settings.HighestRiskPerTrade);
        var leverageNotes = new List<string>();
        var leverage = Leverage(plan, settings, leverageNotes);
        var margin = Math.Max(0m, freeMargin.Amount);
        var caps = new List<string>();

        // Too small a leg is dropped, the farthest first. Those left are sized anew: nearer entries have a longer way to the stop.
        for (var kept = plan.Legs.Count; kept > 0; kept--)
        {
            var legs = plan.Legs.Take(kept).ToArray();
            var shares = legs.Sum(leg => leg.Share);
            var entry = legs.Sum(leg => leg.Price.Value * leg.Share) / shares;
            var riskPerUnit = plan.Side.Sign() * (entry - plan.Exits.Stop.Price.Value) * plan.Instrument.ContractSize;
            var byRisk = equity.Amount * riskFraction / riskPerUnit;
            var unitValue = entry * plan.Instrument.ContractSize;
            caps.Clear();
            var quantity = byRisk;
            Cap(ref quantity, equity.Amount * settings.LargestPosition / unitValue, caps,
                $"cut to the largest position: {Text(settings.LargestPosition)} × equity {Text(equity.Amount)}");
            Cap(ref quantity, margin * UsableMargin * leverage / unitValue, caps,
                $"cut to the free margin: {Text(margin)} × {Text(UsableMargin)} × leverage {Text(leverage)}");
            if (plan.Instrument.MaximumQuantity is { } largest)
                Cap(ref quantity, largest.Value, caps, $"cut to the largest order that the exchange takes: {largest}, because the stop is one order");
            var sizes = legs.Select(leg => plan.Instrument.RoundDownToStep(quantity * leg.Share / shares)).ToArray();
            if (kept > 1 && !legs.Zip(sizes).All(pair => plan.Instrument.ClearsMinimums(pair.First.Price, pair.Second)))
                continue;

            var asset = plan.Instrument.QuoteAsset;
            var notional = legs.Zip(sizes, (leg, size) => plan.Instrument.Notional(leg.Price, size)).Aggregate(Money.Zero(asset), (sum, money) => sum + money);
            return new Sizing
            {
                RiskMoney = equity * riskFraction,
                RiskFraction = riskFraction,
                RiskPerUnit = riskPerUnit,
                QuantityByRisk = byRisk,
                Caps = caps,
                LegQuantities = [.. sizes, .. Enumerable.Repeat(Quantity.Zero, plan.Legs.Count - kept)],
                Leverage = leverage,
                LeverageNotes = leverageNotes,
                Notional = notional,
                Margin = notional * (1m / leverage),
                PlannedLoss = legs.Zip(sizes, (leg, size) => -plan.Instrument.Profit(plan.Side, leg.Price, plan.Exits.Stop.Price, size)).Aggregate(Money.Zero(asset), (sum, money) => sum + money),
            };
        }

        return null;
    }

    /// <summary>
    /// The leverage asked for (or the default), at most the cap and what the exchange allows, and low enough that liquidation stays clear of the stop:
    /// 1 ÷ (stop distance × (1 + buffer) + maintenance margin rate). At least 1; whole numbers, because exchanges take no others.
    /// </summary>
    private static decimal Leverage(TradePlan plan, RiskSettings settings, List<string> notes)
    {
        if (!plan.Instrument.Symbol.IsPerpetual)
            return 1m;
        var leverage = plan.RequestedLeverage ?? settings.DefaultLeverage;
        Lower(ref leverage, settings.LeverageCap, notes, "the cap");
        Lower(ref leverage, plan.Instrument.MaximumLeverage, notes, "what the exchange allows");
        var safe = 1m / (plan.StopDistance * (1m + settings.LiquidationBuffer) + plan.Instrument.MaintenanceMarginRate);
        Lower(ref leverage, safe, notes, "what keeps liquidation beyond the stop");
        return Math.Max(1m, Math.Floor(leverage));
    }

    private static void Cap(ref decimal quantity, decimal limit, List<string> caps, string why)
    {
        if (quantity <= limit)
            return;
        quantity = limit;
        caps.Add(why);
    }

    private static void Lower(ref decimal leverage, decimal limit, List<string> notes, string why)
    {
        if (leverage <= limit)
            return;
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Text(leverage)}x lowered to {Text(limit)}x: {why}"));
        leverage = limit;
    }

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
