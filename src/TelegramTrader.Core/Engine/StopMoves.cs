using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>Moving a stop, with the one rule that holds for everybody who may: where it would be beyond the market already, it is not moved there.</summary>
internal static class StopMoves
{
    /// <summary>
    /// Enough targets were hit for the stop to go to the entry, and it is not there yet. It goes as soon as the market allows it. A stop that a channel
    /// or a person put somewhere stays there.
    /// </summary>
    public static bool WantsBreakeven(Trade trade) =>
        trade.Position is { } position && trade.Exits.BreakevenAfterTarget is { } after && trade.Exits.HighestHit >= after
        && trade.Exits.Stop.Reason is StopReason.Initial or StopReason.Trailing && trade.Side.IsBetterExit(position.AverageEntry, trade.Exits.Stop.Price);

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

    /// <summary>To this price. False without a price of the market, where the stop would be beyond it, and where it already is.</summary>
    public static bool To(EngineContext context, Trade trade, Price price, StopReason reason, out Trade moved)
    {
        moved = trade;
        if (context.State.Market(trade.Instrument.Symbol).Quote is not { } quote || !trade.Side.IsBetterExit(quote.ExitPrice(trade.Side), price))
            return false;
        if (price == trade.Exits.Stop.Price)
            return false;
        // While nothing was entered it is still the first stop, to which the risk of the trade is measured.
        var exits = trade.Position is null
            ? trade.Exits with { Stop = new StopLevel(price, StopReason.Initial), InitialStop = price, StopLoss = null }
            : trade.Exits.WithStop(price, reason);
        moved = trade with { Exits = exits, RetryStopAt = null, StopRefusals = 0 };
        if (!trade.OpenQuantity.IsZero)
            context.Notify(new Notification.StopMoved(trade.Number, trade.Exits.Stop.Price, price, reason));
        context.Note(trade.Number, $"stop {trade.Exits.Stop.Price} → {price} ({reason})");
        return true;
    }

    /// <summary>
    /// To where a channel wants it: not where more would be lost than a post may ask to risk, and not beyond liquidation.
    /// </summary>
    /// <returns>Why it was not moved, in words; null when it was.</returns>
    public static string? ByChannel(EngineContext context, Trade trade, Price price, out Trade moved)
    {
        moved = trade;
        if (trade.Side.IsBetterExit(trade.Exits.Stop.Price, price) && TooFar(context, trade, price) is { } refusal)
            return refusal;
        return To(context, trade, price, StopReason.ByChannel, out moved) ? null : $"{price} is beyond the market or where the stop already is";
    }

    private static string? TooFar(EngineContext context, Trade trade, Price price)
    {
        if (context.State.Equity is not { Amount: > 0m } equity)
            return "the equity is not known, so the risk can't be measured";
        var risk = TradeExposures.OpenRisk(trade with { Exits = trade.Exits.WithStop(price, StopReason.ByChannel) });
        var highest = equity * context.Settings.Risk.HighestRiskPerTrade;
        if (risk > highest)
            return string.Create(CultureInfo.InvariantCulture, $"at {price} {risk.Amount:0.00} {risk.Asset} would be at risk, more than the {highest.Amount:0.00} that a post may ask for");
        var entry = trade.Position?.AverageEntry ?? trade.PlannedEntry;
        var toLiquidation = 1m / trade.Leverage - trade.Instrument.MaintenanceMarginRate;
        var isLiquidable = trade.Instrument.Symbol.IsPerpetual && (trade.Leverage > 1m || trade.Side == TradeSide.Short);
        return isLiquidable && trade.Side.Sign() * (entry - price) / entry.Value >= toLiquidation
            ? string.Create(CultureInfo.InvariantCulture, $"at {trade.Leverage:0.##}x liquidation would come before {price}")
            : null;
    }
}
