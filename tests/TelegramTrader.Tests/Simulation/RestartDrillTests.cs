using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Scenarios;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>
/// A recorded market is replayed on paper, and the program is killed: before a commit, right after one, before or after the exchange was stored. It is started
/// again from what was stored and runs to the end. Books and exchange agree, no order was doubled, and every order was sent.
/// </summary>
public sealed class RestartDrillTests
{
    [Theory]
    [InlineData("before the commit")]
    [InlineData("after the commit")]
    [InlineData("before the exchange is stored")]
    [InlineData("after the exchange is stored")]
    public void Replay_KilledAnywhere_EndsAsIfNothingHadHappened(string where)
    {
        var killed = 0;
        for (var seed = 1UL; seed <= 8; seed++)
        {
            var whole = new Program(seed);
            Assert.False(whole.Run(null, 0));
            for (var at = 3; at <= 120; at += 3)
            {
                var broken = new Program(seed);
                if (!broken.Run(where, at))
                    continue;
                killed++;
                Assert.False(broken.Run(null, 0));
                broken.CheckBooks($"seed {seed}, killed {where} {at}");
                Assert.True(broken.Result == whole.Result, $"seed {seed}, killed {where} {at}\n{whole.Result}\n{broken.Result}");
            }
        }

        Assert.True(killed >= 100, $"killed {killed} times");
    }

    [Fact]
    public void Replay_Twice_IsTheSameToTheLastDigit()
    {
        var (first, second) = (new Program(5), new Program(5));
        first.Run(null, 0);
        second.Run(null, 0);
        Assert.Equal(first.Result, second.Result);
        Assert.Contains("Closed", first.Result, StringComparison.Ordinal);
    }

    private sealed class Killed : Exception;

    /// <summary>One program over its restarts: what is stored outlives it, everything else is made anew with each run.</summary>
    private sealed class Program : IJournal
    {
        private static readonly IReadOnlyList<Instrument> Instruments = [Some.Instrument(tick: 0.01m), Some.Instrument("ETH/USDT:USDT", tick: 0.01m)];
        private readonly StoredCommits _commits = new();
        private readonly Dictionary<ClientOrderId, SimulatedOrder> _orders = [];
        private readonly List<Fill> _fills = [];
        private readonly ScriptedParser _parser = new();
        private readonly RecordedMarket _market;
        private SimulationState? _exchangeState;
        private SimulatedExchange? _exchange;
        private TradingEngine? _engine;
        private string? _where;
        private int _left;

        public Program(ulong seed) => _market = Record(new SeededNumbers(seed));

        public string Result => $"{_exchange!.Wallet} " + string.Join("; ", _engine!.State.Trades.Values.Select(trade =>
            $"#{trade.Number} {trade.Stage} {trade.Net} {trade.OpenQuantity}"));

        /// <summary>Runs to the end, or until it is killed. True when it was killed.</summary>
        public bool Run(string? where, int at)
        {
            (_where, _left) = (where, at);
            var sink = new LateSink();
            _exchange = new SimulatedExchange(new SimulationSettings(), Instruments, sink);
            if (_exchangeState is { } state)
                _exchange.Restore(state, _orders.Values, _fills);
            _engine = new TradingEngine(_commits.Restore(), new EngineSettings(), _parser, _exchange.Capabilities);
            var runner = new EngineRunner(_engine, this, new Storing(_exchange, Store), []);
            sink.Target = runner;
            var replay = new MarketReplay(_market, _exchange, runner, message => runner.Post(new EngineEvent.MessageReceived(message) { At = message.ReceivedAt }), Store);
            try
            {
                replay.Start(_engine.State);
                while (replay.Next())
                {
                }

                return false;
            }
            catch (Killed)
            {
                return true;
            }
        }

