using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading.Twin;

/// <summary>
/// A second desk of the same engine over the simulated exchange, which follows the live one: the same trades in the same size on the same prices, with paper orders only. It
/// decides nothing, tells nobody of single trades, and has no way to the real exchange. One thread at a time.
/// </summary>
public sealed class PaperTwin : ICommitListener
{
    /// <summary>The twin's account, on every row of its own folder.</summary>
    public static readonly AccountId Account = new("paper-twin");

    /// <summary>Where its books are, inside the live desk's data folder.</summary>
    public const string FolderName = "paper-twin";

    /// <summary>Without prices for longer than this nobody knows what the paper orders would have met.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(60);

    /// <summary>How long a twin may go on after its live trade has ended; then it is closed at the market.</summary>
    public static readonly TimeSpan GoesOnFor = TimeSpan.FromMinutes(5);

    private readonly TradingEngine _engine;
    private readonly EngineRunner _runner;
    private readonly StoredSimulatedExchange _exchange;
    private readonly TwinBook _book;
    private readonly MidPrices _mids;
    private readonly Dictionary<int, Trade> _live = [];
    private readonly Dictionary<Symbol, Quote> _standing = [];
    private IReadOnlyCollection<Symbol> _traded = [];
    private Instant? _withoutPricesSince;

    public PaperTwin(TradingEngine engine, IJournal journal, StoredSimulatedExchange exchange, TwinBook book, MidPrices mids, LateTwinSink sink)
    {
        (_engine, _exchange, _book, _mids) = (engine, exchange, book, mids);
        _runner = new EngineRunner(engine, journal, exchange, [this]);
        sink.Target = _runner;
    }

    /// <summary>What the twin still trades; may be read from any thread.</summary>
    public IReadOnlyCollection<Symbol> Traded => Volatile.Read(ref _traded);

    /// <summary>Takes up what an earlier run left. Before anything else.</summary>
    /// <param name="live">The live desk's trades as they were stored.</param>
    /// <param name="since">When the twin was started first: what had ended before is nobody's gap.</param>
    /// <param name="cleanEnd">When the earlier run had told the twin everything and ended; null when it did not end so.</param>
    public void Start(IReadOnlyCollection<Trade> live, IReadOnlyList<Instrument> instruments, Instant since, Instant? cleanEnd, Instant now)
    {
        List(instruments, now);
        if (cleanEnd is not { } end)
            _book.MarkGap("the bot did not end in order, and something may be missing");
        else if (now - end > LongestGap)
            _book.MarkGap("the bot was not running, and nobody knows what the paper orders would have met");
        // Nobody asks for the prices of what is traded on paper alone.
        _book.MarkGap("the bot was started again while only the twin went on", pair => pair.LiveEndedAt is not null);
        foreach (var trade in live)
        {
            _live[trade.Number] = trade;
            if (!_book.Knows(trade.Number) && (!trade.IsFinished || trade.CreatedAt >= since))
                _book.Begin(trade, "it began without a twin");
            if (trade.IsFinished)
                _book.EndUnseen(trade.Number, trade.EndedAt ?? now, trade.Stage == TradeStage.Closed);
        }

        foreach (var pair in _book.UnderWay.Values.Where(pair => !_live.ContainsKey(pair.Number)).ToArray())
            _book.EndUnseen(pair.Number, now, wasFilled: pair.WasFilled);
        Look();
    }

    public void Handle(TwinInput input)
    {
        switch (input)
        {
            case TwinInput.Priced priced:
                Move(priced.Quote, priced.At);
                break;
            case TwinInput.Committed committed:
                Follow(committed.Commit);
                break;
            case TwinInput.Listed listed:
                List(listed.Instruments, listed.At);
                break;
            case TwinInput.Funded funded:
                if (_engine.State.Market(funded.Symbol).Instrument is null)
                    break;
                _exchange.Inner.Fund(funded.Symbol, funded.Rate, funded.At);
                _exchange.Flush();
                _runner.RunPending();
                break;
            case TwinInput.PricesLost lost:
                _withoutPricesSince ??= lost.At;
                break;
            case TwinInput.PricesBack back:
                GapWhenLong(back.At);
                _withoutPricesSince = null;
                break;
            default:
                throw new InvalidOperationException($"{input.GetType().Name} is not in the set of what a twin hears.");
        }
    }

