using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Brings a fee into the asset in which a trade's result is counted: the base asset at the price of the fill, any other coin at its last price.
/// A fee that can't be valued counts as nothing, which flatters the result, and is therefore told as an alarm.
/// </summary>
internal sealed class FeeConversion(EngineContext context)
{
    public Money InQuote(Trade trade, Fill fill)
    {
        var asset = trade.Instrument.QuoteAsset;
        if (fill.Fee.Asset == asset)
            return fill.Fee;
        if (fill.Fee.Asset == trade.Instrument.Symbol.Base)
            return new Money(fill.Fee.Amount * fill.Price.Value, asset);
        foreach (var form in new[] { $"{fill.Fee.Asset}/{asset}", $"{fill.Fee.Asset}/{asset}:{asset}" })
            if (Symbol.TryParse(form, out var symbol) && context.State.Markets.TryGetValue(symbol, out var market) && market.Quote is { } quote)
                return new Money(fill.Fee.Amount * quote.Mid.Value, asset);
        if (fill.Fee.Amount != 0m)
            context.Notify(new Notification.AccountDiffers(fill.Account, [$"the fee of {fill.Fee} for #{trade.Number} can't be valued in {asset} and is missing from its result"]));
        return Money.Zero(asset);
    }
}
