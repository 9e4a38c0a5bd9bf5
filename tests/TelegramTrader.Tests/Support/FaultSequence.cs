using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Scenarios;

namespace TelegramTrader.Tests.Support;

/// <summary>
/// One random sequence of faults against engine and reconciler: fills that are missed, told twice, late and in the wrong order, orders that vanish, positions closed or
/// opened by hand and adopted, closed or ignored, orders placed by hand and withdrawn or left, reports that fail or are old, restarts from the committed state. Throws when an invariant breaks, or when books and truth do not come together at its end.
/// </summary>
internal sealed class FaultSequence : IEventSink
{
    private const int Events = 80;
    private static readonly IReadOnlyList<Instrument> Instruments = [Some.Instrument(tick: 0.01m), Some.Instrument("ETH/USDT:USDT", tick: 0.01m), Some.Instrument("SOL/USDT:USDT", tick: 0.01m)];
    private readonly ulong _seed;
    private readonly SeededNumbers _numbers;
    private readonly RandomOrders _orders;
    private readonly MisbehavingExchange _exchange;
    private readonly ScriptedParser _parser = new();
    private readonly StoredCommits _stored = new();
    private readonly Dictionary<Symbol, Quote> _quotes = [];
    private readonly Dictionary<ClientOrderId, OrderIntent> _placed = [];

    // How often somebody ordered to withdraw an order of somebody else, less how often it was done.
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private TradingEngine _engine;
    private Instant _now = Some.Time;
    private long _messages = 100;
    private int _commands;
    private int _handled;

    private FaultSequence(ulong seed, bool holdsStops)
    {
        _seed = seed;
        _numbers = new SeededNumbers(seed);
        _orders = new RandomOrders(_numbers);
        _exchange = new MisbehavingExchange(_numbers, symbol => _quotes[symbol], holdsStops: holdsStops) { Now = _now };
        _engine = NewEngine(new EngineState());
        Begin();
    }

    private FaultCounts Counts { get; set; } = new();

    /// <param name="seed">The same seed is the same sequence on every machine.</param>
    /// <param name="holdsStops">False: the exchange can hold no stops, and the engine watches them.</param>
    /// <returns>What happened in it.</returns>
    public static FaultCounts Run(ulong seed, bool holdsStops = true)
    {
        var sequence = new FaultSequence(seed, holdsStops);
        for (var count = 0; count < Events; count++)
            sequence.Step();
        sequence.Recover();
        sequence.CheckTruth();
        return sequence.Counts;
    }

    public void Post(EngineEvent engineEvent)
    {
        _handled++;
        if (_engine.Handle(engineEvent))
            _stored.Commit(_engine);
        EngineInvariants.Check(_engine, $"seed {_seed}, event {_handled}: {engineEvent}");
        EngineInvariants.CheckWatched(_engine, engineEvent, $"seed {_seed}, event {_handled}: {engineEvent}");
        foreach (var output in _engine.Outputs)
            switch (output)
            {
                case EngineOutput.Place { Order: var order }:
                    Require(order.Intent.ReduceOnly || _engine.HoldsStops || _engine.State.LostFeeds.Count == 0, $"{order.Intent.Id} enters while nobody could watch its stop");
                    if (order.Intent is { Purpose: OrderPurpose.Exit { Reason: ExitReason.Stop or ExitReason.Breakeven or ExitReason.TrailingStop } })
                        Counts = Counts with { LeftAtStop = Counts.LeftAtStop + 1 };
                    Require(_placed.TryAdd(order.Intent.Id, order.Intent) || _placed[order.Intent.Id] == order.Intent, $"{order.Intent.Id} was placed as two different orders");
                    _exchange.Place(order);
                    break;
                case EngineOutput.Cancel cancel:
                    _exchange.Cancel(cancel.Symbol, cancel.OrderId);
                    break;
                case EngineOutput.WithdrawForeign withdraw:
                    CheckWithdrawal(withdraw);
                    _exchange.WithdrawForeign(withdraw.Symbol, withdraw.ExchangeId);
                    break;
                case EngineOutput.AskAccount ask:
                    _exchange.AskAccount(ask.Orders);
                    break;
                case EngineOutput.Notify { Notification: Notification.TradeOpened }:
                    Counts = Counts with { Opened = Counts.Opened + 1 };
                    break;
                case EngineOutput.Notify { Notification: Notification.TradeClosed { Reason: ExitReason.OutsideTheBot } or Notification.PartClosed { Reason: ExitReason.OutsideTheBot } }:
                    Counts = Counts with { BookedOutside = Counts.BookedOutside + 1 };
                    break;
            }

        if (engineEvent is EngineEvent.OrderAnswered { Answer: OrderAnswer.OutcomeUnknown, OrderId: var unknown } && _placed.TryGetValue(unknown, out var doubted) && doubted.Purpose is OrderPurpose.Exit)
            Counts = Counts with { UnknownCloses = Counts.UnknownCloses + 1 };
        if (engineEvent is EngineEvent.AccountReported { Report: var report })
            CheckTakenOver(report);
        if (engineEvent is EngineEvent.AccountReportFailed)
            Counts = Counts with { FailedReports = Counts.FailedReports + 1 };
    }

