using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;
using TelegramTrader.Web.Webhook;

namespace TelegramTrader.Tests.Web.Webhook;

/// <summary>A webhook server on loopback whose posts are collected, under a clock that stands still.</summary>
internal sealed class WebhookStage : IAsyncDisposable
{
    public const string Secret = "correct-horse-battery-staple";
    public const string OtherSecret = "another-long-secret-of-another";

    private readonly Dictionary<(ChannelId, long), ChannelMessage> _stored = [];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebhookServer _server;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    private WebhookStage(Func<WebhookOptions, WebhookOptions> change, bool isReady)
    {
        var options = change(new WebhookOptions(IPAddress.Loopback, 0, [new WebhookSource("desk", Secret), new WebhookSource("other", OtherSecret)]));
        _server = new WebhookServer(options, (post, _) => ValueTask.FromResult(Store(post)), Latest, _ready.Task, Time, Log);
        if (isReady)
            _ready.SetResult();
    }

    public ManualTimeProvider Time { get; } = new();

    public CollectingLogger<WebhookServer> Log { get; } = new();

    /// <summary>New posts, in order.</summary>
    public List<ChannelMessage> Posts { get; } = [];

    /// <summary>Thrown instead of storing.</summary>
    public Exception? Failure { get; set; }

    public static async Task<WebhookStage> StartAsync(Func<WebhookOptions, WebhookOptions>? change = null, bool isReady = true)
    {
        var stage = new WebhookStage(change ?? (options => options), isReady);
        await stage._server.StartAsync(default);
        return stage;
    }

    public Task<(int Status, string Text)> PostAsync(string body, string path = "/hooks/desk", string? secret = Secret) => PostAsync(Encoding.UTF8.GetBytes(body), path, secret);

    public async Task<(int Status, string Text)> PostAsync(byte[] body, string path = "/hooks/desk", string? secret = Secret, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, new Uri(_server.Url, path)) { Content = new ByteArrayContent(body) };
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Secret", secret);
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Speaks HTTP by hand; the connection closes with the stream.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Url.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public static string Head(long length, string extra = "") =>
        string.Create(CultureInfo.InvariantCulture, $"POST /hooks/desk HTTP/1.1\r\nHost: x\r\nX-Secret: {Secret}\r\nContent-Length: {length}\r\n{extra}\r\n");

    /// <summary>The status in the first line of the answer.</summary>
    public static async Task<int> StatusAsync(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(ManualTimeProvider.Patience);
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 12 && await stream.ReadAsync(one, patience.Token) == 1)
            line.Append((char)one[0]);
        return line.Length == 12 ? int.Parse(line.ToString()[9..], CultureInfo.InvariantCulture) : throw new IOException($"The answer was '{line}'.");
    }

    public void MakeReady() => _ready.SetResult();

    public Task StopAsync() => _server.StopAsync(default);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(default);
        _server.Dispose();
        _client.Dispose();
    }

    private bool Store(ChannelMessage post)
    {
        if (Failure is { } failure)
            throw failure;
        lock (_gate)
        {
            if (!_stored.TryAdd((post.Channel, post.MessageId), post))
                return false;
            Posts.Add(post);
            return true;
        }
    }

    private ChannelMessage? Latest(ChannelId channel, long message)
    {
        lock (_gate)
            return _stored.GetValueOrDefault((channel, message));
    }
}
