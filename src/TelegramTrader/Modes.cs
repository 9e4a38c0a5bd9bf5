using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;
using TelegramTrader.Trading;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader;

/// <summary>Where orders go. This file is the only place that tells the modes apart; everything else is given ports and does not know.</summary>
public enum RunMode
{
    /// <summary>Recorded market, simulated exchange, everything in memory.</summary>
    Backtest,

    /// <summary>Simulated exchange, real storage and notifications.</summary>
    Paper,

    /// <summary>A real exchange.</summary>
    Live,
}

/// <summary>Which time, feed, exchange and journal each mode has.</summary>
public static class Modes
{
    private static readonly AccountId PaperAccount = new("paper");

    // A real one may lose something on the way. The simulated one does not, and each question is a commit.
    private static readonly TimeSpan RealExchangeAskedEvery = TimeSpan.FromMinutes(1);

    // The twin never decides how much: what is in its wallet only has to be enough for whatever was approved live.
    private const decimal MoreThanEnough = 1_000_000_000m;

    /// <summary>How the mode is shown to people, on everything that is about a trade.</summary>
    public static string Label(RunMode mode) => mode.ToString().ToUpperInvariant();

    /// <summary>The account whose books the mode keeps.</summary>
    public static AccountId AccountOf(AppSettings settings) => settings.Mode == RunMode.Live ? settings.Exchange.AccountId : PaperAccount;

    /// <summary>Puts the desk of a bot together. Nothing moves before its loop is started.</summary>
    /// <exception cref="RecordingException">The recording can't be used.</exception>
    public static DeskParts Desk(
        AppSettings settings, DataFolder folder, MessageInbox inbox, IJournal journal, ISignalParser parser, ICommitListener listener, LatestQuotes quotes, PostTries tries, ExchangeParts? exchange,
        TimeProvider time) => settings.Mode switch
    {
        RunMode.Paper => Paper(settings, folder, inbox, journal, parser, listener, quotes, tries, exchange, time),
        RunMode.Live => Live(settings, folder, journal, parser, listener, quotes, exchange ?? throw new InvalidOperationException("Live trading needs an exchange."), time),
        _ => throw new InvalidOperationException($"A desk can't be run in the mode {settings.Mode}."),
    };

    /// <summary>The engine over a simulated exchange, all in memory, with time moved by events only.</summary>
    public static ReplayDesk Backtest(EngineSettings engineSettings, SimulationSettings simulation, RecordedMarket market, ISignalParser parser, IJournal journal) =>
        ReplayDesk.Of(engineSettings, simulation, market, parser, journal);

    private static DeskParts Paper(
        AppSettings settings, DataFolder folder, MessageInbox inbox, IJournal journal, ISignalParser parser, ICommitListener listener, LatestQuotes quotes, PostTries tries, ExchangeParts? connection, TimeProvider time)
    {
        var market = settings.Market.Source == MarketSource.Recorded ? RecordingFolder.Load(settings.Market.RecordingPath) : new RecordedMarket([], [], [], []);
        var engineSettings = settings.Trading with { Account = PaperAccount, PricesWaitForUs = settings.Market.Source == MarketSource.Recorded, CandlesClose = settings.Market.Source == MarketSource.Recorded };
        var sink = new LateSink(quotes);
        var store = new SimulationStore(folder);
        var exchange = new StoredSimulatedExchange(new SimulatedExchange(settings.Simulation with { Account = PaperAccount }, market.Instruments, sink), store);
        if (connection is not null)
            exchange.Inner.List([.. connection.Markets.All]);
        exchange.TakeUp();
        foreach (var quote in exchange.Inner.LastQuotes)
            quotes.See(quote);
        var engine = new TradingEngine(new EngineStateStore(folder).Load(engineSettings.RememberFinishedFor), engineSettings, parser, SimulatedFor(settings, exchange));
        var runner = new EngineRunner(engine, journal, exchange, [listener]);
        sink.Target = runner;
        var leftBehind = inbox.Unhandled().Select(post => (post.Channel, post.MessageId, post.Revision)).ToHashSet();
        var replay = new MarketReplay(market, exchange.Inner, runner, Deliver, exchange.Flush);
        return new DeskParts
        {
            Engine = engine,
            Runner = runner,
            Replay = replay,
            Recording = market,
            Live = connection is null ? null : PaperOnLivePrices(connection, exchange, runner, quotes, time),
            Clock = settings.Market.Source == MarketSource.Recorded ? new RecordedClock(replay) : new SystemClock(time),
            Closing = store,
        };

        void Deliver(ChannelMessage message)
        {
            // The recording brings a post again over which an earlier run fell.
            if (leftBehind.Remove((message.Channel, message.MessageId, message.Revision)) && !tries.MayTry(message))
                return;
            if (inbox.Receive(message))
                runner.Post(new EngineEvent.MessageReceived(message) { At = message.ReceivedAt });
        }
    }

