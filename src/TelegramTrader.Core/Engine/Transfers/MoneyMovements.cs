using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine.Transfers;

/// <summary>
/// Tells money that is paid in or taken out from what trading made, so that the loss limits measure trading. It holds that
/// <list type="number">
/// <item>nothing is a movement that one report alone tells of: two do, 30 s apart or more, with nothing booked in between and no order of ours, nor a difference of
/// positions, that could explain it;</item>
/// <item>money that came in raises what day and week began with in the same step in which it is believed, so that it never hides a loss;</item>
/// <item>money that went out counts as a loss from the report that tells of it, until an admin says, once, that it was taken out;</item>
/// <item>what is smaller than <see cref="SmallestShare"/> of the wallet is none: it stays a gain or a loss, and does not add up.</item>
/// </list>
/// A simulated exchange has no movements; nothing is looked at there.
/// </summary>
internal sealed class MoneyMovements(EngineContext context, ReportedWallet wallet, OutsideCloses outside, LossLimits losses)
{
    /// <summary>Of the wallet as the trades explain it: less is no movement. Funding that an exchange does not tell, and rounding, stay below.</summary>
    public const decimal SmallestShare = 0.005m;

    // What rounding may leave between two sums of the same bookings.
    private const decimal Negligible = 0.000001m;

    // The last price stands for that at which somebody else closed a position: so much of its value may be between the two.
    private const decimal EstimateWithin = 0.02m;

    // More questions than a person answers: older ones stay losses.
    private const int MostAsked = 20;

    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(30);

    private (decimal Difference, Instant At)? _seen;

    /// <summary>The next report is to say whether money came or went, soon.</summary>
    public bool AreInQuestion => _seen is { } seen && context.State.Explained is { } explained && IsLarge(seen.Difference, explained);

    /// <summary>So much more, or less, than the trades explain is a movement and no rounding.</summary>
    public static bool IsLarge(decimal difference, Money explained) => Math.Abs(difference) >= Math.Max(Negligible, Math.Abs(explained.Amount) * SmallestShare);

    /// <summary>Follows what a report says, after everything that it tells of was booked and its positions were compared.</summary>
    /// <param name="report">What the exchange says.</param>
    /// <param name="isWhole">It tells of every order that could explain a difference.</param>
    public void Look(AccountReport report, bool isWhole)
    {
        if (context.State.Explained is null)
            return;
        AllowForEstimates(report, isWhole);
        var (told, explained) = (wallet.Told(report), context.State.Explained.Value);
        var difference = told.Amount - explained.Amount;
        if (Math.Abs(difference) < Negligible)
        {
            _seen = null;
            losses.NothingUnexplained();
            return;
        }

        // One that does not show the whole neither counts nor takes away.
        if (!isWhole || !IsSettled(report))
            return;
        if (_seen is not { } seen || context.ExplainedAt > seen.At || !IsSame(seen.Difference, difference, explained))
        {
            _seen = (difference, context.Now);
            return;
        }

        if ((report.BegunAt ?? context.Now) - seen.At < ConfirmAfter)
            return;
        _seen = null;
        Confirm(report.Account, told, difference, seen.At, IsLarge(difference, explained));
    }

    public OperatorResult Resolve(OperatorCommand.ResolveMissingMoney command)
    {
        if (!command.ByAdmin)
            return new OperatorResult.Refused("only an admin decides about money that is missing");
        if (context.State.MissingMoney.FirstOrDefault(missing => missing.Number == command.Number) is not { } missing)
            return new OperatorResult.Refused($"there is no question {command.Number} about money any more; it was decided, or the day and the week in which it counted are over");
        if (command.Resolution == MissingMoneyResolution.Payout && context.State.Equity is null)
            return new OperatorResult.Refused("the equity is not known at the moment, because a price is missing; try again when there are prices");
        if (command.Resolution == MissingMoneyResolution.Payout)
            losses.TakeOut(missing, command.By);
        else
            losses.Forget(missing);
        return new OperatorResult.MissingMoneyDecided(missing, command.Resolution, context.State.Day?.Equity, context.State.Week?.Equity);
    }

    /// <summary>Nothing of ours is under way that could explain a difference, and each position at the exchange is either ours alone or not ours at all.</summary>
    private bool IsSettled(AccountReport report) =>
        context.State.IsReconciled
        && !outside.MayHideFills(report)
        && !context.State.Orders.Values.Any(context.MayTurnUp)
        && Reconciliation.ComparePositions(context.State.ActiveTrades, report).All(difference => difference.Kind == PositionDifferenceKind.Foreign);

    /// <summary>Where the exchange gives no wallet by itself, it is worked out from prices that move while we ask.</summary>
    private static bool IsSame(decimal before, decimal now, Money explained) =>
        IsLarge(before, explained) == IsLarge(now, explained) && !IsLarge((now - before) * 4m, explained);

    /// <summary>A position was closed by somebody else, or by force, and its result was estimated: what it really brought is in the wallet that is reported.</summary>
    private void AllowForEstimates(AccountReport report, bool isWhole)
    {
        var estimated = context.TakeEstimated();
        if (estimated == 0m)
            return;
        var told = wallet.Told(report);
        if (Math.Abs(told.Amount - context.State.Explained!.Value.Amount) <= estimated * EstimateWithin)
            context.SetExplained(told);
        wallet.TakeOver(report, isWhole);
    }

    private void Confirm(AccountId account, Money told, decimal difference, Instant since, bool isLarge)
    {
        context.SetExplained(told);
        context.SetWallet(told);
        if (!isLarge)
            losses.NothingUnexplained();
        else if (difference > 0m)
            losses.PayIn(account, told with { Amount = difference });
        else
            Ask(account, told with { Amount = -difference }, since);
    }

    private void Ask(AccountId account, Money amount, Instant since)
    {
        var (day, week) = losses.SharesOf(amount.Amount);
        if (day is null && week is null)
        {
            context.Notify(new Notification.MoneyMissing(null, account, amount, since));
            return;
        }

        var asked = new MissingMoney { Number = context.State.NextForeign++, Account = account, Amount = amount, Since = since, Day = day, Week = week };
        context.State.MissingMoney = [.. context.State.MissingMoney.TakeLast(MostAsked - 1), asked];
        context.Changes.Other = true;
        context.Notify(new Notification.MoneyMissing(asked.Number, account, amount, since));
    }
}
