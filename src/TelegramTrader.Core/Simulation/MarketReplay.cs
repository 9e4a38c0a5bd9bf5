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
/// <param name="quiet">Knows when nothing can happen, so that such times are passed over; null where every candle is walked.</param>
public sealed class MarketReplay(
    RecordedMarket market, SimulatedExchange exchange, EngineRunner runner, Action<ChannelMessage> deliver, Action store, QuietTimes? quiet = null)
{
    private readonly Dictionary<Symbol, Instant> _priced = [];
    private IReadOnlyList<(Symbol Symbol, Candle Candle)> _current = [];
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
            if (quiet is { NothingIsOpen: true } && !PassOverQuietTimes())
                return false;
            _current = market.CandlesAt(market.OpenTimes[_nextCandle]);
            DeliverUntil(_current[0].Candle.CloseTime);
            BeginNext();
        }
        else if (_current.Count == 0)
        {
            _current = market.CandlesAt(market.OpenTimes[_nextCandle - 1]);
        }

        var close = _current[0].Candle.CloseTime;
        while (exchange.Advance())
            Settle();
        exchange.MoveTo(close);
        Now = Instant.Later(Now, close);
        SettleFunding(close);
        foreach (var (symbol, candle) in _current)
            runner.Post(new EngineEvent.CandleClosed(symbol, candle) { At = close, FeedStep = exchange.Step });
        runner.Post(new EngineEvent.TimePassed { At = close, FeedStep = exchange.Step });
        Settle();
        return true;
    }

    private void BeginNext()
    {
        var candles = _current.Count > 0 ? _current : market.CandlesAt(market.OpenTimes[_nextCandle]);
        _nextCandle++;
        if (quiet is not null)
            candles = NotQuiet(candles);
        if (candles.Count > 0)
            exchange.Begin(candles, market.Within);
    }

    /// <summary>Those that something of ours may meet. Of the others the engine hears the close where it looks at prices at all, and nothing otherwise until it has to decide.</summary>
    private List<(Symbol Symbol, Candle Candle)> NotQuiet(IReadOnlyList<(Symbol Symbol, Candle Candle)> candles)
    {
        var walked = new List<(Symbol, Candle)>(candles.Count);
        foreach (var entry in candles)
        {
            var noise = quiet!.Of(entry.Symbol, entry.Candle);
            if (noise == Quiet.Asleep)
                continue;
            _priced[entry.Symbol] = entry.Candle.OpenTime;
            if (noise == Quiet.Not)
                walked.Add(entry);
            else
                exchange.PassBy(entry.Symbol, entry.Candle);
        }

        return walked;
    }

    /// <summary>To the last candle before the next post. False when nothing comes any more.</summary>
    private bool PassOverQuietTimes()
    {
        if (_nextMessage >= market.Messages.Count)
        {
            _nextCandle = market.OpenTimes.Count;
            return false;
        }

        // One candle earlier than needed: at its end the engine learns how late it is.
        _nextCandle = Math.Max(_nextCandle, market.OpenTimesBefore(market.Messages[_nextMessage].ReceivedAt) - 2);
        _current = [];
        return true;
    }

    /// <summary>Before anything is decided the engine has heard the latest price of every symbol.</summary>
    private void TellPassedPrices()
    {
        foreach (var (symbol, candle) in market.LastCandlesBefore(market.OpenTimes[_nextCandle]))
            if (!_priced.TryGetValue(symbol, out var told) || told < candle.OpenTime)
            {
                _priced[symbol] = candle.OpenTime;
                exchange.PassBy(symbol, candle);
            }

        Settle();
    }

    private void DeliverUntil(Instant time)
    {
        if (quiet is not null && _nextMessage < market.Messages.Count && market.Messages[_nextMessage].ReceivedAt < time)
            TellPassedPrices();
        for (; _nextMessage < market.Messages.Count && market.Messages[_nextMessage].ReceivedAt < time; _nextMessage++)
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
