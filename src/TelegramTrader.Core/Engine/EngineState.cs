using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Everything the engine knows. Only the engine changes it, on one thread; what others may read is asked for through
/// <see cref="EngineRunner.ReadAsync{T}"/>. The records inside are immutable.
/// </summary>
public sealed class EngineState
{
    private readonly Dictionary<Symbol, MarketState> _markets = [];
    private readonly SortedDictionary<int, Trade> _trades = [];
    private readonly SortedDictionary<int, WatchedSignal> _watched = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<int, List<ClientOrderId>> _ordersByTrade = [];
    private readonly List<(MarketState Market, TradeWatch Watch)> _positions = [];

    /// <summary>The time of the latest event.</summary>
    public Instant Now { get; internal set; }

    public long? FeedStep { get; internal set; }

    public int NextNumber { get; internal set; } = 1;

    /// <summary>What a person or a limit set. Until every account was reconciled it counts as halted, whatever it says.</summary>
    public TradingState Trading { get; internal set; } = new(TradingMode.Active, "start", "first start", Instant.Epoch);

    public LossBaseline? Day { get; internal set; }

    public LossBaseline? Week { get; internal set; }

    /// <summary>The account was read after the start and agrees with us, or differs in ways that were reported.</summary>
    public bool IsReconciled { get; internal set; }

    /// <summary>The account can't be read at present; null while it can.</summary>
    public AccountOutage? Outage { get; internal set; }

    /// <summary>When an exchange last reported the account; null before the first report after a start.</summary>
    public Instant? AccountReadAt { get; internal set; }

    /// <summary>How positions differed when books and account were last compared, by symbol. Not stored: the first report after a start tells.</summary>
    public IReadOnlyList<SeenDifference> Differences { get; internal set; } = [];

    /// <summary>What is at the exchange and not in our books, by number.</summary>
    public IReadOnlyList<ForeignPosition> Foreign { get; internal set; } = [];

    /// <summary>Orders at the exchange that are not in our books, by number; numbered together with <see cref="Foreign"/>, so that a number means one thing.</summary>
    public IReadOnlyList<ForeignOrder> ForeignOrders { get; internal set; } = [];

    public int NextForeign { get; internal set; } = 1;

    /// <summary>Money that is missing and about which nobody has decided, the oldest first; numbered together with <see cref="Foreign"/>.</summary>
    public IReadOnlyList<MissingMoney> MissingMoney { get; internal set; } = [];

    /// <summary>The wallet balance as last reported; null before.</summary>
    public Money? Wallet { get; internal set; }

    /// <summary>
    /// What the wallet would be by what was booked alone, from where both last agreed for certain; null before the first report, and on a simulated exchange, where no money comes or goes by itself.
    /// </summary>
    public Money? Explained { get; internal set; }

    /// <summary>What is in <see cref="Wallet"/>, more (positive) or less, that the trades do not explain.</summary>
    public decimal Unexplained => Wallet is { } wallet && Explained is { } explained ? wallet.Amount - explained.Amount : 0m;

    public List<WaitingAlert> Alerts { get; } = [];

    /// <summary>What people taught of how channels write, the oldest first. Lies over the settings.</summary>
    public IReadOnlyList<TaughtRule> TaughtRules { get; internal set; } = [];

    /// <summary>How often what was taught has changed; the number of the latest rule that was added is at most this.</summary>
    public int ProfileVersion { get; internal set; }

    /// <summary>What is known of a channel: its settings, and over them what was taught.</summary>
    public ChannelSettings ChannelOf(EngineSettings settings, ChannelId channel) =>
        TaughtRules.Where(taught => taught.Channel == channel).Aggregate(settings.ChannelOf(channel), (known, taught) => known.With(taught.Rule));

    /// <summary>Channels on probation, the longest first.</summary>
    public IReadOnlyList<ChannelProbation> Probations { get; internal set; } = [];

    /// <summary>Null when the channel is not on probation.</summary>
    public ChannelProbation? ProbationOf(ChannelId channel) => Probations.FirstOrDefault(probation => probation.Channel == channel);

    public List<RecentIdea> RecentIdeas { get; } = [];

