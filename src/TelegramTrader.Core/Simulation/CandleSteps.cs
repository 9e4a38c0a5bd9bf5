using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

internal enum WalkStepKind
{
    Open,
    Liquidate,
    Trigger,
    Arrive,
    Withdraw,
    Vertex,
}

/// <summary>The next thing that happens to one symbol on its way through a candle.</summary>
internal readonly record struct WalkStep(WalkStepKind Kind, Instant Time, decimal Price, SimulatedOrder? Order);

/// <summary>Finds the next step of a walk: whatever comes first on the line to the next point.</summary>
internal static class CandleSteps
{
    public static WalkStep Next(SimulatedMarket market, SimulationSettings settings)
    {
        var walk = market.Walk!;
        if (!walk.IsUnderWay)
            return new WalkStep(WalkStepKind.Open, walk.Time, walk.Price, null);
        if (AtThisPoint(market, walk, settings) is { } here)
            return here;

        if (walk.Goal is not { } goal)
            market.Walk = walk = walk.Towards(CandlePath.Next(market, walk));
        goal = walk.Goal!;
        var next = new WalkStep(WalkStepKind.Vertex, goal.Time, goal.Price, null);
        foreach (var order in market.Orders)
        {
            if (ArrivalOf(order) is { } arrival && arrival.At < next.Time)
            {
                var time = Instant.Later(arrival.At, walk.Time);
                next = new WalkStep(arrival.Kind, time, Ahead(walk, goal, goal.PriceAt(time)), order);
            }

            if (order.Phase == SimulatedPhase.Resting && OrderTriggers.Acting(order.Kind, order.Intent.Side, goal.Price < walk.Price) is { } acting
                && Crossing(walk, goal, OrderTriggers.Threshold(acting, order.Intent.Side, settings.Spread)) is { } crossing
                && IsEarlier(crossing, next, acting, goal.Price < walk.Price) && HasRoom(market, order, acting, settings))
                next = new WalkStep(WalkStepKind.Trigger, crossing.Time, crossing.Price, order);
        }

        if (market.Position?.LiquidationPrice(market.Instrument) is { } liquidation && goal.Price < walk.Price == (market.Position.Side == TradeSide.Long)
            && Crossing(walk, goal, liquidation) is { } forced && IsEarlierThan(forced, next, walk.Price))
            next = new WalkStep(WalkStepKind.Liquidate, forced.Time, forced.Price, null);
        return next;
    }

    /// <summary>What is due where the price stands: a liquidation, an order that is reached, something that has arrived.</summary>
    private static WalkStep? AtThisPoint(SimulatedMarket market, CandleWalk walk, SimulationSettings settings)
    {
        var point = PricePoint.OfTrade(walk.Price, settings.Spread);
        if (market.Position is { } position && position.LiquidationPrice(market.Instrument) is { } liquidation
            && (position.Side == TradeSide.Long ? walk.Price <= liquidation : walk.Price >= liquidation))
            return new WalkStep(WalkStepKind.Liquidate, walk.Time, walk.Price, null);

        SimulatedOrder? reached = null;
        var isStop = false;
        foreach (var order in market.Orders)
        {
            if (order.Phase == SimulatedPhase.OnItsWay)
                continue;
            var acting = order.Phase == SimulatedPhase.Resting ? OrderTriggers.ActingAt(order.Kind, order.Intent.Side, point) : order.Kind;
            if (acting is null || !HasRoom(market, order, acting, settings))
                continue;
            // Of several, a stop acts first.
            if (reached is null || !isStop && acting is OrderKind.StopMarket)
                (reached, isStop) = (order, acting is OrderKind.StopMarket);
        }

        if (reached is not null)
            return new WalkStep(WalkStepKind.Trigger, walk.Time, walk.Price, reached);
        WalkStep? due = null;
        foreach (var order in market.Orders)
            if (ArrivalOf(order) is { } arrival && arrival.At <= walk.Time && (due is not { } other || arrival.At < ArrivalOf(other.Order!)!.Value.At))
                due = new WalkStep(arrival.Kind, walk.Time, walk.Price, order);
        return due;
    }

    private static (Instant At, WalkStepKind Kind)? ArrivalOf(SimulatedOrder order) =>
        order.Phase == SimulatedPhase.OnItsWay ? (order.ArrivesAt, WalkStepKind.Arrive)
        : order.CancelArrivesAt is { } cancel ? (cancel, WalkStepKind.Withdraw)
        : null;

    /// <summary>An order that is reached and could not trade at all would be looked at for ever; it waits for the next candle instead.</summary>
    private static bool HasRoom(SimulatedMarket market, SimulatedOrder order, OrderKind acting, SimulationSettings settings)
    {
        if (order.Phase == SimulatedPhase.Resting && acting is not OrderKind.Limit)
            return true;
        if (order.Intent.ReduceOnly && market.Position is null)
            return true;
        return market.VolumeLeft(settings.ParticipationRate) is not { } left || !market.Instrument.RoundDownToStep(left).IsZero;
    }

    private static (Instant Time, decimal Price)? Crossing(CandleWalk walk, WalkGoal goal, decimal threshold)
    {
        var lies = goal.Price < walk.Price ? threshold < walk.Price && threshold >= goal.Price : threshold > walk.Price && threshold <= goal.Price;
        return lies ? (Instant.Later(goal.TimeAt(threshold), walk.Time), threshold) : null;
    }

    // At the same millisecond the order whose price comes first on the line acts first, and what is set off comes before the point itself.
    private static bool IsEarlier((Instant Time, decimal Price) crossing, in WalkStep next, OrderKind acting, bool onFall)
    {
        if (crossing.Time != next.Time)
            return crossing.Time < next.Time;
        if (next.Kind != WalkStepKind.Trigger)
            return next.Kind == WalkStepKind.Vertex;
        if (crossing.Price == next.Price)
            return acting is OrderKind.StopMarket && OrderTriggers.Acting(next.Order!.Kind, next.Order.Intent.Side, onFall) is not OrderKind.StopMarket;
        return onFall ? crossing.Price > next.Price : crossing.Price < next.Price;
    }

    // The position is liquidated before anything that the price meets later on its line, within the same millisecond too.
    private static bool IsEarlierThan((Instant Time, decimal Price) forced, in WalkStep next, decimal from) =>
        forced.Time < next.Time || forced.Time == next.Time && Math.Abs(forced.Price - from) <= Math.Abs(next.Price - from);

    /// <summary>The price may not fall back behind where the walk already stands, which rounding of times to milliseconds could make it do.</summary>
    private static decimal Ahead(CandleWalk walk, WalkGoal goal, decimal price) =>
        goal.Price >= walk.Price ? Math.Max(price, walk.Price) : Math.Min(price, walk.Price);
}
