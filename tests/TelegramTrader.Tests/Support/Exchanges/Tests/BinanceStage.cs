using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>A server with prices and somebody who calls it.</summary>
internal sealed class BinanceStage : IAsyncDisposable
{
    private BinanceStage(BinanceServer server)
    {
        Server = server;
        Caller = new BinanceCaller(server);
    }

    public static Symbol BtcSpot { get; } = Symbol.Parse("BTC/USDT");

    public ManualTimeProvider Time => (ManualTimeProvider)Server.Clock.Time;

    public BinanceServer Server { get; }

    public BinanceCaller Caller { get; }

    /// <summary>Bitcoin at 60,000.0 on futures and spot.</summary>
    public static async Task<BinanceStage> StartAsync()
    {
        var server = await BinanceServer.StartAsync(new ManualTimeProvider());
        server.Futures.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        server.Spot.MovePrice(BtcSpot, 60_000m, 60_000.01m);
        return new BinanceStage(server);
    }

    public Task<BinanceReply> FuturesOrder(string order) => Caller.SignedAsync("POST", "/fapi/v1/order", "symbol=BTCUSDT&" + order);

    public Task<BinanceReply> AlgoOrder(string order) => Caller.SignedAsync("POST", "/fapi/v1/algoOrder", "algoType=CONDITIONAL&symbol=BTCUSDT&" + order);

    public Task<BinanceReply> SpotOrder(string order) => Caller.SignedAsync("POST", "/api/v3/order", "symbol=BTCUSDT&" + order);

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Server.DisposeAsync();
    }
}
