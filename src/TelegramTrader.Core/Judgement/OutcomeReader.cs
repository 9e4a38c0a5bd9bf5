using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement;

/// <summary>From what a run recorded to one outcome for each signal.</summary>
internal sealed class OutcomeReader(PostBacktestOrder order, IReadOnlyDictionary<(ChannelId Channel, long MessageId), ChannelMessage[]> versions)
{
    /// <summary>
    /// One outcome for each idea of each post. An alert that an edit completed was decided about twice: what was traded counts, else what was said first.
    /// </summary>
    /// <param name="record">What was committed.</param>
    /// <param name="lastQuotes">The price of a symbol where the run ended.</param>
    public IEnumerable<SignalOutcome> Read(RunRecord record, Func<Symbol, Quote?> lastQuotes) => record.Decided
        .Where(idea => idea.Decision.Outcome != DecisionOutcome.Doubtful)
        .GroupBy(idea => (idea.Message.Channel, idea.Message.MessageId, idea.Place))
        .Select(group => group.FirstOrDefault(idea => idea.Decision.Outcome == DecisionOutcome.Accepted) ?? group.First())
        .OrderBy(idea => idea.Decision.Number)
        .Select(idea => Outcome(idea, record, lastQuotes))
        .OfType<SignalOutcome>();

    private SignalOutcome? Outcome(DecidedIdea idea, RunRecord record, Func<Symbol, Quote?> lastQuotes)
    {
        var (message, decision) = (idea.Message, idea.Decision);
        var trade = record.TradeOf(decision.Number);
        // What names neither a coin nor a side can't be followed by anybody; it stays in the counts of the posts.
        if (decision.Side is not { } side || (trade?.Instrument.Symbol ?? SymbolOf(idea)) is not { } symbol)
            return null;
        var later = versions[(message.Channel, message.MessageId)].Where(version => version.Revision > message.Revision).ToArray();
        var outcome = new SignalOutcome
        {
            Id = decision.SignalId,
            Channel = message.Channel,
            MessageId = message.MessageId,
            Symbol = symbol,
            Side = side,
            // The first version's time: an alert that an edit completed was posted when it was an alert.
            PostedAt = versions[(message.Channel, message.MessageId)][0].PostedAt,
            ActedAt = message.ReceivedAt,
            End = SignalEnd.Denied,
            Reason = decision.Failure?.Code,
            PostHadStop = idea.Idea is { } read ? read.Stop is not StopPlan.Missing : decision.Fields.Any(field => field.Name == "stop"),
            EditedLater = later.Any(version => version.Change == MessageChange.Edited && version.Text != message.Text),
            DeletedLater = later.Any(version => version.Change == MessageChange.Deleted),
        };
        return trade is null ? outcome : Traded(outcome, trade, record.AsPlanned(decision.Number)!.Exits, lastQuotes(symbol));
    }

    private static SignalOutcome Traded(SignalOutcome outcome, Trade trade, ExitPlan planned, Quote? last)
    {
        outcome = outcome with
        {
            Stop = planned.InitialStop.Value,
            Targets = [.. planned.Targets.Select(target => target.Price.Value)],
            TargetsReached = trade.Exits.HighestHit,
            SameCandleConflicts = trade.SameCandleConflicts,
        };
        var open = trade.Position;
        if (open is null && trade.Closed.Count == 0)
            return outcome with { End = SignalEnd.Unfilled, Reason = trade.End is TradeEnd.NeverFilled never ? never.Reason : "the prices end before an entry" };

        var contract = trade.Instrument.ContractSize;
        var entered = trade.Closed.Sum(part => part.Quantity.Value) + (open?.Entered.Value ?? 0m);
        var entryValue = trade.Closed.Sum(part => part.AverageEntry.Value * part.Quantity.Value) + (open is null ? 0m : open.EntryValue.Amount / contract);
        var openGross = open is null ? 0m : open.Realised.Amount + (last is { } quote ? open.UnrealisedAt(quote.ExitPrice(trade.Side)).Amount : 0m);
        var gross = trade.Closed.Sum(part => part.Gross.Amount) + openGross;
        var fees = trade.Closed.Sum(part => part.Fees.Amount) + (open?.Fees.Amount ?? 0m);
        var funding = trade.Closed.Sum(part => part.Funding.Amount) + (open?.Funding.Amount ?? 0m);
        var oneR = (trade.OneR?.Amount ?? 0m) + (open is null ? 0m : Math.Abs(open.AverageEntry - trade.Exits.InitialStop) * open.Entered.Value * contract);
        var net = gross - fees + funding;
        return outcome with
        {
            End = trade.IsFinished ? SignalEnd.Closed : SignalEnd.StillOpen,
            Reason = trade.End is TradeEnd.PositionClosed closed ? Word(closed.Reason) : null,
            EntryPrice = entryValue / entered,
            OpenedAt = trade.Closed.Count > 0 ? trade.Closed[0].OpenedAt : open!.OpenedAt,
            ClosedAt = trade.IsFinished ? trade.Closed[^1].ClosedAt : null,
            Gross = gross,
            Fees = fees,
            Funding = funding,
            Net = net,
            RMultiple = oneR > 0m ? net / oneR : null,
        };
    }

    /// <summary>As the exchange would list it; null when the post names nothing that could be a symbol.</summary>
    private Symbol? SymbolOf(DecidedIdea idea)
    {
        var pair = idea.Idea?.Pair ?? PairOf(idea.Decision.Pair);
        if (pair is null)
            return null;
        var candidates = VenueSymbols.Candidates(pair, idea.Idea?.Market ?? MarketKind.Unknown, order.Settings.QuoteAliases).Select(candidate => candidate.Symbol).ToArray();
        return candidates.FirstOrDefault(candidate => order.Instruments.Any(instrument => instrument.Symbol == candidate)) ?? candidates.FirstOrDefault();
    }

    private static PairName? PairOf(string text)
    {
        var parts = text.Split('/');
        return text == "?" ? null : new PairName(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static string Word(ExitReason reason) => reason switch
    {
        ExitReason.Target => "target",
        ExitReason.Stop => "stop",
        ExitReason.Breakeven => "breakeven",
        ExitReason.TrailingStop => "trailing-stop",
        ExitReason.TimeLimit => "time-limit",
        ExitReason.ByChannel => "channel",
        ExitReason.ByUser => "user",
        ExitReason.EmergencyStop => "emergency-stop",
        ExitReason.StopRefused => "stop-refused",
        ExitReason.Liquidation => "liquidation",
        ExitReason.LossLimit => "loss-limit",
        ExitReason.Remainder => "remainder",
        ExitReason.OutsideTheBot => "outside",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not in the table of exit reasons."),
    };
}
