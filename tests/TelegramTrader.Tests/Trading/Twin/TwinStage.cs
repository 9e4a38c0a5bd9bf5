using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Tests.Trading.Twin;

/// <summary>
/// A live desk whose exchange is played by a simulated one that behaves as it was told, and the real twin beside it, in a folder of its own. Moved by prices from a test; the
/// twin hears of everything through the real queue.
/// </summary>
internal sealed class TwinStage : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly Sink _liveSink = new();
    private readonly SimulatedExchange _liveExchange;
    private readonly IReadOnlyList<Instrument> _instruments = [Some.Instrument()];
    private long _messages = 1000;
    private int _commands;
    private Stack<IDisposable> _open = [];
    private TwinStore _store = null!;

    /// <param name="live">How the exchange behaves that stands for the real one.</param>
    /// <param name="paper">How the twin's does.</param>
    public TwinStage(SimulationSettings? live = null, SimulationSettings? paper = null, int queue = 20_000)
    {
        (Paper, Queue) = (paper ?? PaperDesk.Frictionless, new TwinQueue(queue));
        _liveExchange = new SimulatedExchange((live ?? PaperDesk.Frictionless) with { Account = Some.Account }, _instruments, _liveSink);
        Live = new TradingEngine(new EngineState(), new EngineSettings { Account = Some.Account }, Parser, _liveExchange.Capabilities);
        LiveRunner = new EngineRunner(Live, Journal, _liveExchange, [Queue]);
        _liveSink.Target = LiveRunner;
        _liveExchange.MoveTo(Now);
        LiveRunner.HandleNow(new EngineEvent.InstrumentsReported(Some.Account, _instruments) { At = Now });
        StartTwin();
    }

    public SimulationSettings Paper { get; }

    public TwinQueue Queue { get; private set; }

    public ScriptedParser Parser { get; } = new();

    public CollectingJournal Journal { get; } = new();

    public TradingEngine Live { get; }

    public EngineRunner LiveRunner { get; }

    public TradingEngine Engine { get; private set; } = null!;

    public PaperTwin Twin { get; private set; } = null!;

    public TwinBook Book { get; private set; } = null!;

    public Instant Now { get; private set; } = Some.Time;

    public Trade LiveTrade => Live.State.Trades.Values.Last();

    public Trade TwinTrade => Engine.State.Trades.Values.Last();

    /// <summary>The one sum there is.</summary>
    public ExecutionSum Sum => Assert.Single(Book.Sums(null, null));

    /// <summary>Why the pair of the number can't be compared.</summary>
    public string? GapOf(int number) => _store.Find(number)!.Gap;

    /// <summary>A second goes by and the price is this. The twin hears of all that happened.</summary>
    public void Price(decimal bid, decimal ask)
    {
        PriceUnheard(bid, ask);
        Hear();
    }

    /// <summary>The same while nobody listens.</summary>
    public void PriceUnheard(decimal bid, decimal ask)
    {
        Now += TimeSpan.FromSeconds(1);
        var quote = Some.Quote(bid, ask, time: Now);
        Queue.Offer(new TwinInput.Priced(quote, Now));
        LiveRunner.HandleNow(new EngineEvent.QuoteReceived(quote) { At = Now });
        _liveExchange.OnQuote(quote);
        LiveRunner.HandleNow(new EngineEvent.TimePassed { At = Now });
    }

    public void Funding(decimal rate, decimal? onPaper)
    {
        _liveExchange.Fund(Some.Btc, rate, Now);
        LiveRunner.RunPending();
        if (onPaper is { } twins)
            Queue.Offer(new TwinInput.Funded(Some.Btc, twins, Now));
        Hear();
    }

    public void Post(ParseResult result, long? replyTo = null, long? editOf = null)
    {
        var text = $"text {_messages}";
        Parser.Teach(text, result);
        var number = _messages++;
        LiveRunner.HandleNow(new EngineEvent.MessageReceived(editOf is { } edited
            ? Some.Message(text, edited, at: Now, revision: 2, change: MessageChange.Edited)
            : Some.Message(text, number, at: Now, replyTo: replyTo)) { At = Now });
        Hear();
    }

    public void Command(Func<string, OperatorCommand> command)
    {
        LiveRunner.HandleNow(new EngineEvent.OperatorCommanded(command($"test-{_commands++}")) { At = Now });
        Hear();
    }

    public void Long(decimal stop = 95m, decimal target = 110m) => Post(ScriptedParser.Signal(
        TradeSide.Long, new EntryPlan.AtMarket(null), new StopPlan.AtPrice(new Price(stop)), new TargetPlan.AtPrice(new Price(target), null)));

    public void Hear()
    {
        while (Queue.Reader.TryRead(out var input))
            Twin.Handle(input);
        if (Queue.TakeLost())
            Twin.MissedSomething();
        Twin.Tick(Now);
    }

    public void Wait(TimeSpan time) => Now += time;

    /// <summary>The bot ends and is started again.</summary>
    public void Restart(bool inOrder, TimeSpan away)
    {
        if (inOrder)
            _store.Mark(Now);
        Close();
        Now += away;
        StartTwin();
    }

    public void Dispose()
    {
        Close();
        _temporary.Dispose();
    }

    private void StartTwin()
    {
        var folder = Keep(DataFolder.Open(_temporary.Path));
        var books = Keep(new SimulationStore(folder));
        _store = Keep(new TwinStore(folder));
        var (sink, mids) = (new LateTwinSink(), new MidPrices());
        var exchange = new StoredSimulatedExchange(new SimulatedExchange(Paper with { Account = PaperTwin.Account, StartingBalance = new Money(1_000_000_000m, "USDT") }, _instruments, sink), books);
        exchange.TakeUp();
        var settings = new EngineSettings { Account = PaperTwin.Account, FollowsAnotherDesk = true };
        Engine = new TradingEngine(new EngineStateStore(folder).Load(settings.RememberFinishedFor), settings, Parser, exchange.Capabilities);
        Book = new TwinBook(_store, PaperTwin.Account, mids);
        Twin = new PaperTwin(Engine, new SqliteJournal(folder, _ => []), exchange, Book, mids, sink);
        Twin.Start([.. Live.State.Trades.Values], _instruments, _store.Since(Now), _store.TakeMark()?.At, Now);
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _open.Push(part);
        return part;
    }

    private void Close()
    {
        while (_open.TryPop(out var part))
            part.Dispose();
    }

    private sealed class Sink : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent) => Target!.Post(engineEvent);
    }
}
