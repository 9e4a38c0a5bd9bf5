using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>All prices of a signal lie within one factor of each other: a slipped decimal is caught here.</summary>
internal sealed class OneScaleCheck : ISignalCheck
{
    public bool MakesMalformed => true;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        Price? lowest = null, highest = null;
        foreach (var price in figures.Entries.Concat(figures.Targets).Concat(figures.Stop is { } stop ? [stop] : []))
        {
            lowest = lowest is { } low && low <= price ? low : price;
            highest = highest is { } high && high >= price ? high : price;
        }

        return lowest is { } from && highest is { } to && to.Value > from.Value * context.Profile.PriceScale
            ? new RuleFailure("prices-far-apart", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"prices {from} and {to} are more than {context.Profile.PriceScale}x apart"))
            : null;
    }
}
