using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Scenarios;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

/// <summary>
/// The engine over an exchange that refuses, forgets, repeats and answers in the wrong order. After every event the invariants hold and nothing throws; once the
/// exchange behaves again, books and truth come together by themselves, and every position has its stop.
/// </summary>
public sealed class EngineOverBadExchangeTests
{
    [Fact]
    public void RandomEvents_BadExchange_HoldsTheInvariantsAndRecovers()
    {
        var (opened, unknown, rejected, late) = (0, 0, 0, 0);
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var desk = new BadDesk(seed);
            desk.Run(60);
            desk.Recover();
            desk.CheckTruth();
            opened += desk.Count<Notification.TradeOpened>();
            rejected += desk.Count<Notification.OrderRejected>();
            unknown += desk.Handled.Count(entry => entry is EngineEvent.OrderAnswered { Answer: OrderAnswer.OutcomeUnknown });
            late += desk.PlacedAgain;
        }

        Assert.True(opened > 500 && unknown > 1000 && rejected > 500 && late > 20, $"{opened} opened, {unknown} unknown, {rejected} rejected, {late} placed again");
    }

    [Fact]
    public void RandomEventsOnSpot_BadExchange_NeverSellsMoreThanIsOurs()
    {
        var (opened, unknown, swapped, oversold) = (0, 0, 0, 0);
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var desk = new BadDesk(seed, isSpot: true);
            desk.Run(120);
            desk.Recover();
            desk.CheckSpotTruth();
            opened += desk.Count<Notification.TradeOpened>();
            swapped += desk.Outputs.Count(output => output is EngineOutput.Place { Order.Intent.Purpose: OrderPurpose.Target });
            unknown += desk.Handled.Count(entry => entry is EngineEvent.OrderAnswered { Answer: OrderAnswer.OutcomeUnknown });
            oversold += desk.Oversold;
        }

        Assert.True(opened > 200 && unknown > 500 && swapped > 200, $"{opened} opened, {unknown} unknown, {swapped} targets placed");
        Assert.Equal(0, oversold);
    }

    /// <summary>No stop rests there: the targets lock the coins, and whatever happens to their withdrawal a position beyond its stop is left, with never more than is ours.</summary>
    [Fact]
    public void RandomEventsOnSpot_BadExchangeWithoutStops_LeavesWhatIsBeyondItsStop()
    {
        var (opened, left, unknown, oversold) = (0, 0, 0, 0);
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var desk = new BadDesk(seed, isSpot: true, holdsStops: false);
            desk.Run(120);
            desk.Recover();
            desk.CheckSpotTruth();
            opened += desk.Count<Notification.TradeOpened>();
            left += desk.Outputs.Count(output => output is EngineOutput.Place { Order.Intent.Purpose: OrderPurpose.Exit { Reason: ExitReason.Stop } });
            unknown += desk.Handled.Count(entry => entry is EngineEvent.OrderAnswered { Answer: OrderAnswer.OutcomeUnknown });
            oversold += desk.Oversold;
        }

        Assert.True(opened > 200 && left > 50 && unknown > 500, $"{opened} opened, {left} left at the stop, {unknown} unknown");
        Assert.Equal(0, oversold);
    }

    /// <summary>The same where stop and target go in one order, with restarts and with orders that vanish as well.</summary>
    [Fact]
    public void RandomEventsOnSpotWithPairs_BadExchange_NeverSellsMoreThanIsOurs()
    {
        var counts = new PairCounts();
        for (var seed = 1UL; seed <= 300; seed++)
            counts = counts.With(RunWithPairs(seed));
        Assert.True(
            counts is { Opened: > 200, Pairs: > 300, AtTheLimit: > 50, AtTheStop: > 50, InParts: > 20, Refused: > 30, Unknown: > 30, Swapped: > 20, Restarts: > 100 },
            $"too little happened to show anything: {counts}");
    }

    private static PairCounts RunWithPairs(ulong seed)
    {
        var desk = new BadDesk(seed, isSpot: true, holdsPairs: true, isTroubled: true);
        desk.Run(120);
        desk.Recover();
        desk.CheckSpotTruth();
        Assert.True(desk.Oversold == 0, $"seed {seed}: oversold");
        return desk.PairCounts;
    }

    [Fact]
    public void RandomEventsOnSpot_StopsAreChangedInPlace_NeverSellsMoreThanIsOursAndKnowsWhereEachStopStands()
    {
        var (opened, changed, lost, restarts, oversold) = (0, 0, 0, 0, 0);
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var desk = new BadDesk(seed, isSpot: true, amendsStops: true);
            desk.Run(120);
            desk.Recover();
            desk.CheckSpotTruth();
            opened += desk.Count<Notification.TradeOpened>();
            changed += desk.ChangedInPlace;
            lost += desk.Handled.Count(entry => entry is EngineEvent.OrderAnswered { Answer: OrderAnswer.AmendUnknown });
            restarts += desk.Restarts;
            oversold += desk.Oversold;
        }

        Assert.True(opened > 200 && changed > 500 && lost > 100 && restarts > 200, $"{opened} opened, {changed} changed in place, {lost} lost, {restarts} restarts");
        Assert.Equal(0, oversold);
    }

    /// <summary>
    /// The owner pays in and takes out while answers are late, lost and doubled and the bot is restarted. What is told is what was moved, but for what is too small, and once all is
    /// decided the limits measure what trading made and nothing else.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RandomEvents_MoneyComesAndGoes_LimitsMeasureTradingAlone(bool isSpot)
    {
        var (opened, paidIn, missing, takenOut) = (0, 0, 0, 0);
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var desk = new BadDesk(seed, isSpot, amendsStops: isSpot, movesMoney: true);
            desk.Run(120);
            desk.Recover();
            desk.DecideAboutMoney(always: true);
            desk.CheckMoney();
            opened += desk.Count<Notification.TradeOpened>();
            paidIn += desk.Count<Notification.MoneyPaidIn>();
            missing += desk.Count<Notification.MoneyMissing>();
            takenOut += desk.Count<Notification.MoneyTakenOut>();
        }

        Assert.True(opened > 100 && paidIn > 80 && missing > 40 && takenOut > 40, $"{opened} opened, {paidIn} paid in, {missing} missing, {takenOut} taken out");
    }

    [Fact]
    public void RandomEvents_HandledTwice_GiveTheSameOutputs()
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var desk = new BadDesk(seed);
            desk.Run(60);
            var again = new TradingEngine(new EngineState(), new EngineSettings(), desk.Parser, new ExchangeCapabilities(HoldsStops: true));
            var outputs = new List<EngineOutput>();
            foreach (var engineEvent in desk.Handled)
            {
                again.Handle(engineEvent);
                outputs.AddRange(again.Outputs);
            }

            Assert.Equal(desk.Outputs.Select(Text), outputs.Select(Text));
        }

        static string Text(EngineOutput output) => output is EngineOutput.Place place ? place.Order.Intent.ToString()
            : output is EngineOutput.AskAccount ask ? string.Join(' ', ask.Orders)
            : output.ToString();
    }

    private sealed class BadDesk : IEventSink
    {
        private static readonly IReadOnlyList<Instrument> Perpetuals = [Some.Instrument(tick: 0.01m), Some.Instrument("ETH/USDT:USDT", tick: 0.01m), Some.Instrument("SOL/USDT:USDT", tick: 0.01m)];
        private static readonly IReadOnlyList<Instrument> SpotPairs = [Some.Instrument("BTC/USDT", tick: 0.01m), Some.Instrument("ETH/USDT", tick: 0.01m), Some.Instrument("SOL/USDT", tick: 0.01m)];
        private readonly IReadOnlyList<Instrument> _instruments;
        private readonly bool _amendsStops;
        private readonly ulong _seed;
        private readonly SeededNumbers _numbers;
        private readonly RandomOrders _orders;
        private readonly MisbehavingExchange _exchange;
        private readonly Dictionary<Symbol, Quote> _quotes = [];
        private readonly Dictionary<ClientOrderId, OrderIntent> _placed = [];
        private readonly bool _isTroubled;
        private readonly bool _movesMoney;
        private decimal _moved;
        private decimal? _begunWith;
        private readonly StoredCommits _stored = new();
        private TradingEngine _engine;
        private Instant _now = Some.Time;
        private long _messages = 100;
        private int _commands;

        /// <param name="seed">The same seed is the same sequence on every machine.</param>
        /// <param name="isSpot">Coins instead of perpetual contracts.</param>
        /// <param name="holdsStops">Stops rest there.</param>
        /// <param name="holdsPairs">The exchange takes stop and target as one order.</param>
        /// <param name="isTroubled">There are restarts, and orders vanish.</param>
        /// <param name="amendsStops">The exchange changes stops in place; and there are restarts.</param>
        /// <param name="movesMoney">The owner pays in and takes out, and there are restarts.</param>
        public BadDesk(ulong seed, bool isSpot = false, bool holdsStops = true, bool holdsPairs = false, bool isTroubled = false, bool amendsStops = false, bool movesMoney = false)
        {
            _movesMoney = movesMoney;
            (_isTroubled, _amendsStops) = (isTroubled, amendsStops);
            _instruments = [.. (isSpot ? SpotPairs : Perpetuals).Select(instrument => instrument with { HoldsPairs = holdsPairs, AmendsStops = amendsStops })];
            _seed = seed;
            _numbers = new SeededNumbers(seed);
            _orders = new RandomOrders(_numbers);
            _exchange = new MisbehavingExchange(_numbers, symbol => _quotes[symbol], isSpot, holdsStops) { Now = _now };
            _engine = new TradingEngine(new EngineState(), Settings, Parser, _exchange.Capabilities);
            Begin();
        }

        public ScriptedParser Parser { get; } = new();

        private EngineSettings Settings => _movesMoney ? new EngineSettings { AskAccountEvery = TimeSpan.FromSeconds(30) } : new EngineSettings();

        public List<EngineEvent> Handled { get; } = [];

        public List<EngineOutput> Outputs { get; } = [];

        public int PlacedAgain { get; private set; }

        public int Restarts { get; private set; }

        public int ChangedInPlace => _exchange.ChangedInPlace;

        public int Count<T>() => Outputs.OfType<EngineOutput.Notify>().Count(output => output.Notification is T);

        public void Run(int events)
        {
            for (var count = 0; count < events; count++)
            {
                _now += TimeSpan.FromMilliseconds(_numbers.Next(50, 8000));
                _exchange.Now = _now;
                switch (_numbers.Next(0, 10))
                {
                    case 0 or 1:
                        Message();
                        break;
                    case 2 when _numbers.Chance(50):
                        Post(new EngineEvent.OperatorCommanded(_orders.Command($"c{_commands++}", _engine.State)) { At = _now });
                        break;
                    case 3 or 4:
                        var symbol = _numbers.Pick(_instruments).Symbol;
                        Quote(symbol, Math.Round(_quotes[symbol].Bid.Value * (1m + _numbers.Next(-15, 16) * (_engine.HoldsStops ? 0.001m : 0.003m)), 2));
                        break;
                    case 5 when _isTroubled && _numbers.Chance(15):
                        Restart();
                        break;
                    case 5:
                        Post(new EngineEvent.TimePassed { At = _now });
                        break;
                    case 6 when _isTroubled && _numbers.Chance(15):
                        _exchange.Vanish();
                        break;
                    case 6 when _amendsStops && _numbers.Chance(10):
                        Restart();
                        break;
                    // What was there before the first day began is what the account began with.
                    case 8 when _movesMoney && _engine.State.Day is not null && _numbers.Chance(12):
                        var amount = _numbers.Chance(60) ? _numbers.Next(500, 3000) : -_numbers.Next(200, 1500);
                        _moved += amount;
                        _exchange.PayByHand(amount);
                        break;
                    case 8 when _movesMoney && _numbers.Chance(10):
                        Restart();
                        break;
                    case 9 when _movesMoney && _numbers.Chance(50):
                        DecideAboutMoney(always: false);
                        break;
                    case 7 when _amendsStops && _engine.State.ActiveTrades.Any():
                        var trade = _numbers.Pick(_engine.State.ActiveTrades.ToArray());
                        var level = new Price(Math.Round(_quotes[trade.Instrument.Symbol].Bid.Value * (0.95m + _numbers.Next(0, 50) * 0.001m), 2));
                        Post(new EngineEvent.OperatorCommanded(new OperatorCommand.MoveStop(trade.Number, level) { Id = $"c{_commands++}", By = "ann" }) { At = _now });
                        break;
                    default:
                        _exchange.Live();
                        break;
                }

                Deliver();
            }
        }

        /// <summary>From what was committed and nothing else; most of what was on its way is lost.</summary>
        private void Restart()
        {
            Restarts++;
            if (_numbers.Chance(70))
                _exchange.LoseWhatIsOnItsWay();
            _engine = new TradingEngine(_stored.Restore(), Settings, Parser, _exchange.Capabilities);
            Begin();
        }

        private void Begin()
        {
            foreach (var instrument in _instruments)
                Quote(instrument.Symbol, _quotes.TryGetValue(instrument.Symbol, out var known) ? known.Bid.Value : 100m);
            Post(new EngineEvent.InstrumentsReported(Some.Account, _instruments) { At = _now });
        }

        /// <summary>What became of the pairs.</summary>
        public PairCounts PairCounts
        {
            get
            {
                var pairs = _engine.State.Orders.Values.Where(order => order.IsPair).ToArray();
                var unknown = Handled.OfType<EngineEvent.OrderAnswered>().Where(answered => answered.Answer is OrderAnswer.OutcomeUnknown).Select(answered => answered.OrderId).ToHashSet();
                return new PairCounts(
                    Count<Notification.TradeOpened>(), pairs.Length, pairs.Count(order => !order.FilledAsOrdered.IsZero), pairs.Count(order => order.IsFiredPair),
                    pairs.Count(order => !order.Filled.IsZero && !order.Remaining.IsZero), _engine.State.Trades.Values.Count(trade => trade.PairRefused), pairs.Count(order => unknown.Contains(order.Id)),
                    _engine.State.Orders.Values.Count(order => order.Intent is { Purpose: OrderPurpose.Target, Kind: OrderKind.Limit }), Restarts);
            }
        }

        /// <summary>The exchange comes to its senses, and a few minutes go by; where orders vanish, as many as until the account is asked about everything again, twice.</summary>
        public void Recover()
        {
            _exchange.Behaves = true;
            for (var round = 0; round < (_isTroubled || _movesMoney ? 200 : 60); round++)
            {
                _now += TimeSpan.FromSeconds(5);
                _exchange.Now = _now;
                foreach (var instrument in _instruments)
                    Quote(instrument.Symbol, _quotes[instrument.Symbol].Bid.Value);
                _exchange.Live();
                Deliver();
                Post(new EngineEvent.TimePassed { At = _now });
                Deliver();
            }
        }

        public void CheckTruth()
        {
            foreach (var instrument in _instruments)
            {
                var ours = _engine.State.ActiveTrades.Where(trade => trade.Instrument.Symbol == instrument.Symbol).Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value);
                Assert.True(ours == _exchange.PositionIn(instrument.Symbol), $"seed {_seed}: our books say {ours} {instrument.Symbol}, the exchange {_exchange.PositionIn(instrument.Symbol)}");
            }

            foreach (var order in _exchange.LiveOrders)
                Assert.True(
                    _engine.State.Orders[order.Id].State is OrderState.Working && !_engine.State.Trades[order.TradeNumber].IsFinished,
                    $"seed {_seed}: {order.Id} lives at the exchange, to us it is {_engine.State.Orders[order.Id].State} of a {_engine.State.Trades[order.TradeNumber].Stage} trade");
            foreach (var trade in _engine.State.ActiveTrades.Where(trade => !trade.OpenQuantity.IsZero && !trade.Exits.StopOnCandleClose))
                Assert.True(
                    _exchange.LiveOrders.Any(order => order.TradeNumber == trade.Number && order.Purpose is OrderPurpose.Stop && order.Quantity >= trade.OpenQuantity),
                    $"seed {_seed}: #{trade.Number} has no stop at the exchange");
        }

        /// <summary>A person says what missing money was; now and then twice, or about a question that is not open.</summary>
        public void DecideAboutMoney(bool always)
        {
            foreach (var missing in _engine.State.MissingMoney.Where(_ => always || _numbers.Chance(50)).ToArray())
            {
                var command = new OperatorCommand.ResolveMissingMoney(missing.Number, MissingMoneyResolution.Payout) { Id = $"c{_commands++}", By = "ann", ByAdmin = true };
                var (day, week) = (_engine.State.Day, _engine.State.Week);
                Post(new EngineEvent.OperatorCommanded(command with { Id = command.Id + "-eve", By = "eve", ByAdmin = false }) { At = _now });
                Assert.Equal((day, week), (_engine.State.Day, _engine.State.Week));
                for (var count = 0; count < 2; count++)
                    Post(new EngineEvent.OperatorCommanded(command) { At = _now });
                Post(new EngineEvent.OperatorCommanded(command with { Id = command.Id + "-again" }) { At = _now });
            }
        }

        /// <summary>What people were told is what was moved, and what day and week began with is what it was, and that.</summary>
        public void CheckMoney()
        {
            var told = Outputs.OfType<EngineOutput.Notify>().Select(output => output.Notification).ToArray();
            var (paidIn, missing, taken) = (
                told.OfType<Notification.MoneyPaidIn>().Sum(paid => paid.Amount.Amount), told.OfType<Notification.MoneyMissing>().Sum(gone => gone.Amount.Amount), told.OfType<Notification.MoneyTakenOut>().Sum(withdrawn => withdrawn.Amount.Amount));
            // What is too small for a movement is none.
            Assert.True(Math.Abs(paidIn - missing - _moved) <= 150m, $"seed {_seed}: {_moved} were moved, {paidIn} told as paid in and {missing} as missing");
            Assert.True(missing == taken && _engine.State.MissingMoney.Count == 0, $"seed {_seed}: {missing} missing, {taken} decided, {string.Join(", ", _engine.State.MissingMoney)} open");
            foreach (var baseline in new[] { _engine.State.Day!, _engine.State.Week! })
                Assert.True(baseline.Unexplained == 0m && baseline.Equity.Amount == _begunWith + paidIn - taken, $"seed {_seed}: {baseline} begun with {_begunWith}, {paidIn} paid in and {taken} taken out");
            if (_instruments[0].Symbol.IsPerpetual)
                Assert.True(Math.Abs(_engine.State.Equity!.Value.Amount - _exchange.Equity) < 0.01m, $"seed {_seed}: equity {_engine.State.Equity}, at the exchange {_exchange.Equity}");
        }

        public int Oversold => _exchange.Oversold.Count;

        /// <summary>Our coins are there, those of others as well, every one of ours is under a stop or a target, and the money is right to the last digit but rounding.</summary>
        public void CheckSpotTruth()
        {
            foreach (var instrument in _instruments)
            {
                var trades = _engine.State.ActiveTrades.Where(trade => trade.Instrument.Symbol == instrument.Symbol && !trade.OpenQuantity.IsZero).ToArray();
                var ours = trades.Sum(trade => trade.OpenQuantity.Value);
                var left = _exchange.PositionIn(instrument.Symbol) - ours;
                // Dust of trades that are over; each left less than an order could sell.
                Assert.True(left >= 0m && left * 100m <= 6m * _engine.State.Trades.Count, $"seed {_seed}: our books say {ours} {instrument.Symbol}, the exchange {_exchange.PositionIn(instrument.Symbol)}");
                foreach (var trade in trades)
                {
                    var held = _exchange.LiveOrders.Where(order => order.TradeNumber == trade.Number && order.ReduceOnly).Sum(order => _engine.State.Orders[order.Id].Remaining.Value);
                    var exit = _quotes[instrument.Symbol].ExitPrice(trade.Side);
                    Assert.True(_engine.HoldsStops || trade.Exits.StopOnCandleClose || trade.Side.IsBetterExit(exit, trade.Exits.Stop.Price) || !instrument.ClearsMinimums(exit, trade.ClosableQuantity), $"seed {_seed}: #{trade.Number} is beyond its stop");
                    Assert.True(held <= trade.OpenQuantity.Value && (!_engine.HoldsStops || trade.Exits.StopOnCandleClose || !instrument.ClearsMinimums(trade.Exits.Stop.Price, new Quantity(trade.ClosableQuantity.Value - held))), $"seed {_seed}: #{trade.Number} has {trade.OpenQuantity} and sales of {held}");
                }
            }

            foreach (var order in _exchange.LiveOrders)
            {
                Assert.True(_engine.State.Orders[order.Id].State is OrderState.Working && !_engine.State.Trades[order.TradeNumber].IsFinished, $"seed {_seed}: {order.Id} lives at the exchange");
                Assert.True(_engine.State.Orders[order.Id] is { Change: null } ours && ours.Intent == order, $"seed {_seed}: {order} stands at the exchange, to us it is {_engine.State.Orders[order.Id]}");
            }

            var known = _engine.State.Wallet!.Value.Amount - _engine.State.ActiveTrades.Where(trade => trade.Position is not null).Sum(trade => trade.Position!.OpenCost.Amount);
            // What dust cost is in our wallet until a later report takes it out.
            var dust = Outputs.OfType<EngineOutput.Notify>().Select(output => output.Notification).OfType<Notification.DustLeft>().Sum(left => left.Worth.Amount);
            Assert.True(Math.Abs(_exchange.Cash.Amount - known) <= dust * 1.2m + 0.000001m, $"seed {_seed}: {_exchange.Cash.Amount} at the exchange, {known} in our books, dust {dust}");
        }

        public void Post(EngineEvent engineEvent)
        {
            Handled.Add(engineEvent);
            if (_engine.Handle(engineEvent))
                _stored.Commit(_engine);
            Outputs.AddRange(_engine.Outputs);
            _begunWith ??= _engine.State.Day is { } day ? day.Equity.Amount - day.Unexplained : null;
            Assert.True(_movesMoney || !_engine.Outputs.Any(output => output is EngineOutput.Notify { Notification: Notification.MoneyPaidIn or Notification.MoneyMissing }), $"seed {_seed}, event {Handled.Count}: trading was taken for a payment");
            EngineInvariants.Check(_engine, $"seed {_seed}, event {Handled.Count}: {engineEvent}");
            EngineInvariants.CheckWatched(_engine, engineEvent, $"seed {_seed}, event {Handled.Count}: {engineEvent}");
            foreach (var output in _engine.Outputs)
                switch (output)
                {
                    case EngineOutput.Place { Order: var order }:
                        if (!_placed.TryAdd(order.Intent.Id, order.Intent))
                        {
                            PlacedAgain++;
                            Assert.Equal(_placed[order.Intent.Id], order.Intent);
                        }

                        _exchange.Place(order);
                        break;
                    case EngineOutput.Cancel cancel:
                        _exchange.Cancel(cancel.Symbol, cancel.OrderId);
                        break;
                    case EngineOutput.Amend amend:
                        _exchange.Amend(amend.Symbol, amend.OrderId, amend.Change);
                        break;
                    case EngineOutput.AskAccount ask:
                        _exchange.AskAccount(ask.Orders);
                        break;
                }
        }

        private void Deliver()
        {
            var delivered = 0;
            foreach (var engineEvent in _exchange.Deliver())
            {
                Post(engineEvent);
                Assert.True(++delivered < 1000, $"seed {_seed}: questions and answers without end, at last {engineEvent} with {string.Join(", ", _engine.Outputs)}");
            }
        }

        private void Message()
        {
            var isEdit = _messages > 100 && _numbers.Chance(20);
            var id = isEdit ? _numbers.Next(100, (int)_messages) : _messages++;
            var text = $"text {Handled.Count}";
            Parser.Teach(text, _orders.Post(name => _quotes[_instruments.First(instrument => instrument.Symbol.Base == name).Symbol].Bid.Value));
            var change = !isEdit ? MessageChange.Posted : _numbers.Chance(20) ? MessageChange.Deleted : MessageChange.Edited;
            Post(new EngineEvent.MessageReceived(Some.Message(text, id, at: _now, revision: isEdit ? _numbers.Next(2, 1000) : 1, change: change,
                replyTo: _numbers.Chance(20) ? _numbers.Next(100, 110) : null)) { At = _now });
        }

        private void Quote(Symbol symbol, decimal bid)
        {
            _quotes[symbol] = Some.Quote(bid, bid + 0.01m, symbol, _now);
            Post(new EngineEvent.QuoteReceived(_quotes[symbol]) { At = _now });
        }
    }
}

/// <summary>What happened with pairs in sequences on spot.</summary>
internal sealed record PairCounts(
    int Opened = 0, int Pairs = 0, int AtTheLimit = 0, int AtTheStop = 0, int InParts = 0, int Refused = 0, int Unknown = 0, int Swapped = 0, int Restarts = 0)
{
    public PairCounts With(PairCounts other) => new(
        Opened + other.Opened, Pairs + other.Pairs, AtTheLimit + other.AtTheLimit, AtTheStop + other.AtTheStop, InParts + other.InParts, Refused + other.Refused, Unknown + other.Unknown,
        Swapped + other.Swapped, Restarts + other.Restarts);
}
