using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>What follows from an exchange's answer about one order.</summary>
internal sealed class AnswerHandler(EngineContext context, OrderDesk desk, ExitOrders exits)
{
    // An account report may be this old when it gets here; only then is an order that was there believed to be gone.
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromMinutes(10);

    public void OnAnswered(ClientOrderId orderId, OrderAnswer answer)
    {
        if (!context.State.Orders.TryGetValue(orderId, out var order))
        {
            context.Note(0, $"an answer came for the order {orderId}, which is not ours: {answer.GetType().Name}");
            return;
        }

        if (answer is OrderAnswer.Amended or OrderAnswer.AmendRefused or OrderAnswer.AmendUnknown)
        {
            if (exits.Spot.Amendment.OnAnswered(order, answer) is { } refusal)
                OnRejected(order, refusal);
            exits.Sync(order.Intent.TradeNumber);
            return;
        }

        // Answers may overtake one another: what came to a final state stays there, and its fills are booked on their own.
        if (!order.IsLive)
        {
            // Refused or unknown a moment ago, and now accepted: an earlier sending may have arrived, or the answers came in the wrong order. The exchange is asked.
            if (answer is OrderAnswer.Accepted && context.MayTurnUp(order) && !order.Remaining.IsZero)
            {
                Doubt(order, wasThere: true);
                exits.Sync(order.Intent.TradeNumber);
            }
            else if (answer is OrderAnswer.OutcomeUnknown)
            {
                context.Save(order with { InDoubt = true, DoubtedAt = context.Now, ChangedAt = context.Now });
                context.Ask(order.Intent.Account, [orderId]);
            }

            return;
        }

        switch (answer)
        {
            case OrderAnswer.Accepted accepted when order.State is OrderState.Intended or OrderState.Unknown:
                context.Save(order.MovedTo(new OrderState.Working(accepted.ExchangeOrderId), context.Now));
                if (order.Intent.Purpose is OrderPurpose.Stop && context.State.Trades[order.Intent.TradeNumber] is { } guarded && (guarded.StopRefusals > 0 || guarded.NothingToReduceSince is not null))
                    context.Save(guarded with { StopRefusals = 0, NothingToReduceSince = null });
                break;
            case OrderAnswer.Accepted:
                break;
            case OrderAnswer.Rejected { Error.Kind: ExchangeErrorKind.DuplicateClientOrderId }:
                // The id is taken by this very order, so it is or was there: only its state is to be asked for.
                Doubt(order, wasThere: true);
                break;
            case OrderAnswer.Rejected rejected:
                context.Save(order.MovedTo(new OrderState.Rejected(rejected.Error), context.Now));
                OnRejected(order, rejected.Error);
                break;
            case OrderAnswer.Cancelled cancelled:
                context.Save(order.MovedTo(new OrderState.Cancelled(cancelled.Reason), context.Now));
                CloseAtOnceWithoutTargets(order.Intent);
                break;
            case OrderAnswer.CancelRefused refused when order.State is OrderState.CancelRequested:
                OnCancelRefused(order, refused.Error);
                break;
            case OrderAnswer.CancelRefused:
                break;
            case OrderAnswer.OutcomeUnknown unknown:
                context.Note(order.Intent.TradeNumber, $"the outcome of order {orderId} is unknown: {unknown.Reason}");
                Doubt(order, wasThere: false);
                break;
            case OrderAnswer.NotFound:
                OnNotFound(order);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not in the set of order answers.");
        }

        exits.Sync(order.Intent.TradeNumber);
    }

    /// <summary>Where no stop protects meanwhile: a close that may have been refused because of the targets' orders does not wait any longer once these are gone.</summary>
    private void CloseAtOnceWithoutTargets(OrderIntent withdrawn)
    {
        var trade = context.State.Trades[withdrawn.TradeNumber];
        if (!context.Capabilities.HoldsStops && withdrawn.Purpose is OrderPurpose.Target && trade.Exit is { Everything: true, NotBefore: not null } exit
            && !context.State.OrdersOf(trade.Number).Any(order => order.IsLive && order.Intent.Purpose is OrderPurpose.Target))
            context.Save(trade with { Exit = exit with { NotBefore = null } });
    }

