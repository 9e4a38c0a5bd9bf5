using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.WebUtilities;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Http;

/// <summary>One WebSocket connection: what is pushed goes out in order, unless a fault says otherwise.</summary>
public sealed class PushConnection : IDisposable
{
    private const int LargestMessage = 256 * 1024;

    private readonly WebSocket _socket;
    private readonly FaultScript _faults;
    private readonly Channel<string> _outgoing = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<(string Text, int Left)> _behind = [];

    internal PushConnection(WebSocket socket, string path, string query, FaultScript faults)
    {
        (_socket, Path, Query, _faults) = (socket, path, query, faults);
    }

    public string Path { get; }

    public string Query { get; }

    /// <summary>What it has asked for; the dialect keeps it.</summary>
    public HashSet<string> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>It has shown that it belongs to the account.</summary>
    public bool IsSignedIn { get; set; }

    public string? QueryValue(string name) => QueryHelpers.ParseQuery(Query).TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>An answer to what was said on the connection; faults pass it by.</summary>
    public void Reply(string text) => _outgoing.Writer.TryWrite(text);

    public void Push(string eventName, string text)
    {
        var fault = _faults.TakePush(eventName);
        lock (_gate)
        {
            switch (fault)
            {
                case PushFault.Dropped:
                    return;
                case PushFault.Closed:
                    Close();
                    return;
                case PushFault.Behind behind:
                    _behind.Add((text, behind.Pushes));
                    return;
                case PushFault.Doubled:
                    Send(text);
                    break;
            }

            Send(text);
        }
    }

    public void Close() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

    internal async Task RunAsync(Action<string> received, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var sending = SendAsync(either.Token);
        try
        {
            while (await ReadAsync(either.Token) is { } message)
                received(message);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // Cut by the test or by the other side, as connections are.
        }

        await either.CancelAsync();
        await sending;
    }

    private void Send(string text)
    {
        _outgoing.Writer.TryWrite(text);
        for (var index = 0; index < _behind.Count; index++)
            _behind[index] = (_behind[index].Text, _behind[index].Left - 1);
        foreach (var due in _behind.FindAll(each => each.Left <= 0))
        {
            _behind.Remove(due);
            _outgoing.Writer.TryWrite(due.Text);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var text in _outgoing.Reader.ReadAllAsync(cancellationToken))
                await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            _socket.Abort();
        }
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            bytes.Write(buffer, 0, part.Count);
            if (bytes.Length > LargestMessage)
                return null;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(bytes.ToArray());
        }
    }
}