    private void Step()
    {
        _now += TimeSpan.FromMilliseconds(_numbers.Next(50, 8000));
        _exchange.Now = _now;
        if (!_engine.HoldsStops && _numbers.Chance(5))
            ToggleFeed();
        switch (_numbers.Next(0, 20))
        {
            case < 4:
                Message();
                break;
            case 4 when _numbers.Chance(50):
                Post(new EngineEvent.OperatorCommanded(_orders.Command($"c{_commands++}", _engine.State)) { At = _now });
                break;
            case 5 or 6 or 7:
                var symbol = _numbers.Pick(Instruments).Symbol;
                Quote(symbol, Math.Round(_quotes[symbol].Bid.Value * (1m + _numbers.Next(-15, 16) * (_engine.HoldsStops ? 0.001m : 0.003m)), 2));
                break;
            case 8 or 9 or 10:
                Post(new EngineEvent.TimePassed { At = _now });
                break;
            case 11 when _exchange.CloseByHand(_numbers.Pick(Instruments).Symbol, _numbers.Chance(50) ? 1m : _numbers.Next(1, 10) * 0.1m):
                Counts = Counts with { ClosedByHand = Counts.ClosedByHand + 1 };
                break;
            case 12 when _exchange.Vanish():
                Counts = Counts with { Vanished = Counts.Vanished + 1 };
                break;
            case 14 when _numbers.Chance(30) && _exchange.OpenByHand(_numbers.Pick(Instruments).Symbol, _numbers.Chance(50) ? TradeSide.Long : TradeSide.Short, _numbers.Next(1, 10_000) * 0.001m):
                Counts = Counts with { OpenedByHand = Counts.OpenedByHand + 1 };
                break;
            case 15 when _engine.State.Foreign.Count > 0 && _numbers.Chance(60):
                Decide(_numbers.Pick(_engine.State.Foreign.ToArray()));
                break;
            case 16 when _numbers.Chance(40):
                _exchange.OrderByHand(_numbers.Pick(Instruments).Symbol);
                Counts = Counts with { OrderedByHand = Counts.OrderedByHand + 1 };
                break;
            case 17 when _numbers.Chance(20) && _exchange.ChangeByHand():
                break;
            case 18 when _engine.State.ForeignOrders.Count > 0 && _numbers.Chance(60):
                Decide(_numbers.Pick(_engine.State.ForeignOrders.ToArray()));
                break;
            case 13 when _numbers.Chance(30):
                Restart();
                break;
            default:
                _exchange.Live();
                break;
        }

        Deliver();
    }

    /// <summary>Prices are lost, or back; a price now and then comes all the same.</summary>
    private void ToggleFeed() => Post(_engine.State.LostFeeds.Count == 0 ? new EngineEvent.FeedLost("prices", "gone") { At = _now } : new EngineEvent.FeedRestored("prices") { At = _now });

    /// <summary>A person decides; now and then about one that is gone, or the same one twice.</summary>
    private void Decide(ForeignPosition position)
    {
        var resolution = _numbers.Pick([ForeignResolution.Adopt, ForeignResolution.Close, ForeignResolution.Ignore]);
        var command = new OperatorCommand.ResolveForeign(_numbers.Chance(5) ? position.Number + 1 : position.Number, resolution) { Id = $"c{_commands++}", By = "ann", ByAdmin = true };
        for (var count = _numbers.Chance(20) ? 2 : 1; count > 0; count--)
        {
            Post(new EngineEvent.OperatorCommanded(command) { At = _now });
            // A word alone orders nothing; to ignore does not even ask.
            Require(!_engine.Outputs.Any(output => output is EngineOutput.Place or EngineOutput.Cancel), $"{command} placed or withdrew an order by itself");
            Require(resolution != ForeignResolution.Ignore || !_engine.Outputs.Any(output => output is EngineOutput.AskAccount) && _engine.Changes.Trades.Count + _engine.Changes.Orders.Count == 0, $"{command} did more than to ignore");
        }
    }

