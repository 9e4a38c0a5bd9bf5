using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>Puts a signal into the terms of one instrument: symbol and scale found, entries turned into orders, targets shared out, defaults filled in.</summary>
internal sealed class PlanBuilder(EngineContext context)
{
    public (TradePlan? Plan, RuleFailure? Failure) Build(TradeSignal signal)
    {
        var idea = signal.Idea;
        var channel = context.ChannelOf(signal.Channel);
        if (!channel.IsTraded)
            return (null, new RuleFailure(DenialCodes.ChannelNotTraded, $"{signal.Channel} is followed without trading"));
        // What is open stays managed: only new ideas come this way.
        if (context.Settings.DeniesOnProbation && !context.Capabilities.IsSimulated && context.State.ProbationOf(signal.Channel) is { } probation)
            return (null, new RuleFailure(DenialCodes.ChannelOnProbation, $"{signal.Channel} is on probation since {probation.Since}: {probation.Reason}"));
        if (idea.Market == MarketKind.Forex)
            return (null, new RuleFailure(DenialCodes.ForexNotTraded, $"{idea.Pair} is not traded on a crypto exchange"));
        if (SignalBounds.Check(idea) is { } impossible)
            return (null, impossible);
        var (venue, failure) = Venue(idea);
        if (venue is null)
            return (null, failure);

        var market = context.State.Market(venue.Symbol);
        var instrument = market.Instrument!;
        var (legs, legFailure) = Legs(idea, venue, instrument, market.Quote);
        if (legs is null)
            return (null, legFailure);
        var average = TradePlan.AverageOf(legs);
        var exits = Exits(idea, channel, venue, instrument, average);
        return (new TradePlan
        {
            Signal = signal,
            Account = context.Settings.Account,
            Instrument = instrument,
            Side = idea.Side,
            Legs = legs,
            Exits = exits,
            NamedEntry = idea.Entry.Prices.Count > 0 ? instrument.RoundToTick(idea.Entry.Prices[0].Value * venue.PriceMultiplier) : null,
            // Of a range the lower end: the size comes from the stop, and less leverage keeps liquidation farther away.
            RequestedLeverage = idea.Leverage?.Lowest ?? channel.Leverage,
            RequestedRisk = idea.Size is SizeHint.AtRisk risk ? risk.Fraction : channel.RiskPerTrade,
            PriceMultiplier = venue.PriceMultiplier,
        }, null);
    }

    /// <summary>The instrument that is meant, of those that are paid for in what the account holds.</summary>
    public (VenueSymbol? Found, RuleFailure? Failure) Venue(ParsedSignal idea)
    {
        var price = idea.Entry.Prices.Count > 0 ? idea.Entry.Prices[0] : AnyLevel(idea);
        var asset = context.State.Wallet?.Asset;
        var (found, failure) = Find(instrument => asset is null || instrument.QuoteAsset == asset);
        return found is null && failure!.Code == VenueSymbols.UnknownSymbol && Find(_ => true).Found is { } other
            ? (null, new RuleFailure(DenialCodes.OtherAsset, $"{other.Symbol} is not paid for in {asset}, which is what the account holds"))
            : (found, failure);

        (VenueSymbol? Found, RuleFailure? Failure) Find(Func<Instrument, bool> which) => VenueSymbols.Find(
            idea.Pair, idea.Market, price, context.Settings.QuoteAliases,
            symbol => context.State.Markets.TryGetValue(symbol, out var known) && known.Instrument is { } instrument && which(instrument),
            symbol => context.State.Market(symbol).Quote?.Mid);
    }

    /// <summary>The market is at or beyond the first target, or nearly: nothing is to be chased, the plan waits for the price to come back.</summary>
    public bool IsPlannedForLater(TradePlan plan)
    {
        if (plan.Exits.Targets.Count == 0 || context.State.Market(plan.Instrument.Symbol).Quote is not { } quote)
            return false;
        var target = plan.Exits.Targets[0].Price;
        var distance = plan.Side.Sign() * (target - quote.ExitPrice(plan.Side)) / target.Value;
        return distance <= context.Settings.PlannedForLaterWithin;
    }

    private (IReadOnlyList<PlannedLeg>? Legs, RuleFailure? Failure) Legs(ParsedSignal idea, VenueSymbol venue, Instrument instrument, Quote? quote)
    {
        switch (idea.Entry)
        {
            case EntryPlan.AtMarket:
                return quote is { } now
                    ? ([new PlannedLeg(new OrderKind.Market(), now.EntryPrice(idea.Side), 1m)], null)
                    : (null, new RuleFailure(DenialCodes.NoMarketData, $"no price of {instrument.Symbol} is known"));
            case EntryPlan.AtLimit limit:
                return ([Limit(limit.Price, 1m)], null);
            case EntryPlan.InRange range:
                return (RangeLegs(range, idea.Side, Scaled(range.Lowest), Scaled(range.Highest)), null);
            case EntryPlan.AsLadder ladder:
                var ordered = idea.Side == TradeSide.Long ? ladder.Rungs.OrderByDescending(rung => rung.Price) : ladder.Rungs.OrderBy(rung => rung.Price);
                return ([.. ordered.Select(rung => Limit(rung.Price, rung.Share))], null);
            case EntryPlan.OnBreakout breakout:
                var trigger = Scaled(breakout.Trigger);
                // A breakout that has happened already is an entry at the market, which the rule against chasing limits.
                return quote is { } current && !idea.Side.IsBetterExit(trigger, current.EntryPrice(idea.Side))
                    ? ([new PlannedLeg(new OrderKind.Market(), current.EntryPrice(idea.Side), 1m)], null)
                    : ([new PlannedLeg(new OrderKind.StopMarket(trigger), trigger, 1m)], null);
            default:
                throw new InvalidOperationException($"{idea.Entry.GetType().Name} is not in the set of entry plans.");
        }

        Price Scaled(Price price) => instrument.RoundToTick(price.Value * venue.PriceMultiplier);

        PlannedLeg Limit(Price price, decimal share) => new(new OrderKind.Limit(Scaled(price)), Scaled(price), share);

        IReadOnlyList<PlannedLeg> RangeLegs(EntryPlan.InRange range, TradeSide side, Price low, Price high)
        {
            var count = low == high ? 1 : Math.Max(1, context.Settings.OrdersPerRange);
            var (near, far) = side == TradeSide.Long ? (high, low) : (low, high);
            return [.. Enumerable.Range(0, count).Select(index =>
            {
                var price = count == 1 ? near : instrument.RoundToTick(near.Value + (far - near) * index / (count - 1));
                return new PlannedLeg(new OrderKind.Limit(price), price, index == count - 1 ? 1m - (count - 1) * (1m / count) : 1m / count);
            })];
        }
    }

