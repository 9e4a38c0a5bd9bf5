using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>What a trade puts at stake, for the risk rules and for people.</summary>
public static class TradeExposures
{
    public static TradeExposure Of(Trade trade) =>
        new(trade.Number, trade.Signal.Channel, trade.Instrument.Symbol, trade.Side, Notional(trade), OpenRisk(trade));

    /// <summary>Open position at its average entry, and the entries that may still be filled at their prices.</summary>
    public static Money Notional(Trade trade)
    {
        var sum = trade.Position is { } position && !position.Quantity.IsZero
            ? trade.Instrument.Notional(position.AverageEntry, position.Quantity)
            : Money.Zero(trade.Instrument.QuoteAsset);
        return Waiting(trade).Aggregate(sum, (total, leg) => total + trade.Instrument.Notional(leg.Price, leg.Quantity));
    }

    /// <summary>What is lost from the entry on if the trade goes to its stop as it stands now, waiting entries filled; zero once the stop is beyond breakeven.</summary>
    public static Money OpenRisk(Trade trade)
    {
        var stop = trade.Exits.Stop.Price;
        var loss = trade.Position is { } position && !position.Quantity.IsZero
            ? -trade.Instrument.Profit(trade.Side, position.AverageEntry, stop, position.Quantity).Amount
            : 0m;
        loss += Waiting(trade).Sum(leg => -trade.Instrument.Profit(trade.Side, leg.Price, stop, leg.Quantity).Amount);
        return new Money(Math.Max(0m, loss), trade.Instrument.QuoteAsset);
    }

    public static Money Margin(Trade trade) => Notional(trade) * (1m / trade.Leverage);

    // Of the legs, what the position already holds counts as filled from the nearest on.
    private static IEnumerable<(Price Price, Quantity Quantity)> Waiting(Trade trade)
    {
        if (trade.EntriesClosed is not null)
            yield break;
        var filled = trade.Position?.Entered ?? Quantity.Zero;
        foreach (var leg in trade.Legs)
        {
            var done = Quantity.Smaller(filled, leg.Quantity);
            filled -= done;
            if (leg.Quantity > done)
                yield return (leg.Price, leg.Quantity - done);
        }
    }
}