    /// <summary>A person decides about an order that is not ours.</summary>
    private void Decide(ForeignOrder order)
    {
        var resolution = _numbers.Chance(60) ? ForeignOrderResolution.Withdraw : ForeignOrderResolution.Leave;
        var command = new OperatorCommand.ResolveForeignOrder(order.Number, resolution) { Id = $"c{_commands++}", By = "ann", ByAdmin = true };
        for (var count = _numbers.Chance(20) ? 2 : 1; count > 0; count--)
        {
            Post(new EngineEvent.OperatorCommanded(command) { At = _now });
            Require(!_engine.Outputs.Any(output => output is EngineOutput.Place or EngineOutput.Cancel or EngineOutput.WithdrawForeign), $"{command} placed or withdrew an order by itself");
            if (_engine.Outputs.Any(output => output is EngineOutput.Answer { Result: OperatorResult.ForeignOrderDecided { Resolution: ForeignOrderResolution.Withdraw } }))
                _words[order.Order.ExchangeId] = _words.GetValueOrDefault(order.Order.ExchangeId) + 1;
        }
    }

    /// <summary>Only what a person said, once for each word, and never an order of ours.</summary>
    private void CheckWithdrawal(EngineOutput.WithdrawForeign withdraw)
    {
        Require(withdraw.ExchangeId.StartsWith("hand", StringComparison.Ordinal), $"{withdraw} is of an order of ours");
        _words[withdraw.ExchangeId] = _words.GetValueOrDefault(withdraw.ExchangeId) - 1;
        Require(_words[withdraw.ExchangeId] >= 0, $"nobody said {withdraw}");
        Counts = Counts with { Withdrawn = Counts.Withdrawn + 1 };
    }

    /// <summary>Right after a position was taken over our books are what the report says, and its exit is exactly what was taken.</summary>
    private void CheckTakenOver(AccountReport report)
    {
        foreach (var fill in _engine.Changes.Fills.Where(booked => booked.Fill.FillId.StartsWith("adopted/", StringComparison.Ordinal)))
        {
            var theirs = Reconciliation.Holdings(report).GetValueOrDefault(fill.Fill.Symbol);
            Require(OursIn(fill.Fill.Symbol) == theirs, $"after #{fill.TradeNumber} was taken over our books say {OursIn(fill.Fill.Symbol)} {fill.Fill.Symbol}, the report {theirs}");
            foreach (var exit in _engine.State.OrdersOf(fill.TradeNumber).Where(order => order.Intent.Purpose is OrderPurpose.Exit))
                Require(exit.Intent.Quantity == fill.Fill.Quantity && exit.Intent.ReduceOnly, $"{exit.Id} closes {exit.Intent.Quantity} of {fill.Fill.Quantity} that were foreign");
            Counts = Counts with { TakenOver = Counts.TakenOver + 1 };
        }
    }

