using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>Asking for a close of all or part of a position; the orders follow from it.</summary>
internal static class TradeCloses
{
    /// <param name="fraction">The part of what is open and not being closed already; above 0 and at most 1.</param>
    /// <returns>Whether anything is being done, and what, in words.</returns>
    public static (bool Done, string Effect) Request(EngineContext context, Trade trade, decimal fraction, ExitReason reason, string by)
    {
        if (trade.Exit is { Everything: true })
            return (true, "is being closed already");
        var underWay = trade.Exit?.Quantity ?? Quantity.Zero;
        var left = trade.OpenQuantity - Quantity.Smaller(underWay, trade.OpenQuantity);
        var part = fraction >= 1m ? left : trade.Instrument.RoundDownToStep(left.Value * fraction);
        // A part too small to trade, or one that would leave too little to trade, becomes nothing or everything.
        var price = trade.Position!.AverageEntry;
        // On spot what is left must be able to have a stop.
        var atLeast = trade.Instrument.Symbol.IsPerpetual || price < trade.Exits.Stop.Price ? price : trade.Exits.Stop.Price;
        if (part < left && (part.IsZero || !trade.Instrument.ClearsMinimums(price, part)))
            return (false, $"{part} is below the exchange's minimum for a part");
        var everything = part == left || !trade.Instrument.ClearsMinimums(atLeast, left - part);
        context.Save(trade with { Exit = new ExitRequest(everything ? trade.OpenQuantity : underWay + part, everything, reason, by) });
        return (true, everything ? $"closing all {trade.OpenQuantity}" : $"closing {part} of {left}");
    }
}
