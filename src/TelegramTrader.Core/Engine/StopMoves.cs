using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>Moving a stop, with the one rule that holds for everybody who may: where it would be beyond the market already, it is not moved there.</summary>
internal static class StopMoves
{
    /// <summary>Enough targets were hit for the stop to go to the entry, and it is not there yet. It goes as soon as the market allows it.</summary>
    public static bool WantsBreakeven(Trade trade) =>
        trade.Position is not null && trade.Exits.Stop.Reason == StopReason.Initial
        && trade.Exits.BreakevenAfterTarget is { } after && trade.Exits.HighestHit >= after;

    /// <summary>To the average entry, and the breakeven offset beyond it. False when the market does not allow it or the stop is already better.</summary>
    public static bool ToEntry(EngineContext context, Trade trade, StopReason reason, out Trade moved)
    {
        moved = trade;
        if (trade.Position is not { } position)
            return false;
        var level = position.AverageEntry.Value * (1m + trade.Side.Sign() * trade.Exits.BreakevenOffset);
        // Rounded away from the loss: a stop "at entry" must not lose a tick by rounding.
        var price = trade.Side == TradeSide.Long ? trade.Instrument.RoundUpToTick(level) : trade.Instrument.RoundDownToTick(level);
        return trade.Side.IsBetterExit(price, trade.Exits.Stop.Price) && To(context, trade, price, reason, out moved);
    }

    public static bool To(EngineContext context, Trade trade, Price price, StopReason reason, out Trade moved)
    {
        moved = trade;
        if (context.State.Market(trade.Instrument.Symbol).Quote is { } quote && !trade.Side.IsBetterExit(quote.ExitPrice(trade.Side), price))
            return false;
        if (price == trade.Exits.Stop.Price)
            return false;
        moved = trade with { Exits = trade.Exits.WithStop(price, reason), RetryStopAt = null, StopRefusals = 0 };
        if (!trade.OpenQuantity.IsZero)
            context.Notify(new Notification.StopMoved(trade.Number, trade.Exits.Stop.Price, price, reason));
        context.Note(trade.Number, $"stop {trade.Exits.Stop.Price} → {price} ({reason})");
        return true;
    }
}
