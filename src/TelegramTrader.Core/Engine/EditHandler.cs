using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// What an edit or a deletion of a post does to the trade that came from it. Only the difference is applied: stop and targets move, entries that are
/// not filled are withdrawn when their prices changed. A position is never closed because a channel tidies up behind itself.
/// </summary>
internal sealed class EditHandler(EngineContext context, ExitOrders exits, PlanBuilder plans)
{
    public Trade[] TradesOf(ChannelMessage message) =>
        [.. context.State.Trades.Values.Where(trade => trade.Signal.Channel == message.Channel && trade.Signal.MessageId == message.MessageId)];

    public void OnDeleted(ChannelMessage message)
    {
        foreach (var trade in TradesOf(message).Where(trade => !trade.IsFinished))
        {
            if (trade.Stage == TradeStage.Waiting)
                context.Save(trade with { EntriesClosed = trade.EntriesClosed ?? "the channel deleted the post" });
            Tell(trade, MessageChange.Deleted, trade.Stage == TradeStage.Waiting ? "the waiting entries are withdrawn" : "the position stays managed with its stop and targets");
            exits.Sync(trade.Number);
        }
    }

    /// <returns>What came of it, in words.</returns>
    public string OnEdited(ChannelMessage message, Trade[] trades, ParseResult result)
    {
        if (trades.All(trade => trade.IsFinished))
            return "the trade of this post has ended; the edit is recorded only";
        if (result is not ParseResult.Signal signal)
            return "the edited text is no signal; the trade stays as it is";
        var effects = new List<string>();
        foreach (var trade in trades.Where(trade => !trade.IsFinished))
        {
            var idea = signal.Ideas.FirstOrDefault(idea => idea.Pair.Base == trade.Signal.Idea.Pair.Base);
            var effect = idea is null ? "the edited post no longer has this symbol; the trade stays as it is"
                : idea.Side != trade.Side ? "the edited post turned to the other side; the trade stays as it is"
                : Apply(message, trade, idea);
            effects.Add($"#{trade.Number}: {effect}");
        }

        return string.Join("; ", effects);
    }

    private string Apply(ChannelMessage message, Trade trade, ParsedSignal idea)
    {
        var (plan, failure) = plans.Build(trade.Signal with { Revision = message.Revision, Idea = idea });
        if (plan is null)
            return $"the edited post can't be followed: {failure!.Text}";
        var done = new List<string>();
        var changed = trade;
        var earlier = trade.Signal.Idea;
        // A level is followed where the post gives one and gives another than before; what the post leaves out stays.
        if (idea.Stop is StopPlan.AtPrice or StopPlan.AtLoss && idea.Stop != earlier.Stop && plan.Exits.Stop.Price != trade.Exits.Stop.Price
            && StopMoves.To(context, changed, plan.Exits.Stop.Price, StopReason.ByChannel, out var moved))
        {
            done.Add($"stop {trade.Exits.Stop.Price} → {plan.Exits.Stop.Price}");
            changed = moved;
        }

        if (idea.Targets.Count > 0 && !idea.Targets.SequenceEqual(earlier.Targets) && trade.Exits.HighestHit == 0)
        {
            done.Add($"{plan.Exits.Targets.Count} target(s) set anew");
            changed = changed with { Exits = changed.Exits with { Targets = plan.Exits.Targets, RunnerShare = plan.Exits.RunnerShare } };
        }

        if (!idea.Entry.Prices.SequenceEqual(earlier.Entry.Prices) && idea.Entry.Prices.Count > 0 && changed.EntriesClosed is null)
        {
            done.Add("the entry changed: entries that are not filled are withdrawn");
            changed = changed with { EntriesClosed = "the channel changed the entry" };
        }

        if (done.Count == 0)
            return "nothing that matters changed";
        context.Save(changed with { Signal = changed.Signal with { Idea = idea with { Entry = earlier.Entry } } });
        var effect = string.Join(", ", done);
        Tell(trade, MessageChange.Edited, effect);
        exits.Sync(trade.Number);
        return effect;
    }

    private void Tell(Trade trade, MessageChange change, string effect)
    {
        context.Note(trade.Number, $"the channel {(change == MessageChange.Deleted ? "deleted" : "edited")} the post: {effect}");
        context.Notify(new Notification.PostChanged(trade.Number, change, effect));
    }
}