        public void CheckBooks(string story)
        {
            Assert.True(_exchange!.Wallet == _engine!.State.Wallet, $"{story}: wallet {_exchange.Wallet}, our books say {_engine.State.Wallet}");
            EngineInvariants.Check(_engine, story);
            foreach (var instrument in Instruments)
            {
                var ours = _engine.State.ActiveTrades.Where(trade => trade.Instrument.Symbol == instrument.Symbol).Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value);
                var theirs = _exchange.Positions.Where(position => position.Symbol == instrument.Symbol).Sum(position => position.Side.Sign() * position.Quantity.Value);
                Assert.True(ours == theirs, $"{story}: our books say {ours} {instrument.Symbol}, the exchange {theirs}");
            }

            foreach (var order in _exchange.LiveOrders)
                Assert.True(_engine.State.Orders.TryGetValue(order.Intent.Id, out var known) && known.IsLive, $"{story}: {order.Intent.Id} lives at the exchange only");
        }

        public void Commit(EngineCommit commit)
        {
            KillWhenDue("before the commit");
            _commits.Commit(_engine!);
            KillWhenDue("after the commit");
        }

        private void Store()
        {
            if (_exchange!.TakeChanges() is not { } changes)
                return;
            KillWhenDue("before the exchange is stored");
            _exchangeState = changes.State;
            foreach (var order in changes.Orders)
                _orders[order.Intent.Id] = order;
            _fills.AddRange(changes.Fills);
            KillWhenDue("after the exchange is stored");
        }

        private void KillWhenDue(string here)
        {
            if (here == _where && --_left == 0)
                throw new Killed();
        }

        private RecordedMarket Record(SeededNumbers numbers)
        {
            var (candles, messages, rates) = (new List<(Symbol, Candle)>(), new List<ChannelMessage>(), new List<FundingRate>());
            var prices = Instruments.ToDictionary(instrument => instrument.Symbol, _ => 100m);
            var posts = new RandomOrders(numbers);
            for (var minute = 0; minute < 90; minute++)
            {
                var open = Some.Time + TimeSpan.FromMinutes(minute);
                if (minute > 0 && numbers.Chance(30))
                {
                    var at = open + TimeSpan.FromMilliseconds(numbers.Next(0, 59_000));
                    _parser.Teach($"post {minute}", posts.Post(name => prices[name == "SOL" ? Some.Eth : Symbol.Parse(name + "/USDT:USDT")]));
                    messages.Add(Some.Message($"post {minute}", minute, at: at));
                }

                foreach (var instrument in Instruments)
                {
                    var from = prices[instrument.Symbol];
                    var close = Math.Round(from * (0.985m + numbers.Next(0, 31) * 0.001m), 2);
                    candles.Add((instrument.Symbol, Some.Candle(
                        from, Math.Round(Math.Max(from, close) * (1m + numbers.Next(0, 10) * 0.001m), 2), Math.Round(Math.Min(from, close) * (1m - numbers.Next(0, 10) * 0.001m), 2), close,
                        numbers.Chance(20) ? numbers.Next(1, 200) : 100_000m, open)));
                    prices[instrument.Symbol] = close;
                }

                if (minute % 20 == 19)
                    rates.Add(new FundingRate(Some.Btc, open, 0.0001m));
            }

            return new RecordedMarket(Instruments, candles, rates, messages);
        }
    }

    /// <summary>An order that was handed over is stored before the call returns, as with the stored exchange.</summary>
    private sealed class Storing(SimulatedExchange exchange, Action store) : IExchange
    {
        public AccountId Account => exchange.Account;

        public ExchangeCapabilities Capabilities => exchange.Capabilities;

        public void Place(ApprovedOrder order)
        {
            exchange.Place(order);
            store();
        }

        public void Cancel(Symbol symbol, ClientOrderId orderId)
        {
            exchange.Cancel(symbol, orderId);
            store();
        }

        public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change)
        {
            exchange.Amend(symbol, orderId, change);
            store();
        }

        public void WithdrawForeign(Symbol symbol, string exchangeId) => exchange.WithdrawForeign(symbol, exchangeId);

        public void AskAccount(IReadOnlyList<ClientOrderId> orders)
        {
            exchange.AskAccount(orders);
            store();
        }
    }

    private sealed class LateSink : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent) => Target!.Post(engineEvent);
    }
}
