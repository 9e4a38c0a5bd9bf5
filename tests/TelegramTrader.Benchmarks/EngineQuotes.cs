using BenchmarkDotNet.Attributes;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// Quotes through the simulated exchange and the engine, in memory, with one open position that has a stop and three targets. The baseline looks at the same quotes
/// with the same five comparisons a quote and nothing around them.
/// </summary>
[Config(typeof(InThisProcess))]
public class EngineQuotes
{
    private const int Count = 100_000;
    private static readonly Symbol Btc = Symbol.Parse("BTC/USDT:USDT");

    private Quote[] _quotes = [];
    private ReplayDesk _parts = null!;

    [GlobalSetup]
    public void Setup()
    {
        var start = Instant.From(new DateTimeOffset(2025, 5, 6, 0, 0, 0, TimeSpan.Zero));
        var instrument = new Instrument
        {
            Symbol = Btc, PriceTick = 0.1m, QuantityStep = 0.001m, MinimumQuantity = new Quantity(0.001m), MinimumNotional = 5m, MaximumLeverage = 125m, MaintenanceMarginRate = 0.004m,
        };
        _parts = Modes.Backtest(new EngineSettings(), new SimulationSettings { Latency = TimeSpan.Zero }, new RecordedMarket([instrument], [], [], []), new OneSignal(), new NoJournal());
        _parts.Replay.Start(_parts.Engine.State);
        var first = new Quote(Btc, new Price(100_000m), new Price(100_000.1m), start);
        Feed(first);
        _parts.Runner.Post(new EngineEvent.MessageReceived(new ChannelMessage { Channel = new ChannelId("@bench"), MessageId = 1, PostedAt = start, ReceivedAt = start, Text = "" }) { At = start });
        _parts.Runner.RunPending();
        Feed(first with { Time = start + TimeSpan.FromSeconds(1) });
        Feed(first with { Time = start + TimeSpan.FromSeconds(2) });
        if (_parts.Engine.State.ActiveTrades.Single().OpenQuantity.IsZero)
            throw new InvalidOperationException("There is no open position to measure with.");

        // A walk of a tick a step, far from the stop and the targets.
        var random = new Random(1);
        var price = 100_000m;
        _quotes = [.. Enumerable.Range(0, Count).Select(index =>
        {
            price = Math.Clamp(price + (random.Next(3) - 1) * 0.1m, 99_500m, 100_500m);
            return new Quote(Btc, new Price(price), new Price(price + 0.1m), start + TimeSpan.FromSeconds(3) + TimeSpan.FromMilliseconds(index));
        })];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ThroughTheEngine()
    {
        foreach (var quote in _quotes)
            Feed(quote);
        return _parts.Engine.State.Trades.Count;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int FiveComparisons()
    {
        var (stop, first, second, third, liquidation) = (98_000m, 102_000m, 103_000m, 104_000m, 70_000m);
        var hits = 0;
        foreach (var quote in _quotes)
        {
            var bid = quote.Bid.Value;
            if (bid <= stop || bid >= first || bid >= second || bid >= third || bid <= liquidation)
                hits++;
        }

        return hits;
    }

    private void Feed(in Quote quote)
    {
        _parts.Exchange.OnQuote(quote);
        _parts.Runner.HandleNow(new EngineEvent.QuoteReceived(quote) { At = quote.Time });
    }
}
