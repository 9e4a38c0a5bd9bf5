using System.Globalization;
using System.Text.Json;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Benchmarks.FeedDay;

/// <summary>What stands behind the gateway's protocol: an exchange that lists its symbols and pushes their prices. Every push is read from JSON as one of the real gateway is.</summary>
internal sealed class FeedGateway(FeedMarket market, TimeProvider time) : IGateway
{
    private readonly List<Func<CancellationToken, Task>> _afterStart = [];

    public GatewayHealth Health { get; } = new GatewayHealth.Running(1, "feed", "in this process");

    public event Action<GatewayNotification>? Notified;

    public event Action<GatewayHealth>? HealthChanged;

    public void AfterEachStart(Func<CancellationToken, Task> action) => _afterStart.Add(action);

    public Task RunAsync(CancellationToken life)
    {
        HealthChanged?.Invoke(Health);
        return Task.WhenAll(_afterStart.Select(action => action(life)));
    }

    /// <summary>Pushes the present price of every symbol.</summary>
    public void Push()
    {
        foreach (var listed in market.Symbols)
        {
            using var document = JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $$"""{"account":"feed-main",{{Quote(listed)}}}"""));
            Notified?.Invoke(new GatewayNotification("exchange.quote", document.RootElement.Clone()));
        }
    }

    public Task<GatewayAnswer<T>> CallAsync<T>(string method, object? parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(Answer(method));
        return Task.FromResult(GatewayJson.Read<T>(method, document.RootElement.Clone()));
    }

    private string Answer(string method) => method switch
    {
        "exchange.open" => """{ "can": { "stopMarket": true, "reduceOnly": true, "clientOrderId": true, "clientOrderIdLookup": true } }""",
        "exchange.clock" => string.Create(CultureInfo.InvariantCulture, $$"""{ "serverTime": {{Now}}, "offset": 0 }"""),
        "exchange.markets" => $"[{string.Join(',', market.Symbols.Select(listed => $$"""{"symbol":"{{listed.Symbol}}","base":"{{listed.Symbol.Base}}","quote":"USDT","settle":"USDT","kind":"swap","active":true,"linear":true,"tick":"0.0001","step":"0.001","minQuantity":"0.001","minNotional":"5","contractSize":"1","maxLeverage":"50","maintenanceMarginRate":"0.004","makerFee":"0.0002","takerFee":"0.0005"}"""))}]",
        "exchange.quotes" => $"[{string.Join(',', market.Symbols.Select(listed => $"{{{Quote(listed)}}}"))}]",
        // Every eight hours, as most exchanges have it.
        "exchange.fundingRates" => $"[{string.Join(',', market.Symbols.Select(listed => string.Create(CultureInfo.InvariantCulture, $$"""{"symbol":"{{listed.Symbol}}","rate":"0.0001","nextAt":{{(Now / EightHours + 1) * EightHours}}}""")))}]",
        _ => "{}",
    };

    private const long EightHours = 8 * 3_600_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private string Quote(FeedMarket.Listed listed) => string.Create(CultureInfo.InvariantCulture, $"\"symbol\":\"{listed.Symbol}\",\"bid\":\"{listed.Bid}\",\"ask\":\"{listed.Ask}\",\"at\":{Now}");
}
