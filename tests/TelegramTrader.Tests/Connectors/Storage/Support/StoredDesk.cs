using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Support;

/// <summary>
/// The real engine over the real simulated exchange with everything on disk, driven minute by minute. A second desk on the same folder is a second process that was
/// started after the first one ended.
/// </summary>
internal sealed class StoredDesk : IDisposable
{
    private readonly EngineSettings _settings;
    private readonly SimulationStore _store;
    private int _commands;
    private long _messages = 1000;

    public StoredDesk(
        string path, ScriptedParser parser, Instant? now = null, EngineSettings? settings = null, SimulationSettings? simulation = null,
        IReadOnlyList<Instrument>? instruments = null, Func<IJournal, IJournal>? around = null)
    {
        _settings = settings ?? new EngineSettings();
        Parser = parser;
        Folder = DataFolder.Open(path);
        _store = new SimulationStore(Folder);
        Inbox = new MessageInbox(Folder);
        Engine = new TradingEngine(new EngineStateStore(Folder).Load(_settings.RememberFinishedFor), _settings, Parser, new ExchangeCapabilities(HoldsStops: true));
        Now = Instant.Later(now ?? Some.Time, Engine.State.Now);
        var sink = new LateSink(Events);
        Exchange = new StoredSimulatedExchange(new SimulatedExchange(simulation ?? PaperDesk.Frictionless, instruments ?? [Some.Instrument(), Some.Instrument("ETH/USDT:USDT")], sink), _store);
        Journal = new SqliteJournal(Folder, _ => Chats);
        Runner = new EngineRunner(Engine, new Both(around is null ? Journal : around(Journal), Collected), Exchange, []);
        sink.Target = Runner;
        Exchange.TakeUp();
        // The minute in which the last change was stored went on to its end without another.
        while (Exchange.Inner.IsWalking)
            Exchange.Inner.AdvanceAgain();
        Exchange.Inner.MoveTo(Now);
    }

    public ScriptedParser Parser { get; }

    public DataFolder Folder { get; }

    public MessageInbox Inbox { get; }

    public SqliteJournal Journal { get; }

    public CollectingJournal Collected { get; } = new();

    /// <summary>Every event that the engine was given, also those that changed nothing.</summary>
    public List<EngineEvent> Events { get; } = [];

    public TradingEngine Engine { get; }

    public StoredSimulatedExchange Exchange { get; }

    public EngineRunner Runner { get; }

    public IReadOnlyList<long> Chats { get; set; } = [];

    public Instant Now { get; private set; }

    public EngineState State => Engine.State;

    public Trade Trade(int number) => State.Trades[number];

    /// <summary>What can be traded is told, the account is asked, and prices known to the exchange are seen.</summary>
    public StoredDesk Start()
    {
        Feed(new EngineEvent.InstrumentsReported(Exchange.Account, Exchange.Inner.Instruments) { At = Now });
        foreach (var quote in Exchange.Inner.LastQuotes)
            Feed(new EngineEvent.QuoteReceived(quote) { At = Now });
        return this;
    }

    public void Feed(EngineEvent engineEvent)
    {
        Post(engineEvent);
        Settle();
    }

    public ChannelMessage Post(ParseResult result, string channel = "@alpha", long? id = null, long? replyTo = null, int revision = 1, MessageChange change = MessageChange.Posted)
    {
        var message = Some.Message($"text {channel} {id ?? _messages} {revision}", id ?? _messages++, channel, Now, replyTo, revision, change);
        Parser.Teach(message.Text, result);
        Deliver(message);
        return message;
    }

    public bool Deliver(ChannelMessage message)
    {
        Exchange.Inner.MoveTo(Now);
        if (!Inbox.Receive(message))
            return false;
        Feed(new EngineEvent.MessageReceived(message) { At = Now });
        return true;
    }

    public OperatorResult Command(Func<string, OperatorCommand> command, string? id = null)
    {
        var ordered = command(id ?? $"test-{Now.UnixMilliseconds}-{_commands++}");
        Events.Add(new EngineEvent.OperatorCommanded(ordered) { At = Now });
        var answer = Runner.CommandAsync(ordered, Now);
        Settle();
        return answer.IsCompleted ? answer.Result : throw new InvalidOperationException("The engine did not answer the command.");
    }

    /// <summary>One minute of BTC at these prices.</summary>
    public void Minute(decimal open, decimal high, decimal low, decimal close) => Minute((Some.Btc, Some.Candle(open, high, low, close, time: Now)));

    public void Minute(params (Symbol Symbol, Candle Candle)[] candles)
    {
        Exchange.Inner.Begin(candles);
        while (Exchange.Inner.Advance())
            Settle();
        Now += TimeSpan.FromMinutes(1);
        Exchange.Inner.MoveTo(Now);
        foreach (var (symbol, candle) in candles)
            Post(new EngineEvent.CandleClosed(symbol, candle) { At = Now });
        Feed(new EngineEvent.TimePassed { At = Now });
    }

    public void Fund(decimal rate)
    {
        Exchange.Inner.Fund(Some.Btc, rate, Now);
        Settle();
    }

    public void Dispose()
    {
        Inbox.Dispose();
        _store.Dispose();
        Folder.Dispose();
    }

    private void Post(EngineEvent engineEvent)
    {
        Events.Add(engineEvent);
        Runner.Post(engineEvent);
    }

    private void Settle()
    {
        Exchange.Flush();
        Runner.RunPending();
    }

    private sealed class Both(IJournal first, IJournal second) : IJournal
    {
        public void Commit(EngineCommit commit)
        {
            first.Commit(commit);
            // Empty lists belong to the engine, which fills them again.
            second.Commit(commit with { Outputs = [.. commit.Outputs], Changes = commit.Changes.Any ? commit.Changes : new EngineChanges() });
        }
    }

    private sealed class LateSink(List<EngineEvent> events) : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent)
        {
            events.Add(engineEvent);
            Target!.Post(engineEvent);
        }
    }
}
