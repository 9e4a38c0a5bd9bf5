using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// How the coins of a spot trade are shared out: to a close under way, to the next target when it has a place at the exchange, alone or in one order with its part of the stop
/// (a pair), and the rest to the stop. Looks and changes nothing.
/// </summary>
internal sealed class SpotShares(EngineContext context)
{
    /// <summary>What the orders of the trade are to be.</summary>
    public SpotWanted WantedOf(Trade trade, bool isWatched)
    {
        var (closing, left) = AfterCloses(trade);
        // A stop that has fired sells at the market until it is done, in a pair as well.
        left -= Quantity.Smaller(left, Sum(Sales(trade.Number).Where(order => order.IsFiredPair)));
        IReadOnlyList<TargetQuantity> targets = isWatched ? [.. OpenTargets(trade, left)]
            : trade.TargetAtExchange is { } swapped && NextTarget(trade, left) is { } next && next.Target.Number == swapped ? [next]
            : [];
        var pair = trade.PairedTarget is not { } paired ? null
            : PairKept(trade, left) ?? (NextTarget(trade, left) is { } both && both.Target.Number == paired ? both : null);
        var stop = left - Sum(targets.Select(target => target.Remaining)) - (pair?.Remaining ?? Quantity.Zero);
        return new SpotWanted(closing, isWatched || !trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, stop) ? Quantity.Zero : stop, pair, targets);
    }

    /// <summary>
    /// The target that is to have its part of the stop in one order with it; null for none. One that stands is kept as long as it fits. Another is wanted only where that
    /// takes no coins from a stop that stands as it should, and while no entry can bring more: a stop is never withdrawn for it.
    /// </summary>
    public int? PairWanted(Trade trade, bool isWatched)
    {
        var left = AfterCloses(trade).Left;
        if (isWatched)
            return null;
        if (PairKept(trade, left) is not null)
            return trade.PairedTarget;
        if (NextTarget(trade, left) is not { } next || !MayBePaired(trade, next, left) || !LiesBetween(trade, next))
            return null;
        var isOnItsWay = trade.PairedTarget == next.Target.Number && WholePair(trade) is null;
        return isOnItsWay || !EntriesMayFill(trade) && StoppedAsWanted(trade) + next.Remaining <= left ? next.Target.Number : null;
    }

    /// <summary>Whether a pair may take the place that the swap rule would give to this target.</summary>
    public bool MayBePaired(Trade trade, int target) =>
        AfterCloses(trade).Left is var left && NextTarget(trade, left) is { } next && next.Target.Number == target
        && MayBePaired(trade with { TargetAtExchange = null }, next, left) && LiesBetween(trade, next);

    public TargetQuantity? NextTarget(Trade trade, Quantity of) => OpenTargets(trade, of).FirstOrDefault();

    /// <summary>Every order that sells or may still sell: also one that is being withdrawn, and one of which nothing is known, lock their coins.</summary>
    public IEnumerable<Order> Sales(int number) => context.State.OrdersOf(number).Where(order => order.IsLive && order.Intent.ReduceOnly);

    public static Quantity Sum(IEnumerable<Order> orders) => Sum(orders.Select(order => order.Remaining));

    /// <summary>The one order for the target and its part of the stop.</summary>
    public static OrderKind.OneCancelsOther PairOf(Trade trade, PlannedTarget target) => new(target.Price, trade.Exits.Stop.Price);

    /// <summary>What is being closed or is due to be, and what is left beside it.</summary>
    private (Quantity Closing, Quantity Left) AfterCloses(Trade trade)
    {
        var closable = trade.ClosableQuantity;
        var closing = Quantity.Smaller(closable, Sum(Sales(trade.Number).Where(order => order.Intent.Purpose is OrderPurpose.Exit)));
        var isUnderWay = !closing.IsZero;
        // A close that was refused waits for its next try, and the stop has its coins meanwhile.
        var isDue = trade.Exit is not null && !(trade.Exit.NotBefore > context.Now);
        if (!isUnderWay && isDue)
            closing = trade.Exit!.Everything ? closable : Quantity.Smaller(trade.Exit.Quantity, closable);
        return (closing, trade.Exit is { Everything: true } && (isUnderWay || isDue) ? Quantity.Zero : closable - closing);
    }

    private IEnumerable<TargetQuantity> OpenTargets(Trade trade, Quantity of) => trade.Exits
        .Quantities(trade.Instrument, of, number => Filled(trade.Number, number))
        .Where(target => !target.Remaining.IsZero);

    private Quantity Filled(int number, int target) => context.State.OrdersOf(number)
        .Where(order => order.Intent.Purpose is OrderPurpose.Target purpose && purpose.Number == target)
        .Aggregate(Quantity.Zero, (sum, order) => sum + order.FilledAsOrdered);

    /// <summary>
    /// Its part must be large enough to be sold at the stop, and what is left for the stop too, or be nothing. A stop beyond the target leaves nothing to pair, and while one
    /// that has fired sells, nothing waits for profit.
    /// </summary>
    private bool MayBePaired(Trade trade, TargetQuantity next, Quantity left) =>
        trade is { Instrument.HoldsPairs: true, PairRefused: false, TargetAtExchange: null } && trade.Exit is not { Everything: true }
        && next.Target.Price > trade.Exits.Stop.Price && CanBeStopped(trade, next.Remaining) && (next.Remaining == left || CanBeStopped(trade, left - next.Remaining))
        && !Sales(trade.Number).Any(order => order.IsFiredPair);

    /// <summary>
    /// The pair that stands where it should. Coins that came later have a stop beside it, and where a stop has sold some it may be more than its target's part: it is not
    /// withdrawn near the stop to become smaller. For a close it is.
    /// </summary>
    private TargetQuantity? PairKept(Trade trade, Quantity left)
    {
        if (WholePair(trade) is not { } standing || trade.Exits.Targets.FirstOrDefault(target => target.Number == trade.PairedTarget && !target.IsHit) is not { } target || standing.Intent.Kind != PairOf(trade, target))
            return null;
        var most = trade.Exit is null ? left : NextTarget(trade, left) is { } next && next.Target.Number == target.Number ? next.Remaining : Quantity.Zero;
        return standing.Remaining <= most ? new TargetQuantity(target, standing.Remaining) : null;
    }

    private Order? WholePair(Trade trade) => Sales(trade.Number).FirstOrDefault(order =>
        order is { IsWholePair: true, State: not OrderState.CancelRequested } && order.Intent.Purpose is OrderPurpose.Target { Number: var target } && target == trade.PairedTarget);

    /// <summary>The market stands between the two, as exchanges ask for; where no price is known it is tried.</summary>
    private bool LiesBetween(Trade trade, TargetQuantity next) =>
        context.State.Market(trade.Instrument.Symbol).Quote is not { } quote || quote.ExitPrice(trade.Side) is var exit && exit < next.Target.Price && exit > trade.Exits.Stop.Price;

    private bool EntriesMayFill(Trade trade) =>
        context.State.OrdersOf(trade.Number).Any(order => order.Intent.Purpose is OrderPurpose.Entry && (order.IsLive || order.InDoubt || context.MayTurnUp(order)));

    private Quantity StoppedAsWanted(Trade trade) => Sum(Sales(trade.Number).Where(order =>
        order.State is not OrderState.CancelRequested && order.Intent.Purpose is OrderPurpose.Stop && order.Intent.Kind == new OrderKind.StopMarket(trade.Exits.Stop.Price)));

    private static bool CanBeStopped(Trade trade, Quantity quantity) => trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, quantity);

    private static Quantity Sum(IEnumerable<Quantity> quantities) => quantities.Aggregate(Quantity.Zero, (sum, quantity) => sum + quantity);
}

/// <param name="Close">To be closed now.</param>
/// <param name="Stop">For stops alone.</param>
/// <param name="Pair">The target with its part of the stop in one order; null for none.</param>
/// <param name="Targets">Targets alone.</param>
internal sealed record SpotWanted(Quantity Close, Quantity Stop, TargetQuantity? Pair, IReadOnlyList<TargetQuantity> Targets);