    /// <summary>The same engine over a real exchange. What was booked on another account has no place in these books.</summary>
    private static DeskParts Live(
        AppSettings settings, DataFolder folder, IJournal journal, ISignalParser parser, ICommitListener listener, LatestQuotes quotes, ExchangeParts connection, TimeProvider time)
    {
        var engineSettings = settings.Trading with { Account = connection.Account.Id, AskAccountEvery = RealExchangeAskedEvery, CandlesClose = false };
        var sink = new LateSink(quotes);
        var state = new EngineStateStore(folder).Load(engineSettings.RememberFinishedFor);
        if (ClockReset.To(state, Instant.From(time.GetUtcNow())) is { } ahead)
            connection.Logs.CreateLogger<TradingEngine>().LogWarning("The books end {Minutes:0} min ahead of the clock, which must have been wrong for a while. The engine goes on from now", ahead.TotalMinutes);
        var exchange = new CcxtExchange(connection.Session, state.Orders.Values, sink, new CcxtExchangeOptions(), time, connection.Logs.CreateLogger<CcxtExchange>());
        var locked = new LockedExchange(exchange, connection.Lock, sink, time);
        var engine = new TradingEngine(state, engineSettings, parser, locked.Capabilities);
        var twin = settings.PaperTwin ? PaperTwin(settings, folder, parser, [.. state.Trades.Values], [.. connection.Markets.All]) : null;
        var runner = new EngineRunner(engine, journal, locked, twin is null ? [listener] : [listener, twin.Queue]);
        sink.Target = runner;
        var feed = new QuoteFeed(connection.Session, twin is null ? sink : new TwinTap(sink, twin.Queue), new QuoteFeedOptions(), time, connection.Logs.CreateLogger<QuoteFeed>());
        var candles = new CandleFeed(connection.Session, sink, new CandleFeedOptions(), time, connection.Logs.CreateLogger<CandleFeed>());
        var empty = new RecordedMarket([], [], [], []);
        Report([.. connection.Markets.All]);
        return new DeskParts
        {
            Engine = engine,
            Runner = runner,
            // A market without candles is at its end from the start.
            Replay = new MarketReplay(empty, new SimulatedExchange(settings.Simulation, [], sink), runner, _ => { }, () => { }),
            Live = new LiveMarket(feed, candles, exchange, connection.Lock, Report, twin is null ? null : (symbol, rate, at) => twin.Queue.Offer(new TwinInput.Funded(symbol, rate, at)), null)
            {
                TradedBeside = () => twin?.Traded ?? [],
            },
            Twin = twin,
            Clock = new SystemClock(time),
            Closing = new ClosingExchange(exchange, twin),
        };

        void Report(IReadOnlyList<Instrument> instruments)
        {
            var now = Instant.From(time.GetUtcNow());
            runner.Post(new EngineEvent.InstrumentsReported(connection.Account.Id, instruments) { At = now });
            twin?.Queue.Offer(new TwinInput.Listed(instruments, now));
        }
    }

    /// <summary>What the simulated exchange holds is what the one whose prices it has would hold: on paper a stop is watched where it would be with real money.</summary>
    private static ExchangeCapabilities SimulatedFor(AppSettings settings, StoredSimulatedExchange exchange) =>
        settings.Market.Source == MarketSource.Exchange && ExchangesWithoutStops.Has(settings.Exchange.Name) ? exchange.Capabilities with { HoldsStops = false } : exchange.Capabilities;