    /// <summary>Something that the live desk told was lost on the way.</summary>
    public void MissedSomething() => _book.MarkGap("the twin could not keep up and missed something");

    /// <summary>Time passes: what is on its way arrives at the price that stands, and what has long ended live ends here.</summary>
    public void Tick(Instant now)
    {
        GapWhenLong(now);
        foreach (var symbol in _exchange.Inner.SymbolsWithArrivals())
            if (_standing.TryGetValue(symbol, out var standing))
                Move(standing with { Time = now }, now);
        _runner.HandleNow(new EngineEvent.TimePassed { At = now });
        foreach (var trade in _engine.State.ActiveTrades.Where(trade => IsLeftOver(trade, now)).ToArray())
            _runner.HandleNow(TwinOrders.Close(trade.Number, now));
        Look();
    }

    void ICommitListener.Committed(EngineCommit commit) => _book.OnCommit(commit);

    private void Move(Quote quote, Instant at)
    {
        _mids.See(quote);
        _standing[quote.Symbol] = quote;
        _runner.HandleNow(new EngineEvent.QuoteReceived(quote) { At = at });
        _exchange.Inner.OnQuote(quote);
        // What happened at the exchange is stored before the engine hears of it.
        _exchange.Flush();
        _runner.RunPending();
    }

    private void Follow(EngineCommit commit)
    {
        var orders = TwinOrders.Of(commit, _live).ToArray();
        foreach (var trade in commit.Changes.Trades.Values)
            _live[trade.Number] = trade;
        foreach (var order in orders)
        {
            if (order is EngineEvent.TradeFollowed { Theirs: var theirs } && !_book.Knows(theirs.Number))
            {
                _exchange.Inner.List([theirs.Instrument]);
                _book.Begin(theirs, gap: null);
            }

            _runner.HandleNow(order);
        }

        _book.OnCommit(commit);
        foreach (var ended in commit.Changes.Trades.Values.Where(trade => trade.IsFinished && !_book.UnderWay.ContainsKey(trade.Number)))
            _live.Remove(ended.Number);
        Look();
    }

    private void List(IReadOnlyList<Instrument> instruments, Instant now)
    {
        if (instruments.Count == 0)
            return;
        _exchange.Inner.List(instruments);
        _runner.HandleNow(new EngineEvent.InstrumentsReported(Account, instruments) { At = now });
    }

    private void GapWhenLong(Instant now)
    {
        if (_withoutPricesSince is { } since && now - since > LongestGap)
            _book.MarkGap("the prices were lost for too long");
    }

    private bool IsLeftOver(Trade trade, Instant now)
    {
        if (trade.Exit is { Everything: true } || trade.OpenQuantity.IsZero && trade.EntriesClosed is not null)
            return false;
        return !_book.UnderWay.TryGetValue(trade.Number, out var pair) || pair.LiveEndedAt is { } ended && now - ended >= GoesOnFor;
    }

    private void Look() => Volatile.Write(ref _traded, [.. _engine.State.ActiveTrades.Select(trade => trade.Instrument.Symbol).Distinct()]);
}

/// <summary>The exchange needs a sink before there is a runner to be one.</summary>
public sealed class LateTwinSink : IEventSink
{
    public IEventSink? Target { get; set; }

    public void Post(EngineEvent engineEvent) => (Target ?? throw new InvalidOperationException("The exchange spoke before the engine was there.")).Post(engineEvent);
}
