using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>
/// The liquidation price lies beyond the stop by the buffer. Distance to liquidation of an isolated linear position:
/// 1 ÷ leverage − maintenance margin rate, as a fraction of the entry (fees and funding left out; the buffer covers them).
/// </summary>
public sealed class LiquidationRule() : RiskRule("liquidation-before-stop", "distance to liquidation")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var plan = proposal.Plan;
        var needed = plan.StopDistance * (1m + proposal.Settings.LiquidationBuffer);
        var limit = $"at least {Percent(needed)} (stop {Percent(plan.StopDistance)} and the buffer)";
        if (proposal.Sizing is not { } sizing)
            return Missing("leverage", limit);
        if (!plan.Instrument.Symbol.IsPerpetual || plan.Side == TradeSide.Long && sizing.Leverage == 1m)
            return Result(true, "none at 1x", limit);
        var distance = 1m / sizing.Leverage - plan.Instrument.MaintenanceMarginRate;
        return Result(distance >= needed, $"{Percent(distance)} at {Number(sizing.Leverage)}x", limit);
    }
}
