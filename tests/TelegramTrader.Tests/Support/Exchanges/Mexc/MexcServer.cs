using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Mexc;

/// <summary>
/// MEXC's spot market on loopback, written after its public description, over the matching engine that trades on paper. It knows limit and market orders and nothing that waits for a
/// price, and takes its fees in money. It pushes nothing: whoever connects is sent away, so that everything is asked for. The test moves prices and says what goes wrong.
/// </summary>
public sealed class MexcServer : IAsyncDisposable
{
    public const string ApiKey = "mx0simulatedKey01";
    public const string Secret = "simulatedMexcSecretOfNobody0123456";

    private readonly MexcEndpoint _endpoint;
    private ExchangeHost? _host;

    private MexcServer(TimeProvider time, VenueSettings spot)
    {
        Clock = new ExchangeClock(time);
        Spot = new TradingVenue(spot, Clock);
        _endpoint = new MexcEndpoint(Clock, Spot);
    }

    public static VenueSettings DefaultSpot { get; } = new()
    {
        IsSpot = true,
        Instruments = [Pair("BTC/USDT", 0.01m, 0.000001m), Pair("ETH/USDT", 0.01m, 0.0001m)],
        MakerFee = 0m,
        TakerFee = 0.0005m,
        FeesInCoins = false,
    };

    public Uri BaseUrl => Host.BaseUrl;

    public ExchangeClock Clock { get; }

    public TradingVenue Spot { get; }

    public FaultScript Faults { get; } = new();

    /// <summary>All requests, in the order they came.</summary>
    public IReadOnlyList<ExchangeCall> Calls => Host.Calls;

    /// <summary>Requests that no endpoint was there for.</summary>
    public IReadOnlyList<string> UnknownRequests => _endpoint.Unknown;

    /// <summary>Its owner deletes the key.</summary>
    public void RevokeKey() => _endpoint.IsKeyRevoked = true;

    private ExchangeHost Host => _host ?? throw new InvalidOperationException("The server has not been started.");

    public static async Task<MexcServer> StartAsync(TimeProvider time, VenueSettings? spot = null)
    {
        var server = new MexcServer(time, spot ?? DefaultSpot);
        server._host = await ExchangeHost.StartAsync(new Dialect(server), server.Faults);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private static Instrument Pair(string symbol, decimal tick, decimal step) => new()
    {
        Symbol = Symbol.Parse(symbol),
        PriceTick = tick,
        QuantityStep = step,
        MinimumQuantity = new Quantity(step),
        MinimumNotional = 1m,
    };

    private sealed class Dialect(MexcServer server) : IExchangeDialect
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
