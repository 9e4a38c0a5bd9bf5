using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>Carries out what a person orders, each command id once, and answers what came of it.</summary>
internal sealed class OperatorHandler(EngineContext context, ExitOrders exits, PostConfirmation confirmation, ProfileTeaching teaching, ForeignPositions foreign, ForeignOrders foreignOrders, MoneyMovements money)
{
    public void OnCommand(OperatorCommand command)
    {
        if (!context.Book("command", command.Id))
        {
            context.Outputs.Add(new EngineOutput.Answer(command.Id, new OperatorResult.Refused("this command was carried out before and is not repeated")));
            return;
        }

        var result = command switch
        {
            OperatorCommand.CloseTrade close => Close(close),
            OperatorCommand.CloseAll all => CloseEverything(all.By, ExitReason.ByUser),
            OperatorCommand.MoveStopToEntry move => MoveStop(move.TradeNumber, move, null),
            OperatorCommand.MoveStop move => MoveStop(move.TradeNumber, move, move.Price),
            OperatorCommand.CancelEntries cancel => CancelEntries(cancel),
            OperatorCommand.SetTrading set => SetTrading(set),
            OperatorCommand.TradePost post => confirmation.Trade(post),
            OperatorCommand.TeachRule teach => teaching.Teach(teach),
            OperatorCommand.ForgetRule forget => teaching.Forget(forget),
            OperatorCommand.SetProbation probation => SetProbation(probation),
            OperatorCommand.ReadAccount => ReadAccount(),
            OperatorCommand.ResolveForeign resolve => foreign.Resolve(resolve),
            OperatorCommand.ResolveForeignOrder resolve => foreignOrders.Resolve(resolve),
            OperatorCommand.ResolveMissingMoney resolve => money.Resolve(resolve),
            OperatorCommand.EmergencyStop stop => EmergencyStop(stop),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not in the set of commands."),
        };
        context.Outputs.Add(new EngineOutput.Answer(command.Id, result));
    }

    private OperatorResult Close(OperatorCommand.CloseTrade close)
    {
        if (Active(close.TradeNumber, out var trade) is { } refusal)
            return refusal;
        if (close.Fraction is <= 0m or > 1m)
            return new OperatorResult.Refused($"the part to close is {close.Fraction}; it must be above 0 and at most 1");
        if (trade.OpenQuantity.IsZero)
            return CancelEntries(new OperatorCommand.CancelEntries(close.TradeNumber) { Id = close.Id, By = close.By });
        var (done, effect) = TradeCloses.Request(context, trade, close.Fraction, ExitReason.ByUser, close.By);
        if (!done)
            return new OperatorResult.Refused($"#{trade.Number}: {effect}");
        context.Note(trade.Number, $"{close.By} ordered: {effect}");
        exits.Sync(trade.Number);
        return Done([trade.Number], []);
    }

    private OperatorResult CloseEverything(string by, ExitReason reason)
    {
        var (closing, withdrawn) = (new List<int>(), new List<int>());
        foreach (var trade in context.State.ActiveTrades.ToArray())
        {
            if (HasWaitingEntries(trade))
                withdrawn.Add(trade.Number);
            context.Save(trade with { EntriesClosed = trade.EntriesClosed ?? $"withdrawn by {by}" });
            if (!trade.OpenQuantity.IsZero)
            {
                closing.Add(trade.Number);
                TradeCloses.Request(context, context.State.Trades[trade.Number], 1m, reason, by);
            }

            context.Note(trade.Number, $"{by} ordered everything closed");
            exits.Sync(trade.Number);
        }

        return Done(closing, withdrawn);
    }

    private OperatorResult CancelEntries(OperatorCommand.CancelEntries cancel)
    {
        if (Active(cancel.TradeNumber, out var trade) is { } refusal)
            return refusal;
        if (!HasWaitingEntries(trade))
            return new OperatorResult.Refused($"#{trade.Number} has no waiting entries");
        context.Save(trade with { EntriesClosed = trade.EntriesClosed ?? $"withdrawn by {cancel.By}" });
        context.Note(trade.Number, $"{cancel.By} withdrew the waiting entries");
        exits.Sync(trade.Number);
        return Done([], [trade.Number]);
    }

