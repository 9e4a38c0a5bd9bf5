using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>
/// One account at one kind of market of a simulated exchange, without any dialect: orders, trades, positions and balances over the matching engine that trades
/// on paper. It outlives every connection. All of it is used under <see cref="Gate"/>, which the calls here take themselves.
/// </summary>
public sealed partial class TradingVenue
{
    private readonly ExchangeClock _clock;
    private readonly SimulatedExchange _engine;
    private readonly Dictionary<Symbol, VenueMarket> _markets;
    private readonly List<VenueOrder> _orders = [];
    private readonly List<VenueTrade> _trades = [];
    private readonly List<VenueIncome> _income = [];
    private readonly SpotBalances _balances = new();
    private long _lastNumber = 8_000_000_000;
    private decimal _paid;

    public TradingVenue(VenueSettings settings, ExchangeClock clock)
    {
        Settings = settings;
        _clock = clock;
        _markets = settings.Instruments.ToDictionary(instrument => instrument.Symbol, instrument => new VenueMarket(instrument));
        _engine = new SimulatedExchange(new SimulationSettings
        {
            StartingBalance = new Money(settings.StartingBalance, settings.SettlementAsset),
            MakerFee = settings.MakerFee,
            TakerFee = settings.TakerFee,
            BaseSlippage = settings.Slippage,
            SlippageAtFullVolume = 0m,
            Latency = TimeSpan.Zero,
            // What a fee takes out of the coins is kept in the balances here.
            SpotFeeInCoin = false,
        }, settings.Instruments, new Listener(this));
    }

    public Lock Gate { get; } = new();

    public VenueSettings Settings { get; }

    /// <summary>Told under the lock, in order.</summary>
    public event Action<VenueEvent>? Happened;

    public IReadOnlyCollection<VenueMarket> Markets => _markets.Values;

    /// <summary>Every order that was ever accepted, in order.</summary>
    public IReadOnlyList<VenueOrder> Orders => Locked(() => _orders.ToArray());

    public IReadOnlyList<VenueTrade> Trades => Locked(() => _trades.ToArray());

    public IReadOnlyList<VenueIncome> Income => Locked(() => _income.ToArray());

    public IReadOnlyList<SimulatedPosition> Positions => Locked(() => _engine.Positions.ToArray());

    public decimal Wallet => Locked(() => _engine.Wallet.Amount + _paid);

    public decimal FreeMargin => Locked(() => _engine.FreeMargin + _paid);

    public bool IsHedged { get; internal set; }

    /// <summary>The owner of a futures account pays money in, or takes it out when it is negative. What may be traded with it is not checked here.</summary>
    public void PayByHand(decimal amount) => Locked(() => _paid += amount);

    public Instant Now => _clock.Now;

    public VenueMarket Market(Symbol symbol) => _markets[symbol];

    public SimulatedPosition? Position(Symbol symbol) => Locked(() => _engine.Positions.FirstOrDefault(position => position.Symbol == symbol));

    /// <summary>Spot only: the quote asset and every listed coin.</summary>
    public IReadOnlyList<SpotBalance> Balances => Locked(() =>
    {
        var open = _orders.Where(order => order.IsOpen && order.Request.Type is not VenueOrderType.Market && !(order.List is { Limit.IsOpen: true, Stop.IsOpen: true } pair && pair.Unlocked == order)).ToArray();
        return new[] { _balances.Quote(_engine, Settings.SettlementAsset, open) }
            .Concat(_markets.Keys.Select(symbol => _balances.Coin(_engine, symbol, open))).ToArray();
    });

    /// <summary>The price goes there; what it sets off has happened when the call returns.</summary>
    public void MovePrice(Symbol symbol, decimal bid, decimal ask)
    {
        lock (Gate)
        {
            var quote = new Quote(symbol, new Price(bid), new Price(ask), Now);
            _markets[symbol].Quote = quote;
            Happened?.Invoke(new VenueEvent.PriceMoved(quote));
            Settle(symbol);
        }
    }

    /// <summary>Goes through a minute: to the extreme on the other side of its close first. Bid and ask lie one tick apart.</summary>
    public void MoveThrough(Symbol symbol, Candle candle)
    {
        lock (Gate)
        {
            var rises = candle.Close >= candle.Open;
            foreach (var price in new[] { candle.Open, rises ? candle.Low : candle.High, rises ? candle.High : candle.Low, candle.Close })
                MovePrice(symbol, price.Value, price.Value + _markets[symbol].Instrument.PriceTick);
            AddCandle(symbol, candle);
        }
    }

    public void AddCandle(Symbol symbol, Candle candle) => Locked(() =>
    {
        _markets[symbol].Add(candle);
        Happened?.Invoke(new VenueEvent.MinuteEnded(symbol));
    });

    /// <summary>How much the book holds from now on, in contracts; null for any amount. Orders at the market beyond it wait, or expire as their time in force says.</summary>
    public void OfferVolume(Symbol symbol, decimal? contracts)
    {
        lock (Gate)
        {
            _engine.OfferVolume(symbol, contracts);
            Settle(symbol);
        }
    }

    public void SetMark(Symbol symbol, decimal? mark) => Locked(() => _markets[symbol].MarkSet = mark);

    public void SetTrading(Symbol symbol, bool isTrading) => Locked(() => _markets[symbol].IsTrading = isTrading);

    /// <summary>Settles funding now, at the middle of the book.</summary>
    public void Fund(Symbol symbol, decimal rate)
    {
        lock (Gate)
        {
            _markets[symbol].FundingRate = rate;
            _engine.MoveTo(Now);
            _engine.Fund(symbol, rate, Now);
        }
    }

    /// <summary>The price goes to where the position is closed by force. Throws when there is none that could be.</summary>
    public void Liquidate(Symbol symbol)
    {
        var instrument = _markets[symbol].Instrument;
        var position = Position(symbol) ?? throw new InvalidOperationException($"There is no position in {symbol} to liquidate.");
        var price = position.LiquidationPrice(instrument) ?? throw new InvalidOperationException($"No price liquidates the position in {symbol}.");
        var reached = position.Side == TradeSide.Long ? instrument.RoundDownToTick(price) : instrument.RoundUpToTick(price);
        MovePrice(symbol, reached.Value, reached.Value);
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (Gate)
            return read();
    }

    internal void Locked(Action act)
    {
        lock (Gate)
            act();
    }

    private long NextNumber() => ++_lastNumber;
}
