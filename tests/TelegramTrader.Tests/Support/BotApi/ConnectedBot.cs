using TelegramTrader.Connectors.Telegram;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>A client of the Bot API joined to a simulated server, both on one clock that stands still.</summary>
public sealed class ConnectedBot : IAsyncDisposable
{
    private readonly HttpClient _http;

    private ConnectedBot(BotApiServer server, ManualTimeProvider time, TelegramOptions options)
    {
        Server = server;
        Time = time;
        Options = options;
        _http = TelegramHttp.CreateClient(options);
        Api = new TelegramApi(_http, options, time, Log);
    }

    public BotApiServer Server { get; }

    public ManualTimeProvider Time { get; }

    public TelegramOptions Options { get; }

    public TelegramApi Api { get; }

    public CollectingLogger<TelegramApi> Log { get; } = new();

    /// <param name="adjust">Changes the options before the client is made.</param>
    public static async Task<ConnectedBot> StartAsync(Func<TelegramOptions, TelegramOptions>? adjust = null)
    {
        var time = new ManualTimeProvider();
        var server = await BotApiServer.StartAsync(time);
        var options = new TelegramOptions { BotToken = BotApiServer.Token, BaseUrl = server.BaseUrl };
        return new ConnectedBot(server, time, adjust?.Invoke(options) ?? options);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
