using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine.Foreign;

/// <summary>
/// Keeps the orders at the exchange that are not in our books, tells of them, and has one withdrawn when a person says so. It holds that
/// <list type="number">
/// <item>an order of ours, whatever state it is in and whatever is known of it, is never foreign: it was written down before it was sent;</item>
/// <item>nothing is told that a single list tells of;</item>
/// <item>nothing is withdrawn without a person's word, for one word at most once, and only when the first list after it has the order as it was shown, within a minute;</item>
/// <item>to leave one withdraws, asks and books nothing.</item>
/// </list>
/// </summary>
internal sealed class ForeignOrders(EngineContext context)
{
    /// <summary>As many are kept; somebody else's grid must not fill our books.</summary>
    public const int MostKept = 50;

    private const int MostShown = 8;

    // As old as a list may be when it gets here.
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RequestGoodFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WithdrawnWithin = TimeSpan.FromSeconds(30);

    // More than a person places: another bot, which orders all the time, is not to be a message each time. What threatens a position is told at once.
    private const int Few = 5;
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromMinutes(10);

    /// <summary>The next list is to say more, soon.</summary>
    public bool AreInQuestion => context.State.ForeignOrders.Any(order => !order.IsConfirmed || order.MissingSince is not null || order.Request is not null);

    public void OnReported(EngineEvent.OpenOrdersReported reported)
    {
        var working = context.State.Orders.Values.Select(order => order.State).OfType<OrderState.Working>().Select(state => state.ExchangeOrderId).ToHashSet(StringComparer.Ordinal);
        var others = reported.Orders.Where(order => !IsOurs(order, working)).ToArray();
        foreach (var known in Of(reported.Account))
            if (others.FirstOrDefault(order => IsSame(known.Order, order)) is { } still)
                Put(Seen(known, still));
            else
                NotSeen(known);
        var found = others.Where(order => !context.State.ForeignOrders.Any(known => known.Account == reported.Account && IsSame(known.Order, order)))
            .OrderByDescending(order => MayCloseOurs(reported.Account, order)).ThenBy(order => order.Symbol).ThenBy(order => order.ExchangeId, StringComparer.Ordinal);
        foreach (var order in found.Take(Math.Max(0, MostKept - context.State.ForeignOrders.Count)))
            Put(new ForeignOrder { Number = context.State.NextForeign++, Account = reported.Account, Order = order, Since = context.Now, MayCloseOurs = MayCloseOurs(reported.Account, order) });
        DropOldRequests(reported.Account);
        Tell(reported.Account);
        foreach (var order in Of(reported.Account).Where(order => order is { IsConfirmed: true, MissingSince: null, Request.SentAt: null }))
            Withdraw(order);
    }

    public void OnNotWithdrawn(EngineEvent.ForeignOrderNotWithdrawn refused)
    {
        if (Of(refused.Account).FirstOrDefault(order => order.Order.Symbol == refused.Symbol && order.Order.ExchangeId == refused.ExchangeId && order.Request?.SentAt is not null) is not { } known)
            return;
        // Gone in the meantime: the next lists say so.
        if (refused.Error.Kind == ExchangeErrorKind.OrderNotFound)
            return;
        Put(known with { Request = null });
        End(known, $"not withdrawn: {refused.Error.Message}");
    }

    public OperatorResult Resolve(OperatorCommand.ResolveForeignOrder command)
    {
        if (!command.ByAdmin)
            return new OperatorResult.Refused("only an admin decides about orders that are not the bot's");
        if (context.State.ForeignOrders.FirstOrDefault(order => order.Number == command.Number && order.MissingSince is null) is not { } known)
            return new OperatorResult.Refused($"there is no foreign order {command.Number} any more; it is gone, or was changed and has another number");
        if (known.Request is { } before)
            return new OperatorResult.Refused($"{before.By} has ordered to withdraw it already");
        if (command.Resolution == ForeignOrderResolution.Leave)
        {
            if (known.LeftBy is { } by)
                return new OperatorResult.Refused($"it is left alone already, by order of {by}");
            Put(known with { LeftBy = command.By });
            return new OperatorResult.ForeignOrderDecided(known, command.Resolution);
        }

        context.AskAboutAll(known.Account);
        if (!known.IsConfirmed)
            return new OperatorResult.Refused("only one list of open orders has had it so far; the exchange is being asked again, try in a few seconds");
        Put(known with { Request = new WithdrawalRequest(command.By, context.Now), LeftBy = null });
        return new OperatorResult.ForeignOrderDecided(known, command.Resolution);
    }

