using System.Globalization;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>The prices lie within one factor of the market, where its last price is known.</summary>
internal sealed class MarketScaleCheck : ISignalCheck
{
    public bool MakesMalformed => true;

    public RuleFailure? Check(SignalFigures figures, ParseContext context)
    {
        if (context.Market.LastPrice(figures.Pair) is not { } last)
            return null;
        var limit = context.Profile.PriceScale;
        foreach (var price in figures.Entries.Concat(figures.Targets).Concat(figures.Stop is { } stop ? [stop] : []))
        {
            if (price.Value > last.Value * limit || price.Value * limit < last.Value)
                return new RuleFailure("price-far-from-market", string.Create(CultureInfo.InvariantCulture, $"price {price} is more than {limit}x away from the last price {last} of {figures.Pair}"));
        }

        return null;
    }
}
