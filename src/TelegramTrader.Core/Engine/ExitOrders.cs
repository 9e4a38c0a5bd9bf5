using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Brings the orders of a trade in line with what it wants: it compares and places or withdraws only the difference, so that it may be called after
/// any event and as often as one likes. Keeps two promises: a position has a stop for its whole quantity, and an old stop is withdrawn
/// only after the new one is working.
/// </summary>
internal sealed class ExitOrders(EngineContext context, OrderDesk desk)
{
    /// <summary>How it is done where stop and targets can't be there at once.</summary>
    public SpotExits Spot { get; } = new(context, desk);

    public void Sync(int tradeNumber)
    {
        Spot.Amendment.TakeBackFromWhatIsGone(tradeNumber);
        if (context.State.Trades[tradeNumber].IsFinished)
        {
            WithdrawAll(tradeNumber, _ => true);
            return;
        }

        SyncEntries(tradeNumber);
        if (context.State.Trades[tradeNumber].IsFinished)
            return;
        if (context.State.Trades[tradeNumber].Instrument.Symbol.IsPerpetual)
        {
            SyncStop(tradeNumber);
            SyncExit(tradeNumber);
            SyncTargets(tradeNumber);
        }
        else
        {
            Spot.Sync(tradeNumber, IsWatchedByEngine(context.State.Trades[tradeNumber]));
            if (context.State.Trades[tradeNumber].IsFinished)
                return;
        }

        SyncProtection(tradeNumber);
    }

    /// <summary>Whether the engine itself has to watch the stop, because no exchange order can.</summary>
    public bool IsWatchedByEngine(Trade trade) => trade.Exits.StopOnCandleClose || !context.Capabilities.HoldsStops;

    private void SyncEntries(int tradeNumber)
    {
        var trade = context.State.Trades[tradeNumber];
        if (trade.EntriesClosed is not null || trade.Exit is { Everything: true })
            WithdrawAll(tradeNumber, order => order.Intent.Purpose is OrderPurpose.Entry);
        if (trade.Stage != TradeStage.Waiting || LiveOrders(tradeNumber).Any(order => order.Intent.Purpose is OrderPurpose.Entry))
            return;
        var reason = trade.EntriesClosed ?? "no entry order was accepted";
        context.Save(trade with { Stage = TradeStage.Unfilled, End = new TradeEnd.NeverFilled(reason), EndedAt = context.Now, Exit = null });
        context.Notify(new Notification.TradeUnfilled(tradeNumber, reason));
    }

    private void SyncStop(int tradeNumber)
    {
        var trade = context.State.Trades[tradeNumber];
        var stops = LiveOrders(tradeNumber).Where(order => order.Intent.Purpose is OrderPurpose.Stop).ToArray();
        if (trade.OpenQuantity.IsZero || IsWatchedByEngine(trade))
        {
            foreach (var stop in stops)
                desk.Withdraw(stop);
            return;
        }

        var wanted = new OrderKind.StopMarket(trade.Exits.Stop.Price);
        // One that was there and may be gone is not relied on: another is placed beside it, and whichever is left over is withdrawn.
        var fitting = stops.FirstOrDefault(stop =>
            stop.State is not (OrderState.CancelRequested or OrderState.Unknown { WasThere: true }) && stop.Intent.Kind == wanted && stop.Remaining == trade.OpenQuantity);
        if (fitting is null)
        {
            if (trade.RetryStopAt is not { } retryAt || retryAt <= context.Now)
                desk.PlaceReducing(tradeNumber, new OrderPurpose.Stop(), wanted, trade.OpenQuantity);
            return;
        }

        if (fitting.State is OrderState.Working)
            foreach (var stop in stops)
                if (stop.Id != fitting.Id)
                    desk.Withdraw(stop);
    }

