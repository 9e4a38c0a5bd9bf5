using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// The loss of the day and the week, open loss included, against the equity at the start of the period. A warning before the limit, an alarm at it;
/// a limit that was reached stands until its period ends, unless it was reached only by money of which an admin says that it was taken out.
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
            state.Day = new LossBaseline(day, equity) { Unexplained = state.Unexplained };
            context.Changes.Other = true;
        }

        var week = context.Calendar.WeekStart(state.Now);
        if (state.Week is null || state.Week.Since < week)
        {
            state.Week = new LossBaseline(week, equity) { Unexplained = state.Unexplained };
            context.Changes.Other = true;
        }

        foreach (var over in state.MissingMoney.Where(missing => missing.Day?.Since != state.Day.Since && missing.Week?.Since != state.Week.Since).ToArray())
            Forget(over);
    }

    public void Check()
    {
        var state = context.State;
        if (!state.IsReconciled || state.Equity is not { } equity)
            return;
        var risk = context.Settings.Risk;
        if (Crossed(state.Day, equity, risk.DailyLoss, "day", static missing => missing.Day) is { } day)
            state.Day = day;
        if (Crossed(state.Week, equity, risk.WeeklyLoss, "week", static missing => missing.Week) is { } week)
            state.Week = week;
    }

    /// <summary>The account agrees with the trades: whatever was not explained when a period began has come right since.</summary>
    public void NothingUnexplained() => SetBaselines(Cleared(context.State.Day), Cleared(context.State.Week));

    /// <summary>Money came in, and is in the wallet from now on: day and week began with it.</summary>
    public void PayIn(AccountId account, Money amount)
    {
        var state = context.State;
        SetBaselines(Shifted(state.Day, amount.Amount - (state.Day?.Unexplained ?? 0m)), Shifted(state.Week, amount.Amount - (state.Week?.Unexplained ?? 0m)));
        context.Notify(new Notification.MoneyPaidIn(account, amount, state.Day?.Equity, state.Week?.Equity));
    }

    /// <summary>How money that went out, and is not in the wallet any more, counts in the periods that last now.</summary>
    public (PeriodShare? Day, PeriodShare? Week) SharesOf(decimal amount)
    {
        var shares = (ShareOf(context.State.Day, amount), ShareOf(context.State.Week, amount));
        NothingUnexplained();
        return shares;
    }

    /// <summary>Missing money was taken out: day and week began without it. A limit that was reached only by it is lifted, when the loss without it is below.</summary>
    public void TakeOut(MissingMoney missing, string by)
    {
        var (state, risk, lifted) = (context.State, context.Settings.Risk, new List<string>());
        Forget(missing);
        SetBaselines(Without(state.Day, missing.Day, risk.DailyLoss, "day", lifted), Without(state.Week, missing.Week, risk.WeeklyLoss, "week", lifted));
        context.Notify(new Notification.MoneyTakenOut(missing.Number, missing.Account, missing.Amount, by, state.Day?.Equity, state.Week?.Equity, lifted));
    }

    /// <summary>It is decided, or counts in no period any more.</summary>
    public void Forget(MissingMoney missing)
    {
        context.State.MissingMoney = [.. context.State.MissingMoney.Where(other => other.Number != missing.Number)];
        context.Changes.Other = true;
    }

    private static LossBaseline? Cleared(LossBaseline? baseline) => baseline is null ? null : baseline with { Unexplained = 0m };

    private LossBaseline? Shifted(LossBaseline? baseline, decimal by)
    {
        if (baseline is null)
            return null;
        var shifted = baseline.Equity.Amount + by;
        // More went than there was at the beginning: it was made since, and the period begins anew with what is left. Against nothing no loss can be measured.
        var equity = shifted > 0m ? shifted : context.State.Equity is { Amount: > 0m } left ? left.Amount : baseline.Equity.Amount;
        return baseline with { Equity = baseline.Equity with { Amount = equity }, Unexplained = 0m };
    }

    private static PeriodShare? ShareOf(LossBaseline? baseline, decimal amount) =>
        baseline is not null && amount + baseline.Unexplained is > 0m and var share ? new PeriodShare(baseline.Since, share) : null;

    private LossBaseline? Without(LossBaseline? baseline, PeriodShare? share, decimal limit, string period, List<string> lifted)
    {
        if (baseline is null || share is null || share.Since != baseline.Since)
            return baseline;
        if (baseline.Equity.Amount <= share.Amount && context.State.Equity is { Amount: <= 0m } && (!baseline.LimitReached || baseline.OnlyByMissingMoney))
        {
            // Everything was taken out. The period begins anew with whatever is paid in; until then there is nothing to measure by, and no entry.
            if (baseline.LimitReached)
                lifted.Add(period);
            return null;
        }

        var fallen = Shifted(baseline, -share.Amount)! with { Unexplained = baseline.Unexplained };
        var loss = fallen.LossAt(context.State.Equity!.Value);
        if (!fallen.OnlyByMissingMoney || loss >= limit)
            return fallen with { Warned = fallen.LimitReached || fallen.Warned && IsNear(loss, limit) };
        lifted.Add(period);
        return fallen with { LimitReached = false, OnlyByMissingMoney = false, Warned = IsNear(loss, limit) };
    }

    private bool IsNear(decimal loss, decimal limit) => loss >= limit * context.Settings.Risk.LossWarningAt;

    private void SetBaselines(LossBaseline? day, LossBaseline? week)
    {
        var state = context.State;
        if (day == state.Day && week == state.Week)
            return;
        (state.Day, state.Week) = (day, week);
        context.Changes.Other = true;
    }

    private LossBaseline? Crossed(LossBaseline? baseline, Money equity, decimal limit, string period, Func<MissingMoney, PeriodShare?> shareOf)
    {
        if (baseline is null || baseline.LimitReached && !baseline.OnlyByMissingMoney)
            return null;
        if (baseline.LimitReached)
        {
            // Trading may come to it by itself later, and then it stands.
            if (IsOnlyByMissingMoney(baseline, equity, limit, shareOf))
                return null;
            context.Changes.Other = true;
            return baseline with { OnlyByMissingMoney = false };
        }

        // Compared by multiplication: this runs on every quote while there is a position.
        if (equity.Amount > baseline.Equity.Amount * (1m - limit * context.Settings.Risk.LossWarningAt))
            return null;
        var loss = baseline.LossAt(equity);
        if (loss >= limit)
        {
            context.Changes.Other = true;
            context.Notify(new Notification.LossLimitReached(period, loss, limit, baseline.Equity, baseline.Since));
            CloseEntries();
            return baseline with { LimitReached = true, Warned = true, OnlyByMissingMoney = IsOnlyByMissingMoney(baseline, equity, limit, shareOf) };
        }

        if (baseline.Warned)
            return null;
        context.Changes.Other = true;
        context.Notify(new Notification.LossWarning(period, loss, limit, baseline.Equity, baseline.Since));
        return baseline with { Warned = true };
    }

    /// <summary>Without what may have been taken out since the beginning of the period, asked about or not confirmed yet, the loss would be below the limit.</summary>
    private bool IsOnlyByMissingMoney(LossBaseline baseline, Money equity, decimal limit, Func<MissingMoney, PeriodShare?> shareOf)
    {
        var missing = Math.Max(0m, baseline.Unexplained - context.State.Unexplained);
        foreach (var asked in context.State.MissingMoney)
            if (shareOf(asked) is { } share && share.Since == baseline.Since)
                missing += share.Amount;
        return missing > 0m && baseline.Equity.Amount - missing is var without && (without <= 0m || without - equity.Amount < without * limit);
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