    private decimal OursIn(Symbol symbol) => _engine.State.ActiveTrades.Where(trade => trade.Instrument.Symbol == symbol).Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value);

    private void Restart()
    {
        Counts = Counts with { Restarts = Counts.Restarts + 1 };
        if (_numbers.Chance(70))
            _exchange.LoseWhatIsOnItsWay();
        _engine = NewEngine(_stored.Restore());
        Begin();
    }

    private void Begin()
    {
        foreach (var instrument in Instruments)
            Quote(instrument.Symbol, _quotes.TryGetValue(instrument.Symbol, out var known) ? known.Bid.Value : 100m);
        Post(new EngineEvent.InstrumentsReported(Some.Account, Instruments) { At = _now });
    }

    /// <summary>The exchange comes to its senses, and a quarter of an hour goes by: longer than an order that was held for lost may turn up.</summary>
    private void Recover()
    {
        _exchange.Behaves = true;
        if (_engine.State.LostFeeds.Count > 0)
            ToggleFeed();
        for (var round = 0; round < 180; round++)
        {
            // Half of the sequences end with a person deciding about everything that is left.
            if (_seed % 4 < 2 && round == 120)
            {
                foreach (var position in _engine.State.Foreign.ToArray())
                    Decide(position);
                foreach (var order in _engine.State.ForeignOrders.ToArray())
                    Decide(order);
            }

            _now += TimeSpan.FromSeconds(5);
            _exchange.Now = _now;
            foreach (var instrument in Instruments)
                Quote(instrument.Symbol, _quotes[instrument.Symbol].Bid.Value);
            _exchange.Live();
            Deliver();
            Post(new EngineEvent.TimePassed { At = _now });
            Deliver();
        }
    }

    private void CheckTruth()
    {
        Require(_engine.State is { IsReconciled: true, Outage: null }, "the account was not read in the end");
        Require(_engine.State.Foreign.All(position => position is { IsConfirmed: true, MissingSince: null, Request: null, ToldAt: not null } or { IsConfirmed: true, IgnoredBy: not null }), $"in question in the end: {string.Join(", ", _engine.State.Foreign)}");
        foreach (var symbol in Instruments.Select(instrument => instrument.Symbol))
        {
            var foreign = _engine.State.Foreign.Where(position => position.Symbol == symbol).Sum(position => position.Signed);
            Require(OursIn(symbol) + foreign == _exchange.PositionIn(symbol), $"our books say {OursIn(symbol)} {symbol} and {foreign} that are foreign, the exchange {_exchange.PositionIn(symbol)}");
        }

        Require(
            _engine.State.ForeignOrders.Select(order => order.Order).OrderBy(order => order.ExchangeId, StringComparer.Ordinal).SequenceEqual(_exchange.HandOrders.Values.OrderBy(order => order.ExchangeId, StringComparer.Ordinal)),
            $"known as foreign: {string.Join(", ", _engine.State.ForeignOrders)}; placed by hand: {string.Join(", ", _exchange.HandOrders.Values)}");
        Require(_engine.State.ForeignOrders.All(order => order is { IsConfirmed: true, MissingSince: null, Request: null } && (order.ToldAt is not null || order.LeftBy is not null)), $"in question in the end: {string.Join(", ", _engine.State.ForeignOrders)}");
        foreach (var order in _exchange.LiveOrders)
            Require(
                _engine.State.Orders[order.Id].State is OrderState.Working && !_engine.State.Trades[order.TradeNumber].IsFinished,
                $"{order.Id} lives at the exchange, to us it is {_engine.State.Orders[order.Id].State} of a {_engine.State.Trades[order.TradeNumber].Stage} trade");
        foreach (var trade in _engine.State.ActiveTrades.Where(trade => !trade.OpenQuantity.IsZero && !trade.Exits.StopOnCandleClose))
            Require(
                _engine.HoldsStops
                    ? _exchange.LiveOrders.Any(order => order.TradeNumber == trade.Number && order.Purpose is OrderPurpose.Stop && order.Quantity >= trade.OpenQuantity)
                    : trade.UnwatchedSince is null && trade.Side.IsBetterExit(_quotes[trade.Instrument.Symbol].ExitPrice(trade.Side), trade.Exits.Stop.Price),
                _engine.HoldsStops ? $"#{trade.Number} has no stop at the exchange" : $"#{trade.Number} is beyond its stop or watched by nobody");
    }

    /// <summary>As often as a real exchange and as the simulated one is asked, in turn.</summary>
    private TradingEngine NewEngine(EngineState state) => new(state, new EngineSettings { AskAccountEvery = TimeSpan.FromMinutes(_seed % 2 == 0 ? 1 : 5) }, _parser, _exchange.Capabilities);

    private void Deliver()
    {
        var delivered = 0;
        foreach (var engineEvent in _exchange.Deliver())
        {
            Post(engineEvent);
            Require(++delivered < 300, "questions and answers without end");
        }
    }

    private void Message()
    {
        var text = $"text {_handled}";
        _parser.Teach(text, _orders.Post(name => _quotes[Symbol.Parse(name + "/USDT:USDT")].Bid.Value));
        Post(new EngineEvent.MessageReceived(Some.Message(text, _messages++, at: _now, replyTo: _numbers.Chance(20) ? _numbers.Next(100, 110) : null)) { At = _now });
    }

    private void Quote(Symbol symbol, decimal bid)
    {
        _quotes[symbol] = Some.Quote(bid, bid + 0.01m, symbol, _now);
        Post(new EngineEvent.QuoteReceived(_quotes[symbol]) { At = _now });
    }

    private void Require(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"seed {_seed}, after {_handled} events: {what}");
    }
}

/// <summary>What happened in sequences of faults.</summary>
internal sealed record FaultCounts(int Opened = 0, int ClosedByHand = 0, int Vanished = 0, int Restarts = 0, int FailedReports = 0, int BookedOutside = 0, int OpenedByHand = 0, int TakenOver = 0,
    int OrderedByHand = 0, int Withdrawn = 0, int LeftAtStop = 0, int UnknownCloses = 0)
{
    public FaultCounts With(FaultCounts other) => new(
        Opened + other.Opened, ClosedByHand + other.ClosedByHand, Vanished + other.Vanished, Restarts + other.Restarts, FailedReports + other.FailedReports, BookedOutside + other.BookedOutside,
        OpenedByHand + other.OpenedByHand, TakenOver + other.TakenOver, OrderedByHand + other.OrderedByHand, Withdrawn + other.Withdrawn,
        LeftAtStop + other.LeftAtStop, UnknownCloses + other.UnknownCloses);
}