    private void OnRejected(Order order, ExchangeError error)
    {
        var trade = context.State.Trades[order.Intent.TradeNumber];
        if (!WasTold(order, error))
            context.Notify(new Notification.OrderRejected(trade.Number, order.Intent.Purpose, error));
        // A spot exchange has no reduce-only orders: there it is the coins that are missing.
        var isNothingToReduce = error.Kind == (order.Intent.Symbol.IsPerpetual ? ExchangeErrorKind.ReduceOnlyRefused : ExchangeErrorKind.InsufficientFunds);
        if (isNothingToReduce && order.Intent.Purpose is OrderPurpose.Stop or OrderPurpose.Exit && !trade.OpenQuantity.IsZero)
        {
            // Our books say that there is a position, the exchange that there is none. Only a full report can tell; until then nothing more is tried.
            context.Save(trade with
            {
                NothingToReduceSince = trade.NothingToReduceSince ?? context.Now,
                // On spot the coins may be locked by somebody else's order, for as long as that stands.
                StopRefusals = trade.StopRefusals + (order.Intent.Symbol.IsPerpetual ? 0 : 1),
                RetryStopAt = context.Now + RetryDelays.After(order.Intent.Symbol.IsPerpetual ? 0 : trade.StopRefusals),
                Exit = trade.Exit?.RefusedAt(context.Now),
            });
            context.AskAboutAll(trade.Account);
            return;
        }

        switch (order.Intent.Purpose)
        {
            case OrderPurpose.Stop:
                OnStopRejected(trade, error);
                break;
            case OrderPurpose.Target when order.IsPair:
                // Whatever the reason: the stop gets all coins at once, and the swap rule does from now on what pairs were to do.
                context.Save(trade with { PairRefused = true, PairedTarget = null, RetryTargetsAt = context.Now + RetryDelays.Target });
                context.Note(trade.Number, "the exchange refused stop and target in one order: for this trade they take turns");
                break;
            case OrderPurpose.Target:
                // On spot the stop gets its coins back at once.
                context.Save(trade with { RetryTargetsAt = context.Now + RetryDelays.Target, TargetAtExchange = null });
                break;
            case OrderPurpose.Exit when trade.Exit is { Everything: false } part && error.Kind == ExchangeErrorKind.BelowMinimum && !order.Intent.Symbol.IsPerpetual:
                // It will not become larger by waiting, and each try takes the stop's coins away for a moment.
                context.Save(trade with { Exit = null });
                context.Note(trade.Number, $"{part.Quantity} can't be closed alone: below the exchange's minimum");
                break;
            case OrderPurpose.Exit when trade.Exit is { } exit:
                // No stop of the exchange is there to fall back on: what may pass is tried again soon.
                context.Save(trade with { Exit = error.MayPass && !context.Capabilities.HoldsStops ? exit.RefusedAt(context.Now, RetryDelays.Urgent(exit.Refusals)) : exit.RefusedAt(context.Now) });
                context.Ask(trade.Account, [.. context.State.OrdersOf(trade.Number).Where(other => other.IsLive).Select(other => other.Id)]);
                break;
        }
    }

    /// <summary>
    /// A stop that would trigger at once means that the market is already beyond it: out. Any other refusal gets one more try, then out;
    /// one that may pass on its own is tried until the protection deadline.
    /// </summary>
    private void OnStopRejected(Trade trade, ExchangeError error)
    {
        if (trade.OpenQuantity.IsZero)
            return;
        var hasOther = context.State.OrdersOf(trade.Number).Any(order => order.IsStop && order.State is OrderState.Working);
        if (error.Kind == ExchangeErrorKind.WouldTriggerAtOnce)
        {
            var reason = ExitReasons.When(trade.Exits.Stop.Reason);
            context.Save(trade with { RetryStopAt = context.Now + RetryDelays.After(0), Exit = trade.LeavingFor(reason) });
        }
        else if (error.MayPass)
        {
            context.Save(trade with { RetryStopAt = context.Now + RetryDelays.Stop });
        }
        else if (trade.StopRefusals == 0)
        {
            context.Save(trade with { StopRefusals = 1 });
        }
        else
        {
            context.Save(trade with
            {
                StopRefusals = trade.StopRefusals + 1,
                RetryStopAt = context.Now + RetryDelays.After(trade.StopRefusals - 1),
                Exit = trade.LeavingFor(ExitReason.StopRefused),
            });
            // Said once; that the exit is refused as well is said with each refusal of it.
            if (trade.StopRefusals > 1)
                return;
            context.Notify(new Notification.ProtectionMissing(trade.Number, trade.UnprotectedSince ?? context.Now,
                hasOther ? "the exchange refused the new stop twice; the position is being closed at the market, the old stop stays until then" : "the exchange refused the stop twice; the position is being closed at the market"));
        }
    }

    private void OnCancelRefused(Order order, ExchangeError error)
    {
        if (error.Kind == ExchangeErrorKind.OrderNotFound)
        {
            // It was filled or is gone; which of the two, only the exchange can say.
            context.Ask(order.Intent.Account, [order.Id]);
            return;
        }

        // It stays wanted, and is asked for again when it is due: at once would only go round in a circle.
        context.Save(order with { ChangedAt = context.Now });
        if (!error.MayPass)
            context.Notify(new Notification.OrderRejected(order.Intent.TradeNumber, order.Intent.Purpose, error));
    }

