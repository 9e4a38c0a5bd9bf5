using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// The exits of a spot trade, where a resting sale locks its coins, so that stop and targets can't be there for the same ones but in one order (a pair), where the exchange takes
/// those. The stop has priority and has all coins but those of a pair, of a target that took its place by <see cref="SwapRule"/>, and of a close under way. Promises: all sales together are never more than the
/// trade holds, those included of which it is not known what became of them; what no order at the exchange protects, the engine watches; and nothing is placed that
/// is below the exchange's minimum.
/// </summary>
internal sealed class SpotExits(EngineContext context, OrderDesk desk)
{
    // Coins that come later get a stop beside the first, so that it is not withdrawn for them; exchanges hold a few a symbol only.
    private const int MostStops = 2;

    // Without a price for so long nobody watches a stop that is not at the exchange.
    internal static readonly TimeSpan OldestPrice = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongWithdrawal = TimeSpan.FromSeconds(2);

    private readonly SpotShares _shares = new(context);

    /// <summary>Where the exchange changes a stop in place.</summary>
    public StopAmendment Amendment { get; } = new(context, desk);

    /// <summary>The prices from which on, up and down, <see cref="Swap"/> or <see cref="IsBeyondStop"/> may have something to say.</summary>
    public static (decimal Up, decimal Down) PricesThatMatter(Trade trade)
    {
        var stop = trade.Exits.Stop.Price;
        // A pair needs nobody to watch: until a part of it is executed nothing swaps.
        if (trade.PairedTarget is not null)
            return (decimal.MaxValue, stop.Value);
        if (trade.TargetAtExchange is { } swapped && trade.Exits.Targets.FirstOrDefault(target => target.Number == swapped && !target.IsHit) is { } resting)
            return (decimal.MaxValue, SwapRule.StopTakesBackAt(stop, resting.Price));
        return (trade.Exits.Targets.FirstOrDefault(target => !target.IsHit) is { } next ? SwapRule.TargetTakesAt(stop, next.Price) : decimal.MaxValue, stop.Value);
    }

    /// <summary>Withdraws and places the difference between the orders that are there and those that are wanted. Ends the trade where only dust is left.</summary>
    /// <param name="number">Of the trade.</param>
    /// <param name="isWatched">No exchange can hold its stop: the engine watches it all the time, and all targets may rest.</param>
    public void Sync(int number, bool isWatched)
    {
        TakeBackWhatIsTooMuch(number);
        if (TrimToWhatCanBeSold(number, isWatched))
            return;
        // Targets may have been changed since, and pieces be shared out anew.
        if (Trade(number) is { TargetAtExchange: { } swapped } before && _shares.NextTarget(before, before.ClosableQuantity)?.Target.Number != swapped)
            Give(before, null);
        if (_shares.PairWanted(Trade(number), isWatched) is var paired && paired != Trade(number).PairedTarget)
            context.Save(Trade(number) with { PairedTarget = paired });
        var wanted = _shares.WantedOf(Trade(number), isWatched);
        var missing = SyncStops(number, wanted.Stop);
        var (pair, targets) = SyncTargets(number, wanted);
        SyncCloses(number);
        var trade = Trade(number);
        // What is to be closed first, then what protects, then what waits for profit.
        if (trade.Exit is { } exit && !Sales(number).Any(order => order.Intent.Purpose is OrderPurpose.Exit))
            PlaceIfFree(number, new OrderPurpose.Exit(exit.Reason), new OrderKind.Market(), isWatched ? WhatIsFreeOf(wanted.Close, trade) : wanted.Close);
        if (trade.RetryStopAt is not { } retryAt || retryAt <= context.Now)
        {
            PlaceIfFree(number, new OrderPurpose.Stop(), new OrderKind.StopMarket(trade.Exits.Stop.Price), missing);
            if (pair is not null)
                PlaceIfFree(number, new OrderPurpose.Target(pair.Target.Number), SpotShares.PairOf(trade, pair.Target), pair.Remaining);
        }

        foreach (var target in targets)
            PlaceIfFree(number, new OrderPurpose.Target(target.Target.Number), new OrderKind.Limit(target.Target.Price), target.Remaining);
    }

