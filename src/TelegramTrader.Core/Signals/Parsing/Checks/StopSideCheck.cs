namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>The stop of a long lies below all entries, that of a short above.</summary>
internal sealed class StopSideCheck : ISignalCheck
{
    public bool MakesMalformed => true;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        if (figures.Stop is not { } stop)
            return null;
        foreach (var entry in figures.Entries)
        {
            if (!figures.IsWorse(stop, entry))
            {
                var where = stop == entry ? "at" : stop > entry ? "above" : "below";
                return new RuleFailure("stop-wrong-side", $"stop {stop} is {where} the entry {entry} of a {figures.SideWord}");
            }
        }

        return null;
    }
}
