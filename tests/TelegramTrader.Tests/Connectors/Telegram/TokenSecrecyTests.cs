using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram;

/// <summary>Tries to get the token, or the proxy's password, out of everything that people paste into issues.</summary>
public sealed class TokenSecrecyTests
{
    private const string Password = "hunter2-proxy-password";

    private static readonly string Secret = BotApiServer.Token.Reveal().Split(':')[1];

    [Fact]
    public async Task SendAsync_ErrorThatEchoesTheAddress_IsScrubbed()
    {
        await using var bot = await ConnectedBot.StartAsync();
        bot.Server.Faults.Next(1, new BotApiFault.EchoAddress());

        var result = await bot.Api.SendAsync(new GetMe(), CancellationToken.None);

        var refusal = Assert.IsType<TelegramResult<User>.Refused>(result).Refusal;
        Assert.Contains("bot7000000001:***", refusal.Description);
        AssertNoSecretIn([result.ToString(), refusal.ToString(), .. bot.Log.Entries.Select(entry => entry.Text)]);
    }

    [Theory]
    [InlineData("500", "token {0} at {1}")]
    [InlineData("409", "Conflict: {1}")]
    [InlineData("400", "upper {2}")]
    public async Task SendAsync_ErrorTextsWithTheTokenInAnyForm_AreScrubbed(string code, string text)
    {
        await using var bot = await ConnectedBot.StartAsync();
        var token = BotApiServer.Token.Reveal();
        var description = string.Format(null, text, token, Uri.EscapeDataString(token), token.ToUpperInvariant());
        bot.Server.Faults.Next(1, new BotApiFault.Answer(200, $$"""{"ok":false,"error_code":{{code}},"description":{{JsonSerializer.Serialize(description)}}}"""));

        var result = await bot.Api.SendAsync(new GetMe(), CancellationToken.None);

        AssertNoSecretIn([result.ToString(), .. bot.Log.Entries.Select(entry => entry.Text)]);
    }

    [Fact]
    public async Task SendAsync_RefusedConnection_NamesNeitherTokenNorPassword()
    {
        var (result, log) = await SendAsync(options => options with { BaseUrl = ClosedPort() });

        Assert.Null(result.HttpStatus);
        AssertNoSecretIn([result.ToString(), .. log]);
    }

    [Fact]
    public async Task SendAsync_ProxyThatRefuses_NamesNeitherTokenNorPassword()
    {
        var closed = ClosedPort();

        var (result, log) = await SendAsync(options => options with { Proxy = new Uri($"http://ann:{Password}@127.0.0.1:{closed.Port}"), BaseUrl = new Uri("http://telegram.example") });

        AssertNoSecretIn([result.ToString(), .. log]);
    }

    [Fact]
    public async Task SendAsync_SocksProxyThatBreaksOff_WasAskedInItsLanguage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = ReadGreetingAsync(listener);

        var (result, log) = await SendAsync(options => options with
        {
            Proxy = new Uri($"socks5://ann:{Password}@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"),
            BaseUrl = new Uri("http://telegram.example"),
        });

