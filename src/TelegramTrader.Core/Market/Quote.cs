namespace TelegramTrader.Core.Market;

/// <summary>The best bid and ask of a symbol, with the time at the exchange.</summary>
public readonly record struct Quote(Symbol Symbol, Price Bid, Price Ask, Instant Time)
{
    /// <summary>Halfway between bid and ask.</summary>
    public Price Mid => new((Bid.Value + Ask.Value) / 2m);

    /// <summary>The price at which a position of this side could be closed now.</summary>
    public Price ExitPrice(TradeSide side) => side == TradeSide.Long ? Bid : Ask;

    /// <summary>The price at which a position of this side could be opened now.</summary>
    public Price EntryPrice(TradeSide side) => side == TradeSide.Long ? Ask : Bid;
}
