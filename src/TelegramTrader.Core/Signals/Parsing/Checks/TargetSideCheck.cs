using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>Every target of a long lies above the middle of its entries, every target of a short below.</summary>
internal sealed class TargetSideCheck : ISignalCheck
{
    public bool MakesMalformed => true;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        if (figures.Entries.Count == 0)
            return null;
        var middle = new Price(figures.Entries.Average(entry => entry.Value));
        foreach (var target in figures.Targets)
        {
            if (!figures.IsWorse(middle, target))
                return new RuleFailure("target-wrong-side", $"target {target} is {(target > middle ? "above" : target == middle ? "at" : "below")} the entry {middle} of a {figures.SideWord}");
        }

        return null;
    }
}