    private ExitPlan Exits(ParsedSignal idea, ChannelSettings channel, VenueSymbol venue, Instrument instrument, Price averageEntry)
    {
        var sign = idea.Side.Sign();
        var loss = idea.Stop switch
        {
            StopPlan.AtLoss atLoss => atLoss.Fraction,
            StopPlan.Missing => channel.DefaultStop ?? context.Settings.DefaultStop,
            _ => (decimal?)null,
        };
        var stop = idea.Stop is StopPlan.AtPrice atPrice
            ? instrument.RoundToTick(atPrice.Price.Value * venue.PriceMultiplier)
            : instrument.RoundToTick(averageEntry.Value * (1m - sign * loss!.Value));

        var (targets, runner) = Targets(idea, channel, venue, instrument, averageEntry);
        var after = channel.BreakevenAfterTarget ?? context.Settings.BreakevenAfterTarget;
        var breakeven = idea.BreakevenAfterTarget ?? (targets.Count + (runner > 0m ? 1 : 0) > 1 && after > 0 ? after : null);
        return new ExitPlan
        {
            Stop = new StopLevel(stop, StopReason.Initial),
            InitialStop = stop,
            StopLoss = loss,
            Targets = targets,
            RunnerShare = runner,
            BreakevenAfterTarget = breakeven,
            BreakevenOffset = context.Settings.BreakevenOffset,
            Trailing = idea.Trailing is { } hint ? new TrailingStop(hint.Distance, hint.ActivationGain) : context.Settings.Trailing,
            CloseAfter = idea.CloseAfter ?? context.Settings.CloseAfter,
            StopOnCandleClose = context.Settings.CandlesClose && idea.Stop is StopPlan.AtPrice { OnCandleClose: true },
        };
    }

    /// <summary>Targets from the nearest to the farthest with shares that add up to 1 together with the runner. Shares that the post leaves out are equal parts of what is left.</summary>
    private (IReadOnlyList<PlannedTarget> Targets, decimal Runner) Targets(ParsedSignal idea, ChannelSettings channel, VenueSymbol venue, Instrument instrument, Price averageEntry)
    {
        IReadOnlyList<TargetPlan> plans = idea.Targets.Count > 0 ? idea.Targets : [new TargetPlan.AtGain(channel.DefaultTarget ?? context.Settings.DefaultTarget)];
        if (channel.TargetsUsed is { } most && plans.Any(plan => PriceOf(plan) is not null))
            plans = [.. plans.Where(plan => PriceOf(plan) is not null).OrderBy(plan => idea.Side.Sign() * PriceOf(plan)!.Value.Value).Take(most)];
        var given = plans.Sum(plan => plan.Share ?? 0m);
        var open = plans.Count(plan => plan.Share is null);
        // Shares above one are scaled down; without any left for the others, all count the same.
        var usable = given < 1m || open == 0;
        var rest = open > 0 && usable ? (1m - given) / open : 0m;
        var sum = open == 0 ? given : 1m;
        var levels = plans
            .Select(plan => (Plan: plan, Share: !usable ? 1m / plans.Count : (plan.Share ?? rest) / sum))
            .Select(entry => (entry.Plan, entry.Share, Price: PriceOf(entry.Plan)))
            .ToArray();
        var runner = levels.Where(level => level.Price is null).Sum(level => level.Share);
        var priced = levels.Where(level => level.Price is not null);
        var ordered = idea.Side == TradeSide.Long ? priced.OrderBy(level => level.Price) : priced.OrderByDescending(level => level.Price);
        return ([.. ordered.Select((level, index) => new PlannedTarget(index + 1, level.Price!.Value, level.Share, (level.Plan as TargetPlan.AtGain)?.Fraction))], runner);

        Price? PriceOf(TargetPlan plan) => plan switch
        {
            TargetPlan.AtPrice price => instrument.RoundToTick(price.Price.Value * venue.PriceMultiplier),
            TargetPlan.AtGain gain => instrument.RoundToTick(averageEntry.Value * (1m + idea.Side.Sign() * gain.Fraction)),
            _ => null,
        };
    }

    private static Price? AnyLevel(ParsedSignal idea) =>
        idea.Stop is StopPlan.AtPrice stop ? stop.Price : idea.Targets.OfType<TargetPlan.AtPrice>().Select(target => (Price?)target.Price).FirstOrDefault();
}
