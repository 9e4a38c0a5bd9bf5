using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Simulation;

/// <summary>The engine over a simulated exchange and a recorded market, with time moved by events only: the parts of every run over prices of the past.</summary>
public sealed record ReplayDesk(TradingEngine Engine, EngineRunner Runner, SimulatedExchange Exchange, MarketReplay Replay)
{
    /// <param name="passesQuietTimes">Candles at which nothing can happen are not walked through; the outcome is the same.</param>
    public static ReplayDesk Of(
        EngineSettings engineSettings, SimulationSettings simulation, RecordedMarket market, ISignalParser parser, IJournal journal, bool passesQuietTimes = false)
    {
        var sink = new LateSink();
        var ownSimulation = simulation with { Account = engineSettings.Account };
        var exchange = new SimulatedExchange(ownSimulation, market.Instruments, sink);
        var engine = new TradingEngine(new EngineState(), engineSettings, parser, exchange.Capabilities);
        var runner = new EngineRunner(engine, journal, exchange, []);
        sink.Target = runner;
        var replay = new MarketReplay(market, exchange, runner, Deliver, () => { }, passesQuietTimes ? new QuietTimes(engine.State, exchange, ownSimulation) : null);
        return new ReplayDesk(engine, runner, exchange, replay);

        void Deliver(ChannelMessage message) => runner.Post(new EngineEvent.MessageReceived(message) { At = message.ReceivedAt });
    }

    /// <summary>The exchange needs a sink before there is a runner to be one.</summary>
    private sealed class LateSink : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent) => (Target ?? throw new InvalidOperationException("The exchange spoke before the engine was there.")).Post(engineEvent);
    }
}
