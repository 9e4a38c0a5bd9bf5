using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Stops at an exchange that can hold none: the engine watches them and leaves at the market. Promises: a position whose stop the latest price has reached is left, whether a new price
/// says so or time goes by; and when nobody can watch, because no prices come, that is told at once, as is that they are back, and nothing new is entered meanwhile.
/// Does nothing where the exchange holds stops.
/// </summary>
internal sealed class WatchedStops(EngineContext context, ExitOrders exits)
{
    // No price can have come before; after a start the prices have their time.
    private Instant? _begun;

    /// <summary>Since when there is something that nobody watches: the prices of a position, or the prices altogether. Null while everything is watched, or need not be.</summary>
    public static Instant? BlindSince(EngineState state, ExchangeCapabilities capabilities)
    {
        if (capabilities.HoldsStops)
            return null;
        Instant? since = null;
        foreach (var each in state.ActiveTrades.Select(trade => trade.UnwatchedSince).OfType<Instant>().Concat(state.LostFeeds.Values))
            since = since is { } earlier && earlier <= each ? earlier : each;
        return since;
    }

    /// <summary>While the program was away nobody watched. The first price ends that.</summary>
    public void OnStart()
    {
        foreach (var trade in context.State.ActiveTrades.Where(IsWatched).Where(trade => trade.UnwatchedSince is null).ToArray())
            context.State.Put(trade with { UnwatchedSince = context.Now });
    }

    /// <summary>Whether a position is there whose stop nobody else holds.</summary>
    public bool IsWatched(Trade trade) => !context.Capabilities.HoldsStops && !trade.Exits.StopOnCandleClose && !trade.OpenQuantity.IsZero;

    /// <summary>The price at which the position could be left is at its stop or beyond it.</summary>
    public bool IsPassed(Trade trade, in Quote quote) => IsWatched(trade) && !trade.Side.IsBetterExit(quote.ExitPrice(trade.Side), trade.Exits.Stop.Price);

    /// <summary>A price has come for a position of which it was not known where it stands.</summary>
    public void OnSeen(int number, in Quote quote)
    {
        if (context.State.Trades[number] is not { UnwatchedSince: { } since } trade || context.State.LostFeeds.Count > 0 || IsOld(quote.Time))
            return;
        context.Save(trade with { UnwatchedSince = null, UnwatchedTold = false });
        var isPassed = IsPassed(trade, quote);
        if (trade.UnwatchedTold || isPassed)
            context.Notify(new Notification.StopWatchedAgain(number, context.Now - since, trade.Exits.Stop.Price, quote.ExitPrice(trade.Side), isPassed));
    }

    /// <summary>
    /// Leaves at the market. On spot, where nothing is reduce-only, only after the account was read: what the books of the last run hold may have been sold since, and what is sold
    /// then would be somebody else's.
    /// </summary>
    public void Leave(Trade trade)
    {
        if (trade.Exit is { Everything: true } || !context.State.IsReconciled && !trade.Instrument.Symbol.IsPerpetual)
            return;
        context.Save(trade with { Exit = trade.LeavingFor(ExitReasons.When(trade.Exits.Stop.Reason)) });
        exits.Sync(trade.Number);
    }

    public void OnFeedLost() => TellWhatNobodyWatches();

    public void OnTimePassed()
    {
        if (context.Capabilities.HoldsStops)
            return;
        _begun ??= context.Now;
        foreach (var number in context.State.ActiveTrades.Where(IsWatched).Select(trade => trade.Number).ToArray())
        {
            if (Latest(number) is not { } quote || IsOld(quote.Time))
                continue;
            if (quote.Time > context.State.Trades[number].UnwatchedSince)
                OnSeen(number, quote);
            // The stop may have been moved to where the market is, or the account been read only now. Nothing is closed before that because time went by.
            if (context.State.IsReconciled && IsPassed(context.State.Trades[number], quote))
                Leave(context.State.Trades[number]);
        }

        LookAfterCloses();
        TellWhatNobodyWatches();
        WithdrawEntriesNobodyWouldWatch();
    }

    /// <summary>On spot a close waits for coins that are locked; what of them is free by now goes.</summary>
    private void LookAfterCloses()
    {
        if (!context.State.IsReconciled)
            return;
        foreach (var trade in context.State.ActiveTrades.Where(IsWatched).Where(trade => trade.Exit is { Everything: true } && !trade.Instrument.Symbol.IsPerpetual).ToArray())
            exits.Sync(trade.Number);
    }

    private void TellWhatNobodyWatches()
    {
        if (context.Capabilities.HoldsStops)
            return;
        var isLost = context.State.LostFeeds.Count > 0;
        var told = new List<int>();
        foreach (var trade in context.State.ActiveTrades.Where(IsWatched).ToArray())
        {
            var quote = Latest(trade.Number);
            if (trade.UnwatchedTold || !isLost && quote is { } latest && !IsOld(latest.Time))
                continue;
            var since = trade.UnwatchedSince ?? (isLost ? context.Now : quote?.Time ?? context.Now);
            var isTold = isLost || IsOld(since);
            if (isTold)
                told.Add(trade.Number);
            if (isTold || trade.UnwatchedSince is null)
                context.Save(trade with { UnwatchedSince = since, UnwatchedTold = isTold });
        }

        if (told.Count > 0)
            context.Notify(new Notification.StopsUnwatched(told, told.Min(number => context.State.Trades[number].UnwatchedSince!.Value)));
    }

    /// <summary>An entry that is filled while no prices come would be a position without any stop.</summary>
    private void WithdrawEntriesNobodyWouldWatch()
    {
        if (!context.State.IsReconciled)
            return;
        foreach (var trade in context.State.ActiveTrades.Where(trade => trade.EntriesClosed is null && !trade.Exits.StopOnCandleClose).ToArray())
        {
            var seen = Latest(trade.Number)?.Time is { } at && at > _begun!.Value ? at : _begun!.Value;
            if (!IsOld(seen) || !context.State.OrdersOf(trade.Number).Any(order => order.IsLive && order.Intent.Purpose is OrderPurpose.Entry))
                continue;
            context.Save(trade with { EntriesClosed = "no prices come, and nobody would watch its stop" });
            exits.Sync(trade.Number);
        }
    }

    private Quote? Latest(int number) => context.State.Market(context.State.Trades[number].Instrument.Symbol).Quote;

    private bool IsOld(Instant time) => context.Now - time > SpotExits.OldestPrice;
}
