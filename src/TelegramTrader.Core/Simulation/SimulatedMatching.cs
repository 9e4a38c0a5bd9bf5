using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Simulation;

/// <summary>At what price and in what size an order trades, and what is left of it then.</summary>
internal sealed class SimulatedMatching(SimulationSettings settings, SimulatedLedger ledger)
{
    /// <summary>Whether something can happen to the order at this point: it is reached, and there is volume left to trade against (a trigger needs none).</summary>
    public bool CanAct(SimulatedMarket market, SimulatedOrder order, in PricePoint point)
    {
        var acting = order.Phase == SimulatedPhase.Resting ? OrderTriggers.ActingAt(order.Kind, order.Intent.Side, point) : order.Kind;
        if (acting is null)
            return false;
        var triggersNow = order.Phase == SimulatedPhase.Resting && acting is OrderKind.StopMarket or OrderKind.TakeProfitMarket;
        return triggersNow || HasNothingToReduce(market, order) || !Tradeable(market, order).IsZero;
    }

    public TradeResult Trade(SimulatedMarket market, SimulatedOrder order, in PricePoint point, Instant time, long step, bool isArriving)
    {
        if (HasNothingToReduce(market, order))
            return new TradeResult(order with { Phase = SimulatedPhase.Cancelled, CancelArrivesAt = null, CancelReason = "reduce-only: there is no position left to reduce" }, null, false);

        var intent = order.Intent;
        // A pair that the price has reached on the way of a candle may miss its limit by the last digit of a division.
        var acting = order.Kind is OrderKind.OneCancelsOther ? OrderTriggers.ActingAt(order.Kind, intent.Side, point) ?? OrderTriggers.TargetOf(order.Kind)! : order.Kind;
        var isTriggered = acting is OrderKind.StopMarket or OrderKind.TakeProfitMarket;
        var working = isTriggered ? Become(order, acting) with { Phase = SimulatedPhase.Filling } : order;
        var quantity = Tradeable(market, working);
        if (quantity.IsZero)
            return new TradeResult(working, null, false);

        var isMaker = acting is OrderKind.Limit && !isArriving;
        var price = Price(market, acting, intent.Side, point, quantity, isMaker);
        var isStop = intent.ReduceOnly && acting is OrderKind.StopMarket;
        var conflict = isStop && order.Filled.IsZero && market.Walk is { } walk && market.Position is { } position
            && CandlePath.TargetLiesAhead(market, position.Side, walk, settings.Spread);
        if (!conflict && intent.ReduceOnly && acting is not OrderKind.Market && order.Filled.IsZero && market.Position is { } held)
            market.NoteResolved(acting, held.Side, settings.Spread);
        var fill = ledger.Execute(market, intent, price, quantity, isMaker, conflict, time, step);
        if (market.Walk is { } current)
            market.Walk = current with { VolumeTaken = current.VolumeTaken + quantity.Value };
        else if (market.VolumeOffered is { } offered)
            market.VolumeOffered = offered - quantity.Value;

        // The first execution at the limit takes the trigger of a pair away.
        var filled = Become(working, acting) with { Filled = working.Filled + quantity };
        if (filled.Remaining.IsZero)
            filled = filled with { Phase = SimulatedPhase.Filled, CancelArrivesAt = null };
        else if (HasNothingToReduce(market, filled))
            filled = filled with { Phase = SimulatedPhase.Cancelled, CancelArrivesAt = null, CancelReason = "reduce-only: the position was smaller than the order" };
        return new TradeResult(filled, fill, conflict);
    }

    /// <summary>Whether the point is at or beyond the liquidation price of the position.</summary>
    public static bool IsLiquidated(SimulatedMarket market, SimulatedPosition position, in PricePoint point) =>
        position.LiquidationPrice(market.Instrument) is { } liquidation
        && (position.Side == TradeSide.Long ? point.Trigger(OrderSide.Sell) <= liquidation : point.Trigger(OrderSide.Buy) >= liquidation);

    /// <summary>
    /// A resting limit order trades at its price. Anything else trades at the other side of the book, worse by the base slippage and by a part that grows
    /// with the order's share of the candle's volume, rounded to the tick against us; a limit order that arrives marketable never beyond its limit.
    /// </summary>
    private Price Price(SimulatedMarket market, OrderKind kind, OrderSide side, in PricePoint point, Quantity quantity, bool isMaker)
    {
        if (isMaker)
            return kind.NamedPrice!.Value;
        var instrument = market.Instrument;
        var volume = market.Walk is { } walk ? walk.Candle.Volume : market.LastVolume;
        var slippage = settings.BaseSlippage
            + (volume > 0m ? settings.SlippageAtFullVolume * Math.Min(1m, quantity.Value * instrument.ContractSize / volume) : 0m);
        var taker = point.Taker(side);
        var price = side == OrderSide.Buy ? instrument.RoundUpToTick(taker * (1m + slippage)) : instrument.RoundDownToTick(taker * (1m - slippage));
        if (kind is not OrderKind.Limit limit)
            return price;
        return side == OrderSide.Buy ? (price < limit.Price ? price : limit.Price) : price > limit.Price ? price : limit.Price;
    }

    /// <summary>A pair is from now on what of it has acted; any other order stays what it is.</summary>
    private static SimulatedOrder Become(SimulatedOrder order, OrderKind acting) => order.Kind is OrderKind.OneCancelsOther ? order with { Became = acting } : order;

    private Quantity Tradeable(SimulatedMarket market, SimulatedOrder order)
    {
        var wanted = order.Remaining;
        if (order.Intent.ReduceOnly && market.Position is { } position)
            wanted = Quantity.Smaller(wanted, position.Quantity);
        return market.VolumeLeft(settings.ParticipationRate) is { } left && left < wanted.Value
            ? market.Instrument.RoundDownToStep(left)
            : wanted;
    }

    private static bool HasNothingToReduce(SimulatedMarket market, SimulatedOrder order) =>
        order.Intent.ReduceOnly && (market.Position is not { } position || position.Side.Closing() != order.Intent.Side);
}

/// <param name="Order">What the order became.</param>
/// <param name="Fill">The execution; null when it was only triggered or withdrawn.</param>
/// <param name="Conflict">A stop was taken first although a target lay in the same candle.</param>
internal sealed record TradeResult(SimulatedOrder Order, Fill? Fill, bool Conflict);