    private static bool IsSame(OpenOrder known, OpenOrder order) =>
        known.ExchangeId == order.ExchangeId && known.Symbol == order.Symbol && known.Side == order.Side && known.Type == order.Type
        && known.Quantity == order.Quantity && known.Price == order.Price && known.Trigger == order.Trigger;

    private bool IsOurs(OpenOrder order, HashSet<string> working) =>
        order.ClientId is { Length: > 0 and <= 32 } id && context.State.Orders.ContainsKey(new ClientOrderId(id)) || working.Contains(order.ExchangeId);

    private bool MayCloseOurs(AccountId account, OpenOrder order) => context.State.ActiveTrades.Any(
        trade => trade.Account == account && trade.Instrument.Symbol == order.Symbol && !trade.OpenQuantity.IsZero && trade.Side.Closing() == order.Side);

    private ForeignOrder Seen(ForeignOrder known, OpenOrder order)
    {
        var mayClose = MayCloseOurs(known.Account, order);
        return known with
        {
            Order = order,
            MissingSince = null,
            MayCloseOurs = mayClose,
            ToldAt = mayClose && !known.MayCloseOurs ? null : known.ToldAt,
            IsConfirmed = known.IsConfirmed || context.Now - known.Since >= ConfirmAfter,
        };
    }

    private void NotSeen(ForeignOrder known)
    {
        if (known.MissingSince is not { } since)
        {
            Put(known with { MissingSince = context.Now });
            return;
        }

        if (context.Now - since < ConfirmAfter)
            return;
        Change([.. context.State.ForeignOrders.Where(other => other.Number != known.Number)]);
        if (known.Request is { } request)
            End(known, request.SentAt is null ? "it was gone, or had changed, before it was withdrawn" : $"it is gone, or not what it was, after {request.By} had it withdrawn");
    }

    private void Tell(AccountId account)
    {
        var untold = Of(account).Where(order => order is { IsConfirmed: true, MissingSince: null, LeftBy: null, Request: null, ToldAt: null }).ToArray();
        var toldAt = context.State.ForeignOrders.Select(order => order.ToldAt).Max();
        if (untold.Length == 0 || context.State.ForeignOrders.Count > Few && !untold.Any(order => order.MayCloseOurs) && toldAt is { } told && context.Now - told < TellAgainAfter)
            return;
        var shown = untold.OrderByDescending(order => order.MayCloseOurs).ThenBy(order => order.Number).Take(MostShown).ToArray();
        foreach (var order in untold)
            Put(order with { ToldAt = context.Now });
        context.Notify(new Notification.ForeignOrdersFound(account, shown, untold.Length - shown.Length));
    }

    private void Withdraw(ForeignOrder known)
    {
        Put(known with { Request = known.Request! with { SentAt = context.Now } });
        context.Outputs.Add(new EngineOutput.WithdrawForeign(known.Account, known.Order.Symbol, known.Order.ExchangeId));
    }

    private void DropOldRequests(AccountId account)
    {
        foreach (var known in Of(account).Where(order => order.MissingSince is null))
            if (known.Request is { SentAt: { } sent } && context.Now - sent > WithdrawnWithin)
            {
                Put(known with { Request = null });
                End(known, "the exchange was asked to withdraw it, and still has it");
            }
            else if (known.Request is { SentAt: null, At: var at } && context.Now - at > RequestGoodFor)
            {
                Put(known with { Request = null });
                End(known, $"not withdrawn: the exchange could not say within {RequestGoodFor.TotalSeconds:0} s that it is still so");
            }
    }

    private void End(ForeignOrder known, string how) => context.Notify(new Notification.ForeignOrderEnded(known.Number, known.Order, how));

    private ForeignOrder[] Of(AccountId account) => [.. context.State.ForeignOrders.Where(order => order.Account == account)];

    private void Put(ForeignOrder order)
    {
        if (!context.State.ForeignOrders.Contains(order))
            Change([.. context.State.ForeignOrders.Where(known => known.Number != order.Number).Append(order).OrderBy(known => known.Number)]);
    }

    // Always a new list: what was committed stays what it was.
    private void Change(IReadOnlyList<ForeignOrder> orders)
    {
        context.State.ForeignOrders = orders;
        context.Changes.Other = true;
    }
}
