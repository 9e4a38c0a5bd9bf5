using System.ComponentModel;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TelegramTrader.Connectors.Gateway;

/// <summary>
/// Keeps one gateway running: starts it, asks it whether it is still there, starts it again when it ends or hangs, ends it with the program. Whatever the gateway
/// does, nothing here throws or fills up.
/// </summary>
public sealed class GatewaySupervisor : IGateway
{
    private static readonly TimeSpan PauseWithoutInstallation = TimeSpan.FromMinutes(1);

    private readonly GatewayOptions _options;
    private readonly Func<GatewayInstallation> _find;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly ILogger<GatewaySupervisor> _logger;
    private readonly List<Func<CancellationToken, Task>> _afterStart = [];
    private readonly Channel<GatewayNotification> _notifications;
    private volatile GatewayHealth _health = new GatewayHealth.Stopped();
    private volatile GatewayConnection? _connection;
    private int _dropped;

    /// <param name="jitter">A random number from 0 to 1 with each call: how much of half of a wait is taken off.</param>
    public GatewaySupervisor(GatewayOptions options, TimeProvider time, Func<double> jitter, ILogger<GatewaySupervisor> logger)
        : this(options, () => GatewayInstallation.Find(options), time, jitter, logger)
    {
    }

    internal GatewaySupervisor(GatewayOptions options, Func<GatewayInstallation> find, TimeProvider time, Func<double> jitter, ILogger<GatewaySupervisor> logger)
    {
        _options = options;
        _find = find;
        _time = time;
        _jitter = jitter;
        _logger = logger;
        _notifications = Channel.CreateBounded<GatewayNotification>(new BoundedChannelOptions(options.MostWaitingNotifications) { SingleReader = true });
    }

    public GatewayHealth Health => _health;

    public event Action<GatewayNotification>? Notified;

    public event Action<GatewayHealth>? HealthChanged;

    /// <summary>To be called before <see cref="RunAsync"/>.</summary>
    public void AfterEachStart(Func<CancellationToken, Task> action) => _afterStart.Add(action);