        // The first byte of a SOCKS 5 greeting is the version.
        Assert.Equal(5, await greeting.WaitAsync(ManualTimeProvider.Patience));
        AssertNoSecretIn([result.ToString(), .. log]);
    }

    [Fact]
    public async Task SendAsync_NetworkErrorThatNamesTheAddress_IsScrubbed()
    {
        var address = $"https://wrong.example/bot{BotApiServer.Token.Reveal()}/getMe";
        using var http = new HttpClient(new ThrowingHandler(() =>
            new HttpRequestException($"No such host in {address}", new SocketException((int)SocketError.HostNotFound, $"{Uri.EscapeDataString(address)} through {Password}"))));
        var log = new CollectingLogger<TelegramApi>();
        var options = new TelegramOptions { BotToken = BotApiServer.Token, Proxy = new Uri($"http://ann:{Password}@proxy.example:1") };
        var api = new TelegramApi(http, options, new ManualTimeProvider(), log);

        var result = Assert.IsType<TelegramResult<User>.Unreachable>(await api.SendAsync(new GetMe(), CancellationToken.None));

        Assert.Contains("No such host", result.Reason);
        AssertNoSecretIn([result.ToString(), .. log.Entries.Select(entry => entry.Text)]);
    }

    [Fact]
    public async Task SendAsync_CancelledByTheNetworkStack_CarriesNoInnerException()
    {
        using var cancellation = new CancellationTokenSource();
        using var http = new HttpClient(new ThrowingHandler(() =>
        {
            cancellation.Cancel();
            return new OperationCanceledException(BotApiServer.Token.Reveal());
        }));
        var api = new TelegramApi(http, new TelegramOptions { BotToken = BotApiServer.Token }, new ManualTimeProvider(), NullLogger<TelegramApi>.Instance);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.SendAsync(new GetMe(), cancellation.Token));

        AssertNoSecretIn([exception.ToString()]);
    }

    [Fact]
    public void Options_PrintedOrWrittenAsJson_ShowNoSecret()
    {
        var options = new TelegramOptions { BotToken = BotApiServer.Token, Proxy = new Uri($"socks5://ann:{Password}@proxy.example:1080") };

        AssertNoSecretIn([options.ToString(), $"{options.BotToken}", JsonSerializer.Serialize(options.BotToken), new { options.BotToken }.ToString()!]);
        Assert.Equal("7000000001:***", options.BotToken.ToString());
    }

    [Theory]
    [InlineData("ftp://ann:hunter2-proxy-password@proxy.example:1")]
    [InlineData("socks4a://ann:hunter2-proxy-password@proxy.example:1")]
    public void CreateClient_ProxyOfAnotherKind_SaysSoWithoutRepeatingIt(string proxy)
    {
        var options = new TelegramOptions { BotToken = BotApiServer.Token, Proxy = new Uri(proxy) };

        var exception = Assert.Throws<ArgumentException>(() => TelegramHttp.CreateClient(options));

        AssertNoSecretIn([exception.ToString()]);
    }

    [Theory]
    [InlineData("ftp://example.com")]
    [InlineData("https://user:password@example.com")]
    [InlineData("https://example.com/?x=1")]
    public void CreateClient_BaseUrlThatCanNotWork_IsRefused(string address) =>
        Assert.Throws<ArgumentException>(() => TelegramHttp.CreateClient(new TelegramOptions { BotToken = BotApiServer.Token, BaseUrl = new Uri(address) }));

    [Theory]
    [InlineData("123456:AAbbCCddEEffGGhh", true)]
    [InlineData(" 123456:AAbbCCddEEffGG_-\n", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("123456:short", true)]
    [InlineData("local-server-token", true)]
    [InlineData("123456:AAbbCCddEEff/GGhh", false)]
    [InlineData("123456:AAbbCCddEEff GGhh", false)]
    public void TryParse_Text_AcceptsOnlyTokens(string? text, bool expected)
    {
        Assert.Equal(expected, BotToken.TryParse(text, out var token));
        Assert.Equal(expected, token is not null);
        if (!expected && text?.Length > 0)
            Assert.DoesNotContain(text, Assert.Throws<FormatException>(() => BotToken.Parse(text)).ToString());
    }

    private static void AssertNoSecretIn(IEnumerable<string> texts) => Assert.All(texts, text =>
    {
        Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Password, text, StringComparison.OrdinalIgnoreCase);
    });

    private static async Task<(TelegramResult<User>.Unreachable Result, IEnumerable<string> Log)> SendAsync(Func<TelegramOptions, TelegramOptions> adjust)
    {
        var options = adjust(new TelegramOptions { BotToken = BotApiServer.Token });
        var log = new CollectingLogger<TelegramApi>();
        using var http = TelegramHttp.CreateClient(options);
        var api = new TelegramApi(http, options, new ManualTimeProvider(), log);
        var result = await api.SendAsync(new GetMe(), CancellationToken.None).WaitAsync(ManualTimeProvider.Patience);
        return (Assert.IsType<TelegramResult<User>.Unreachable>(result), log.Entries.Select(entry => entry.Text));
    }

    private static async Task<byte> ReadGreetingAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var first = new byte[1];
        await client.GetStream().ReadExactlyAsync(first);
        return first[0];
    }

    /// <summary>An address on which nobody listens.</summary>
    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private sealed class ThrowingHandler(Func<Exception> make) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(make());
    }
}
