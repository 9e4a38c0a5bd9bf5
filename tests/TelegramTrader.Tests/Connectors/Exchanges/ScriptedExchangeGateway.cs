using System.Collections.Concurrent;
using System.Text.Json;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>A gateway with an exchange behind it whose answers a test writes down, in the form in which the real one sends them. What is not written down has a dull answer.</summary>
internal sealed class ScriptedExchangeGateway : IGateway
{
    private static readonly Dictionary<string, string> Dull = new(StringComparer.Ordinal)
    {
        ["exchange.open"] = """{ "can": { "stopMarket": true, "reduceOnly": true, "clientOrderId": true, "clientOrderIdLookup": true } }""",
        ["exchange.clock"] = """{ "serverTime": 1000, "offset": 0 }""",
        ["exchange.watchAccount"] = "{}",
        ["exchange.watchQuotes"] = "{}",
        ["exchange.watchCandles"] = "{ \"pushed\": false }",
        ["exchange.candles"] = "[]",
        ["exchange.prepare"] = """{ "leverage": "3", "marginMode": "isolated", "positionMode": "oneWay", "verified": true }""",
        ["exchange.balance"] = """{ "assets": [ { "asset": "USDT", "free": "900", "used": "100", "total": "1000" } ] }""",
        ["exchange.positions"] = "[]",
        ["exchange.fills"] = "[]",
        ["exchange.openOrders"] = "[]",
        ["exchange.fundingPayments"] = "[]",
    };

    private readonly List<Func<CancellationToken, Task>> _afterStart = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<object?>>> _answers = [];
    private readonly ConcurrentDictionary<string, Task> _held = [];

    public GatewayHealth Health { get; } = new GatewayHealth.Running(1, "scripted", "v20.0.0");

    public event Action<GatewayNotification>? Notified;

    public event Action<GatewayHealth>? HealthChanged;

    /// <summary>Each call as method and parameters, in their order.</summary>
    public ConcurrentQueue<(string Method, JsonElement Parameters)> Calls { get; } = [];

    public IReadOnlyList<JsonElement> CallsOf(string method) => [.. Calls.Where(call => call.Method == method).Select(call => call.Parameters)];

    public void AfterEachStart(Func<CancellationToken, Task> action) => _afterStart.Add(action);

    /// <summary>What the next call of the method answers.</summary>
    /// <param name="answer">JSON of the result, a <see cref="GatewayRefusal"/>, <see cref="NoAnswer"/>, or <see cref="Dead"/>.</param>
    public void Answer(string method, object answer) => _answers.GetOrAdd(method, _ => []).Enqueue(() => answer);

    public void Refuse(string method, string kind, bool mayHaveHappened, string code = "1", TimeSpan? wait = null) =>
        Answer(method, new GatewayRefusal(GatewayRefusalKind.Exchange, $"the exchange says {kind}", wait) { Exchange = new ExchangeRefusal(kind, code, mayHaveHappened) });

    /// <summary>Calls of the method are answered when it has completed.</summary>
    public void Hold(string method, Task until) => _held[method] = until;

    public static object NoAnswer { get; } = "no answer in time".Length;

    public static object Dead { get; } = typeof(ScriptedExchangeGateway);

    /// <summary>Ends when the method was called. Throws <see cref="TimeoutException"/>.</summary>
    public async Task CalledAsync(string method)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var looks = 0; CallsOf(method).Count == 0; looks++)
        {
            if (looks > 10_000)
                throw new TimeoutException($"{method} was not called.");
            await look.WaitForNextTickAsync();
        }
    }

    /// <summary>One life of the gateway.</summary>
    public Task LiveAsync(CancellationToken life)
    {
        HealthChanged?.Invoke(Health);
        return Task.WhenAll(_afterStart.Select(action => action(life)));
    }

    public void Die() => HealthChanged?.Invoke(new GatewayHealth.Restarting("It was killed.", 1, TimeSpan.FromSeconds(1)));

    public void Notify(string method, string parameters)
    {
        using var document = JsonDocument.Parse(parameters);
        Notified?.Invoke(new GatewayNotification(method, document.RootElement.Clone()));
    }

    public async Task<GatewayAnswer<T>> CallAsync<T>(string method, object? parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = JsonDocument.Parse(GatewayJson.Request(1, method, parameters));
        Calls.Enqueue((method, request.RootElement.GetProperty("params").Clone()));
        var answer = _answers.TryGetValue(method, out var answers) && answers.TryDequeue(out var next) ? next()
            : Dull.TryGetValue(method, out var dull) ? dull
            : throw new InvalidOperationException($"The test gives no answer to {method}.");
        if (_held.TryGetValue(method, out var held))
            await held.WaitAsync(cancellationToken);
        return answer switch
        {
            string json => Read<T>(method, json),
            GatewayRefusal refusal => new GatewayAnswer<T>.Refused(refusal),
            int => new GatewayAnswer<T>.TimedOut(timeout),
            Type => new GatewayAnswer<T>.Lost("The gateway died."),
            _ => throw new InvalidOperationException($"{answer} is no answer."),
        };
    }

    private static GatewayAnswer<T> Read<T>(string method, string json)
    {
        using var document = JsonDocument.Parse(json);
        return GatewayJson.Read<T>(method, document.RootElement.Clone());
    }
}