    public async Task<GatewayAnswer<T>> CallAsync<T>(string method, object? parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_connection is not { } connection)
            return new GatewayAnswer<T>.NotRunning(_health.ToString());
        var answer = await connection.CallAsync(method, parameters, timeout, cancellationToken);
        return answer is GatewayAnswer<JsonElement>.Ok { Value: var result } ? GatewayJson.Read<T>(method, result) : answer.Select<T>(_ => throw new InvalidOperationException());
    }

    /// <summary>Runs until cancelled; the gateway has ended when it returns. To be called once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var delivering = DeliverAsync();
        var failures = 0;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var installation = _find();
                if (installation is not GatewayInstallation.Ready ready)
                {
                    Become(Unavailable(installation));
                    await Task.Delay(PauseWithoutInstallation, _time, cancellationToken);
                    continue;
                }
                Become(new GatewayHealth.Starting());
                var started = _time.GetTimestamp();
                var reason = await RunOnceAsync(ready, cancellationToken);
                if (cancellationToken.IsCancellationRequested)
                    break;
                failures = _time.GetElapsedTime(started) >= _options.GoodRun ? 1 : failures + 1;
                var wait = _options.Restarts.After(failures, _jitter());
                Become(failures >= _options.FailuresUntilFailed ? Failed(reason, failures) : new GatewayHealth.Restarting(reason, failures, wait));
                await Task.Delay(wait, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("The gateway is not started again: the program ends.");
        }
        Become(new GatewayHealth.Stopped());
        _notifications.Writer.Complete();
        await delivering;
    }

    /// <summary>One life of the gateway; the answer is why it ended.</summary>
    private async Task<string> RunOnceAsync(GatewayInstallation.Ready installation, CancellationToken cancellationToken)
    {
        GatewayChild child;
        try
        {
            child = GatewayChild.Start(installation, _time, _logger);
        }
        catch (Win32Exception exception)
        {
            return $"The gateway could not be started with '{installation.Node}': {exception.Message}.";
        }
        using (child)
        using (var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var connection = new GatewayConnection(child.Input, child.Output, _options, Queue, _time, _logger);
            var talking = connection.RunAsync();
            var watching = WatchAsync(child, connection, life.Token);
            var first = await Task.WhenAny(talking, watching);
            // The watch ends with a reason when the gateway hangs, and without one when the program ends.
            var trouble = first == watching ? await watching : null;
            _connection = null;
            await life.CancelAsync();
            var ended = await child.EndAsync(trouble is null ? _options.EndTimeout : TimeSpan.Zero);
            connection.End(trouble ?? ended);
            await talking;
            await watching;
            return trouble ?? ended;
        }
    }

    /// <summary>Asks the gateway again and again; the answer is what is wrong with it, or null when that was cancelled.</summary>
    private async Task<string?> WatchAsync(GatewayChild child, GatewayConnection connection, CancellationToken life)
    {
        var hooks = Task.CompletedTask;
        using var hooksLife = CancellationTokenSource.CreateLinkedTokenSource(life);
        try
        {
            if (await PingAsync(connection, _options.StartTimeout, life) is not { } pong)
                return FormattableString.Invariant($"The gateway gave no answer within {_options.StartTimeout.TotalSeconds:0.#} s of its start.");
            if (TooOld(pong.Node) is { } tooOld)
                return tooOld;
            _connection = connection;
            Become(new GatewayHealth.Running(child.Id, pong.Version, pong.Node));
            hooks = RunHooksAsync(hooksLife.Token);
            while (true)
            {
                await Task.Delay(_options.PingInterval, _time, life);
                if (await PingAsync(connection, _options.PingTimeout, life) is null)
                    return FormattableString.Invariant($"The gateway hangs: it gave no answer within {_options.PingTimeout.TotalSeconds:0.#} s.");
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await hooksLife.CancelAsync();
            await hooks;
        }
    }

    private static async Task<Pong?> PingAsync(GatewayConnection connection, TimeSpan timeout, CancellationToken life)
    {
        var answer = await connection.CallAsync("ping", null, timeout, life);
        return answer is GatewayAnswer<JsonElement>.Ok { Value: var result } && GatewayJson.Read<Pong>("ping", result) is GatewayAnswer<Pong>.Ok { Value: var pong } ? pong : null;
    }

    /// <summary>Side by side: what waits for Telegram must not keep an exchange from being opened.</summary>
    private Task RunHooksAsync(CancellationToken life) => Task.WhenAll(_afterStart.Select(action => RunHookAsync(action, life)));

    private async Task RunHookAsync(Func<CancellationToken, Task> action, CancellationToken life)
    {
        try
        {
            await action(life);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            _logger.LogDebug("What is to be done after a start of the gateway was not finished when it ended");
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "What is to be done after a start of the gateway failed.");
        }
    }

    private void Queue(GatewayNotification notification)
    {
        // Dropping is told, and whoever listens looks into the history. Waiting here would keep back the answers that the handlers wait for.
        if (!_notifications.Writer.TryWrite(notification))
            Interlocked.Increment(ref _dropped);
    }

    private async Task DeliverAsync()
    {
        await foreach (var notification in _notifications.Reader.ReadAllAsync())
        {
            Raise(notification);
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var count)
            {
                _logger.LogWarning("{Count} notifications of the gateway were dropped, because {Limit} waited already.", count, _options.MostWaitingNotifications);
                Raise(new GatewayNotification(GatewayNotification.NotificationsLost, default));
            }
        }
    }

    private void Raise(GatewayNotification notification)
    {
        try
        {
            Notified?.Invoke(notification);
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "A notification {Method} of the gateway could not be handled.", notification.Method);
        }
    }

    private void Become(GatewayHealth health)
    {
        if (health == _health)
            return;
        _health = health;
        _logger.LogInformation("{Health}", health);
        try
        {
            HealthChanged?.Invoke(health);
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "A report of the gateway's state failed.");
        }
    }

    private static GatewayHealth Unavailable(GatewayInstallation installation) => installation switch
    {
        GatewayInstallation.NoNode noNode => new GatewayHealth.NoNode(noNode.WhatToDo),
        GatewayInstallation.Incomplete incomplete => new GatewayHealth.Failed(incomplete.Reason, incomplete.WhatToDo),
        _ => throw new InvalidOperationException($"{installation.GetType().Name} is not in the set of installations."),
    };

    private static GatewayHealth.Failed Failed(string reason, int failures) =>
        new(reason, FormattableString.Invariant($"It failed {failures} times in a row and is tried again at long intervals. See the log; when its packages are damaged, delete its node_modules folder and build again."));

    private static string? TooOld(string nodeVersion) =>
        Version.TryParse(nodeVersion.TrimStart('v').Split('-')[0], out var version) && version.Major < GatewayInstallation.LowestNodeVersion
            ? FormattableString.Invariant($"Node.js {nodeVersion} is too old for the gateway: it needs {GatewayInstallation.LowestNodeVersion} or later.")
            : null;

    private sealed record Pong(string Version, string Node);
}
