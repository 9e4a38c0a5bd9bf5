using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>What happens to the orders and the position of one market where its price stands: arrivals, trades, withdrawals, liquidation, each with its answer.</summary>
internal sealed class SimulatedTrading(SimulationSettings settings, SimulatedBooks books, IEventSink sink)
{
    private readonly SimulatedMatching _matching = new(settings, books.Ledger);

    /// <summary>What is on its way and due, in the order of arrival; an order and its own withdrawal in the order in which they were sent.</summary>
    public void Arrivals(SimulatedMarket market, in PricePoint point, Instant time)
    {
        while (market.Orders
            .Where(order => order.Arrival?.At <= time)
            .MinBy(order => order.Arrival!.Value.At) is { } next)
        {
            if (next.Arrival!.Value.Kind == WalkStepKind.Arrive)
                Arrive(market, next, point, time);
            else if (next.Arrival.Value.Kind == WalkStepKind.Amend)
                Amend(market, next, point);
            else
                Withdraw(market, next);
        }
    }

    /// <summary>Every order that the price reaches, until none is left that could act.</summary>
    public void Triggers(SimulatedMarket market, in PricePoint point, Instant time)
    {
        for (var index = 0; index < market.Orders.Count; index++)
        {
            var order = market.Orders[index];
            if (order.Phase is not (SimulatedPhase.Resting or SimulatedPhase.Filling) || !_matching.CanAct(market, order, point))
                continue;
            Trade(market, order, point, time);
            // The list changed under our feet; what is left is looked at again from the start.
            index = -1;
        }
    }

    public void Arrive(SimulatedMarket market, SimulatedOrder order, in PricePoint point, Instant time)
    {
        if (OrderChecks.Refusal(market, order.Intent, point, books.Ledger.FreeMargin(books.Markets.Values), market.Instrument.TakerFee ?? settings.TakerFee) is { } error)
        {
            books.Put(market, order with { Phase = SimulatedPhase.Rejected, Error = error });
            Answer(order.Intent.Id, new OrderAnswer.Rejected(error));
            return;
        }

        var accepted = order with { Phase = order.Kind is OrderKind.Market ? SimulatedPhase.Filling : SimulatedPhase.Resting };
        books.Put(market, accepted);
        Answer(order.Intent.Id, new OrderAnswer.Accepted(order.ExchangeOrderId));
        if (_matching.CanAct(market, accepted, point))
            Trade(market, accepted, point, time, isArriving: true);
    }

    public void Withdraw(SimulatedMarket market, SimulatedOrder order)
    {
        books.Put(market, order with { Phase = SimulatedPhase.Cancelled, CancelArrivesAt = null, Change = null, CancelReason = "withdrawn" });
        Answer(order.Intent.Id, new OrderAnswer.Cancelled("withdrawn"));
        EndChange(order);
    }

    /// <summary>A stop that waits stands elsewhere from now on, or as it did: there is no moment in between.</summary>
    public void Amend(SimulatedMarket market, SimulatedOrder order, in PricePoint point)
    {
        var change = order.Change!.To;
        var amended = order.Intent with { Kind = new OrderKind.StopMarket(change.Trigger), Quantity = change.Quantity };
        var refusal = !market.Instrument.AmendsStops || order.Intent is not { ReduceOnly: true, Kind: OrderKind.StopMarket }
                ? new ExchangeError(ExchangeErrorKind.NotSupported, "amend", $"the order {order.Intent.Id} can't be changed in place")
            : order.Phase != SimulatedPhase.Resting ? new ExchangeError(ExchangeErrorKind.OrderNotFound, "not-found", $"the order {order.Intent.Id} waits no longer")
            : OrderChecks.Refusal(market, amended, point, books.Ledger.FreeMargin(books.Markets.Values), market.Instrument.TakerFee ?? settings.TakerFee);
        books.Put(market, order with { Change = null, Intent = refusal is null ? amended : order.Intent });
        Answer(order.Intent.Id, refusal is null ? new OrderAnswer.Amended(change) : new OrderAnswer.AmendRefused(change, refusal));
    }

    public void Trade(SimulatedMarket market, SimulatedOrder order, in PricePoint point, Instant time, bool isArriving = false)
    {
        var traded = _matching.Trade(market, order, point, time, books.Step, isArriving);
        if (traded.Conflict)
            books.SameCandleConflicts++;
        books.Put(market, traded.Order);
        if (traded.Fill is { } fill)
            books.Keep(fill);
        if (traded.Order.Phase == SimulatedPhase.Cancelled)
            Answer(order.Intent.Id, new OrderAnswer.Cancelled(traded.Order.CancelReason!));
        if (!traded.Order.IsLive)
            EndChange(order);
        // With a new position the worse way through the rest of the candle may be another one.
        if (!order.Intent.ReduceOnly && traded.Fill is not null && market.Walk is { } walk)
            market.Walk = walk with { Goal = null };
    }

    public void LiquidateWhenDue(SimulatedMarket market, in PricePoint point, Instant time)
    {
        if (market.Position is { } position && SimulatedMatching.IsLiquidated(market, position, point))
            Liquidate(market, time);
    }

    public void Liquidate(SimulatedMarket market, Instant time)
    {
        books.MarkChanged();
        books.Ledger.Liquidate(market, market.Position!.LiquidationPrice(market.Instrument)!.Value, time, books.Step);
    }

    /// <summary>A change of an order that is over comes too late.</summary>
    private void EndChange(SimulatedOrder order)
    {
        if (order.Change is { To: var change })
            Answer(order.Intent.Id, new OrderAnswer.AmendRefused(change, new ExchangeError(ExchangeErrorKind.OrderNotFound, "not-found", $"there is no live order {order.Intent.Id}")));
    }

    public void Answer(ClientOrderId id, OrderAnswer answer) =>
        sink.Post(new EngineEvent.OrderAnswered(id, answer) { At = books.Clock, FeedStep = books.IsWalking ? books.Step : null });
}
