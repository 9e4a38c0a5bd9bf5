using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Connectors.Charts;

/// <summary>One life of the process that draws.</summary>
internal sealed class ChartProcess : IAsyncDisposable
{
    private readonly GatewaySupervisor _supervisor;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    public ChartProcess(GatewayOptions options, GatewayInstallation installation, TimeProvider time, ILogger<GatewaySupervisor> logger)
    {
        _supervisor = new GatewaySupervisor(options, () => installation, time, () => 0, logger);
        _supervisor.HealthChanged += OnHealth;
        _running = _supervisor.RunAsync(_end.Token);
    }

    public IGateway Gateway => _supervisor;

    /// <summary>Null once it answers; else why it does not.</summary>
    public Task<string?> StartedAsync(CancellationToken cancellation) => _started.Task.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private void OnHealth(GatewayHealth health)
    {
        if (health is GatewayHealth.Running)
            _started.TrySetResult(null);
        else if (health is not GatewayHealth.Starting)
            _started.TrySetResult(health.ToString());
    }
}
