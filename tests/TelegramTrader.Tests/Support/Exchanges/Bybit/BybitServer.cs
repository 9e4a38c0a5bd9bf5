using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>
/// Bybit v5 on loopback: linear contracts and spot of one unified account, as strict as the real one, over the matching engine that trades on paper. It stays as it is
/// while callers come and go. The test moves prices and time, and says what goes wrong; nothing happens by itself.
/// </summary>
public sealed class BybitServer : IAsyncDisposable
{
    public const string ApiKey = "simulatedBybitKey01";
    public const string Secret = "simulatedBybitSecretOfNobody01234567";

    private readonly BybitEndpoint _endpoint;
    private readonly BybitStreams _streams;
    private ExchangeHost? _host;

    private BybitServer(TimeProvider time, VenueSettings linear, VenueSettings spot)
    {
        Clock = new ExchangeClock(time);
        Linear = new TradingVenue(linear, Clock);
        Spot = new TradingVenue(spot, Clock);
        var (linearBook, spotBook) = (new BybitBook("linear", Linear), new BybitBook("spot", Spot));
        Account = new BybitAccount(linearBook, spotBook);
        _streams = new BybitStreams(linearBook, spotBook, Account, Clock);
        _endpoint = new BybitEndpoint(Clock, Account, linearBook, spotBook);
    }

    public Uri BaseUrl => Host.BaseUrl;

    public ExchangeClock Clock { get; }

    public TradingVenue Linear { get; }

    public TradingVenue Spot { get; }

    public BybitAccount Account { get; }

    public FaultScript Faults { get; } = new();

    public BybitLimits Limits => _endpoint.Limits;

    /// <summary>All requests, in the order they came.</summary>
    public IReadOnlyList<ExchangeCall> Calls => Host.Calls;

    /// <summary>Our id in a request; null where it has none.</summary>
    public static string? ClientIdOf(ExchangeCall call) => JsonNode.Parse(call.Body)?["orderLinkId"]?.GetValue<string>();

    /// <summary>Requests that no endpoint was there for.</summary>
    public IReadOnlyList<string> UnknownRequests => _endpoint.Unknown;

    /// <summary>Every request is answered with 503.</summary>
    public bool IsInMaintenance
    {
        set => _endpoint.IsInMaintenance = value;
    }

    private ExchangeHost Host => _host ?? throw new InvalidOperationException("The server has not been started.");

    public static VenueSettings DefaultLinear { get; } = new()
    {
        IsSpot = false,
        Instruments = [Some.Instrument(), Some.Instrument("ETH/USDT:USDT", tick: 0.01m)],
        MakerFee = 0.0002m,
        TakerFee = 0.00055m,
    };

    public static VenueSettings DefaultSpot { get; } = BinanceServer.DefaultSpot;

    /// <param name="time">The exchange's clock; it can be made to go wrong by <see cref="ExchangeClock.Drift"/>.</param>
    public static async Task<BybitServer> StartAsync(TimeProvider time, VenueSettings? linear = null, VenueSettings? spot = null)
    {
        var server = new BybitServer(time, linear ?? DefaultLinear, spot ?? DefaultSpot);
        server._host = await ExchangeHost.StartAsync(new Dialect(server), server.Faults);
        return server;
    }

    /// <summary>The first request that is wanted, come or to come. Throws <see cref="TimeoutException"/>.</summary>
    public Task<ExchangeCall> WaitForCallAsync(Func<ExchangeCall, bool> isWanted, TimeSpan timeout) => Host.WaitAsync(isWanted, timeout);

    /// <summary>Completes once at least so many WebSockets are served. Throws <see cref="TimeoutException"/>.</summary>
    public Task WaitForConnectionsAsync(int count, TimeSpan timeout) => Host.WaitForConnectionsAsync(count, timeout);

    /// <summary>Cuts every WebSocket.</summary>
    public void CloseConnections() => Host.CloseConnections();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private sealed class Dialect(BybitServer server) : IExchangeDialect
    {
        public ExchangeAnswer Answer(ExchangeCall call) => server._endpoint.Answer(call);

        public bool Connected(PushConnection connection) => server._streams.Connected(connection);

        public void Received(PushConnection connection, string message) => server._streams.Received(connection, message);

        public void Disconnected(PushConnection connection) => server._streams.Disconnected(connection);
    }
}
