using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>A supervisor over a gateway of the test's choice: real processes, but no time passes unless the test says so.</summary>
internal sealed class GatewayStage : IAsyncDisposable
{
    /// <summary>How long something may really take before a test fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Channel<GatewayHealth> _health = Channel.CreateUnbounded<GatewayHealth>();
    private readonly Channel<GatewayNotification> _notifications = Channel.CreateUnbounded<GatewayNotification>();
    private Task _running = Task.CompletedTask;

    /// <param name="script">A file in the folder Fakes; null for the real gateway.</param>
    public GatewayStage(string? script, Func<GatewayOptions, GatewayOptions>? change = null, Func<GatewayInstallation>? find = null)
    {
        var options = new GatewayOptions { PingInterval = TimeSpan.FromMinutes(30), FailuresUntilFailed = 3 };
        options = change?.Invoke(options) ?? options;
        Supervisor = new GatewaySupervisor(options, find ?? (() => Installation(script)), Time, () => 0, Logger);
        Supervisor.HealthChanged += health => _health.Writer.TryWrite(health);
        Supervisor.Notified += notification => _notifications.Writer.TryWrite(notification);
    }

    public ManualTimeProvider Time { get; } = new();

    public CollectingLogger<GatewaySupervisor> Logger { get; } = new();

    public GatewaySupervisor Supervisor { get; }

    public static GatewayInstallation Installation(string? script) => GatewayInstallation.Find(new GatewayOptions()) switch
    {
        GatewayInstallation.Ready ready when script is null => ready,
        GatewayInstallation.Ready ready => ready with { Main = Fake(script) },
        // The fakes need no packages.
        GatewayInstallation.Incomplete when script is not null => new GatewayInstallation.Ready("node", Fake(script)),
        var other => other,
    };

    public void Start() => _running = Supervisor.RunAsync(_end.Token);

    public async Task<T> HealthAsync<T>()
        where T : GatewayHealth
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await _health.Reader.ReadAsync(patience.Token) is T wanted)
                return wanted;
        }
    }

    public async Task<GatewayNotification> NotificationAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _notifications.Reader.ReadAsync(patience.Token);
    }

    public Task<GatewayAnswer<JsonElement>> CallAsync(string method, object? parameters = null, TimeSpan? timeout = null) =>
        Supervisor.CallAsync<JsonElement>(method, parameters, timeout ?? AnHour, CancellationToken.None).WaitAsync(Patience);

    public async Task<JsonElement> ResultAsync(string method, object? parameters = null) =>
        Assert.IsType<GatewayAnswer<JsonElement>.Ok>(await CallAsync(method, parameters)).Value;

    public Task CancelAsync() => _end.CancelAsync();

    public Task EndedAsync() => _running.WaitAsync(Patience);

    public static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await EndedAsync();
        _end.Dispose();
    }

    private static string Fake(string script) => ProjectFolder.Path("tests", "TelegramTrader.Tests", "Connectors", "Gateway", "Fakes", script);
}
