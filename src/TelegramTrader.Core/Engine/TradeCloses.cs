using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>Asking for a close of all or part of a position; the orders follow from it.</summary>
internal static class TradeCloses
{
    /// <param name="fraction">The part of the open quantity; above 0 and at most 1.</param>
    /// <returns>What is being done, in words.</returns>
    public static string Request(EngineContext context, Trade trade, decimal fraction, ExitReason reason, string by)
    {
        if (trade.Exit is { Everything: true })
            return "is being closed already";
        var part = fraction >= 1m ? trade.OpenQuantity : trade.Instrument.RoundDownToStep(trade.OpenQuantity.Value * fraction);
        // A part too small to trade, or one that would leave too little to trade, becomes nothing or everything.
        var price = trade.Position!.AverageEntry;
        if (part.IsZero || part < trade.OpenQuantity && !trade.Instrument.ClearsMinimums(price, part))
            return $"{part} is below the exchange's minimum for a part";
        var everything = part == trade.OpenQuantity || !trade.Instrument.ClearsMinimums(price, trade.OpenQuantity - part);
        context.Save(trade with { Exit = new ExitRequest(everything ? trade.OpenQuantity : part, everything, reason, by) });
        return everything ? $"closing all {trade.OpenQuantity}" : $"closing {part} of {trade.OpenQuantity}";
    }
}
