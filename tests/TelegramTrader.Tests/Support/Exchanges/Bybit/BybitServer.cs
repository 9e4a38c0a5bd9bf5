using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>
/// Bybit v5 on loopback: linear contracts of a unified account by HTTP, over the matching engine that trades on paper. It has no spot and no streams: a caller
/// that wants pushes is turned away and must ask.
/// </summary>
public sealed class BybitServer : IAsyncDisposable
{
    public const string ApiKey = "simulatedBybitKey01";
    public const string Secret = "simulatedBybitSecretOfNobody01234567";

    private readonly BybitEndpoint _endpoint;
    private ExchangeHost? _host;

    private BybitServer(TimeProvider time, VenueSettings settings)
    {
        Clock = new ExchangeClock(time);
        Linear = new TradingVenue(settings, Clock);
        Account = new BybitAccount(Linear);
        _endpoint = new BybitEndpoint(Linear, new BybitMarketData(Linear), new BybitOrders(Linear), Account);
    }

    public Uri BaseUrl => Host.BaseUrl;

    public ExchangeClock Clock { get; }

    public TradingVenue Linear { get; }

    public FaultScript Faults { get; } = new();

    public IReadOnlyList<ExchangeCall> Calls => Host.Calls;

    /// <summary>Requests that no endpoint was there for.</summary>
    public IReadOnlyList<string> UnknownRequests => _endpoint.Unknown;

    public BybitAccount Account { get; }

    private ExchangeHost Host => _host ?? throw new InvalidOperationException("The server has not been started.");

    public static VenueSettings DefaultLinear { get; } = new()
    {
        IsSpot = false,
        Instruments = [Some.Instrument(), Some.Instrument("ETH/USDT:USDT", tick: 0.01m)],
        MakerFee = 0.0002m,
        TakerFee = 0.00055m,
    };

    public static async Task<BybitServer> StartAsync(TimeProvider time, VenueSettings? linear = null)
    {
        var server = new BybitServer(time, linear ?? DefaultLinear);
        server._host = await ExchangeHost.StartAsync(new Dialect(server), server.Faults);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private sealed class Dialect(BybitServer server) : IExchangeDialect
    {
        public ExchangeAnswer Answer(ExchangeCall call) => server._endpoint.Answer(call);

        public bool Connected(PushConnection connection) => false;

        public void Received(PushConnection connection, string message)
        {
        }

        public void Disconnected(PushConnection connection)
        {
        }
    }
}