    private OperatorResult MoveStop(int number, OperatorCommand command, Price? to)
    {
        if (Active(number, out var trade) is { } refusal)
            return refusal;
        if (to > SignalBounds.HighestPrice)
            return new OperatorResult.Refused($"#{number}: the price {to} is above {SignalBounds.HighestPrice}, which nothing costs");
        Trade moved;
        var done = to is { } price
            ? StopMoves.To(context, trade, trade.Instrument.RoundToTick(price.Value), StopReason.ByUser, out moved)
            : StopMoves.ToEntry(context, trade, StopReason.Breakeven, out moved);
        if (!done)
            return new OperatorResult.Refused($"#{number}: the stop stays at {trade.Exits.Stop.Price}: {(trade.Position is null ? "there is no position" : "the new level is beyond the market, or no better")}");
        context.Save(moved);
        context.Note(number, $"{command.By} moved the stop to {moved.Exits.Stop.Price}");
        exits.Sync(number);
        return Done([], []);
    }

    private OperatorResult SetTrading(OperatorCommand.SetTrading set)
    {
        var current = context.State.Trading;
        if (set.Mode == TradingMode.Active && current is { NeedsAdmin: true } && !set.ByAdmin)
            return new OperatorResult.Refused($"the emergency stop by {current.By} can only be lifted by an admin");
        if (current.Mode == TradingMode.Halted && set.Mode == TradingMode.ReducingOnly)
            return new OperatorResult.Refused("trading is halted already, which is stricter");
        // An emergency stop is not weakened by a later pause or stop.
        if (current.NeedsAdmin && set.Mode == TradingMode.ReducingOnly)
            return Done([], []);
        var staysLocked = current.NeedsAdmin && set.Mode != TradingMode.Active;
        Put(new TradingState(set.Mode, set.By, set.Reason, context.Now, staysLocked || set.Mode == TradingMode.Active || set.For is not { } span ? null : context.Now + span, staysLocked));
        context.Notify(new Notification.TradingStateChanged(context.State.Trading));
        return Done([], []);
    }

    private OperatorResult SetProbation(OperatorCommand.SetProbation set)
    {
        var known = context.State.ProbationOf(set.Channel);
        if (set.OnProbation == known is not null)
            return new OperatorResult.Refused($"{set.Channel} is {(known is null ? "not on probation" : $"on probation already, since {known.Since}")}");
        context.State.Probations = known is null
            ? [.. context.State.Probations, new ChannelProbation(set.Channel, context.Now, set.Reason)]
            : [.. context.State.Probations.Where(probation => probation != known)];
        context.Changes.Other = true;
        context.Notify(new Notification.ProbationChanged(set.Channel, set.OnProbation, set.Reason));
        return Done([], []);
    }

    private OperatorResult ReadAccount()
    {
        context.AskAboutAll(context.Settings.Account);
        return Done([], []);
    }

    private OperatorResult EmergencyStop(OperatorCommand.EmergencyStop stop)
    {
        // A halt is stricter and stays; from now on only an admin lifts either.
        if (!context.State.Trading.NeedsAdmin)
            Put(new TradingState(
                context.State.Trading.Mode == TradingMode.Halted ? TradingMode.Halted : TradingMode.ReducingOnly, stop.By, "emergency stop", context.Now, NeedsAdmin: true));
        OperatorResult.Done done;
        if (stop.Flatten)
        {
            done = (OperatorResult.Done)CloseEverything(stop.By, ExitReason.EmergencyStop);
        }
        else
        {
            var withdrawn = new List<int>();
            foreach (var trade in context.State.ActiveTrades.Where(HasWaitingEntries).ToArray())
            {
                withdrawn.Add(trade.Number);
                context.Save(trade with { EntriesClosed = trade.EntriesClosed ?? $"emergency stop by {stop.By}" });
                exits.Sync(trade.Number);
            }

            done = (OperatorResult.Done)Done([], withdrawn);
        }

        context.Notify(new Notification.EmergencyStopped(stop.By, done.Withdrawn, done.Closing, done.StillOpen));
        return done;
    }

    private OperatorResult Done(IReadOnlyList<int> closing, IReadOnlyList<int> withdrawn) => new OperatorResult.Done(
        closing, withdrawn, [.. context.State.ActiveTrades.Where(trade => !trade.OpenQuantity.IsZero).Select(trade => trade.Number)], context.State.Trading);

    private OperatorResult.Refused? Active(int number, out Trade trade)
    {
        if (!context.State.Trades.TryGetValue(number, out trade!))
            return new OperatorResult.Refused($"there is no open trade #{number}");
        return trade.IsFinished ? new OperatorResult.Refused($"trade #{number} has ended") : null;
    }

    private bool HasWaitingEntries(Trade trade) =>
        context.State.OrdersOf(trade.Number).Any(order => order.IsLive && order.Intent.Purpose is OrderPurpose.Entry && order.State is not OrderState.CancelRequested);

    private void Put(TradingState state)
    {
        context.State.Trading = state;
        context.Changes.Other = true;
    }
}
