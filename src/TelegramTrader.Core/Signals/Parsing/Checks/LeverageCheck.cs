using System.Globalization;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>The leverage is at least 1 and at most what the profile allows.</summary>
internal sealed class LeverageCheck : ISignalCheck
{
    public bool MakesMalformed => false;

    public RuleFailure? Check(SignalFigures figures, ParseContext context) =>
        figures.Draft.Leverage is { } leverage && (leverage.Lowest < 1m || leverage.Highest > context.Profile.HighestLeverage)
            ? new RuleFailure("leverage-out-of-bounds", string.Create(CultureInfo.InvariantCulture, $"leverage {leverage.Highest}x is outside 1x to {context.Profile.HighestLeverage}x"))
            : null;
}
