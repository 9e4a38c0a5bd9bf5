using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Brings our books in line with what an exchange says is true: missed fills first, then the state of each order, then the positions are compared.
/// Booking is by id, so a report may come as often as it likes.
/// </summary>
internal sealed class AccountReconciler(
    EngineContext context, FillHandler fills, FundingHandler funding, AnswerHandler answers, ExitOrders exits, OutsideCloses outside, ForeignPositions foreign, ForeignOrders foreignOrders, ReportedWallet wallet, MoneyMovements money)
{
    // A report may have been on its way when the refusal came; after this long it has not.
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromHours(1);

    private Instant? _askedAt;
    private string _toldDifferences = "";
    private Instant _toldAt;

    // The wider question that a report which did not suffice has led to; null when it was answered or broke.
    private (HashSet<ClientOrderId> Orders, Instant At)? _wider;

    /// <summary>Asks about every order whose end is not known.</summary>
    public void Ask(AccountId account)
    {
        _askedAt = context.Now;
        context.AskAboutAll(account);
    }

    /// <summary>
    /// Until the account has been read once, and after a question that failed, it is asked again and again. Else from time to time, also with nothing at
    /// stake: what somebody else opens there must be known before our next entry.
    /// </summary>
    public void AskAgainWhenDue()
    {
        TellOutageWhenDue();
        // What is missing is asked for sooner, also with nothing at stake: without an answer there would never be an entry again.
        var isMissing = !context.State.IsReconciled || context.State.Outage is not null || outside.AreInQuestion || foreign.AreInQuestion || foreignOrders.AreInQuestion || money.AreInQuestion;
        var interval = isMissing ? context.Settings.AskAgainAfter : context.Settings.AskAccountEvery;
        if (_askedAt is not { } asked || context.Now - asked < interval)
            return;
        Ask(context.Settings.Account);
    }

    public void OnReported(AccountReport report)
    {
        EndOutage(report.Account);
        context.State.AccountReadAt = context.Now;
        if (_wider is { } underWay && underWay.Orders.IsSubsetOf(report.Orders.Select(order => order.Id)))
            _wider = null;
        var live = context.State.Orders.Values.Where(order => order.IsLive && order.Intent.Account == report.Account).Select(order => order.Id).ToArray();
        // A report that was written before an order of ours went out, or that was asked for one order only, does not show the whole.
        var isWhole = live.All(report.Orders.Select(order => order.Id).ToHashSet().Contains);
        BookMissed(report);
        foreach (var reported in report.Orders)
            if (context.State.Orders.TryGetValue(reported.Id, out var order))
            {
                if (reported.IsFilled && order is { Change: not null, Certain.IsZero: true })
                    context.Save(order = order.Executed());
                if (order.InDoubt && !(report.BegunAt < order.DoubtedAt) && (!reported.IsFilled || order.Remaining.IsZero))
                    context.Save(order = order with { InDoubt = false });
                Follow(order, reported);
            }

        wallet.TakeOver(report, isWhole);
        ComparePositions(report, isWhole);
        if (!context.State.IsReconciled)
            Reconciled(report.Account, isWhole);
        money.Look(report, isWhole);
        foreach (var trade in context.State.Trades.Values.ToArray())
            exits.Sync(trade.Number);
    }

    public void OnReportFailed(ExchangeError error)
    {
        SetOutage(context.State.Outage is { } outage ? outage with { Error = error } : new AccountOutage(context.Now, error, Told: false));
        _wider = null;
        // With an outage it is asked again soon, counted from now where nobody of us asked.
        _askedAt ??= context.Now;
        TellOutageWhenDue();
    }

    /// <summary>After a start at once, because nothing is traded until it is over; later when new entries are denied for it.</summary>
    private void TellOutageWhenDue()
    {
        if (context.State.Outage is not { Told: false } outage || context.State.IsReconciled && context.Now - outage.Since <= context.Settings.Risk.AccountUnreadableAfter)
            return;
        SetOutage(outage with { Told = true });
        context.Notify(new Notification.AccountUnreadable(context.Settings.Account, outage.Error, outage.Since, AtStart: !context.State.IsReconciled));
    }

    private void EndOutage(AccountId account)
    {
        if (context.State.Outage is not { } outage)
            return;
        SetOutage(null);
        if (outage.Told)
            context.Notify(new Notification.AccountReadable(account, context.Now - outage.Since));
    }

    private void SetOutage(AccountOutage? outage)
    {
        if (context.State.Outage == outage)
            return;
        context.State.Outage = outage;
        context.Changes.Other = true;
    }

    private void Follow(Order order, ReportedOrder reported)
    {
        if (!order.IsLive)
        {
            // What a report says is true: an order that we held for refused or lost is there after all.
            if (!reported.IsFilled && !order.Remaining.IsZero && reported.Answer is OrderAnswer.Accepted accepted && context.MayTurnUp(order))
                context.Save(order.MovedTo(new OrderState.Working(accepted.ExchangeOrderId), context.Now));
        }
        else if (reported.IsFilled)
        {
            if (order.Remaining.IsZero)
                context.Save(order.MovedTo(new OrderState.Filled(), context.Now));
            // Filled, and its fills are not in the report: they lag behind and are asked for again.
            else if (order.State is not OrderState.Unknown)
                context.Save(order.MovedTo(new OrderState.Unknown(context.Now), context.Now));
        }
        else if (reported.Answer is OrderAnswer.Accepted && order.State is OrderState.CancelRequested)
        {
            // Still there. After a start the withdrawal may never have been sent; later it is sent again only when it is due, not in a circle.
            if (context.State.IsReconciled && context.Now - order.ChangedAt < context.Settings.AskAgainAfter)
                return;
            context.Save(order with { ChangedAt = context.Now });
            context.Outputs.Add(new EngineOutput.Cancel(order.Intent.Account, order.Intent.Symbol, order.Id));
        }
        else
        {
            answers.OnAnswered(reported.Id, reported.Answer);
        }
    }

    private void Reconciled(AccountId account, bool isWhole)
    {
        if (!isWhole)
        {
            _askedAt = context.Now;
            AskWider(account);
            return;
        }

        context.State.IsReconciled = true;
        context.Changes.Other = true;
        // While we were away nobody could place a stop: the time until the alarm begins now.
        foreach (var trade in context.State.ActiveTrades.Where(trade => trade.UnprotectedSince is not null).ToArray())
            context.Save(trade with { UnprotectedSince = context.Now, UnprotectedAlarmed = false });
    }

    private void BookMissed(AccountReport report)
    {
        var since = context.KnownBefore;
        var missed = report.Fills.Select(fill => (At: fill.HappenedAt, Id: fill.FillId, Book: (Action)(() => fills.OnFilled(fill, null))))
            .Concat(report.Funding.Where(paid => paid.At >= since).Select(paid => (At: paid.At, Id: paid.PaymentId, Book: (Action)(() => funding.OnFunding(paid)))))
            .Concat(report.Liquidations.Where(forced => forced.At >= since).Select(forced => (At: forced.At, Id: forced.LiquidationId, Book: (Action)(() => fills.OnLiquidated(forced)))));
        foreach (var (_, _, book) in missed.OrderBy(entry => entry.At).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToArray())
            book();
    }

    private void ComparePositions(AccountReport report, bool isWhole)
    {
        Trade[] Holders() => [.. context.State.ActiveTrades.Where(trade => trade.Account == report.Account && !trade.OpenQuantity.IsZero)];
        var differences = Reconciliation.ComparePositions(Holders(), report);
        var differing = differences.Select(difference => difference.Symbol).ToHashSet();

        // Before it is called a difference: fills of orders that have ended since may have been missed.
        var told = report.Orders.Select(order => order.Id).ToHashSet();
        bool MayHideFills(Order order) => !order.IsLive && !order.Remaining.IsZero && differing.Contains(order.Intent.Symbol);
        if (differences.Count > 0 && (!isWhole || context.State.Orders.Values.Any(order => MayHideFills(order) && !told.Contains(order.Id))))
        {
            outside.Look(report, differences, isWhole: false);
            foreign.Look(report, differences, isWhole: false);
            AskWider(report.Account, MayHideFills);
            return;
        }

        context.State.Differences = [.. differences.Select(difference => context.State.Differences.FirstOrDefault(seen => seen.Difference == difference) ?? new SeenDifference(difference, context.Now))];
        // Of what is foreign a person is told with buttons, once it is certain.
        Tell(report.Account, [.. differences.Where(difference => difference.MissingPart != 0m).Select(difference => difference.ToString())]);
        outside.Look(report, differences, isWhole);
        // As it is after what was booked just now.
        foreign.Look(report, Reconciliation.ComparePositions(Holders(), report), isWhole);
        if (!isWhole)
            return;
        var theirs = Reconciliation.Holdings(report);
        foreach (var trade in Holders().Where(trade => context.Now - trade.NothingToReduceSince >= ConfirmAfter))
            Decide(trade, Reconciliation.HeldOf(trade.Instrument.Symbol, theirs, report) * trade.Side.Sign() > 0m);
    }

    /// <summary>
    /// Asks about all orders, because what was reported did not suffice. Not again while the answer is under way: several such reports, each with a question of
    /// its own, would bring as many answers, which may not suffice either.
    /// </summary>
    private void AskWider(AccountId account, Func<Order, bool>? also = null)
    {
        var orders = context.WithoutAnEnd(account, also);
        if (_wider is { } underWay && context.Now - underWay.At < context.Settings.AskAgainAfter && underWay.Orders.IsSupersetOf(orders))
            return;
        _wider = ([.. orders], context.Now);
        context.Ask(account, orders);
    }

    /// <summary>The same difference is told once an hour and not with every report.</summary>
    private void Tell(AccountId account, List<string> differences)
    {
        var text = string.Join("; ", differences);
        if (differences.Count > 0 && (text != _toldDifferences || context.Now - _toldAt >= TellAgainAfter))
        {
            _toldAt = context.Now;
            context.Notify(new Notification.AccountDiffers(account, differences));
        }

        _toldDifferences = text;
    }

    /// <summary>Two sayings of the exchange agree: it refused to reduce, and it reports no position. Only then is the trade ended without a fill.</summary>
    private void Decide(Trade trade, bool isStillThere)
    {
        if (isStillThere)
            context.Save(trade with { NothingToReduceSince = null });
        else if (context.State.Market(trade.Instrument.Symbol).Quote is { } quote)
            fills.OnClosedOutside(trade, trade.OpenQuantity, quote.ExitPrice(trade.Side));
    }
}
