using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Spot stops that are moved, made smaller or larger where they stand, so that their coins are never without one. Only where the exchange can, only stops that certainly stand there
/// as we know them, and one change at a time: a newer wish waits for the answer. What comes of a change that is lost nobody needs to know: the stop is withdrawn, and a new one
/// takes its place.
/// </summary>
internal sealed class StopAmendment(EngineContext context, OrderDesk desk)
{
    /// <summary>Where the program was ended before an answer came, it is not known whether the question ever went out.</summary>
    public static void LoseAll(EngineState state)
    {
        foreach (var order in state.Orders.Values.Where(order => order.Change is { IsLost: false }).ToArray())
            state.Put(Lost(order));
    }

    /// <summary>A stop that does not stand as it should: it waits for an answer, or is changed. Null when it can only be withdrawn.</summary>
    /// <param name="room">The most that it may be for.</param>
    public Order? Keep(Trade trade, Order stop, Quantity room)
    {
        var (price, quantity) = (trade.Exits.Stop.Price, Quantity.Smaller(stop.Remaining, room));
        if (!trade.Instrument.ClearsMinimums(price, quantity))
            return null;
        if (stop.Change is { IsLost: false })
            return stop;
        // On its way, and not made by this very event: it can be changed as soon as it stands.
        if (trade.Instrument.AmendsStops && stop is { State: OrderState.Intended, Intent.Kind: OrderKind.StopMarket } && !context.MadeNow.Contains(stop.Id))
            return stop;
        if (!CanChange(trade, stop))
            return null;
        // Refused for a reason that passes: it stands where it stood meanwhile, and the engine watches where it should stand.
        return trade.RetryStopAt > context.Now ? stop : Ask(stop, price, quantity);
    }

    /// <summary>Makes one of the stops larger, where another beside them is not possible.</summary>
    /// <param name="stops">Those that stay.</param>
    /// <param name="missing">For how much there is none.</param>
    /// <returns>False when one of them has to be withdrawn for it.</returns>
    public bool Grow(Trade trade, IReadOnlyList<Order> stops, Quantity missing)
    {
        if (!trade.Instrument.AmendsStops)
            return false;
        if (stops.Any(stop => stop.Change is { IsLost: false } || stop.State is OrderState.Intended))
            return true;
        if (stops.FirstOrDefault(stop => CanChange(trade, stop)) is not { } grown)
            return false;
        // Coins that something else still locks come free with its end, and then this is looked at again.
        if (!(trade.RetryStopAt > context.Now) && Locked(trade) + missing <= trade.ClosableQuantity)
            Ask(grown, trade.Exits.Stop.Price, grown.Intent.Quantity + missing);
        return true;
    }

    /// <summary>Whether the exchange certainly sells when the market is at the trade's stop.</summary>
    public static bool StandsAtStop(Trade trade, Order stop) => trade.Exits.Stop.Price == (stop.Change is { IsLost: false } change ? change.To.Trigger : stop.Intent.Kind switch
    {
        OrderKind.StopMarket alone => alone.Trigger,
        OrderKind.OneCancelsOther pair => pair.Trigger,
        _ => null,
    });

    /// <summary>Changes that this very event asked for, of stops that do not stand any more as a later word of the same report says: they are not sent.</summary>
    public void TakeBackFromWhatIsGone(int number) => TakeBack(number, order => order.State is not OrderState.Working || !order.Filled.IsZero);

    /// <summary>Likewise where a later word has taken the coins that were asked for.</summary>
    /// <param name="isTooMuch">Asked before each.</param>
    public void TakeBackWhatIsTooMuch(int number, Func<bool> isTooMuch) => TakeBack(number, order => order.Change is { } change && change.To.Quantity > order.Intent.Quantity && isTooMuch());

    /// <summary>What the exchange answered to a change.</summary>
    /// <returns>Why the stop can't stand where the trade wants it, as if it had been refused there; null when that was not said.</returns>
    public ExchangeError? OnAnswered(Order order, OrderAnswer answer)
    {
        if (order.Change is not { To: var asked })
            return null;
        switch (answer)
        {
            case OrderAnswer.Amended amended when amended.Change == asked:
                Settle(order.AsChanged());
                if (context.State.Trades[order.Intent.TradeNumber] is { StopRefusals: > 0 } guarded)
                    context.Save(guarded with { StopRefusals = 0 });
                return null;
            case OrderAnswer.AmendRefused refused when refused.Change == asked:
                return OnRefused(order, refused.Error);
            case OrderAnswer.AmendUnknown unknown when unknown.Change == asked && order.Change is { IsLost: false }:
                context.Note(order.Intent.TradeNumber, $"whether the stop {order.Id} was changed is unknown: {unknown.Reason}");
                context.Save(Lost(order));
                return null;
            default:
                // Of a change before this one, told again.
                return null;
        }
    }