    private void SyncExit(int tradeNumber)
    {
        var trade = context.State.Trades[tradeNumber];
        if (trade.Exit is not { } exit || trade.OpenQuantity.IsZero)
        {
            // What was ordered is done; one that was held for lost and turned up after that would close more than was asked.
            WithdrawAll(tradeNumber, order => order.Intent.Purpose is OrderPurpose.Exit);
            return;
        }

        var live = WorkingFirst(tradeNumber).Where(order => order.Intent.Purpose is OrderPurpose.Exit).ToArray();
        // One that was held for lost turned up beside its successor.
        foreach (var other in live.Skip(1))
            desk.Withdraw(other);
        if (exit.NotBefore > context.Now || live.Length > 0)
            return;
        var quantity = exit.Everything ? trade.OpenQuantity : Quantity.Smaller(exit.Quantity, trade.OpenQuantity);
        desk.PlaceReducing(tradeNumber, new OrderPurpose.Exit(exit.Reason), new OrderKind.Market(), quantity);
    }

    private void SyncTargets(int tradeNumber)
    {
        var trade = context.State.Trades[tradeNumber];
        var wanted = trade.OpenQuantity.IsZero || trade.Exit is { Everything: true }
            ? []
            : trade.Exits.Quantities(trade.Instrument, trade.OpenQuantity, number => FilledAt(tradeNumber, number))
                .Where(target => !target.Remaining.IsZero)
                .ToDictionary(target => target.Target.Number);
        var placed = new HashSet<int>();
        foreach (var order in WorkingFirst(tradeNumber))
        {
            if (order.Intent.Purpose is not OrderPurpose.Target { Number: var number })
                continue;
            // One order a target at a time: while the old one is being withdrawn, the new one waits, else both could fill.
            if (!placed.Add(number) || !wanted.TryGetValue(number, out var target) || order.Remaining != target.Remaining || order.Intent.Kind != new OrderKind.Limit(target.Target.Price))
                desk.Withdraw(order);
        }

        if (trade.RetryTargetsAt > context.Now)
            return;
        foreach (var (number, target) in wanted)
            if (!placed.Contains(number))
                desk.PlaceReducing(tradeNumber, new OrderPurpose.Target(number), new OrderKind.Limit(target.Target.Price), target.Remaining);
    }

    private void SyncProtection(int tradeNumber)
    {
        var trade = context.State.Trades[tradeNumber];
        var isProtected = trade.OpenQuantity.IsZero || IsWatchedByEngine(trade)
            || !trade.Instrument.Symbol.IsPerpetual && Spot.IsProtected(trade)
            || LiveOrders(tradeNumber).Any(order =>
                order.Intent.Purpose is OrderPurpose.Stop && order.State is OrderState.Working && order.Certain >= trade.OpenQuantity);
        if (isProtected && trade.UnprotectedSince is { } since)
        {
            context.Save(trade with { UnprotectedSince = null, UnprotectedAlarmed = false });
            if (trade.UnprotectedAlarmed)
                context.Notify(new Notification.ProtectionRestored(tradeNumber, context.Now - since));
        }
        else if (!isProtected && trade.UnprotectedSince is null)
        {
            context.Save(trade with { UnprotectedSince = context.Now });
        }
    }

    private Quantity FilledAt(int tradeNumber, int target) =>
        context.State.OrdersOf(tradeNumber)
            .Where(order => order.Intent.Purpose is OrderPurpose.Target purpose && purpose.Number == target)
            .Aggregate(Quantity.Zero, (sum, order) => sum + order.Filled);

    private IEnumerable<Order> LiveOrders(int tradeNumber) => context.State.OrdersOf(tradeNumber).Where(order => order.IsLive);

    /// <summary>Live orders, those first that the exchange holds for certain and those last that are being withdrawn.</summary>
    private Order[] WorkingFirst(int tradeNumber) =>
        [.. LiveOrders(tradeNumber).OrderBy(order => order.State switch { OrderState.Working => 0, OrderState.CancelRequested => 2, _ => 1 })];

    private void WithdrawAll(int tradeNumber, Func<Order, bool> which)
    {
        foreach (var order in LiveOrders(tradeNumber).Where(which).ToArray())
            desk.Withdraw(order);
    }
}
