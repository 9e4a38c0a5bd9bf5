using System.Text;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Connectors.Charts;

/// <summary>
/// Pictures made by a Node.js process of their own, which is started for the first one and ends when none is wanted for a while. One at a time. A process that hangs or dies under a picture
/// is ended; a picture that was lost so is tried once more with a new one. The gateway of exchanges and channels is another process and notices nothing of it.
/// </summary>
public sealed class GatewayChartRenderer : IChartRenderer, IAsyncDisposable
{
    /// <summary>What the process reads as one line, less what stands around the option.</summary>
    private const int MostOptionCharacters = 1_000_000;

    private readonly GatewayChartOptions _options;
    private readonly Func<GatewayInstallation> _find;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewaySupervisor> _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _idle;
    private ChartProcess? _process;
    private int _waiting;
    private bool _isDisposed;

    public GatewayChartRenderer(GatewayChartOptions options, TimeProvider time, ILogger<GatewaySupervisor> logger)
        : this(options, () => GatewayInstallation.Find(options.Gateway), time, logger)
    {
    }

    internal GatewayChartRenderer(GatewayChartOptions options, Func<GatewayInstallation> find, TimeProvider time, ILogger<GatewaySupervisor> logger)
    {
        (_options, _find, _time, _logger) = (options, find, time, logger);
        _idle = time.CreateTimer(_ => _ = EndIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why no picture can be drawn here; null when nothing is known against it. Starts nothing.</summary>
    public static ChartPicture.Unavailable? Obstacle(GatewayChartOptions options) => Obstacle(GatewayInstallation.Find(options.Gateway));

    public async Task<ChartPicture> RenderAsync(Chart chart, CancellationToken cancellation)
    {
        var length = Encoding.UTF8.GetByteCount(chart.Option.ToJsonString());
        if (length > MostOptionCharacters)
            return new ChartPicture.Refused(FormattableString.Invariant($"The chart '{chart.Title}' has {length} characters of data; the limit is {MostOptionCharacters}."));
        if (Interlocked.Increment(ref _waiting) > _options.MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new ChartPicture.Failed(FormattableString.Invariant($"{_options.MostWaiting} pictures wait already; ask again in a moment."));
        }

        try
        {
            await _gate.WaitAsync(cancellation);
            try
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return await DrawAsync(chart, cancellation) ?? await DrawAsync(chart, cancellation)
                    ?? new ChartPicture.Failed("What draws pictures ended twice under this one; the log has the details.");
            }
            finally
            {
                if (!_isDisposed)
                    _idle.Change(_options.IdleTimeout, Timeout.InfiniteTimeSpan);
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _isDisposed = true;
            await _idle.DisposeAsync();
            await EndAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Null when the process was lost under the picture.</summary>
    private async Task<ChartPicture?> DrawAsync(Chart chart, CancellationToken cancellation)
    {
        if (_process is null)
        {
            var installation = _find();
            if (Obstacle(installation) is { } obstacle)
                return obstacle;
            _process = new ChartProcess(_options.Gateway, installation, _time, _logger);
        }

        if (await _process.StartedAsync(cancellation) is { } trouble)
        {
            await EndAsync();
            return new ChartPicture.Unavailable("What draws pictures does not start.", trouble);
        }

        // Sharp at any width: a chart that is not laid out for a phone keeps its own proportions.
        var scale = (double)ChartPicture.PixelWidth / Chart.PhoneWidth;
        GatewayAnswer<Answer> answer;
        try
        {
            answer = await _process.Gateway.CallAsync<Answer>("charts.render", new { chart.Option, chart.Width, chart.Height, scale }, _options.RenderTimeout, cancellation);
        }
        catch (OperationCanceledException)
        {
            // It draws on for nobody, and the next picture would wait behind it.
            await EndAsync();
            throw;
        }

        switch (answer)
        {
            case GatewayAnswer<Answer>.Ok { Value: var drawn }:
                return new ChartPicture.Drawn(drawn.Png, drawn.Width, drawn.Height);
            case GatewayAnswer<Answer>.Refused { Refusal: { Kind: GatewayRefusalKind.Parameters } refusal }:
                return new ChartPicture.Refused(refusal.Message);
            case GatewayAnswer<Answer>.Refused { Refusal: var refusal }:
                return new ChartPicture.Failed(refusal.Message);
            case GatewayAnswer<Answer>.TimedOut timedOut:
                await EndAsync();
                return new ChartPicture.Failed(FormattableString.Invariant($"The picture was not drawn within {timedOut.After.TotalSeconds:0.#} s and was given up."));
            default:
                await EndAsync();
                return null;
        }
    }

    private async Task EndIdleAsync()
    {
        // Whoever holds the gate draws and will set the timer anew.
        if (!await _gate.WaitAsync(TimeSpan.Zero))
            return;
        try
        {
            await EndAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EndAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    private static ChartPicture.Unavailable? Obstacle(GatewayInstallation installation) => installation switch
    {
        GatewayInstallation.Ready => null,
        GatewayInstallation.NoNode noNode => new("Node.js, which draws the pictures, was not found.", noNode.WhatToDo),
        GatewayInstallation.Incomplete incomplete => new(incomplete.Reason, incomplete.WhatToDo),
        _ => throw new InvalidOperationException($"{installation.GetType().Name} is not in the set of installations."),
    };

    /// <param name="Png">Base64 on the wire.</param>
    private sealed record Answer(byte[] Png, int Width, int Height);
}