    /// <summary>Changes that nobody answered in time are lost.</summary>
    /// <returns>The trades whose orders are to be looked at.</returns>
    public IReadOnlyList<int> LoseUnanswered()
    {
        // Once a second, also in backtests: looked at is only what can have a change under way.
        var lost = context.State.ActiveTrades.Where(trade => trade.Instrument.AmendsStops && !trade.Instrument.Symbol.IsPerpetual)
            .SelectMany(trade => context.State.OrdersOf(trade.Number))
            .Where(order => order is { IsLive: true, Change.IsLost: false } && context.Now - order.Change!.Since >= context.Settings.AskAgainAfter)
            .ToArray();
        foreach (var order in lost)
        {
            context.Note(order.Intent.TradeNumber, $"nobody said whether the stop {order.Id} was changed");
            context.Save(Lost(order));
        }

        return [.. lost.Select(order => order.Intent.TradeNumber).Distinct()];
    }

    private void TakeBack(int number, Func<Order, bool> which)
    {
        foreach (var amend in context.Outputs.OfType<EngineOutput.Amend>().ToArray())
        {
            var order = context.State.Orders[amend.OrderId];
            if (order.Intent.TradeNumber != number || !which(order))
                continue;
            context.Outputs.Remove(amend);
            context.Save(order with { Change = null });
        }
    }

    private ExchangeError? OnRefused(Order order, ExchangeError error)
    {
        var trade = context.State.Trades[order.Intent.TradeNumber];
        var wasWanted = order.Change!.To.Trigger == trade.Exits.Stop.Price;
        context.Note(trade.Number, $"the stop {order.Id} was not changed: {error}");
        if (error.MayPass)
        {
            Settle(order with { Change = null });
            context.Save(context.State.Trades[trade.Number] with { RetryStopAt = context.Now + RetryDelays.Stop });
            return null;
        }

        if (error.Kind == ExchangeErrorKind.WouldTriggerAtOnce)
        {
            Settle(order with { Change = null });
            return wasWanted && order.IsLive ? error : null;
        }

        if (error.Kind == ExchangeErrorKind.InsufficientFunds)
        {
            // To place a larger one would fail as well, and without the one that stands.
            Settle(order with { Change = null });
            context.Save(context.State.Trades[trade.Number] with { StopRefusals = trade.StopRefusals + 1, RetryStopAt = context.Now + RetryDelays.After(trade.StopRefusals) });
            context.AskAboutAll(trade.Account);
            return null;
        }

        Settle(order with { Change = null, IsFixed = true });
        if (error.Kind == ExchangeErrorKind.OrderNotFound && order.IsLive)
            // It was executed or withdrawn; which of the two, only the exchange can say.
            context.Ask(order.Intent.Account, [order.Id]);
        return null;
    }

    /// <summary>An execution may have overtaken the answer that says how much it was to be.</summary>
    private void Settle(Order order) =>
        context.Save(order.IsLive && order.Remaining.IsZero ? order.MovedTo(new OrderState.Filled(), context.Now) : order with { ChangedAt = context.Now });

    private Order Ask(Order stop, Price price, Quantity quantity)
    {
        desk.Amend(stop, price, quantity);
        return context.State.Orders[stop.Id];
    }

    private static bool CanChange(Trade trade, Order stop) => trade.Instrument.AmendsStops
        && stop is { State: OrderState.Working, Change: null, IsFixed: false, InDoubt: false, Filled.IsZero: true, Intent.Kind: OrderKind.StopMarket };

    private Quantity Locked(Trade trade) => context.State.OrdersOf(trade.Number)
        .Where(order => (order.IsLive || order.InDoubt) && order.Intent.ReduceOnly).Aggregate(Quantity.Zero, (sum, order) => sum + order.Remaining);

    private static Order Lost(Order order) => order with { Change = order.Change! with { IsLost = true } };
}
