using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>
/// The market at one moment, as orders see it. Of a candle, the last price is known and bid and ask lie half a spread beside it;
/// of a quote, bid and ask are known and triggers look at the side they would trade on, which is the pessimistic one.
/// </summary>
public readonly record struct PricePoint(decimal Last, decimal Bid, decimal Ask, bool HasLast)
{
    public static PricePoint OfTrade(decimal last, decimal spread) => new(last, last * (1m - spread / 2m), last * (1m + spread / 2m), true);

    public static PricePoint Of(in Quote quote) => new((quote.Bid.Value + quote.Ask.Value) / 2m, quote.Bid.Value, quote.Ask.Value, false);

    /// <summary>The price that sets off a stop or take-profit order of this side.</summary>
    public decimal Trigger(OrderSide side) => HasLast ? Last : side == OrderSide.Sell ? Bid : Ask;

    /// <summary>The price at which an order of this side trades at the market, before slippage.</summary>
    public decimal Taker(OrderSide side) => side == OrderSide.Buy ? Ask : Bid;

    public Quote ToQuote(Instrument instrument, Instant time) =>
        new(instrument.Symbol, instrument.RoundDownToTick(Bid), instrument.RoundUpToTick(Ask), time);
}