    /// <summary>The same engine once more, over the simulated exchange and with books of its own. Nothing leads from here to the real exchange: it is not among the parts.</summary>
    private static TwinDesk PaperTwin(AppSettings settings, DataFolder live, ISignalParser parser, IReadOnlyCollection<Trade> liveTrades, IReadOnlyList<Instrument> instruments) => new(new TwinQueue(), opened =>
    {
        var folder = Keep(DataFolder.Open(live.FileAt(Trading.Twin.PaperTwin.FolderName)));
        var account = Trading.Twin.PaperTwin.Account;
        FolderOwner.Claim(new KeyValueStore(folder), folder, account, settings.Exchange.Kind == ExchangeMarketKind.Spot, settings.Exchange.Sandbox);
        var (store, sink, mids) = (Keep(new SimulationStore(folder)), new LateTwinSink(), new MidPrices());
        var simulation = settings.Simulation with { Account = account, StartingBalance = settings.Simulation.StartingBalance with { Amount = MoreThanEnough } };
        var exchange = new StoredSimulatedExchange(new SimulatedExchange(simulation, instruments, sink), store);
        exchange.TakeUp();
        var engineSettings = settings.Trading with { Account = account, FollowsAnotherDesk = true, CandlesClose = false };
        var engine = new TradingEngine(new EngineStateStore(folder).Load(engineSettings.RememberFinishedFor), engineSettings, parser, SimulatedFor(settings, exchange));
        var pairs = Keep(new TwinStore(folder));
        var book = new TwinBook(pairs, account, mids);
        var twin = new PaperTwin(engine, new SqliteJournal(folder, _ => []), exchange, book, mids, sink);
        return new OpenTwin(twin, book, pairs, folder, liveTrades, instruments);

        T Keep<T>(T part)
            where T : IDisposable
        {
            opened.Push(part);
            return part;
        }
    });

    /// <summary>The simulated exchange moves with the prices of a real one, and has its steps, fees and funding. The engine hears of a price before of what it set off.</summary>
    private static LiveMarket PaperOnLivePrices(ExchangeParts connection, StoredSimulatedExchange exchange, EngineRunner runner, LatestQuotes quotes, TimeProvider time)
    {
        var feed = new QuoteFeed(connection.Session, new QuoteSink(runner, quotes, Move), new QuoteFeedOptions(), time, connection.Logs.CreateLogger<QuoteFeed>());
        runner.Post(new EngineEvent.InstrumentsReported(PaperAccount, [.. connection.Markets.All]) { At = Now() });
        var candles = new CandleFeed(connection.Session, runner, new CandleFeedOptions(), time, connection.Logs.CreateLogger<CandleFeed>());
        return new LiveMarket(feed, candles, null, null, List, Fund, Tick);

        Instant Now() => Instant.From(time.GetUtcNow());

        void Move(Quote quote) => runner.Do(() =>
        {
            exchange.Inner.OnQuote(quote);
            exchange.Flush();
        });

        void List(IReadOnlyList<Instrument> instruments)
        {
            runner.Do(() => exchange.Inner.List(instruments));
            runner.Post(new EngineEvent.InstrumentsReported(PaperAccount, instruments) { At = Now() });
        }

        void Fund(Symbol symbol, decimal rate, Instant at) => runner.Do(() =>
        {
            exchange.Inner.Fund(symbol, rate, at);
            exchange.Flush();
        });

        // What is on its way arrives at the price that still stands, also where no new one is made.
        void Tick() => runner.Do(() =>
        {
            foreach (var symbol in exchange.Inner.SymbolsWithArrivals())
                if (quotes.Of(symbol) is { } standing)
                    exchange.Inner.OnQuote(standing with { Time = Now() });
            exchange.Flush();
        });
    }

    /// <summary>The exchange needs a sink before there is a runner to be one.</summary>
    private sealed class LateSink(LatestQuotes quotes) : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent)
        {
            if (engineEvent is EngineEvent.QuoteReceived { Quote: var quote })
                quotes.See(quote);
            (Target ?? throw new InvalidOperationException("The exchange spoke before the engine was there.")).Post(engineEvent);
        }
    }

    /// <summary>Everybody beside the engine sees a price first, then the engine, then the exchange that it moves.</summary>
    private sealed class QuoteSink(EngineRunner runner, LatestQuotes quotes, Action<Quote> move) : IEventSink
    {
        public void Post(EngineEvent engineEvent)
        {
            if (engineEvent is not EngineEvent.QuoteReceived { Quote: var quote })
            {
                runner.Post(engineEvent);
                return;
            }

            quotes.See(quote);
            runner.Post(engineEvent);
            move(quote);
        }
    }

    /// <summary>What is under way when the program ends is asked about at the next start.</summary>
    private sealed class ClosingExchange(CcxtExchange exchange, TwinDesk? twin) : IDisposable
    {
        public void Dispose()
        {
            exchange.DisposeAsync().AsTask().GetAwaiter().GetResult();
            twin?.Dispose();
        }
    }

    private sealed class RecordedClock(MarketReplay replay) : IDeskClock
    {
        public Instant Now => replay.Now;

        public bool IsReal => false;
    }

    private sealed class SystemClock(TimeProvider time) : IDeskClock
    {
        public Instant Now => Instant.From(time.GetUtcNow());

        public bool IsReal => true;
    }
}
