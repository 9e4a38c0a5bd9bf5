using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// The loss of the day and the week, open loss included, against the equity at the start of the period. A warning before the limit, an alarm at it;
/// a limit that was reached stands until its period ends.
/// </summary>
internal sealed class LossLimits(EngineContext context, ExitOrders exits)
{
    /// <summary>Opens a new day or week when one has begun and the equity is known.</summary>
    public void Roll()
    {
        var state = context.State;
        // Against nothing no loss can be measured; without a baseline the gate denies.
        if (!state.IsReconciled || state.Equity is not { Amount: > 0m } equity)
            return;
        var day = context.Calendar.DayStart(state.Now);
        if (state.Day is null || state.Day.Since < day)
        {
            state.Day = new LossBaseline(day, equity);
            context.Changes.Other = true;
        }

        var week = context.Calendar.WeekStart(state.Now);
        if (state.Week is null || state.Week.Since < week)
        {
            state.Week = new LossBaseline(week, equity);
            context.Changes.Other = true;
        }
    }

    public void Check()
    {
        var state = context.State;
        if (!state.IsReconciled || state.Equity is not { } equity)
            return;
        var risk = context.Settings.Risk;
        if (Crossed(state.Day, equity, risk.DailyLoss, "day") is { } day)
            state.Day = day;
        if (Crossed(state.Week, equity, risk.WeeklyLoss, "week") is { } week)
            state.Week = week;
    }

    private LossBaseline? Crossed(LossBaseline? baseline, Money equity, decimal limit, string period)
    {
        // Compared by multiplication: this runs on every quote while there is a position.
        if (baseline is null || baseline.LimitReached || equity.Amount > baseline.Equity.Amount * (1m - limit * context.Settings.Risk.LossWarningAt))
            return null;
        var loss = baseline.LossAt(equity);
        if (loss >= limit)
        {
            context.Changes.Other = true;
            context.Notify(new Notification.LossLimitReached(period, loss, limit, baseline.Equity, baseline.Since));
            CloseEntries();
            return baseline with { LimitReached = true, Warned = true };
        }

        if (baseline.Warned)
            return null;
        context.Changes.Other = true;
        context.Notify(new Notification.LossWarning(period, loss, limit, baseline.Equity, baseline.Since));
        return baseline with { Warned = true };
    }

    /// <summary>No new entries for the rest of the period: those that wait are withdrawn. Where the settings say so, positions are closed too.</summary>
    private void CloseEntries()
    {
        foreach (var trade in context.State.ActiveTrades.ToArray())
        {
            context.Save(trade with
            {
                EntriesClosed = trade.EntriesClosed ?? "the loss limit was reached",
                Exit = trade.OpenQuantity.IsZero || !context.Settings.FlattenOnLossLimit ? trade.Exit : trade.LeavingFor(ExitReason.LossLimit),
            });
            exits.Sync(trade.Number);
        }
    }
}