    /// <summary>When posts, fills, payments, liquidations and commands were booked, by kind and id: each counts once.</summary>
    public Dictionary<string, Instant> Booked { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether stops rest at the exchange; where they don't, the engine watches them. Not stored: the exchange says.</summary>
    public bool HoldsStops { get; internal set; } = true;

    /// <summary>Since when a feed is lost, by its name.</summary>
    public Dictionary<string, Instant> LostFeeds { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<Symbol, MarketState> Markets => _markets;

    /// <summary>Unfinished trades, and finished ones as long as they are remembered, by number.</summary>
    public IReadOnlyDictionary<int, Trade> Trades => _trades;

    /// <summary>Signals of the last days, traded or not, with what the market did since, by number.</summary>
    public IReadOnlyDictionary<int, WatchedSignal> Watched => _watched;

    public IReadOnlyDictionary<ClientOrderId, Order> Orders => _orders;

    public IEnumerable<Trade> ActiveTrades => _trades.Values.Where(trade => !trade.IsFinished);

    public TradingState EffectiveTrading => IsReconciled
        ? Trading
        : new TradingState(TradingMode.Halted, "engine", "the account has not been reconciled yet", Now);

    public IEnumerable<Order> OrdersOf(int tradeNumber) =>
        _ordersByTrade.TryGetValue(tradeNumber, out var ids) ? ids.Select(id => _orders[id]) : [];

    public MarketState Market(Symbol symbol)
    {
        if (!_markets.TryGetValue(symbol, out var market))
            _markets.Add(symbol, market = new MarketState());
        return market;
    }

    /// <summary>Wallet and the open profit or loss of all positions at their exit prices; null while the wallet or a price is unknown.</summary>
    public Money? Equity
    {
        get
        {
            if (Wallet is not { } wallet)
                return null;
            var open = 0m;
            foreach (var (market, watch) in _positions)
            {
                if (market.Quote is not { } quote)
                    return null;
                open += watch.UnrealisedAt(quote);
            }

            return wallet with { Amount = wallet.Amount + open };
        }
    }

    /// <summary>The state as it was stored. Prices are not: they come from the market, and until the account was reconciled nothing is traded.</summary>
    /// <param name="scalars">As of the last commit.</param>
    /// <param name="trades">All unfinished trades, and finished ones as long as they are to be remembered.</param>
    /// <param name="orders">All orders of those trades.</param>
    /// <param name="booked">When facts from outside were booked, by kind and id, as in <see cref="Booked"/>.</param>
    /// <param name="watched">Watched signals; those that are watched no longer are left out.</param>
    public static EngineState Restore(
        EngineScalars scalars, IEnumerable<Trade> trades, IEnumerable<Order> orders, IEnumerable<KeyValuePair<string, Instant>> booked, IEnumerable<WatchedSignal> watched)
    {
        var state = new EngineState
        {
            Now = scalars.Now,
            FeedStep = scalars.FeedStep,
            NextNumber = scalars.NextNumber,
            Trading = scalars.Trading,
            Day = scalars.Day,
            Week = scalars.Week,
            Wallet = scalars.Wallet,
            Outage = scalars.Outage,
            Foreign = scalars.Foreign ?? [],
            ForeignOrders = scalars.ForeignOrders ?? [],
            NextForeign = scalars.NextForeign,
            MissingMoney = scalars.MissingMoney ?? [],
            Explained = scalars.Explained ?? scalars.Wallet,
            TaughtRules = scalars.TaughtRules ?? [],
            ProfileVersion = scalars.ProfileVersion,
            Probations = scalars.Probations ?? [],
        };
        state.Alerts.AddRange(scalars.Alerts);
        foreach (var trade in trades.OrderBy(trade => trade.Number))
        {
            state.Put(trade);
            state.RecentIdeas.Add(new RecentIdea(
                trade.Number, trade.Signal.Id, trade.Signal.Channel, trade.Signal.MessageId, trade.Instrument.Symbol, trade.Side, trade.PlannedEntry, trade.CreatedAt));
        }

        // In the order in which they were made, which is the order in which they are looked at.
        foreach (var order in orders.OrderBy(order => order.CreatedAt).ThenBy(order => order.Id.Value, StringComparer.Ordinal))
            state.Put(order);
        foreach (var (id, at) in booked)
            state.Booked[id] = at;
        foreach (var signal in watched.Where(signal => scalars.Now - signal.Since <= EngineSettings.WatchSignalsFor).OrderBy(signal => signal.Number).TakeLast(WatchedSignal.MostAtOnce))
            state.Put(signal);
        return state;
    }

    internal void Put(Trade trade)
    {
        _trades[trade.Number] = trade;
        var market = Market(trade.Instrument.Symbol);
        market.Watches.RemoveAll(watch => watch.Trade.Number == trade.Number);
        _positions.RemoveAll(entry => entry.Watch.Trade.Number == trade.Number);
        if (trade.IsFinished)
            return;
        var added = new TradeWatch(trade);
        market.Watches.Add(added);
        market.Watches.Sort((left, right) => left.Trade.Number.CompareTo(right.Trade.Number));
        if (added.HasPosition)
            _positions.Add((market, added));
    }

    internal void Put(WatchedSignal signal)
    {
        _watched[signal.Number] = signal;
        if (signal.Symbol is not { } symbol)
            return;
        var watches = Market(symbol).SignalWatches;
        watches.RemoveAll(watch => watch.Signal.Number == signal.Number);
        watches.Add(new SignalWatch(signal));
    }

    internal void ForgetWatched(int number)
    {
        if (_watched.Remove(number, out var signal) && signal.Symbol is { } symbol)
            Market(symbol).SignalWatches.RemoveAll(watch => watch.Signal.Number == number);
    }

    internal void Put(Order order)
    {
        if (_orders.TryAdd(order.Id, order))
        {
            if (!_ordersByTrade.TryGetValue(order.Intent.TradeNumber, out var ids))
                _ordersByTrade.Add(order.Intent.TradeNumber, ids = []);
            ids.Add(order.Id);
        }
        else
        {
            _orders[order.Id] = order;
        }
    }

    /// <summary>Drops a finished trade and its orders from memory; they stay in storage.</summary>
    internal void Forget(int tradeNumber)
    {
        _trades.Remove(tradeNumber);
        if (_ordersByTrade.Remove(tradeNumber, out var ids))
            foreach (var id in ids)
                _orders.Remove(id);
    }
}

/// <summary>What is known of one symbol.</summary>
public sealed class MarketState
{
    public Instrument? Instrument { get; internal set; }

    public Quote? Quote { get; internal set; }

    public Candle? LastCandle { get; internal set; }

    /// <summary>The unfinished trades of the symbol, by number.</summary>
    public List<TradeWatch> Watches { get; } = [];

    /// <summary>The watched signals of the symbol.</summary>
    public List<SignalWatch> SignalWatches { get; } = [];
}

/// <param name="Since">The first failure after the last report.</param>
/// <param name="Error">What the latest question came to.</param>
/// <param name="Told">A person was told; the end is told then too.</param>
public sealed record AccountOutage(Instant Since, ExchangeError Error, bool Told);

/// <summary>An alert without levels that waits for its details.</summary>
public sealed record WaitingAlert(ChannelId Channel, long MessageId, SignalDraft Draft, int Number, Instant Until);
