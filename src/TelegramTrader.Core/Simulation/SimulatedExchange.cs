using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Simulation;

/// <summary>
/// An exchange that exists only here, for backtests and for trading on paper alike: market, limit, stop and take-profit orders, pairs of limit and stop on spot, fees, spread, slippage,
/// volume, funding, margin, liquidation, latency, and an exchange's refusals. It moves only when it is given a quote, or a candle and then
/// <see cref="Advance"/> step by step, so that whoever listens can answer one thing before the next happens. Same input, same output, to the last digit.
/// </summary>
public sealed class SimulatedExchange : IExchange
{
    private readonly SimulationSettings _settings;
    private readonly QuietableSink _sink;
    private readonly SimulatedBooks _books;
    private readonly SimulatedTrading _trading;
    private readonly SimulatedCandles _candles;

    public SimulatedExchange(SimulationSettings settings, IReadOnlyList<Instrument> instruments, IEventSink sink)
    {
        _settings = settings;
        _sink = new QuietableSink(sink);
        _books = new SimulatedBooks(settings, instruments, _sink);
        _trading = new SimulatedTrading(settings, _books, _sink);
        _candles = new SimulatedCandles(settings, _books, _trading, _sink);
    }

    public AccountId Account => _settings.Account;

    public ExchangeCapabilities Capabilities { get; } = new(HoldsStops: true, IsSimulated: true);

    /// <summary>The exchange's own time: of the last quote or step.</summary>
    public Instant Clock => _books.Clock;

    public long Step => _books.Step;

    public Money Wallet => _books.Ledger.Wallet;

    /// <summary>How often stop and target lay in one candle and the stop was taken first.</summary>
    public int SameCandleConflicts => _books.SameCandleConflicts;

    /// <summary>How often stop and target lay in one candle and finer candles told which came first.</summary>
    public int ResolvedOnFinerCandles => _books.Markets.Values.Sum(market => market.ResolvedOnFinerCandles);

    public IReadOnlyList<Instrument> Instruments => [.. _books.Markets.Values.Select(market => market.Instrument)];

    public IEnumerable<SimulatedPosition> Positions => _books.Markets.Values.Select(market => market.Position).OfType<SimulatedPosition>();

    public IEnumerable<SimulatedOrder> LiveOrders => _books.Markets.Values.SelectMany(market => market.Orders);

    public IReadOnlyList<Fill> Fills => _books.Ledger.Fills;

    /// <summary>Candles that were begun and are not walked to their end.</summary>
    public bool IsWalking => _books.IsWalking;

    /// <summary>Open time of the candles that were begun last; null before the first.</summary>
    public Instant? CandlesBegun => _books.CandlesBegun;

    public void Place(ApprovedOrder order) => Receive(order.Intent);

