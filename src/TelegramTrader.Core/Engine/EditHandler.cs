using TelegramTrader.Core.Market;
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
            var (effect, matters) = idea is null ? ("the edited post no longer has this symbol; the trade stays as it is", true)
                : idea.Side != trade.Side ? ("the edited post turned to the other side; the trade stays as it is", true)
                : Apply(message, trade, idea);
            if (matters)
                Tell(trade, MessageChange.Edited, effect);
            effects.Add($"#{trade.Number}: {effect}");
        }

        return string.Join("; ", effects);
    }

    private (string Effect, bool Matters) Apply(ChannelMessage message, Trade trade, ParsedSignal idea)
    {
        var (plan, failure) = plans.Build(trade.Signal with { Revision = message.Revision, Idea = idea });
        if (plan is null)
            return ($"the edited post can't be followed: {failure!.Text}", true);
        if (plan.Instrument.Symbol != trade.Instrument.Symbol)
            return ($"the edited post can't be followed: its prices are those of {plan.Instrument.Symbol}", true);
        // Percentages count from what was really entered.
        var wanted = trade.Position is { } position ? plan.Exits.AnchoredAt(position.AverageEntry, trade.Side, trade.Instrument) : plan.Exits;
        var effects = new List<string>();
        var earlier = trade.Signal.Idea;
        // A level is followed where the post gives one and gives another than before; what the post leaves out stays.
        var changed = idea.Stop is not StopPlan.Missing && idea.Stop != earlier.Stop && wanted.Stop.Price != trade.Exits.Stop.Price
            ? WithStop(trade, wanted, effects) : trade;
        if (idea.Targets.Count > 0 && !idea.Targets.SequenceEqual(earlier.Targets))
            changed = WithTargets(changed, wanted, plan.AverageEntry, effects);
        if (!idea.Entry.Prices.SequenceEqual(earlier.Entry.Prices) && idea.Entry.Prices.Count > 0 && changed.EntriesClosed is null)
        {
            effects.Add("the entry changed: entries that are not filled are withdrawn");
            changed = changed with { EntriesClosed = "the channel changed the entry" };
        }

        if (effects.Count == 0)
            return ("nothing that matters changed", false);
        context.Save(changed with { Signal = changed.Signal with { Idea = idea with { Entry = earlier.Entry } } });
        exits.Sync(trade.Number);
        return (string.Join(", ", effects), true);
    }

    private Trade WithStop(Trade trade, ExitPlan wanted, List<string> effects)
    {
        if (StopMoves.ByChannel(context, trade, wanted.Stop.Price, out var moved) is { } refusal)
        {
            effects.Add($"stop stays at {trade.Exits.Stop.Price}: {refusal}");
            return trade;
        }

        effects.Add($"stop {trade.Exits.Stop.Price} → {wanted.Stop.Price}");
        return trade.Position is null ? moved with { Exits = moved.Exits with { StopLoss = wanted.StopLoss } } : moved;
    }

    private static Trade WithTargets(Trade trade, ExitPlan wanted, Price plannedEntry, List<string> effects)
    {
        var entry = trade.Position?.AverageEntry ?? plannedEntry;
        if (trade.Exits.HighestHit > 0)
            effects.Add($"targets stay: target {trade.Exits.HighestHit} was hit");
        else if (wanted.Targets.FirstOrDefault(target => !trade.Side.IsBetterExit(target.Price, entry)) is { } wrong)
            // An order there would close at once.
            effects.Add($"targets stay: {wrong.Price} is on the losing side of the entry {entry}");
        else
        {
            effects.Add($"{wanted.Targets.Count} target(s) set anew");
            return trade with { Exits = trade.Exits with { Targets = wanted.Targets, RunnerShare = wanted.RunnerShare } };
        }

        return trade;
    }

    private void Tell(Trade trade, MessageChange change, string effect)
    {
        context.Note(trade.Number, $"the channel {(change == MessageChange.Deleted ? "deleted" : "edited")} the post: {effect}");
        context.Notify(new Notification.PostChanged(trade.Number, change, effect));
    }
}
