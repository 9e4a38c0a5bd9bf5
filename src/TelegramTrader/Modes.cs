using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

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

    /// <summary>How the mode is shown to people, on everything that is about a trade.</summary>
    public static string Label(RunMode mode) => mode.ToString().ToUpperInvariant();

    /// <summary>Puts the desk of a bot together. Nothing moves before its loop is started.</summary>
    /// <exception cref="RecordingException">The recording can't be used.</exception>
    public static DeskParts Desk(
        AppSettings settings, DataFolder folder, MessageInbox inbox, IJournal journal, ISignalParser parser, ICommitListener listener, LatestQuotes quotes, PostTries tries, TimeProvider time) => settings.Mode switch
    {
        RunMode.Paper => Paper(settings, folder, inbox, journal, parser, listener, quotes, tries, time),
        _ => throw new InvalidOperationException($"A desk can't be run in the mode {settings.Mode}."),
    };

    /// <summary>The engine over a simulated exchange, all in memory, with time moved by events only.</summary>
    public static BacktestParts Backtest(EngineSettings engineSettings, SimulationSettings simulation, RecordedMarket market, ISignalParser parser, IJournal journal)
    {
        var sink = new LateSink(new LatestQuotes());
        var exchange = new SimulatedExchange(simulation with { Account = engineSettings.Account }, market.Instruments, sink);
        var engine = new TradingEngine(new EngineState(), engineSettings, parser, exchange.Capabilities);
        var runner = new EngineRunner(engine, journal, exchange, []);
        sink.Target = runner;
        var replay = new MarketReplay(market, exchange, runner, Deliver, () => { });
        return new BacktestParts(engine, runner, exchange, replay);

        void Deliver(ChannelMessage message) => runner.Post(new EngineEvent.MessageReceived(message) { At = message.ReceivedAt });
    }

    private static DeskParts Paper(
        AppSettings settings, DataFolder folder, MessageInbox inbox, IJournal journal, ISignalParser parser, ICommitListener listener, LatestQuotes quotes, PostTries tries, TimeProvider time)
    {
        var market = settings.Market.Source == MarketSource.Recorded ? RecordingFolder.Load(RecordingPath(settings.Market)) : new RecordedMarket([], [], [], []);
        var engineSettings = settings.Trading with { Account = PaperAccount, PricesWaitForUs = settings.Market.Source == MarketSource.Recorded };
        var sink = new LateSink(quotes);
        var store = new SimulationStore(folder);
        var exchange = new StoredSimulatedExchange(new SimulatedExchange(settings.Simulation with { Account = PaperAccount }, market.Instruments, sink), store);
        exchange.TakeUp();
        foreach (var quote in exchange.Inner.LastQuotes)
            quotes.See(quote);
        var engine = new TradingEngine(new EngineStateStore(folder).Load(engineSettings.RememberFinishedFor), engineSettings, parser, exchange.Capabilities);
        var runner = new EngineRunner(engine, journal, exchange, [listener]);
        sink.Target = runner;
        var leftBehind = inbox.Unhandled().Select(post => (post.Channel, post.MessageId, post.Revision)).ToHashSet();
        var replay = new MarketReplay(market, exchange.Inner, runner, Deliver, exchange.Flush);
        return new DeskParts
        {
            Engine = engine,
            Runner = runner,
            Replay = replay,
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

    private static string RecordingPath(MarketSettings market) =>
        market.Recording.Length > 0 ? market.Recording : Path.Combine(AppContext.BaseDirectory, "Demo", "Recording");

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

/// <summary>The moving parts of a running desk.</summary>
public sealed record DeskParts
{
    public required TradingEngine Engine { get; init; }

    public required EngineRunner Runner { get; init; }

    /// <summary>The recorded market; at its end from the start where there is none.</summary>
    public required MarketReplay Replay { get; init; }

    public required IDeskClock Clock { get; init; }

    /// <summary>To be disposed of after the engine has stopped.</summary>
    public required IDisposable Closing { get; init; }
}

/// <summary>The parts of a backtest.</summary>
public sealed record BacktestParts(TradingEngine Engine, EngineRunner Runner, SimulatedExchange Exchange, MarketReplay Replay);
