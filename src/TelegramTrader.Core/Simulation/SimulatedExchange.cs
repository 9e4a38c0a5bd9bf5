using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Simulation;

/// <summary>
/// An exchange that exists only here, for backtests and for trading on paper alike: market, limit, stop and take-profit orders, fees, spread, slippage,
/// volume, funding, margin, liquidation, latency, and an exchange's refusals. It moves only when it is given a quote, or a candle and then
/// <see cref="Advance"/> step by step, so that whoever listens can answer one thing before the next happens. Same input, same output, to the last digit.
/// </summary>
public sealed class SimulatedExchange : IExchange
{
    private readonly SimulationSettings _settings;
    private readonly QuietableSink _sink;
    private readonly SimulatedLedger _ledger;
    private readonly SimulatedMatching _matching;
    private readonly Dictionary<Symbol, SimulatedMarket> _markets = [];
    private readonly Dictionary<ClientOrderId, SimulatedOrder> _orders = [];
    private readonly Dictionary<string, Instant> _fundedUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<ClientOrderId, SimulatedOrder> _changedOrders = [];
    private readonly Dictionary<ClientOrderId, List<Fill>> _fillsByOrder = [];
    private readonly List<SimulatedMarket> _walking = [];
    private long _nextOrder = 1;
    private int _onTheirWay;
    private int _storedFills;
    private bool _isChanged;

    public SimulatedExchange(SimulationSettings settings, IReadOnlyList<Instrument> instruments, IEventSink sink)
    {
        _settings = settings;
        _sink = new QuietableSink(sink);
        _ledger = new SimulatedLedger(settings, _sink);
        _matching = new SimulatedMatching(settings, _ledger);
        foreach (var instrument in instruments)
        {
            if (instrument.QuoteAsset != settings.StartingBalance.Asset)
                throw new ArgumentException($"{instrument.Symbol} is settled in {instrument.QuoteAsset}, but the account holds {settings.StartingBalance.Asset}.", nameof(instruments));
            _markets.Add(instrument.Symbol, new SimulatedMarket(instrument));
        }
    }

    public AccountId Account => _settings.Account;

    public ExchangeCapabilities Capabilities { get; } = new(HoldsStops: true);

    /// <summary>The exchange's own time: of the last quote or step.</summary>
    public Instant Clock { get; private set; }

    public long Step { get; private set; }

    public Money Wallet => _ledger.Wallet;

    public int SameCandleConflicts { get; private set; }

    public IReadOnlyList<Instrument> Instruments => [.. _markets.Values.Select(market => market.Instrument)];

    public IEnumerable<SimulatedPosition> Positions => _markets.Values.Select(market => market.Position).OfType<SimulatedPosition>();

    public IEnumerable<SimulatedOrder> LiveOrders => _markets.Values.SelectMany(market => market.Orders);

    public IReadOnlyList<Fill> Fills => _ledger.Fills;

    /// <summary>Candles that were begun and are not walked to their end.</summary>
    public bool IsWalking => _walking.Count > 0;

    /// <summary>Open time of the candles that were begun last; null before the first.</summary>
    public Instant? CandlesBegun { get; private set; }

