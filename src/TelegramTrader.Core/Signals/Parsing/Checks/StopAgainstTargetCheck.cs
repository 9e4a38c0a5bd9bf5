namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>With no entry price to compare with, the stop must at least lie on the losing side of the targets.</summary>
internal sealed class StopAgainstTargetCheck : ISignalCheck
{
    public bool MakesMalformed => true;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        if (figures.Stop is not { } stop)
            return null;
        foreach (var target in figures.Targets)
        {
            if (!figures.IsWorse(stop, target))
                return new RuleFailure("stop-beyond-target", $"stop {stop} is {(stop > target ? "above" : stop == target ? "at" : "below")} the target {target} of a {figures.SideWord}");
        }

        return null;
    }
}
