using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Support;

/// <summary>The real engine over the real simulated exchange, driven minute by minute from a test. Everything stays in memory.</summary>
internal sealed class PaperDesk
{
    private int _commands;
    private long _messages = 1000;

    public PaperDesk(EngineSettings? settings = null, SimulationSettings? simulation = null, IReadOnlyList<Instrument>? instruments = null, Instant? start = null)
    {
        Now = start ?? Some.Time;
        // The exchange needs a sink before there is a runner to be one.
        var sink = new LateSink(Recorded);
        Exchange = new SimulatedExchange(simulation ?? Frictionless, instruments ?? [Some.Instrument()], sink);
        Engine = new TradingEngine(new EngineState(), settings ?? new EngineSettings(), Parser, Exchange.Capabilities);
        Runner = new EngineRunner(Engine, Journal, Exchange, []);
        sink.Target = Runner;
        Exchange.MoveTo(Now);
        sink.Post(new EngineEvent.InstrumentsReported(Exchange.Account, Exchange.Instruments) { At = Now });
        Runner.RunPending();
    }

    /// <summary>No fee, spread, slippage, latency or volume limit: what is left is the logic.</summary>
    public static SimulationSettings Frictionless { get; } = new()
    {
        MakerFee = 0m, TakerFee = 0m, Spread = 0m, BaseSlippage = 0m, SlippageAtFullVolume = 0m, ParticipationRate = 1m, Latency = TimeSpan.Zero,
    };

    public ScriptedParser Parser { get; } = new();

    public CollectingJournal Journal { get; } = new();

    public TradingEngine Engine { get; }

    public SimulatedExchange Exchange { get; }

    public EngineRunner Runner { get; }

    public Instant Now { get; private set; }

    /// <summary>Every event that the engine was handed, in order.</summary>
    public List<EngineEvent> Recorded { get; } = [];

    public EngineState State => Engine.State;

    public Trade Trade(int number) => State.Trades[number];

    public void Post(ParseResult result, string channel = "@alpha", long? id = null, long? replyTo = null, int revision = 1, MessageChange change = MessageChange.Posted)
    {
        var text = $"text {_messages} {revision}";
        Parser.Teach(text, result);
        Deliver(Some.Message(text, id ?? _messages++, channel, Now, replyTo, revision, change));
    }

    public void Deliver(ChannelMessage message)
    {
        Exchange.MoveTo(Now);
        Hand(new EngineEvent.MessageReceived(message) { At = Now });
        Runner.RunPending();
    }

    public OperatorResult Command(Func<string, OperatorCommand> command)
    {
        var ordered = command($"test-{_commands++}");
        Recorded.Add(new EngineEvent.OperatorCommanded(ordered) { At = Now });
        var answer = Runner.CommandAsync(ordered, Now);
        Runner.RunPending();
        return answer.IsCompleted ? answer.Result : throw new InvalidOperationException("The engine did not answer the command.");
    }

    /// <summary>One minute of BTC, and then the end of that minute.</summary>
    public void Minute(decimal open, decimal high, decimal low, decimal close, decimal volume = 1_000_000m) =>
        Minute((Exchange.Instruments[0].Symbol, Some.Candle(open, high, low, close, volume, Now)));

    public void Minute(params (Symbol Symbol, Candle Candle)[] candles)
    {
        Exchange.Begin(candles);
        while (Exchange.Advance())
            Runner.RunPending();
        Now += TimeSpan.FromMinutes(1);
        Exchange.MoveTo(Now);
        foreach (var (symbol, candle) in candles)
            Hand(new EngineEvent.CandleClosed(symbol, candle) { At = Now });
        Hand(new EngineEvent.TimePassed { At = Now });
        Runner.RunPending();
    }

    private void Hand(EngineEvent engineEvent)
    {
        Recorded.Add(engineEvent);
        Runner.Post(engineEvent);
    }

    private sealed class LateSink(List<EngineEvent> recorded) : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent)
        {
            recorded.Add(engineEvent);
            Target!.Post(engineEvent);
        }
    }
}
