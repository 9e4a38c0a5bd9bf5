using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>Decides about one trade idea and, where the risk gate lets it through, sends its entry orders. Every decision is kept with its arithmetic.</summary>
internal sealed class SignalDecider(EngineContext context, PlanBuilder plans, OrderDesk desk, LossLimits losses)
{
    /// <returns>The number of the decision, which is also the number of the trade.</returns>
    public int Decide(TradeSignal signal, double confidence)
    {
        losses.Roll();
        var number = context.State.NextNumber++;
        var decision = new Decision
        {
            Number = number,
            SignalId = signal.Id,
            Channel = signal.Channel,
            MessageId = signal.MessageId,
            Revision = signal.Revision,
            PostedAt = signal.PostedAt,
            DecidedAt = context.Now,
            Outcome = DecisionOutcome.Accepted,
            Pair = signal.Idea.Pair.ToString(),
            Side = signal.Idea.Side,
            Confidence = confidence,
            Fields = signal.Idea.Fields,
        };

        var (plan, failure) = plans.Build(signal);
        if (plan is null)
        {
            Deny(decision with { Failure = failure });
            return number;
        }

        var quote = context.State.Market(plan.Instrument.Symbol).Quote;
        var verdict = context.Gate.Decide(plan, Portfolio(plan, quote));
        decision = decision with { Quote = quote, Checks = verdict.Checks, Sizing = verdict.Sizing };
        if (verdict.Denial is { } denial)
        {
            Deny(decision with { Failure = new RuleFailure(denial.Code, denial.Text) });
            return number;
        }

        context.Changes.Decisions.Add(decision);
        Open(number, plan, verdict);
        return number;
    }

    /// <summary>Keeps a decision about something that was not traded.</summary>
    public int Record(ChannelMessage message, DecisionOutcome outcome, SignalDraft draft, RuleFailure reason, double confidence)
    {
        var number = context.State.NextNumber++;
        context.Changes.Decisions.Add(new Decision
        {
            Number = number,
            SignalId = SignalId.From(message, 0),
            Channel = message.Channel,
            MessageId = message.MessageId,
            Revision = message.Revision,
            PostedAt = message.PostedAt,
            DecidedAt = context.Now,
            Outcome = outcome,
            Pair = draft.Pair?.ToString() ?? "?",
            Side = draft.Side,
            Confidence = confidence,
            Fields = draft.Fields,
            Failure = reason,
        });
        return number;
    }

    private void Deny(Decision decision)
    {
        context.Changes.Decisions.Add(decision with { Outcome = DecisionOutcome.Denied });
        context.Notify(new Notification.SignalDenied(decision.Number, decision.Channel, decision.Pair, decision.Side, decision.Failure!.Code, decision.Failure.Text));
    }

    private void Open(int number, TradePlan plan, RiskDecision verdict)
    {
        var sizing = verdict.Sizing!;
        var trade = new Trade
        {
            Number = number,
            Signal = plan.Signal,
            Account = plan.Account,
            Instrument = plan.Instrument,
            Side = plan.Side,
            Leverage = sizing.Leverage,
            PriceMultiplier = plan.PriceMultiplier,
            Legs = [.. plan.Legs.Zip(sizing.LegQuantities).Select((leg, index) => new TradeLeg(index, leg.First.Kind, leg.First.Price, leg.Second))],
            PlannedEntry = plan.AverageEntry,
            Exits = plan.Exits,
            PlannedLoss = sizing.PlannedLoss,
            CreatedAt = context.Now,
            EntriesExpireAt = context.Now + (plan.Signal.Idea.EntryValidFor ?? context.Settings.EntryValidFor),
            PlannedForLater = plans.IsPlannedForLater(plan),
        };
        context.Save(trade);
        context.State.RecentIdeas.Add(new RecentIdea(
            number, plan.Signal.Id, plan.Signal.Channel, plan.Signal.MessageId, plan.Instrument.Symbol, plan.Side, plan.AverageEntry, context.Now));
        foreach (var leg in trade.Legs.Where(leg => !leg.Quantity.IsZero))
            desk.PlaceEntry(number, leg, verdict);
        context.Notify(new Notification.EntryWaiting(number));
    }

    private Portfolio Portfolio(TradePlan plan, Quote? quote)
    {
        var state = context.State;
        // A trade that has ended and whose entries are not gone for certain may still turn into a position: it holds its place until they are.
        var exposures = state.Trades.Values
            .Where(trade => trade.Account == plan.Account && (!trade.IsFinished || state.OrdersOf(trade.Number).Any(order => order.Intent.Purpose is OrderPurpose.Entry && (order.IsLive || context.MayTurnUp(order)))))
            .Select(TradeExposures.Of).ToArray();
        var equity = state.Equity;
        return new Portfolio
        {
            Now = context.Now,
            Equity = equity,
            // Conservative: margin of waiting entries counts as used, and open profit does not count as free.
            FreeMargin = equity is { } known && state.Wallet is { } wallet
                ? state.ActiveTrades.Aggregate(known < wallet ? known : wallet, (left, trade) => left - TradeExposures.Margin(trade))
                : null,
            Quote = quote,
            TradingState = state.EffectiveTrading,
            AccountUnreadableSince = state.Outage?.Since,
            HoldsStops = context.Capabilities.HoldsStops,
            StopsUnwatchedSince = WatchedStops.BlindSince(state, context.Capabilities),
            ForeignIn = [.. state.Foreign.Select(position => position.Symbol)],
            Day = state.Day,
            Week = state.Week,
            Trades = exposures,
            RecentIdeas = state.RecentIdeas,
        };
    }
}
