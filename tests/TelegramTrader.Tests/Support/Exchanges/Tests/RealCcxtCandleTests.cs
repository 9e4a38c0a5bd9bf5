using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>The candle feed over the real gateway and the real CCXT, before a simulated Binance whose minutes end when the test says so.</summary>
public sealed class RealCcxtCandleTests : IEventSink
{
    private readonly ConcurrentQueue<EngineEvent.CandleClosed> _told = [];

    void IEventSink.Post(EngineEvent engineEvent) => _told.Enqueue(Assert.IsType<EngineEvent.CandleClosed>(engineEvent));

    [NodeFact(packages: true)]
    public async Task Pushes_DoubledLateLostAndCut_AndTheGatewayKilled_EachClosedCandleComesOnceAndInOrder()
    {
        await using var server = await BinanceServer.StartAsync(TimeProvider.System);
        server.Futures.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        await using var gateway = new GatewayStage(null);
        using var budget = new RequestBudget(new RequestBudgetOptions(1_000, 1_000), gateway.Time);
        var account = new ExchangeAccount(Some.Account, "binance", ExchangeMarketKind.Swap, "USDT") { BaseUrl = server.BaseUrl, RequestTimeout = TimeSpan.FromSeconds(30) };
        var session = new ExchangeSession(gateway.Supervisor, account, () => null, budget, gateway.Time, NullLogger<ExchangeSession>.Instance);
        var feed = new CandleFeed(session, this, new CandleFeedOptions(), gateway.Time, NullLogger<CandleFeed>.Instance);
        using var end = new CancellationTokenSource();
        gateway.Start();
        var first = await gateway.HealthAsync<GatewayHealth.Running>();
        await session.FirstOpened.WaitAsync(GatewayStage.Patience);
        // Not at the very edge of a minute, because the clocks of exchange and machine are compared.
        gateway.Time.Advance(TimeSpan.FromSeconds(10));
        var series = new CandleSeries(Some.Btc, Timeframe.OneMinute);
        var start = series.OpenAt(Instant.From(gateway.Time.GetUtcNow()));
        feed.Watch([series]);
        var running = feed.RunAsync(end.Token);
        await server.WaitForConnectionsAsync(1, GatewayStage.Patience);
        // The stream is subscribed to a moment after its connection is there; a minute that ends before is asked for.
        var minute = 0;
        EndMinute();
        await ToldAsync();
        var asked = Asked();

        // Pushed, with the price moving in between, and twice.
        server.Futures.MovePrice(Some.Btc, 60_010m, 60_010.1m);
        server.Faults.NextPush(1, new PushFault.Doubled(), "kline");
        EndMinute();
        await ToldAsync();

        EndMinute();
        await ToldAsync();
        Assert.Equal(asked, Asked());

        // One push is lost, the next one shows it.
        server.Faults.NextPush(1, new PushFault.Dropped(), "kline");
        EndMinute();
        EndMinute();
        await ToldAsync();

        // One comes after the next.
        server.Faults.NextPush(1, new PushFault.Behind(1), "kline");
        EndMinute();
        EndMinute();
        await ToldAsync();

        // Minutes end while the connection is away.
        server.CloseConnections();
        EndMinute();
        EndMinute();
        await ToldAsync();
        EndMinute();
        await ToldAsync();

        // And while the gateway is.
        using (var process = Process.GetProcessById(first.ProcessId))
            process.Kill();
        await gateway.HealthAsync<GatewayHealth.Restarting>();
        EndMinute();
        EndMinute();
        await ToldAsync();
        EndMinute();
        await ToldAsync();

        Assert.Equal(Enumerable.Range(0, minute), _told.Select(told => (int)((told.Candle.OpenTime - start) / series.Timeframe.Length)));
        Assert.All(_told, told => Assert.Equal((Some.Btc, 60_000m + (int)((told.Candle.OpenTime - start) / series.Timeframe.Length)), (told.Symbol, told.Candle.Close.Value)));
        Assert.Empty(server.UnknownRequests);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        int Asked() => server.Calls.Count(call => call.Path.EndsWith("/klines", StringComparison.Ordinal));

        // The exchange's minute ends a little before ours: whoever has it then was told.
        void EndMinute()
        {
            var close = 60_000m + minute;
            var almost = start + series.Timeframe.Length * (minute + 1) - TimeSpan.FromSeconds(5) - Instant.From(gateway.Time.GetUtcNow());
            if (almost > TimeSpan.Zero)
                gateway.Time.Advance(almost);
            server.Futures.AddCandle(Some.Btc, new Candle(start + series.Timeframe.Length * minute, Timeframe.OneMinute, new Price(60_000m), new Price(60_100m), new Price(59_900m), new Price(close), 5m));
            minute++;
        }

        // A little time goes by until everything that has ended was told; bounded, and less than the next minute needs.
        async Task ToldAsync()
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            for (var look = 0; look < 2_000 && _told.Count < minute; look++)
            {
                gateway.Time.Advance(TimeSpan.FromMilliseconds(50));
                await pause.WaitForNextTickAsync();
            }

            Assert.Equal(minute, _told.Count);
        }
    }

    [NodeFact(packages: true)]
    public async Task ALongerCandle_ClosesWithItsLastMinute()
    {
        await using var stage = await CcxtStage.StartAsync("spot");
        Assert.True((await stage.ResultAsync("watchCandles", new { account = "main", series = new[] { new { symbol = stage.Symbol, timeframe = "5m" } } })).GetProperty("pushed").GetBoolean());
        await stage.Server.WaitForConnectionsAsync(1, GatewayStage.Patience);
        var start = new CandleSeries(BinanceStage.BtcSpot, new Timeframe(5)).OpenAt(Some.Time);
        // Until it listens, the same five minutes end again and again, an hour apart.
        var told = stage.NotificationAsync("exchange.candle", _ => true);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var round = 0; round < 200 && !told.IsCompleted; round++)
        {
            for (var minute = 0; minute < 5; minute++)
            {
                stage.Server.Spot.AddCandle(BinanceStage.BtcSpot, Some.Candle(100m + minute, 110m, 90m, 101m + minute, 2m, start + TimeSpan.FromMinutes(60 * round + minute)));
                stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 95m, 95.01m);
            }

            await pause.WaitForNextTickAsync();
        }

        var candle = (await told).GetProperty("candle");
        Assert.Equal(0, candle[0].GetInt64() % 300_000);
        Assert.Equal(["100", "110", "90", "105", "10"], candle.EnumerateArray().Skip(1).Select(value => value.GetString()!));
    }
}