    /// <summary>A stop is tried again every two seconds. While an exchange is away for an hour that is not to be a message each time: what may pass is told again after a while only.</summary>
    private bool WasTold(Order order, ExchangeError error)
    {
        if (!error.MayPass)
            return false;
        var before = context.State.OrdersOf(order.Intent.TradeNumber)
            .Where(other => other.Id != order.Id && other.Intent.Purpose.Key == order.Intent.Purpose.Key && other.State is OrderState.Rejected rejected && rejected.Error.Kind == error.Kind)
            .Select(other => other.ChangedAt).Order().ToArray();
        return before.Length > 0 && Period(before[^1]) == Period(context.Now);

        long Period(Instant at) => (at - before[0]).Ticks / TellAgainAfter.Ticks;
    }

    /// <summary>What became of the order is not known any more; the exchange is asked.</summary>
    private void Doubt(Order order, bool wasThere)
    {
        var doubted = order with { InDoubt = true, DoubtedAt = context.Now };
        if (order.State is OrderState.Unknown before)
            context.Save(doubted with { State = before with { WasThere = before.WasThere || wasThere } });
        else
            context.Save(doubted.MovedTo(new OrderState.Unknown(context.Now, wasThere || order.State is OrderState.Working), context.Now));
        context.Ask(order.Intent.Account, [order.Id]);
    }

    /// <summary>The order never reached the exchange. What is still wanted goes again under the same id; an entry only while its signal is fresh.</summary>
    private void OnNotFound(Order order)
    {
        if (order.State is OrderState.Working)
        {
            // It was there. Either it is gone, or the report was written before it came.
            Doubt(order, wasThere: true);
            return;
        }

        if (order.State is OrderState.Unknown { WasThere: true, Since: var since })
        {
            if (context.Now - since < ConfirmAfter)
                return;
            context.Save(order.MovedTo(new OrderState.NeverArrived(), context.Now));
            context.Note(order.Intent.TradeNumber, $"the exchange does not know the order {order.Id} any more");
            if (!context.State.Trades[order.Intent.TradeNumber].IsFinished)
                context.Notify(new Notification.OrderVanished(order.Intent.TradeNumber, order.Intent.Purpose));
            return;
        }

        // Another sale would take its coins. A short while later it is asked for again, and by then it has come if it was on its way.
        if (order.State is OrderState.CancelRequested && order.Intent.ReduceOnly && !order.Intent.Symbol.IsPerpetual && context.Now - order.CreatedAt < ConfirmAfter)
            return;
        // Nor does it go again while the first may still arrive: some exchanges forget an id with the end of its order, and would execute both.
        if (!context.Capabilities.IsSimulated && !IsReducingAtExchange(order) && context.Now - (order.State is OrderState.Unknown { Since: var unknownSince } ? unknownSince : order.CreatedAt) < context.Capabilities.ArrivesWithin)
            return;
        var lost = order.MovedTo(new OrderState.NeverArrived(), context.Now);
        context.Save(lost);
        var trade = context.State.Trades[order.Intent.TradeNumber];
        if (order.State is OrderState.CancelRequested || !order.Filled.IsZero || trade.IsFinished)
            return;
        if (order.Intent.Purpose is OrderPurpose.Entry)
        {
            var age = context.Now - order.CreatedAt;
            if (trade.EntriesClosed is not null || trade.Exit is { Everything: true })
                return;
            // Not the effective state: it is just this answer that reconciles us after a start.
            var isActive = context.State.Trading.Mode == Risk.TradingMode.Active;
            var isBlind = WatchedStops.BlindSince(context.State, context.Capabilities) is not null;
            if (age > context.Settings.Risk.OldestSignal || !isActive || isBlind)
            {
                context.Note(trade.Number, string.Create(CultureInfo.InvariantCulture,
                    $"the entry {order.Id} never reached the exchange and is not sent again: {(!isActive ? "trading is not active" : isBlind ? "no prices come" : $"it is {age.TotalSeconds:0} s old")}"));
                return;
            }
        }

        context.Note(trade.Number, $"the order {order.Id} never reached the exchange: handed over again under the same id");
        desk.PlaceAgain(lost);
    }

    /// <summary>Sent twice it would do no more than once.</summary>
    private static bool IsReducingAtExchange(Order order) => order.Intent.ReduceOnly && order.Intent.Symbol.IsPerpetual;
}
