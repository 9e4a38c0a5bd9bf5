using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>What is pushed, and how it goes wrong.</summary>
public sealed class BinanceStreamTests
{
    private const string Buy = "side=BUY&type=MARKET&quantity=0.1&newClientOrderId=one";

    [Fact]
    public async Task Market_Subscribed_HearsPricesOfItsSymbolOnly()
    {
        await using var stage = await BinanceStage.StartAsync();
        using var socket = await ConnectAsync(stage, "/public/ws/0");
        await SendAsync(socket, """{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}""");

        var answer = await ReadAsync(socket);
        var standing = await ReadAsync(socket);
        stage.Server.Futures.MovePrice(Some.Eth, 3_000m, 3_000.1m);
        stage.Server.Futures.MovePrice(Some.Btc, 61_000m, 61_000.1m);
        var moved = await ReadAsync(socket);

        Assert.Equal("1", answer["id"]!.ToString());
        Assert.Equal(("bookTicker", "60000.00000000"), (standing["e"]!.ToString(), standing["b"]!.ToString()));
        Assert.Equal(("BTCUSDT", "61000.00000000"), (moved["s"]!.ToString(), moved["b"]!.ToString()));
    }

    [Fact]
    public async Task Futures_OrderFilled_IsTold()
    {
        await using var stage = await BinanceStage.StartAsync();
        using var socket = await ListenAsync(stage);

        await stage.FuturesOrder(Buy);
        var events = new[] { await ReadAsync(socket), await ReadAsync(socket), await ReadAsync(socket) };

        Assert.Equal(["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE"], events.Select(each => each["e"]!.ToString()));
        Assert.Equal(("NEW", "TRADE", "FILLED", "one"), (events[0]["o"]!["x"]!.ToString(), events[2]["o"]!["x"]!.ToString(), events[2]["o"]!["X"]!.ToString(), events[2]["o"]!["c"]!.ToString()));
        Assert.Equal("0.10000000", events[1]["a"]!["P"]![0]!["pa"]!.ToString());
    }

    [Fact]
    public async Task Futures_PushesWithFaults_AreDroppedDoubledAndLate()
    {
        await using var stage = await BinanceStage.StartAsync();
        using var socket = await ListenAsync(stage);
        stage.Server.Faults.NextPush(1, new PushFault.Behind(2), "ORDER_TRADE_UPDATE");
        stage.Server.Faults.NextPush(1, new PushFault.Doubled(), "ACCOUNT_UPDATE");
        stage.Server.Faults.NextPush(1, new PushFault.Dropped(), "ORDER_TRADE_UPDATE");

        await stage.FuturesOrder(Buy);
        var events = new[] { await ReadAsync(socket), await ReadAsync(socket), await ReadAsync(socket) };

        // NEW came behind two others, the account twice, the trade not at all.
        Assert.Equal(["ACCOUNT_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE"], events.Select(each => each["e"]!.ToString()));
        Assert.Equal("NEW", events[2]["o"]!["x"]!.ToString());
    }

    [Fact]
    public async Task Futures_UnknownListenKey_IsNotServed()
    {
        await using var stage = await BinanceStage.StartAsync();
        using var socket = await ConnectAsync(stage, "/private/ws?listenKey=guessed");

        await Assert.ThrowsAnyAsync<WebSocketException>(() => ReadAsync(socket));
    }

    [Fact]
    public async Task Connections_Closed_EndForTheListener()
    {
        await using var stage = await BinanceStage.StartAsync();
        using var socket = await ListenAsync(stage);

        stage.Server.CloseConnections();

        await Assert.ThrowsAnyAsync<WebSocketException>(() => ReadAsync(socket));
    }

    [Fact]
    public async Task Spot_SignedIn_HearsOfItsOrders()
    {
        await using var stage = await BinanceStage.StartAsync();
        using var socket = await ConnectAsync(stage, "/ws-api/v3");
        var payload = $"apiKey={BinanceAccount.ApiKey}&timestamp={stage.Time.GetUtcNow().ToUnixTimeMilliseconds()}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(BinanceAccount.Secret), Encoding.UTF8.GetBytes(payload)));
        await SendAsync(socket, $$$"""{"id":"1","method":"userDataStream.subscribe.signature","params":{"timestamp":{{{stage.Time.GetUtcNow().ToUnixTimeMilliseconds()}}},"apiKey":"{{{BinanceAccount.ApiKey}}}","signature":"{{{signature}}}"}}""");
        var answer = await ReadAsync(socket);

        await stage.SpotOrder("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000&newClientOrderId=one");
        var events = new[] { await ReadAsync(socket), await ReadAsync(socket) };

        Assert.Equal("200", answer["status"]!.ToString());
        Assert.Equal(["outboundAccountPosition", "executionReport"], events.Select(each => each["event"]!["e"]!.ToString()));
        Assert.Equal("one", events[1]["event"]!["c"]!.ToString());
    }

    private static async Task<ClientWebSocket> ListenAsync(BinanceStage stage)
    {
        var key = (await stage.Caller.SendAsync("POST", "/fapi/v1/listenKey"))["listenKey"];
        var socket = await ConnectAsync(stage, "/private/ws?listenKey=" + key);
        await stage.Server.WaitForConnectionsAsync(1, ManualTimeProvider.Patience);
        return socket;
    }

    private static async Task<ClientWebSocket> ConnectAsync(BinanceStage stage, string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(stage.Server.BaseUrl.ToString().Replace("http://", "ws://", StringComparison.Ordinal).TrimEnd('/') + path), CancellationToken.None);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonNode> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[65536];
        var part = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(ManualTimeProvider.Patience);
        return part.MessageType == WebSocketMessageType.Close ? throw new WebSocketException("closed") : JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, part.Count))!;
    }
}
