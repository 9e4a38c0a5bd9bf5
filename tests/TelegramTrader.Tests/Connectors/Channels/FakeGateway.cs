using System.Collections.Concurrent;
using System.Text.Json;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Channels;

/// <summary>A gateway whose answers are written down as the real one would send them.</summary>
internal sealed class FakeGateway : IGateway
{
    private readonly List<Func<CancellationToken, Task>> _afterStart = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<object>> _answers = [];

    public GatewayHealth Health { get; } = new GatewayHealth.Running(1, "fake", "v20.0.0");

    public event Action<GatewayNotification>? Notified;

    public event Action<GatewayHealth>? HealthChanged;

    /// <summary>Each call as method and parameters.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public void AfterEachStart(Func<CancellationToken, Task> action) => _afterStart.Add(action);

    /// <summary>What the next call of the method answers: JSON of the result, a refusal, or null for no answer in time.</summary>
    public void Answer(string method, object? answer) => _answers.GetOrAdd(method, _ => []).Enqueue(answer ?? TimeSpan.FromSeconds(1));

    public async Task StartAsync(CancellationToken life = default)
    {
        HealthChanged?.Invoke(Health);
        foreach (var action in _afterStart)
            await action(life);
    }

    public void Notify(string method, string parameters)
    {
        using var document = JsonDocument.Parse(parameters);
        Notified?.Invoke(new GatewayNotification(method, document.RootElement.Clone()));
    }

    public Task<GatewayAnswer<T>> CallAsync<T>(string method, object? parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = JsonDocument.Parse(GatewayJson.Request(1, method, parameters));
        Calls.Enqueue($"{method} {request.RootElement.GetProperty("params")}");
        if (!_answers.TryGetValue(method, out var answers) || !answers.TryDequeue(out var answer))
            throw new InvalidOperationException($"The test gives no answer to {method}.");
        return Task.FromResult(answer switch
        {
            string json => Read<T>(method, json),
            GatewayRefusal refusal => new GatewayAnswer<T>.Refused(refusal),
            TimeSpan => new GatewayAnswer<T>.TimedOut(timeout),
            _ => throw new InvalidOperationException($"{answer} is no answer."),
        });
    }

    private static GatewayAnswer<T> Read<T>(string method, string json)
    {
        using var document = JsonDocument.Parse(json);
        return GatewayJson.Read<T>(method, document.RootElement.Clone());
    }
}

internal sealed class FakeSessions(string? stored = null) : TelegramTrader.Connectors.Channels.ISessionStore
{
    public string? Stored { get; private set; } = stored;

    public string? Load() => Stored;

    public void Save(string session) => Stored = session;
}
