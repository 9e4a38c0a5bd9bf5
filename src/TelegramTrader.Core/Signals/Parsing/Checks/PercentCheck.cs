using System.Globalization;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>A stop in per cent leaves something of the price; so does the target of a short.</summary>
internal sealed class PercentCheck : ISignalCheck
{
    public bool MakesMalformed => true;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        if (figures.Draft.Stop is StopPlan.AtLoss { Fraction: >= 1m } loss)
            return new RuleFailure("stop-percent-too-big", string.Create(CultureInfo.InvariantCulture, $"a stop {loss.Fraction * 100m:0.##} % away from the entry is no stop"));
        if (figures.Side == Market.TradeSide.Short && figures.Draft.Targets.OfType<TargetPlan.AtGain>().FirstOrDefault(target => target.Fraction >= 1m) is { } gain)
            return new RuleFailure("target-percent-too-big", string.Create(CultureInfo.InvariantCulture, $"a short can't gain {gain.Fraction * 100m:0.##} % of the price"));
        return null;
    }
}
