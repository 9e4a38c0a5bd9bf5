using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TelegramTrader.Connectors.Gateway;

/// <summary>JSON-RPC 2.0 over the two streams of one gateway process, one message a line. Survives whatever comes in.</summary>
internal sealed class GatewayConnection
{
    private const int MostWaitingRequests = 1_000;

    private readonly Stream _input;
    private readonly BoundedLineReader _reader;
    private readonly GatewayOptions _options;
    private readonly Action<GatewayNotification> _notified;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RareLog _rareLog;
    private readonly Channel<byte[]> _requests = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaitingRequests) { SingleReader = true });
    private readonly ConcurrentDictionary<long, TaskCompletionSource<GatewayAnswer<JsonElement>>> _calls = [];
    private readonly Lock _endGate = new();
    private string? _endReason;
    private long _lastId;

    /// <param name="input">What the gateway reads.</param>
    /// <param name="output">What it writes.</param>
    public GatewayConnection(Stream input, Stream output, GatewayOptions options, Action<GatewayNotification> notified, TimeProvider time, ILogger logger)
    {
        _input = input;
        _reader = new BoundedLineReader(output, options.LongestLine);
        _options = options;
        _notified = notified;
        _time = time;
        _logger = logger;
        _rareLog = new RareLog(10, time);
    }

    /// <summary>Reads and writes until the gateway's output ends, which it does with the gateway.</summary>
    public async Task RunAsync()
    {
        var writing = WriteAsync();
        try
        {
            while (await _reader.ReadAsync(CancellationToken.None) is { } line)
                Take(line);
        }
        catch (IOException exception)
        {
            _logger.LogInformation("Reading from the gateway ended: {Reason}", exception.Message);
        }
        _requests.Writer.TryComplete();
        await writing;
    }

    public async Task<GatewayAnswer<JsonElement>> CallAsync(string method, object? parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<GatewayAnswer<JsonElement>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_endGate)
        {
            if (_endReason is not null)
                return new GatewayAnswer<JsonElement>.NotRunning(_endReason);
            _calls[id] = answer;
        }
        try
        {
            if (!_requests.Writer.TryWrite(GatewayJson.Request(id, method, parameters)))
                return new GatewayAnswer<JsonElement>.NotRunning(FormattableString.Invariant($"The gateway takes no requests: {MostWaitingRequests} wait already."));
            return await answer.Task.WaitAsync(timeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new GatewayAnswer<JsonElement>.TimedOut(timeout);
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    /// <summary>No answer comes any more: calls under way end as lost, new ones are not sent.</summary>
    public void End(string reason)
    {
        lock (_endGate)
            _endReason ??= reason;
        _requests.Writer.TryComplete();
        foreach (var (_, answer) in _calls)
            answer.TrySetResult(new GatewayAnswer<JsonElement>.Lost($"{reason} What became of the call is unknown."));
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync())
            {
                await _input.WriteAsync((byte[])[.. request, (byte)'\n']);
                await _input.FlushAsync();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The reading side sees the end, too, and says so to whoever waits.
            _logger.LogInformation("Writing to the gateway ended: {Reason}", exception.Message);
        }
    }

    private void Take(BoundedLine line)
    {
        if (line.IsTooLong)
        {
            ReportGarbage(FormattableString.Invariant($"a line of {line.Length} bytes; the limit is {_options.LongestLine}"));
            return;
        }
        if (line.Bytes.Span.Trim(" \r\t"u8).IsEmpty)
            return;
        try
        {
            using var document = JsonDocument.Parse(line.Bytes);
            if (!TryTake(document.RootElement))
                ReportGarbage(FormattableString.Invariant($"{line.Length} bytes that are no JSON-RPC message"));
        }
        catch (JsonException)
        {
            ReportGarbage(FormattableString.Invariant($"{line.Length} bytes that are not JSON"));
        }
    }

    /// <remarks>An answer to a call that nobody waits for any more is fine: it came late.</remarks>
    private bool TryTake(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return false;
        if (message.TryGetProperty("method", out var method))
        {
            if (method.ValueKind != JsonValueKind.String)
                return false;
            _notified(new GatewayNotification(method.GetString()!, message.TryGetProperty("params", out var parameters) ? parameters.Clone() : default));
            return true;
        }
        if (!message.TryGetProperty("id", out var idElement) || idElement.ValueKind != JsonValueKind.Number || !idElement.TryGetInt64(out var id))
            return false;
        GatewayAnswer<JsonElement> answer;
        if (message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            answer = new GatewayAnswer<JsonElement>.Refused(GatewayJson.Refusal(error));
        else if (message.TryGetProperty("result", out var result))
            answer = new GatewayAnswer<JsonElement>.Ok(result.Clone());
        else
            return false;
        if (_calls.TryGetValue(id, out var waiting))
            waiting.TrySetResult(answer);
        return true;
    }

    /// <summary>What it was is not written: it might hold a post, or worse.</summary>
    private void ReportGarbage(string what)
    {
        if (_rareLog.TryEnter(out var keptBack))
            _logger.LogWarning("The gateway sent {What}; it was passed over ({KeptBack} such lines before were not reported).", what, keptBack);
    }
}
