using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Ties a follow-up to its trade (the post it answers first, else symbol and recency within the channel) and carries it out.
/// Reports and claims are recorded and move nothing; a condition is recorded and not guessed at.
/// </summary>
internal sealed class UpdateHandler(EngineContext context, ExitOrders exits)
{
    /// <returns>What came of it, in words.</returns>
    public string Apply(ChannelMessage message, ParsedUpdate update)
    {
        var (trades, problem) = Find(message, update);
        if (update.IsReport)
        {
            foreach (var trade in trades)
                context.Note(trade.Number, $"the channel reports {update.Action}{(update.TargetIndex is { } index ? $" {index}" : "")}{(update.ClaimedPercent is { } claimed ? $", claims {claimed:0.##} %" : "")}");
            return trades.Length == 0 ? $"report of {update.Action}, {problem ?? "no trade of ours"}" : $"report of {update.Action} on {Names(trades)}, recorded";
        }

        if (update.Condition is { } condition)
        {
            foreach (var trade in trades)
                context.Note(trade.Number, $"the channel gave a condition: {condition}");
            return NotApplied(message, update, $"it depends on a condition: {condition}");
        }

        if (trades.Length == 0)
            return NotApplied(message, update, problem ?? "there is no such trade");
        var results = trades.Select(trade => $"#{trade.Number} {Carry(trade.Number, message, update)}").ToArray();
        return string.Join("; ", results);
    }

    private string Carry(int number, ChannelMessage message, ParsedUpdate update)
    {
        var results = new List<string>();
        foreach (var action in update.Actions)
        {
            var trade = context.State.Trades[number];
            if (trade.IsFinished)
                break;
            var outcome = action switch
            {
                UpdateAction.Close => Close(trade, 1m),
                UpdateAction.ClosePartial => ClosePart(trade, message, update.Fraction ?? 0.5m),
                UpdateAction.Cancel => Cancel(trade),
                UpdateAction.MoveStop => MoveStop(trade, update),
                UpdateAction.MoveStopToEntry => StopToEntry(trade),
                UpdateAction.StopHit or UpdateAction.TargetHit or UpdateAction.EntryFilled or UpdateAction.Other => (Outcome?)null,
                _ => throw new InvalidOperationException($"{action} is not in the set of update actions."),
            };
            if (outcome is not { } result)
                continue;
            results.Add(result.Effect);
            context.Note(number, $"update by the channel: {result.Effect}");
            if (result.Done)
                exits.Sync(number);
            else
                context.Notify(new Notification.UpdateNotApplied(message.Channel, action, trade.Signal.Idea.Pair.ToString(), $"#{number} {result.Effect}"));
        }

        return results.Count == 0 ? "recorded" : string.Join(", ", results);
    }

    private Outcome Close(Trade trade, decimal fraction)
    {
        if (trade.OpenQuantity.IsZero)
            return fraction == 1m ? Cancel(trade) : new Outcome(false, "has no position to close a part of");
        var (done, effect) = TradeCloses.Request(context, trade, fraction, ExitReason.ByChannel, trade.Signal.Channel.Value);
        return new Outcome(done, effect);
    }

    /// <summary>A part is closed once a post: an edit of the same post would close a part of what is left.</summary>
    private Outcome ClosePart(Trade trade, ChannelMessage message, decimal fraction) =>
        context.Book("part", $"{message.Channel}/{message.MessageId}/{trade.Number}")
            ? Close(trade, fraction)
            : new Outcome(false, "part not closed: this post closed a part before");

    private Outcome Cancel(Trade trade)
    {
        context.Save(trade with { EntriesClosed = trade.EntriesClosed ?? "cancelled by the channel" });
        return new Outcome(true, trade.OpenQuantity.IsZero ? "entries withdrawn" : "waiting entries withdrawn, the position stays");
    }

    private Outcome MoveStop(Trade trade, ParsedUpdate update)
    {
        if (update.Price is not { } price)
            return new Outcome(false, "stop not moved: the post names no price");
        if (price > SignalBounds.HighestPrice)
            return new Outcome(false, $"stop not moved: {price} is above {SignalBounds.HighestPrice}, which nothing costs");
        var level = trade.Instrument.RoundToTick(price.Value * trade.PriceMultiplier);
        if (Math.Abs(level.FractionFrom(trade.Exits.Stop.Price)) > context.Settings.Risk.FarthestStop)
            return new Outcome(false, string.Create(CultureInfo.InvariantCulture, $"stop not moved: {level} is more than {context.Settings.Risk.FarthestStop * 100m:0.##} % away from {trade.Exits.Stop.Price}"));
        if (StopMoves.ByChannel(context, trade, level, out var moved) is { } refusal)
            return new Outcome(false, "stop not moved: " + refusal);
        context.Save(moved);
        return new Outcome(true, $"stop moved to {level}");
    }

    private Outcome StopToEntry(Trade trade)
    {
        if (trade.Position is not { } position)
            return new Outcome(false, "stop not moved to the entry: nothing is open yet");
        if (!StopMoves.ToEntry(context, trade, StopReason.Breakeven, out var moved))
        {
            // Asked for what is so already, often by the very target that moved it: carried out, and nobody is troubled.
            return trade.Side.IsBetterExit(position.AverageEntry, trade.Exits.Stop.Price)
                ? new Outcome(false, $"stop not moved to the entry {position.AverageEntry}: the market is beyond it; the stop stays at {trade.Exits.Stop.Price}")
                : new Outcome(true, $"the stop is at {trade.Exits.Stop.Price} already");
        }

        context.Save(moved);
        return new Outcome(true, $"stop moved to the entry {moved.Exits.Stop.Price}");
    }

    private (Trade[] Trades, string? Problem) Find(ChannelMessage message, ParsedUpdate update)
    {
        var ofChannel = context.State.Trades.Values.Where(trade => trade.Signal.Channel == message.Channel && (update.OnlySide is null || trade.Side == update.OnlySide));
        var active = ofChannel.Where(trade => !trade.IsFinished).ToArray();
        if (message.ReplyTo is { } reply && ofChannel.Where(trade => trade.Signal.MessageId == reply).ToArray() is { Length: > 0 } answered)
            return answered.All(trade => trade.IsFinished) ? ([], $"the trade of the answered post has ended ({Names(answered)})") : ([.. answered.Where(trade => !trade.IsFinished)], null);
        if (update.EveryTrade || update.OnlySide is not null && update.Pair is null)
            return (active, active.Length == 0 ? "the channel has no open trade" : null);
        if (update.Pair is { } pair)
        {
            var named = active.Where(trade => trade.Signal.Idea.Pair.Base == pair.Base).ToArray();
            return named.Length == 0 ? ([], $"the channel has no open trade in {pair.Base}") : ([named[^1]], null);
        }

        return active.Length switch
        {
            0 => ([], "the channel has no open trade"),
            1 => (active, null),
            _ => ([], $"it names no symbol and the channel has {active.Length} open trades ({Names(active)})"),
        };
    }

    private string NotApplied(ChannelMessage message, ParsedUpdate update, string reason)
    {
        context.Notify(new Notification.UpdateNotApplied(message.Channel, update.Action, update.Pair?.ToString(), reason));
        return $"{update.Action} not carried out: {reason}";
    }

    private readonly record struct Outcome(bool Done, string Effect);

    private static string Names(IEnumerable<Trade> trades) => string.Join(", ", trades.Select(trade => $"#{trade.Number}"));
}
