using System.Globalization;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>A signal has at most ten entries and twenty targets; more is a price list.</summary>
internal sealed class CountCheck : ISignalCheck
{
    private const int MostEntries = 10;
    private const int MostTargets = 20;

    public bool MakesMalformed => false;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        if (figures.Entries.Count > MostEntries)
            return new RuleFailure("too-many-entries", string.Create(CultureInfo.InvariantCulture, $"{figures.Entries.Count} entries are more than {MostEntries}"));
        return figures.Draft.Targets.Count > MostTargets
            ? new RuleFailure("too-many-targets", string.Create(CultureInfo.InvariantCulture, $"{figures.Draft.Targets.Count} targets are more than {MostTargets}"))
            : null;
    }
}