    /// <summary>An order from whoever has an account here. Internal: the bot itself has only <see cref="Place"/>, which takes nothing unapproved.</summary>
    internal void Receive(OrderIntent intent)
    {
        if (_books.Find(intent.Id) is not null)
        {
            _trading.Answer(intent.Id, new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.DuplicateClientOrderId, "duplicate", $"the client order id {intent.Id} was used before")));
            return;
        }

        if (!_books.Markets.TryGetValue(intent.Symbol, out var market))
        {
            _trading.Answer(intent.Id, new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.UnknownSymbol, "symbol", $"{intent.Symbol} is not listed")));
            return;
        }

        _books.Put(market, new SimulatedOrder
        {
            Intent = intent,
            ExchangeOrderId = "p" + (_books.NextOrder++).ToString(CultureInfo.InvariantCulture),
            ArrivesAt = Clock + _settings.Latency,
        });
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId)
    {
        if (_books.Find(orderId) is not { IsLive: true } order)
        {
            _trading.Answer(orderId, new OrderAnswer.CancelRefused(NoSuchOrder(orderId)));
            return;
        }

        if (order.CancelArrivesAt is not null)
            return;
        _books.Put(_books.Markets[symbol], order with { CancelArrivesAt = Clock + _settings.Latency });
    }

    public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change)
    {
        if (_books.Find(orderId) is not { IsLive: true } order)
            _trading.Answer(orderId, new OrderAnswer.AmendRefused(change, NoSuchOrder(orderId)));
        else if (order.Change is not null)
            _trading.Answer(orderId, new OrderAnswer.AmendRefused(change, new ExchangeError(ExchangeErrorKind.InvalidOrder, "amend", $"the order {orderId} is being changed already")));
        else
            _books.Put(_books.Markets[symbol], order with { Change = new SimulatedChange(change, Clock + _settings.Latency) });
    }

    /// <summary>Nobody else has an account here, so no open order of anybody else is ever told.</summary>
    public void WithdrawForeign(Symbol symbol, string exchangeId) => throw new InvalidOperationException($"The simulated exchange has no orders but ours; {exchangeId} in {symbol} is none.");

    public void AskAccount(IReadOnlyList<ClientOrderId> orders)
    {
        var reported = orders.Select(id => _books.Find(id) is { } order ? Report(order) : new ReportedOrder(id, new OrderAnswer.NotFound(), false)).ToArray();
        var fills = orders.SelectMany(_books.FillsOf).ToArray();
        var positions = Positions.Select(position => new ReportedPosition(
            position.Symbol, position.Side, position.Quantity,
            new Price(position.Cost / (position.Quantity.Value * _books.Markets[position.Symbol].Instrument.ContractSize)))).ToArray();
        _sink.Post(new EngineEvent.AccountReported(new AccountReport(
            Account, Wallet, reported, fills, positions, [.. _books.Ledger.RecentFunding], [.. _books.Ledger.RecentLiquidations])) { At = Clock });
    }

    /// <summary>What can be traded from now on, beside what could be before.</summary>
    /// <exception cref="ArgumentException">One of them is settled in another asset than the account holds.</exception>
    public void List(IReadOnlyList<Instrument> instruments) => _books.List(instruments);

    /// <summary>Whether something is on its way to the exchange in a symbol and waits for a price to arrive at.</summary>
    public IReadOnlyList<Symbol> SymbolsWithArrivals() =>
        _books.OnTheirWay == 0 ? [] : [.. _books.Markets.Values.Where(market => market.Orders.Any(order => order.Arrival is not null)).Select(market => market.Instrument.Symbol)];

    /// <summary>What may still be set aside for entries, in the account's asset.</summary>
    internal decimal FreeMargin => _books.Ledger.FreeMargin(_books.Markets.Values);

    /// <summary>How much can be traded at the quotes from now on, in contracts; null for any amount. What does not fit waits for more.</summary>
    internal void OfferVolume(Symbol symbol, decimal? contracts) => _books.Markets[symbol].VolumeOffered = contracts;

    /// <summary>Time passes without a price. It never goes back.</summary>
    public void MoveTo(Instant time) => _books.Clock = Instant.Later(Clock, time);

    /// <summary>A live price: what is on its way arrives, and what the price sets off happens.</summary>
    public void OnQuote(in Quote quote)
    {
        MoveTo(quote.Time);
        if (!_books.Markets.TryGetValue(quote.Symbol, out var market))
            return;
        var point = PricePoint.Of(quote);
        market.Point = point;
        // As in a candle: what the price does to the position comes before any order, else a gap beyond a stop could cost more than the margin.
        _trading.LiquidateWhenDue(market, point, quote.Time);
        if (_books.OnTheirWay > 0)
            _trading.Arrivals(market, point, quote.Time);
        if (market.Orders.Count > 0)
            _trading.Triggers(market, point, quote.Time);
        _trading.LiquidateWhenDue(market, point, quote.Time);
    }

    /// <summary>
    /// Candles of one timeframe and one open time, one a symbol. What was handed over while they lasted, from outside, takes part from the next candle on:
    /// where in the candle the price stood at that moment is not known, and the next open is a price that really was. What was handed over before they began
    /// and is still on its way arrives in them when it is due.
    /// </summary>
    /// <param name="candles">What is begun.</param>
    /// <param name="finer">The finer candles that show the way through one of them; where it gives none, or is null, the worse way is taken.</param>
    public void Begin(IReadOnlyList<(Symbol Symbol, Candle Candle)> candles, Func<Symbol, Candle, IReadOnlyList<Candle>>? finer = null) => _candles.Begin(candles, finer);

    /// <summary>One step on the way through the candles begun: one arrival, one order set off, or one point reached. False when all are at their end.</summary>
    public bool Advance() => _candles.Advance();

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

    /// <summary>Anything of ours is there: an order of any kind or a position.</summary>
    public bool IsBusy => IsWalking || _books.Markets.Values.Any(market => market.IsBusy);

    public bool IsBusyIn(Symbol symbol) => _books.Markets[symbol].IsBusy;

    /// <summary>A candle that nothing of ours can meet: the price stands at its close, and the engine hears of that alone.</summary>
    /// <exception cref="InvalidOperationException">There is an order or a position in the symbol.</exception>
    public void PassBy(Symbol symbol, Candle candle) => _candles.PassBy(symbol, candle);

    /// <summary>Settles funding of one symbol at the last price. The same funding time is settled once.</summary>
    public void Fund(Symbol symbol, decimal rate, Instant fundingTime)
    {
        var market = _books.Markets[symbol];
        var key = symbol.ToString();
        if (_books.FundedUntil.TryGetValue(key, out var until) && until >= fundingTime)
            return;
        _books.FundedUntil[key] = fundingTime;
        if (market.Position is null || market.Point is not { } point)
            return;
        _books.MarkChanged();
        _books.Ledger.Fund(market, rate, (point.Bid + point.Ask) / 2m, Instant.Later(Clock, fundingTime), fundingTime, Step);
    }

    /// <summary>What changed since the last call, to be stored before anybody acts on it; null when nothing did.</summary>
    public SimulationChanges? TakeChanges() => _books.TakeChanges();

    /// <summary>Takes up a stored state. Only before anything else happened.</summary>
    public void Restore(SimulationState state, IEnumerable<SimulatedOrder> orders, IEnumerable<Fill> fills) => _books.Restore(state, orders, fills);

    /// <summary>The last quote of each symbol, for somebody who has just come.</summary>
    public IReadOnlyList<Quote> LastQuotes => [.. _books.Markets.Values.Where(market => market.LastQuote is not null).Select(market => market.LastQuote!.Value)];

    private static ReportedOrder Report(SimulatedOrder order) => new(order.Intent.Id, order.Phase switch
    {
        SimulatedPhase.OnItsWay or SimulatedPhase.Resting or SimulatedPhase.Filling or SimulatedPhase.Filled => new OrderAnswer.Accepted(order.ExchangeOrderId),
        SimulatedPhase.Cancelled => new OrderAnswer.Cancelled(order.CancelReason ?? "cancelled"),
        SimulatedPhase.Rejected => new OrderAnswer.Rejected(order.Error!),
        _ => throw new InvalidOperationException($"{order.Phase} is not in the set of phases."),
    }, order.Phase == SimulatedPhase.Filled);

    private static ExchangeError NoSuchOrder(ClientOrderId id) => new(ExchangeErrorKind.OrderNotFound, "not-found", $"there is no live order {id}");
}
