using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Http;

/// <summary>What a dialect makes of requests and of connections.</summary>
internal interface IExchangeDialect
{
    /// <summary>Carries out a request. Never throws for bad input: a refusal is an answer.</summary>
    ExchangeAnswer Answer(ExchangeCall call);

    /// <summary>Somebody connected; false when nobody listens at this address.</summary>
    bool Connected(PushConnection connection);

    void Received(PushConnection connection, string message);

    void Disconnected(PushConnection connection);
}

/// <summary>A loopback server for one dialect: reads, lets faults happen, writes. What the exchange knows stays while connections come and go.</summary>
internal sealed class ExchangeHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IExchangeDialect _dialect;
    private readonly FaultScript _faults;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<ExchangeCall> _calls = [];
    private readonly List<(Func<ExchangeCall, bool> IsWanted, TaskCompletionSource<ExchangeCall> Seen)> _watchers = [];
    private readonly List<PushConnection> _connections = [];
    private readonly List<(int Count, TaskCompletionSource Seen)> _connectionWatchers = [];

    private ExchangeHost(WebApplication application, IExchangeDialect dialect, FaultScript faults)
    {
        _application = application;
        _dialect = dialect;
        _faults = faults;
        application.UseWebSockets();
        application.Run(ServeAsync);
    }

    public Uri BaseUrl => new(_application.Urls.Single());

    public IReadOnlyList<ExchangeCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public IReadOnlyList<PushConnection> Connections
    {
        get
        {
            lock (_gate)
                return [.. _connections];
        }
    }

    public static async Task<ExchangeHost> StartAsync(IExchangeDialect dialect, FaultScript faults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = new ExchangeHost(builder.Build(), dialect, faults);
        await host._application.StartAsync();
        return host;
    }

    /// <summary>The first request that is wanted, come or to come. Throws <see cref="TimeoutException"/>.</summary>
    public async Task<ExchangeCall> WaitAsync(Func<ExchangeCall, bool> isWanted, TimeSpan timeout)
    {
        var seen = new TaskCompletionSource<ExchangeCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_calls.Find(call => isWanted(call)) is { } there)
                return there;
            _watchers.Add((isWanted, seen));
        }

        return await seen.Task.WaitAsync(timeout);
    }

    /// <summary>Completes once at least so many connections are served. Throws <see cref="TimeoutException"/>.</summary>
    public async Task WaitForConnectionsAsync(int count, TimeSpan timeout)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_connections.Count >= count)
                return;
            _connectionWatchers.Add((count, seen));
        }

        await seen.Task.WaitAsync(timeout);
    }

    public void CloseConnections()
    {
        foreach (var connection in Connections)
            connection.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            if (context.WebSockets.IsWebSocketRequest)
                await ListenAsync(context, either.Token);
            else
                await AnswerAsync(context, either.Token);
        }
        catch (Exception error) when (either.IsCancellationRequested && error is OperationCanceledException or WebSocketException or IOException)
        {
            // The caller has gone, or the test is over.
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var call = await ExchangeCall.ReadAsync(context.Request, cancellationToken);
        Note(call);
        var fault = _faults.Take(call);
        switch (fault)
        {
            case ExchangeFault.CutBefore:
                context.Abort();
                return;
            case ExchangeFault.AnswerBefore before:
                await WriteAsync(context, new ExchangeAnswer(before.Status, before.Body, before.RetryAfterSeconds is { } seconds
                    ? new Dictionary<string, string> { ["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture) }
                    : []), cancellationToken);
                return;
            case ExchangeFault.HeldBefore held:
                // The server carries it out even when the caller has lost patience.
                await held.Release.WaitAsync(_stopping.Token);
                break;
        }

        var answer = _dialect.Answer(call);
        switch (fault)
        {
            case ExchangeFault.CutAfter:
                context.Abort();
                return;
            case ExchangeFault.AnswerAfter after:
                answer = new ExchangeAnswer(after.Status, after.Body, new Dictionary<string, string>());
                break;
            case ExchangeFault.HeldAfter held:
                await held.Release.WaitAsync(_stopping.Token);
                break;
            case ExchangeFault.HalfAnswer:
                context.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(answer.Body);
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(answer.Body[..(answer.Body.Length / 2)], cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                context.Abort();
                return;
        }

        await WriteAsync(context, answer, cancellationToken);
    }

    private static async Task WriteAsync(HttpContext context, ExchangeAnswer answer, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Body.StartsWith('<') ? "text/html" : "application/json;charset=UTF-8";
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body, cancellationToken);
    }

    private void Note(ExchangeCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            foreach (var watcher in _watchers.FindAll(watcher => watcher.IsWanted(call)))
            {
                _watchers.Remove(watcher);
                watcher.Seen.TrySetResult(call);
            }
        }
    }

    private async Task ListenAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new PushConnection(socket, context.Request.Path.Value ?? "/", context.Request.QueryString.Value?.TrimStart('?') ?? "", _faults);
        if (!_dialect.Connected(connection))
            return;
        lock (_gate)
        {
            _connections.Add(connection);
            foreach (var watcher in _connectionWatchers.FindAll(watcher => _connections.Count >= watcher.Count))
            {
                _connectionWatchers.Remove(watcher);
                watcher.Seen.TrySetResult();
            }
        }

        try
        {
            await connection.RunAsync(message => _dialect.Received(connection, message), cancellationToken);
        }
        finally
        {
            lock (_gate)
                _connections.Remove(connection);
            _dialect.Disconnected(connection);
        }
    }
}
