using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Simulation;

/// <summary>
/// Moves a recorded market on, candle by candle, in lockstep with the engine: the exchange takes one step, what it changed is stored, the engine handles
/// what came of it, and only then comes the next step. The same class drives backtests and paper runs on recorded data.
/// </summary>
/// <param name="deliver">Hands a post to the engine; it must tolerate a post that was delivered before.</param>
/// <param name="store">Stores what the exchange changed, before the engine hears of it.</param>
public sealed class MarketReplay(RecordedMarket market, SimulatedExchange exchange, EngineRunner runner, Action<ChannelMessage> deliver, Action store)
{
    private int _nextCandle;
    private int _nextMessage;
    private int _nextFunding;

    /// <summary>The recorded time that was reached.</summary>
    public Instant Now { get; private set; }

    public bool IsAtEnd => _nextCandle >= market.OpenTimes.Count && !exchange.IsWalking;

    /// <summary>From 0 at the first candle to 1 at the end.</summary>
    public double Progress => market.OpenTimes.Count == 0 ? 1 : (double)_nextCandle / market.OpenTimes.Count;

    /// <summary>
    /// Takes up where a stored run left off, or at the beginning. The exchange goes over prices again until it stands where the engine's last commit stood;
    /// then the engine is told what can be traded and asks how its orders stand.
    /// </summary>
    public void Start(EngineState state)
    {
        _nextCandle = exchange.CandlesBegun is { } begun ? IndexAfter(begun) : 0;
        while (state.FeedStep is { } step && exchange.Step < step)
            if (!exchange.AdvanceAgain())
                BeginNext();
        if (!exchange.IsWalking)
            exchange.MoveTo(state.Now);
        if (market.OpenTimes.Count > 0)
            exchange.MoveTo(market.OpenTimes[0]);
        Now = Instant.Later(exchange.Clock, state.Now);
        // Funding up to the open of the last candle was settled before that candle began.
        var settledUntil = _nextCandle == 0 ? Instant.Epoch : market.OpenTimes[_nextCandle - 1];
        while (_nextFunding < market.Funding.Count && FullMinute(market.Funding[_nextFunding].Time) <= settledUntil)
            _nextFunding++;

        runner.Post(new EngineEvent.InstrumentsReported(exchange.Account, market.Instruments) { At = Now });
        foreach (var quote in exchange.LastQuotes)
            runner.Post(new EngineEvent.QuoteReceived(quote) { At = Now });
        Settle();
    }

    /// <summary>One candle of every symbol with everything that happens in it. False when the recording is at its end.</summary>
    public bool Next()
    {
        if (IsAtEnd)
            return false;
        if (!exchange.IsWalking)
        {
            DeliverUntil(market.CandlesAt(market.OpenTimes[_nextCandle])[0].Candle.CloseTime);
            BeginNext();
        }

        var candles = market.CandlesAt(market.OpenTimes[_nextCandle - 1]);
        var close = candles[0].Candle.CloseTime;
        while (exchange.Advance())
            Settle();
        exchange.MoveTo(close);
        Now = Instant.Later(Now, close);
        SettleFunding(close);
        foreach (var (symbol, candle) in candles)
            runner.Post(new EngineEvent.CandleClosed(symbol, candle) { At = close, FeedStep = exchange.Step });
        runner.Post(new EngineEvent.TimePassed { At = close, FeedStep = exchange.Step });
        Settle();
        return true;
    }

    private void BeginNext() => exchange.Begin(market.CandlesAt(market.OpenTimes[_nextCandle++]));

    private void DeliverUntil(Instant time)
    {
        for (; _nextMessage < market.Messages.Count && market.Messages[_nextMessage].PostedAt < time; _nextMessage++)
        {
            var message = market.Messages[_nextMessage];
            exchange.MoveTo(message.ReceivedAt);
            Now = Instant.Later(Now, message.ReceivedAt);
            deliver(message);
            Settle();
        }
    }

    private void SettleFunding(Instant close)
    {
        for (; _nextFunding < market.Funding.Count && FullMinute(market.Funding[_nextFunding].Time) <= close; _nextFunding++)
        {
            var rate = market.Funding[_nextFunding];
            exchange.Fund(rate.Symbol, rate.Rate, rate.Time);
            Settle();
        }
    }

    private void Settle()
    {
        store();
        runner.RunPending();
    }

    private int IndexAfter(Instant openTime)
    {
        var index = 0;
        while (index < market.OpenTimes.Count && market.OpenTimes[index] <= openTime)
            index++;
        return index;
    }

    // Exchanges stamp funding a few milliseconds past the hour.
    private static Instant FullMinute(Instant time) => new(time.UnixMilliseconds / 60_000 * 60_000);
}
