using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>The engine's own thread: handles what others post, and moves a market that wanders a little around where it began.</summary>
internal sealed class EngineThread(EngineRunner runner, StoredSimulatedExchange exchange, LatestQuotes quotes, IDeskClock clock)
{
    private static readonly TimeSpan QuoteEvery = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _end = new();
    private readonly Random _random = new(7);
    private readonly decimal[] _shares = new decimal[PostTexts.Market.Count];
    private Task _running = Task.CompletedTask;

    public Exception? Failure => _running.Exception?.InnerException;

    public void Start() => _running = Task.Run(RunAsync);

    public void Stop()
    {
        _end.Cancel();
        Task.WaitAny(_running);
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        exchange.Inner.MoveTo(clock.Now);
        runner.Post(new EngineEvent.InstrumentsReported(exchange.Account, exchange.Inner.Instruments) { At = clock.Now });
        while (!_end.IsCancellationRequested)
        {
            Move(clock.Now);
            for (var next = clock.Now + QuoteEvery; clock.Now < next && !_end.IsCancellationRequested;)
            {
                var wait = next - clock.Now;
                await runner.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, CancellationToken.None);
                runner.RunPending();
            }
        }

        runner.RunPending();
    }

    private void Move(Instant now)
    {
        for (var index = 0; index < _shares.Length; index++)
        {
            var (instrument, price) = PostTexts.Market[index];
            // Back towards the beginning as often as away from it: stops and targets are met, and the posts' prices stay near the market.
            _shares[index] = (_shares[index] * 0.98m) + ((_random.Next(2001) - 1000) / 1_000_000m * 4m);
            var mid = price * (1m + _shares[index]);
            var quote = new Quote(instrument.Symbol, instrument.RoundDownToTick(mid), instrument.RoundUpToTick(mid * 1.0002m), now);
            exchange.Inner.OnQuote(quote);
            exchange.Flush();
            quotes.See(quote);
            runner.HandleNow(new EngineEvent.QuoteReceived(quote) { At = now });
        }

        runner.HandleNow(new EngineEvent.TimePassed { At = now });
    }
}