    /// <summary>
    /// The exchange holds a stop, alone or in a pair, for all coins but those of the target that took its place, and of that the order stands. A rest too small for an order counts as
    /// protected: there is none that could be placed for it.
    /// </summary>
    public bool IsProtected(Trade trade)
    {
        var held = Working(trade, order => order.IsStop || order.Intent.Purpose is OrderPurpose.Target { Number: var target } && target == trade.TargetAtExchange);
        return held >= trade.ClosableQuantity || !trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, trade.ClosableQuantity - held);
    }

    /// <summary>The market is at the stop or beyond it, and the exchange holds no stop for a part that could be sold.</summary>
    public bool IsBeyondStop(Trade trade, Price exitPrice)
    {
        if (trade.OpenQuantity.IsZero || trade.Side.IsBetterExit(exitPrice, trade.Exits.Stop.Price))
            return false;
        var held = Sum(Sales(trade.Number).Where(order => order.State is OrderState.Working && order.IsStop && StopAmendment.StandsAtStop(trade, order)).Select(order => order.Certain));
        return held < trade.ClosableQuantity && trade.Instrument.ClearsMinimums(exitPrice, trade.ClosableQuantity - held);
    }

    /// <summary>Lets stop and next target swap places where the rule says so. True when they did; the orders follow.</summary>
    public bool Swap(Trade trade, Price exitPrice)
    {
        if (trade.OpenQuantity.IsZero)
            return false;
        var next = _shares.NextTarget(trade, trade.ClosableQuantity);
        var stop = trade.Exits.Stop.Price;
        int? place;
        if (next is null || trade.Exit is { Everything: true } || context.State.LostFeeds.Count > 0)
            place = null;
        else if (trade.TargetAtExchange == next.Target.Number)
            place = exitPrice.Value <= SwapRule.StopTakesBackAt(stop, next.Target.Price) ? null : next.Target.Number;
        else if (trade.PairedTarget == next.Target.Number)
            return false;
        else
            place = exitPrice.Value >= SwapRule.TargetTakesAt(stop, next.Target.Price) && !(trade.RetryTargetsAt > context.Now) ? next.Target.Number : null;
        return place is { } taken && taken != trade.TargetAtExchange && _shares.MayBePaired(trade, taken) ? Pair(trade, taken) : Give(trade, place);
    }

    /// <summary>Where no prices come, nobody could watch: the stop gets its place back. True when it did; the orders follow.</summary>
    public bool SwapBackWithoutPrices(int number)
    {
        var trade = Trade(number);
        if (trade.TargetAtExchange is null)
            return false;
        var isBlind = context.State.LostFeeds.Count > 0
            || context.State.Market(trade.Instrument.Symbol).Quote is not { } quote || context.Now - quote.Time > OldestPrice;
        return isBlind && Give(trade, null);
    }

    /// <summary>The target takes its part of the stop along, and does not have to give the place back.</summary>
    private bool Pair(Trade trade, int target)
    {
        context.Save(trade with { TargetAtExchange = null, PairedTarget = target });
        context.Note(trade.Number, $"target {target} and its part of the stop become one order at the exchange");
        return true;
    }

    private bool Give(Trade trade, int? place)
    {
        if (place == trade.TargetAtExchange)
            return false;
        context.Save(trade with { TargetAtExchange = place, PairedTarget = place is null ? trade.PairedTarget : null });
        context.Note(trade.Number, place is { } target ? $"target {target} takes the place of its part of the stop, which the bot watches" : "the stop has its place at the exchange back");
        return true;
    }

    /// <summary>An order that was held for lost turned up in the same report by which others were placed: those have not been sent yet, and are not.</summary>
    private void TakeBackWhatIsTooMuch(int number)
    {
        foreach (var order in context.Outputs.OfType<EngineOutput.Place>().Select(place => place.Order.Intent).Where(intent => intent.TradeNumber == number && intent.ReduceOnly).Reverse().ToArray())
            if (Sum(Sales(number)) > Trade(number).ClosableQuantity)
                desk.Withdraw(context.State.Orders[order.Id]);
        Amendment.TakeBackWhatIsTooMuch(number, () => Sum(Sales(number)) > Trade(number).ClosableQuantity);
    }

    /// <summary>
    /// What is too small to be sold is written off, what is too small for a stop is closed, both once nothing can come to it or go from it any more.
    /// </summary>
    /// <returns>True when the trade is over.</returns>
    private bool TrimToWhatCanBeSold(int number, bool isWatched)
    {
        var trade = Trade(number);
        if (trade.OpenQuantity.IsZero || context.State.OrdersOf(number).Any(order => order.IsLive || order.InDoubt || order.Intent.Purpose is OrderPurpose.Entry && context.MayTurnUp(order)))
            return false;
        var price = context.State.Market(trade.Instrument.Symbol).Quote?.ExitPrice(trade.Side) ?? trade.Position!.AverageEntry;
        if (!trade.Instrument.ClearsMinimums(price, trade.ClosableQuantity))
        {
            WriteOff(trade, price);
            return true;
        }

        if (!isWatched && trade.Exit is not { Everything: true } && !trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, trade.ClosableQuantity))
        {
            context.Note(number, $"{trade.ClosableQuantity} are too small for a stop at {trade.Exits.Stop.Price}: closed at the market while they can be");
            context.Save(trade with { Exit = trade.LeavingFor(ExitReason.StopRefused) });
        }

        return false;
    }

    /// <summary>The coins stay in the account; the trade counts them at the last price.</summary>
    private void WriteOff(Trade trade, Price price)
    {
        var dust = trade.OpenQuantity;
        var last = context.State.OrdersOf(trade.Number).Where(order => order.Intent.ReduceOnly && !order.Filled.IsZero).MaxBy(order => order.ChangedAt);
        var fill = new Fill
        {
            FillId = $"dust/{trade.Number}/{trade.Closed.Count}",
            Account = trade.Account,
            OrderId = new ClientOrderId("dust"),
            Symbol = trade.Instrument.Symbol,
            Side = trade.Side.Closing(),
            Price = price,
            Quantity = dust,
            Fee = Money.Zero(trade.Instrument.QuoteAsset),
            IsMaker = false,
            HappenedAt = context.Now,
        };
        context.Book("fill", $"{fill.Account}/{fill.FillId}");
        context.Changes.Fills.Add(new BookedFill(trade.Number, fill));
        context.Notify(new Notification.DustLeft(trade.Number, dust, trade.Instrument.Notional(price, dust)));
        // The coins are not among ours any more.
        context.Explain(-trade.Position!.OpenCost.Amount);
        var closed = trade.Position.Apply(fill).Closed!;
        context.Save(FillHandler.Ended(context, trade with { Position = null, Closed = [.. trade.Closed, closed] }, last?.ActedAs.Purpose ?? new OrderPurpose.Exit(ExitReason.Remainder), last?.ActedAs.Kind));
    }

    /// <summary>Changes the stops that stand elsewhere or are too much, or withdraws them where that can't be.</summary>
    /// <returns>For how much another stop is to be placed.</returns>
    private Quantity SyncStops(int number, Quantity wanted)
    {
        var trade = Trade(number);
        var (kept, missing) = (new List<Order>(), wanted);
        foreach (var stop in Sales(number).Where(order => order.Intent.Purpose is OrderPurpose.Stop).OrderByDescending(order => order.Remaining.Value).ToArray())
        {
            if (stop.State is OrderState.CancelRequested)
                continue;
            var fits = stop.Change is null && stop.Intent.Kind == new OrderKind.StopMarket(trade.Exits.Stop.Price) && stop.Remaining <= missing;
            if ((fits ? stop : Amendment.Keep(trade, stop, missing)) is { } stays)
            {
                kept.Add(stays);
                missing -= Quantity.Smaller(missing, stays.Change?.To.Quantity ?? stays.Remaining);
            }
            else
            {
                desk.Withdraw(stop);
            }
        }

        if (missing.IsZero || kept.Count == 0)
            return missing;
        var canStandAlone = trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, missing);
        if (canStandAlone && kept.Count < MostStops)
            return missing;
        if (Amendment.Grow(trade, kept, missing))
            return Quantity.Zero;
        // One for both together takes the place of the smallest, if it could follow at once. What could have no stop by itself waits for more, where more may come.
        var mayGrow = context.State.OrdersOf(number).Any(order => order.IsLive && order.Intent.Purpose is OrderPurpose.Entry);
        if (!canStandAlone && mayGrow || Locked(number) + missing > trade.ClosableQuantity)
            return Quantity.Zero;
        desk.Withdraw(kept[^1]);
        // One that was not sent yet needs no answer before its coins are free.
        return context.State.Orders[kept[^1].Id].IsLive ? Quantity.Zero : missing + kept[^1].Remaining;
    }

    /// <summary>Withdraws the targets that are not wanted as they are, alone or in pairs.</summary>
    /// <returns>Those that are to be placed.</returns>
    private (TargetQuantity? Pair, List<TargetQuantity> Targets) SyncTargets(int number, SpotWanted wanted)
    {
        var trade = Trade(number);
        var (pair, toPlace) = (wanted.Pair, wanted.Targets.ToList());
        foreach (var order in Sales(number).ToArray())
        {
            if (order.Intent.Purpose is not OrderPurpose.Target { Number: var target } || order.State is OrderState.CancelRequested)
                continue;
            bool Is(TargetQuantity each) => each.Target.Number == target && each.Remaining == order.Remaining && each.Target.Price == order.Intent.Kind.NamedPrice;
            if (order.IsWholePair && pair is not null && Is(pair) && order.Intent.Kind == SpotShares.PairOf(trade, pair.Target))
                pair = null;
            // What has fired sells at the market; only a close of everything takes its coins.
            else if (order.IsFiredPair ? wanted.Close == trade.ClosableQuantity
                // A pair that was executed in part at its limit is a target alone.
                : order.IsWholePair || toPlace.RemoveAll(Is) == 0)
                desk.Withdraw(order);
        }

        return (pair, trade.RetryTargetsAt > context.Now ? [] : toPlace);
    }

    /// <summary>One close at a time, and none that nobody wants any more: one that was held for lost may turn up beside its successor.</summary>
    private void SyncCloses(int number)
    {
        var closes = Sales(number).Where(order => order.Intent.Purpose is OrderPurpose.Exit).OrderBy(order => order.State is OrderState.Working ? 0 : 1).ToArray();
        foreach (var order in closes.Skip(Trade(number).Exit is null ? 0 : 1))
            desk.Withdraw(order);
    }

    private void PlaceIfFree(int number, OrderPurpose purpose, OrderKind kind, Quantity quantity)
    {
        var trade = Trade(number);
        // Of a pair either may be executed: it has to be large enough for both.
        var price = kind is OrderKind.OneCancelsOther both ? both.Trigger : kind.NamedPrice ?? context.State.Market(trade.Instrument.Symbol).Quote?.ExitPrice(trade.Side) ?? trade.Position!.AverageEntry;
        if (!quantity.IsZero && Locked(number) + quantity <= trade.ClosableQuantity && trade.Instrument.ClearsMinimums(price, quantity))
            desk.PlaceReducing(number, purpose, kind, quantity);
    }

    /// <summary>Where no stop protects the rest meanwhile, coins that are free don't wait for a withdrawal that takes long.</summary>
    private Quantity WhatIsFreeOf(Quantity wanted, Trade trade)
    {
        if (!Sales(trade.Number).Any(order => order.State is OrderState.CancelRequested && context.Now - order.ChangedAt >= LongWithdrawal))
            return wanted;
        var locked = Locked(trade.Number);
        return locked >= trade.ClosableQuantity ? wanted : Quantity.Smaller(wanted, trade.ClosableQuantity - locked);
    }

    /// <summary>One that has ended and is in doubt may have sold before it did: its coins are not free until a report has told of it.</summary>
    private Quantity Locked(int number) => Sum(context.State.OrdersOf(number).Where(order => (order.IsLive || order.InDoubt) && order.Intent.ReduceOnly));

    private Quantity Working(Trade trade, Func<Order, bool> which) => Sum(Sales(trade.Number).Where(order => order.State is OrderState.Working && which(order)).Select(order => order.Certain));

    private IEnumerable<Order> Sales(int number) => _shares.Sales(number);

    private Trade Trade(int number) => context.State.Trades[number];

    private static Quantity Sum(IEnumerable<Order> orders) => SpotShares.Sum(orders);

    private static Quantity Sum(IEnumerable<Quantity> quantities) => SpotShares.Sum(quantities);
}