    public void Place(ApprovedOrder order)
    {
        var intent = order.Intent;
        if (_orders.ContainsKey(intent.Id))
        {
            Answer(intent.Id, new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.DuplicateClientOrderId, "duplicate", $"the client order id {intent.Id} was used before")));
            return;
        }

        if (!_markets.TryGetValue(intent.Symbol, out var market))
        {
            Answer(intent.Id, new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.UnknownSymbol, "symbol", $"{intent.Symbol} is not listed")));
            return;
        }

        _onTheirWay++;
        Put(market, new SimulatedOrder
        {
            Intent = intent,
            ExchangeOrderId = "p" + (_nextOrder++).ToString(CultureInfo.InvariantCulture),
            ArrivesAt = Clock + _settings.Latency,
        });
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId)
    {
        if (!_orders.TryGetValue(orderId, out var order) || !order.IsLive)
        {
            Answer(orderId, new OrderAnswer.CancelRefused(NoSuchOrder(orderId)));
            return;
        }

        if (order.CancelArrivesAt is not null)
            return;
        _onTheirWay++;
        Put(_markets[symbol], order with { CancelArrivesAt = Clock + _settings.Latency });
    }

    public void AskAccount(IReadOnlyList<ClientOrderId> orders)
    {
        var reported = orders.Select(id => _orders.TryGetValue(id, out var order) ? Report(order) : new ReportedOrder(id, new OrderAnswer.NotFound(), false)).ToArray();
        var fills = orders.SelectMany(id => _fillsByOrder.TryGetValue(id, out var list) ? list : []).ToArray();
        var positions = Positions.Select(position => new ReportedPosition(
            position.Symbol, position.Side, position.Quantity,
            new Price(position.Cost / (position.Quantity.Value * _markets[position.Symbol].Instrument.ContractSize)))).ToArray();
        _sink.Post(new EngineEvent.AccountReported(new AccountReport(
            Account, Wallet, reported, fills, positions, [.. _ledger.RecentFunding], [.. _ledger.RecentLiquidations])) { At = Clock });
    }

    /// <summary>Time passes without a price. It never goes back.</summary>
    public void MoveTo(Instant time) => Clock = Instant.Later(Clock, time);

    /// <summary>A live price: what is on its way arrives, and what the price sets off happens.</summary>
    public void OnQuote(in Quote quote)
    {
        MoveTo(quote.Time);
        if (!_markets.TryGetValue(quote.Symbol, out var market))
            return;
        var point = PricePoint.Of(quote);
        market.Point = point;
        // As in a candle: what the price does to the position comes before any order, else a gap beyond a stop could cost more than the margin.
        LiquidateWhenDue(market, point, quote.Time);
        if (_onTheirWay > 0)
            Arrivals(market, point, quote.Time);
        if (market.Orders.Count > 0)
            Triggers(market, point, quote.Time);
        LiquidateWhenDue(market, point, quote.Time);
    }

    /// <summary>
    /// Candles of one timeframe and one open time, one a symbol. What was handed over while they lasted, from outside, takes part from the next candle on:
    /// where in the candle the price stood at that moment is not known, and the next open is a price that really was. What was handed over before they began
    /// and is still on its way arrives in them when it is due.
    /// </summary>
    public void Begin(IReadOnlyList<(Symbol Symbol, Candle Candle)> candles)
    {
        if (IsWalking)
            throw new InvalidOperationException("The candles begun before are not walked to their end.");
        if (candles.Count == 0)
            throw new ArgumentException("There are no candles to begin.", nameof(candles));
        CandlesBegun = candles[0].Candle.OpenTime;
        foreach (var (symbol, candle) in candles)
        {
            var market = _markets[symbol];
            foreach (var order in market.Orders.ToArray())
            {
                var arrives = order.Phase == SimulatedPhase.OnItsWay ? TakesPartAt(order.ArrivesAt, candle) : order.ArrivesAt;
                var cancels = order.CancelArrivesAt is { } cancel ? TakesPartAt(cancel, candle) : (Instant?)null;
                if (arrives != order.ArrivesAt || cancels != order.CancelArrivesAt)
                    Put(market, order with { ArrivesAt = arrives, CancelArrivesAt = cancels });
            }

            market.Walk = CandleWalk.Start(symbol, candle);
            _walking.Add(market);
        }

        _walking.Sort((left, right) => left.Instrument.Symbol.CompareTo(right.Instrument.Symbol));
    }

    /// <summary>One step on the way through the candles begun: one arrival, one order set off, or one point reached. False when all are at their end.</summary>
    public bool Advance()
    {
        SimulatedMarket? first = null;
        WalkStep next = default;
        foreach (var market in _walking)
        {
            var candidate = CandleSteps.Next(market, _settings);
            if (first is null || candidate.Time < next.Time)
                (first, next) = (market, candidate);
        }

        if (first is null)
            return false;
        Step++;
        Clock = next.Time;
        Take(first, next);
        if (first.Walk is { IsDone: true } done)
        {
            first.LastVolume = done.Candle.Volume;
            first.Walk = null;
            _walking.Remove(first);
        }

        return true;
    }

    /// <summary>
    /// One step that was taken before, taken once more to get back to where a restart left off. It can only move prices: anything that an order or the account
    /// notices was stored when it happened, so meeting it here means that the recording is not the one of before, and throws.
    /// </summary>
    public bool AdvanceAgain()
    {
        _sink.IsQuiet = true;
        try
        {
            return Advance();
        }
        finally
        {
            _sink.IsQuiet = false;
        }
    }

    /// <summary>Settles funding of one symbol at the last price. The same funding time is settled once.</summary>
    public void Fund(Symbol symbol, decimal rate, Instant fundingTime)
    {
        var market = _markets[symbol];
        var key = symbol.ToString();
        if (_fundedUntil.TryGetValue(key, out var until) && until >= fundingTime)
            return;
        _fundedUntil[key] = fundingTime;
        if (market.Position is null || market.Point is not { } point)
            return;
        _isChanged = true;
        _ledger.Fund(market, rate, (point.Bid + point.Ask) / 2m, Instant.Later(Clock, fundingTime), fundingTime, Step);
    }

    /// <summary>What changed since the last call, to be stored before anybody acts on it; null when nothing did.</summary>
    public SimulationChanges? TakeChanges()
    {
        if (!_isChanged)
            return null;
        var changes = new SimulationChanges(Snapshot(), [.. _changedOrders.Values], [.. _ledger.Fills.Skip(_storedFills)]);
        _changedOrders.Clear();
        _storedFills = _ledger.Fills.Count;
        _isChanged = false;
        return changes;
    }

    /// <summary>Takes up a stored state. Only before anything else happened.</summary>
    public void Restore(SimulationState state, IEnumerable<SimulatedOrder> orders, IEnumerable<Fill> fills)
    {
        (Clock, Step, _nextOrder, SameCandleConflicts) = (state.Clock, state.Step, state.NextOrder, state.SameCandleConflicts);
        (_ledger.Wallet, _ledger.NextFill) = (state.Wallet, state.NextFill);
        _ledger.RecentFunding.AddRange(state.RecentFunding);
        _ledger.RecentLiquidations.AddRange(state.RecentLiquidations);
        foreach (var (symbol, until) in state.FundedUntil)
            _fundedUntil[symbol] = until;
        foreach (var position in state.Positions)
            _markets[position.Symbol].Position = position;
        CandlesBegun = state.CandlesBegun;
        foreach (var price in state.Prices)
        {
            var market = _markets[price.Symbol];
            (market.Point, market.LastQuote, market.LastVolume) = (price.Point, price.LastQuote, price.LastVolume);
        }

        foreach (var walk in state.Walks)
        {
            _markets[walk.Symbol].Walk = walk;
            _walking.Add(_markets[walk.Symbol]);
        }

        foreach (var order in orders.OrderBy(order => long.Parse(order.ExchangeOrderId.AsSpan(1), CultureInfo.InvariantCulture)))
        {
            _orders[order.Intent.Id] = order;
            _markets[order.Intent.Symbol].Put(order);
            _onTheirWay += (order.Phase == SimulatedPhase.OnItsWay ? 1 : 0) + (order.CancelArrivesAt is not null && order.IsLive ? 1 : 0);
        }

        foreach (var fill in fills)
            Keep(fill);
        _ledger.Fills.AddRange(fills);
        _storedFills = _ledger.Fills.Count;
    }

    /// <summary>The last quote of each symbol, for somebody who has just come.</summary>
    public IReadOnlyList<Quote> LastQuotes => [.. _markets.Values.Where(market => market.LastQuote is not null).Select(market => market.LastQuote!.Value)];

    private Instant TakesPartAt(Instant arrival, Candle candle) =>
        arrival - _settings.Latency > candle.OpenTime ? Instant.Later(arrival, candle.CloseTime) : arrival;

    private void Take(SimulatedMarket market, in WalkStep step)
    {
        var walk = market.Walk!;
        var point = PricePoint.OfTrade(step.Price, _settings.Spread);
        market.Point = point;
        market.Walk = walk = step.Kind == WalkStepKind.Vertex ? walk.Reached() : walk with { Price = step.Price, Time = step.Time, IsUnderWay = true };
        var quote = point.ToQuote(market.Instrument, step.Time);
        if (market.LastQuote is not { } last || last.Bid != quote.Bid || last.Ask != quote.Ask || step.Kind is WalkStepKind.Open or WalkStepKind.Vertex)
        {
            // Whoever hears of a fill has seen the price that led to it.
            market.LastQuote = quote;
            _sink.Post(new EngineEvent.QuoteReceived(quote) { At = step.Time, FeedStep = Step });
        }

        switch (step.Kind)
        {
            case WalkStepKind.Open:
            case WalkStepKind.Vertex:
                break;
            case WalkStepKind.Arrive:
                Arrive(market, step.Order!, point, step.Time);
                break;
            case WalkStepKind.Withdraw:
                Withdraw(market, step.Order!);
                break;
            case WalkStepKind.Trigger:
                Trade(market, step.Order!, point, step.Time);
                break;
            case WalkStepKind.Liquidate:
                Liquidate(market, step.Time);
                break;
            default:
                throw new InvalidOperationException($"{step.Kind} is not in the set of steps.");
        }
    }

    private void Arrivals(SimulatedMarket market, in PricePoint point, Instant time)
    {
        // In the order of arrival; an order and its own withdrawal arrive in the order in which they were sent.
        while (market.Orders
            .Select(order => (Order: order, At: order.Phase == SimulatedPhase.OnItsWay ? order.ArrivesAt : order.CancelArrivesAt))
            .Where(entry => entry.At <= time)
            .OrderBy(entry => entry.At)
            .FirstOrDefault() is { Order: { } next })
        {
            if (next.Phase == SimulatedPhase.OnItsWay)
                Arrive(market, next, point, time);
            else
                Withdraw(market, next);
        }
    }

    private void Triggers(SimulatedMarket market, in PricePoint point, Instant time)
    {
        for (var index = 0; index < market.Orders.Count; index++)
        {
            var order = market.Orders[index];
            if (order.Phase is not (SimulatedPhase.Resting or SimulatedPhase.Filling) || !_matching.CanAct(market, order, point))
                continue;
            Trade(market, order, point, time);
            // The list changed under our feet; what is left is looked at again from the start.
            index = -1;
        }
    }

    private void Arrive(SimulatedMarket market, SimulatedOrder order, in PricePoint point, Instant time)
    {
        _onTheirWay--;
        if (OrderChecks.Refusal(market, order.Intent, point, _ledger.FreeMargin(_markets.Values), _settings.TakerFee) is { } error)
        {
            if (order.CancelArrivesAt is not null)
                _onTheirWay--;
            Put(market, order with { Phase = SimulatedPhase.Rejected, Error = error });
            Answer(order.Intent.Id, new OrderAnswer.Rejected(error));
            return;
        }

        var accepted = order with { Phase = order.Intent.Kind is OrderKind.Market ? SimulatedPhase.Filling : SimulatedPhase.Resting };
        Put(market, accepted);
        Answer(order.Intent.Id, new OrderAnswer.Accepted(order.ExchangeOrderId));
        if (_matching.CanAct(market, accepted, point))
            Trade(market, accepted, point, time, isArriving: true);
    }

    private void Withdraw(SimulatedMarket market, SimulatedOrder order)
    {
        _onTheirWay--;
        Put(market, order with { Phase = SimulatedPhase.Cancelled, CancelArrivesAt = null, CancelReason = "withdrawn" });
        Answer(order.Intent.Id, new OrderAnswer.Cancelled("withdrawn"));
    }

    private void Trade(SimulatedMarket market, SimulatedOrder order, in PricePoint point, Instant time, bool isArriving = false)
    {
        var isEntry = !order.Intent.ReduceOnly;
        var traded = _matching.Trade(market, order, point, time, Step, isArriving);
        if (traded.Conflict)
            SameCandleConflicts++;
        if (!traded.Order.IsLive && order.CancelArrivesAt is not null)
            _onTheirWay--;
        Put(market, traded.Order);
        foreach (var fill in traded.Fills)
            Keep(fill);
        if (traded.Order.Phase == SimulatedPhase.Cancelled)
            Answer(order.Intent.Id, new OrderAnswer.Cancelled(traded.Order.CancelReason!));
        // With a new position the worse way through the rest of the candle may be another one.
        if (isEntry && traded.Fills.Count > 0 && market.Walk is { } walk)
            market.Walk = walk with { Goal = null };
    }

    private void LiquidateWhenDue(SimulatedMarket market, in PricePoint point, Instant time)
    {
        if (market.Position is { } position && SimulatedMatching.IsLiquidated(market, position, point))
            Liquidate(market, time);
    }

    private void Liquidate(SimulatedMarket market, Instant time)
    {
        _isChanged = true;
        _ledger.Liquidate(market, market.Position!.LiquidationPrice(market.Instrument)!.Value, time, Step);
    }

    private void Put(SimulatedMarket market, SimulatedOrder order)
    {
        _isChanged = true;
        _orders[order.Intent.Id] = order;
        _changedOrders[order.Intent.Id] = order;
        market.Put(order);
    }

    private void Keep(Fill fill)
    {
        if (!_fillsByOrder.TryGetValue(fill.OrderId, out var fills))
            _fillsByOrder.Add(fill.OrderId, fills = []);
        fills.Add(fill);
    }

    private void Answer(ClientOrderId id, OrderAnswer answer) =>
        _sink.Post(new EngineEvent.OrderAnswered(id, answer) { At = Clock, FeedStep = IsWalking ? Step : null });

    private static ReportedOrder Report(SimulatedOrder order) => new(order.Intent.Id, order.Phase switch
    {
        SimulatedPhase.OnItsWay or SimulatedPhase.Resting or SimulatedPhase.Filling or SimulatedPhase.Filled => new OrderAnswer.Accepted(order.ExchangeOrderId),
        SimulatedPhase.Cancelled => new OrderAnswer.Cancelled(order.CancelReason ?? "cancelled"),
        SimulatedPhase.Rejected => new OrderAnswer.Rejected(order.Error!),
        _ => throw new InvalidOperationException($"{order.Phase} is not in the set of phases."),
    }, order.Phase == SimulatedPhase.Filled);

    private static ExchangeError NoSuchOrder(ClientOrderId id) => new(ExchangeErrorKind.OrderNotFound, "not-found", $"there is no live order {id}");

    private SimulationState Snapshot() => new()
    {
        Clock = Clock,
        Step = Step,
        NextOrder = _nextOrder,
        NextFill = _ledger.NextFill,
        Wallet = Wallet,
        Positions = [.. Positions],
        Walks = [.. _walking.Select(market => market.Walk!)],
        Prices = [.. _markets.Values.Where(market => market.Point is not null)
            .Select(market => new StandingPrice(market.Instrument.Symbol, market.Point!.Value, market.LastQuote, market.LastVolume))],
        CandlesBegun = CandlesBegun,
        FundedUntil = new Dictionary<string, Instant>(_fundedUntil),
        RecentFunding = [.. _ledger.RecentFunding],
        RecentLiquidations = [.. _ledger.RecentLiquidations],
        SameCandleConflicts = SameCandleConflicts,
    };
}
