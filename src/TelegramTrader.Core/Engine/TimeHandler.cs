using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>What the passing of time sets off. Every check asks for the state of things, so a missed tick is harmless.</summary>
internal sealed class TimeHandler(EngineContext context, ExitOrders exits, WatchedStops watched, OrderDesk desk, LossLimits losses, AccountReconciler reconciler)
{
    private Instant _lastForgotten;

    public void OnTimePassed()
    {
        ResumeWhenDue();
        watched.OnTimePassed();
        if (!context.State.IsReconciled)
        {
            // What the exchange holds is not known yet: nothing is placed or closed because time went by.
            reconciler.AskAgainWhenDue();
            return;
        }

        losses.Roll();
        losses.Check();
        foreach (var trade in context.State.ActiveTrades.ToArray())
        {
            ExpireEntries(trade.Number);
            CloseWhenDue(trade.Number);
            WatchProtection(trade.Number);
            if (exits.Spot.SwapBackWithoutPrices(trade.Number))
                exits.Sync(trade.Number);
            RetryWhenDue(trade.Number);
        }

        foreach (var number in exits.Spot.Amendment.LoseUnanswered())
            exits.Sync(number);
        AskAboutUnanswered();
        reconciler.AskAgainWhenDue();
        Forget();
    }

    private void ResumeWhenDue()
    {
        if (context.State.Trading is not { NeedsAdmin: false, Until: { } until } || context.Now < until)
            return;
        context.State.Trading = new TradingState(TradingMode.Active, "engine", "the pause is over", context.Now);
        context.Changes.Other = true;
        context.Notify(new Notification.TradingStateChanged(context.State.Trading));
    }

    private void ExpireEntries(int number)
    {
        var trade = context.State.Trades[number];
        if (trade.EntriesClosed is not null || context.Now < trade.EntriesExpireAt)
            return;
        if (!context.State.OrdersOf(number).Any(order => order.IsLive && order.Intent.Purpose is OrderPurpose.Entry))
            return;
        context.Save(trade with { EntriesClosed = "the entry expired" });
        exits.Sync(number);
    }

    private void CloseWhenDue(int number)
    {
        var trade = context.State.Trades[number];
        if (trade.Exits.CloseAfter is not { } limit || trade.Position is not { } position || trade.Exit is { Everything: true } || context.Now - position.OpenedAt < limit)
            return;
        context.Save(trade with { Exit = trade.LeavingFor(ExitReason.TimeLimit) });
        exits.Sync(number);
    }

    private void WatchProtection(int number)
    {
        var trade = context.State.Trades[number];
        if (trade.UnprotectedSince is not { } since)
            return;
        var without = context.Now - since;
        if (without >= context.Settings.ProtectionExitAfter && trade.Exit is not { Everything: true })
        {
            context.Save(trade with { UnprotectedAlarmed = true, Exit = trade.LeavingFor(ExitReason.StopRefused) });
            context.Notify(new Notification.ProtectionMissing(number, since, "no stop could be placed in time; the position is being closed at the market"));
        }
        else if (without >= context.Settings.ProtectionAlarmAfter && !trade.UnprotectedAlarmed)
        {
            context.Save(trade with { UnprotectedAlarmed = true });
            context.Notify(new Notification.ProtectionMissing(number, since, "the exchange is being asked, and a missing stop is placed again"));
            context.Ask(trade.Account, [.. context.State.OrdersOf(number).Where(order => order.IsLive).Select(order => order.Id)]);
        }
        else
        {
            return;
        }

        exits.Sync(number);
    }

    private void RetryWhenDue(int number)
    {
        var trade = context.State.Trades[number];
        if (!Due(trade.RetryStopAt) && !Due(trade.RetryTargetsAt) && !Due(trade.Exit?.NotBefore))
            return;
        context.Save(trade with
        {
            RetryStopAt = Due(trade.RetryStopAt) ? null : trade.RetryStopAt,
            RetryTargetsAt = Due(trade.RetryTargetsAt) ? null : trade.RetryTargetsAt,
            Exit = Due(trade.Exit?.NotBefore) ? trade.Exit! with { NotBefore = null } : trade.Exit,
        });
        exits.Sync(number);

        bool Due(Instant? at) => at is { } time && time <= context.Now;
    }

    /// <summary>An order without an answer is asked about, and a withdrawal without one is asked for again.</summary>
    private void AskAboutUnanswered()
    {
        var due = context.State.Orders.Values
            .Where(order => (order.InDoubt || order.State is OrderState.Intended or OrderState.Unknown or OrderState.CancelRequested) && context.Now - order.ChangedAt >= AskedAgainAfter(order))
            .ToArray();
        foreach (var order in due)
        {
            context.Save(order with { ChangedAt = context.Now });
            if (order.State is OrderState.CancelRequested)
                desk.SendCancel(order);
        }

        foreach (var account in due.Where(order => order.InDoubt || order.State is not OrderState.CancelRequested).GroupBy(order => order.Intent.Account))
            context.Ask(account.Key, [.. account.Select(order => order.Id)]);
    }

    /// <summary>What may have been lost goes again once it can't arrive any more, and may be a stop.</summary>
    private TimeSpan AskedAgainAfter(Order order) =>
        order.State is OrderState.Unknown { WasThere: false } && context.Capabilities.ArrivesWithin < context.Settings.AskAgainAfter ? context.Capabilities.ArrivesWithin : context.Settings.AskAgainAfter;

    private void Forget()
    {
        if (context.Now - _lastForgotten < TimeSpan.FromMinutes(10))
            return;
        _lastForgotten = context.Now;
        var before = context.Now - context.Settings.RememberFinishedFor;
        foreach (var trade in context.State.Trades.Values.Where(trade => trade.EndedAt < before && !context.State.OrdersOf(trade.Number).Any(order => order.IsLive || order.InDoubt || context.MayTurnUp(order))).ToArray())
            context.State.Forget(trade.Number);
        var known = context.KnownBefore - EngineSettings.ClockMargin;
        foreach (var id in context.State.Booked.Where(entry => entry.Value < known).Select(entry => entry.Key).ToArray())
            context.State.Booked.Remove(id);
        foreach (var number in context.State.Watched.Values.Where(signal => context.Now - signal.Since > EngineSettings.WatchSignalsFor).Select(signal => signal.Number).ToArray())
            context.State.ForgetWatched(number);
        context.State.RecentIdeas.RemoveAll(idea => context.Now - idea.At > context.Settings.Risk.DuplicateWindow);
        context.State.Alerts.RemoveAll(alert => alert.Until < context.Now);
    }
}
