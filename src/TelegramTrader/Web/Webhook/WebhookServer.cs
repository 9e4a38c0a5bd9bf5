using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;

namespace TelegramTrader.Web.Webhook;

/// <summary>
/// Listens for webhooks from start to end of the bot. What was accepted is stored before the bot ends; what goes wrong here never touches trading.
/// </summary>
/// <param name="ready">Ends when posts may be handed to the engine; until then they wait.</param>
public sealed class WebhookServer(
    WebhookOptions options, PostSink sink, Func<ChannelId, long, ChannelMessage?> latest, Task ready, TimeProvider time, ILogger<WebhookServer> log) : BackgroundService
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);

    private readonly WebhookQueue _queue = new(options, sink, latest, log);
    private WebApplication? _application;

    /// <summary>Where it listens, once it was started.</summary>
    public Uri Url => new((_application ?? throw new InvalidOperationException("It was not started.")).Urls.Single());

    /// <exception cref="SettingsException">The port is taken, or the address is not of this machine.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Its own log would name addresses with their queries, where a secret may be.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit);
        _application = builder.Build();
        _application.Run(new WebhookEndpoint(options, _queue, time, log).AnswerAsync);
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new SettingsException([string.Create(CultureInfo.InvariantCulture, $"'Webhooks:Port' {options.Port} at 'Webhooks:Address' {options.Address} can't be listened on: {exception.Message}")]);
        }

        log.LogInformation("Webhooks are received at {Url} for {Sources}", Url, options.Sources.Select(source => source.Name));
        if (!IPAddress.IsLoopback(options.Address))
            log.LogWarning("Webhooks are received at {Address}, without encryption: let a reverse proxy with TLS stand before it", options.Address);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_application is not null)
            await _application.StopAsync(cancellationToken);
        // What was accepted is stored, even if it is for the next run to trade it.
        _queue.Close();
        await base.StopAsync(cancellationToken);
        if (_application is not null)
            await _application.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await ready.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var draining = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var ending = stoppingToken.Register(() => draining.CancelAfter(DrainWithin));
        await _queue.RunAsync(draining.Token);
    }

    private void Limit(KestrelServerOptions kestrel)
    {
        kestrel.Listen(options.Address, options.Port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.LargestBody;
        kestrel.Limits.MaxRequestHeaderCount = 50;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxConcurrentConnections = 100;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
    }
}
