using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Binance.Futures;
using TelegramTrader.Tests.Support.Exchanges.Binance.Spot;
using TelegramTrader.Tests.Support.Exchanges.Binance.Streams;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>
/// Binance on loopback, spot and USDⓈ-M futures of one account, as strict as the real one, over the matching engine that trades on paper. It stays as it is while
/// callers come and go. The test moves prices and time, and says what goes wrong; nothing happens by itself.
/// </summary>
public sealed class BinanceServer : IAsyncDisposable
{
    private readonly BinanceEndpoint _endpoint;
    private readonly BinanceStreams _streams;
    private ExchangeHost? _host;

    private BinanceServer(TimeProvider time, VenueSettings futures, VenueSettings spot)
    {
        Clock = new ExchangeClock(time);
        Futures = new TradingVenue(futures, Clock);
        Spot = new TradingVenue(spot, Clock);
        var keys = new ListenKeys(Clock);
        _streams = new BinanceStreams(Futures, Spot, Account, keys);
        _endpoint = new BinanceEndpoint(Account, Clock, Futures, Spot,
        [
            .. new BinanceMarketData(Futures, "/fapi/v1").Routes(),
            .. new FuturesMarkets(Futures).Routes(),
            .. new FuturesOrders(Futures).Routes(),
            .. new FuturesAlgoOrders(Futures).Routes(),
            .. new FuturesAccount(Futures, Account).Routes(),
            .. new FuturesSettings(Futures).Routes(),
            .. keys.Routes(),
            .. new BinanceMarketData(Spot, "/api/v3").Routes(),
            .. new SpotMarkets(Spot).Routes(),
            .. new SpotOrders(Spot).Routes(),
            .. new SpotOrderLists(Spot).Routes(),
            .. new SpotAccount(Spot, Account).Routes(),
        ]);
    }

    public Uri BaseUrl => Host.BaseUrl;

    public ExchangeClock Clock { get; }

    public TradingVenue Futures { get; }

    public TradingVenue Spot { get; }

    public BinanceAccount Account { get; } = new();

    public FaultScript Faults { get; } = new();

    public BinanceLimits FuturesLimits => _endpoint.FuturesLimits;

    public BinanceLimits SpotLimits => _endpoint.SpotLimits;

    /// <summary>All requests, in the order they came.</summary>
    public IReadOnlyList<ExchangeCall> Calls => Host.Calls;

    /// <summary>Requests that no endpoint was there for, such as <c>GET /fapi/v9/thing</c>.</summary>
    public IReadOnlyList<string> UnknownRequests => _endpoint.Unknown;

    /// <summary>Every request is answered with 503.</summary>
    public bool IsInMaintenance
    {
        set => _endpoint.IsInMaintenance = value;
    }

    private ExchangeHost Host => _host ?? throw new InvalidOperationException("The server has not been started.");

    /// <param name="time">The exchange's clock; it can be made to go wrong by <see cref="ExchangeClock.Drift"/>.</param>
    public static async Task<BinanceServer> StartAsync(TimeProvider time, VenueSettings? futures = null, VenueSettings? spot = null)
    {
        var server = new BinanceServer(time, futures ?? DefaultFutures, spot ?? DefaultSpot);
        server._host = await ExchangeHost.StartAsync(new Dialect(server), server.Faults);
        return server;
    }

    public static VenueSettings DefaultFutures { get; } = new()
    {
        IsSpot = false,
        Instruments = [Some.Instrument(), Some.Instrument("ETH/USDT:USDT", tick: 0.01m)],
        ConditionalOrdersSpawn = true,
    };

    public static VenueSettings DefaultSpot { get; } = new()
    {
        IsSpot = true,
        // Not every symbol takes pairs of orders.
        Instruments = [SpotPair("BTC/USDT", 0.01m, 0.00001m) with { HoldsPairs = true }, SpotPair("ETH/USDT", 0.01m, 0.0001m)],
        MakerFee = 0.001m,
        TakerFee = 0.001m,
    };

    /// <summary>The first request that is wanted, come or to come. Throws <see cref="TimeoutException"/>.</summary>
    public Task<ExchangeCall> WaitForCallAsync(Func<ExchangeCall, bool> isWanted, TimeSpan timeout) => Host.WaitAsync(isWanted, timeout);

    /// <summary>Completes once at least so many WebSockets are served. Throws <see cref="TimeoutException"/>.</summary>
    public Task WaitForConnectionsAsync(int count, TimeSpan timeout) => Host.WaitForConnectionsAsync(count, timeout);

    /// <summary>Completes once somebody hears of the spot account. Throws <see cref="TimeoutException"/>.</summary>
    public Task WaitForSpotSignInAsync(TimeSpan timeout) => _streams.SpotSignedIn.WaitAsync(timeout);

    /// <summary>Cuts every WebSocket.</summary>
    public void CloseConnections() => Host.CloseConnections();

    public void ExpireListenKeys() => _streams.ExpireListenKeys();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private static Instrument SpotPair(string symbol, decimal tick, decimal step) => new()
    {
        Symbol = Symbol.Parse(symbol),
        PriceTick = tick,
        QuantityStep = step,
        MinimumQuantity = new Quantity(step),
        MinimumNotional = 5m,
    };

    private sealed class Dialect(BinanceServer server) : IExchangeDialect
    {
        public ExchangeAnswer Answer(ExchangeCall call) => server._endpoint.Answer(call);

        public bool Connected(PushConnection connection) => server._streams.Connected(connection);

        public void Received(PushConnection connection, string message) => server._streams.Received(connection, message);

        public void Disconnected(PushConnection connection) => server._streams.Disconnected(connection);
    }
}
