using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Benchmarks.LiveDrill;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Trading;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// From a post handed in to its order at the exchange, the whole bot in live mode: the post stored, its price at hand, decision and order committed, the gateway, CCXT, the
/// signed request arrived at a simulated Binance on loopback. The baseline is a bare request to the same server in the same run.
/// </summary>
internal static class ExchangeLatency
{
    private const int WarmUp = 10;

    public static async Task<int> RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName;
        try
        {
            await using var binance = await BinanceServer.StartAsync(TimeProvider.System, BinanceServer.DefaultFutures with { StartingBalance = 1_000_000m });
            binance.FuturesLimits.WeightPerMinute = 100_000;
            binance.FuturesLimits.OrdersPerTenSeconds = 10_000;
            Move(binance);
            await using var bot = await StartAsync(binance, folder);
            var first = await OrderAsync(bot, binance, 0);
            for (var index = 1; index <= WarmUp; index++)
                await OrderAsync(bot, binance, index);
            var baseline = await BareRequestsAsync(binance, count);
            var times = new double[count];
            var committed = new double[count];
            for (var index = 0; index < count; index++)
                (times[index], committed[index]) = await OrderAsync(bot, binance, WarmUp + 1 + index);
            Report("a bare request (baseline)", baseline, baseline);
            Report("post handed in → order at the exchange", times, baseline);
            Report("of it until the decision was committed", committed, baseline);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the very first, its price fetched and leverage and modes set before: {first.Arrived:0.0} ms"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Arrived, double Committed)> OrderAsync(RunningBot bot, BinanceServer binance, int index)
    {
        Move(binance);
        var seen = binance.Calls.Count(IsOrder);
        var orders = await bot.Desk.ReadAsync(state => state.Orders.Count);
        var (coin, entry) = index % 2 == 0 ? ("BTC", 59_900m - index) : ("ETH", 2_990m - index / 20m);
        var now = Instant.From(DateTimeOffset.UtcNow);
        var post = new ChannelMessage
        {
            Channel = new ChannelId("-1001"),
            MessageId = index + 1,
            Text = string.Create(CultureInfo.InvariantCulture, $"LONG {coin}USDT\nEntry {entry}\nTP {entry * 1.02m:0.00}, {entry * 1.03m:0.00}\nSL {entry * 0.98m:0.00}\nLeverage 3x"),
            PostedAt = now,
            ReceivedAt = now,
        };
        var arrival = NextOrderAsync(binance, seen);
        var from = Stopwatch.GetTimestamp();
        bot.Services.GetRequiredService<PostIntake>().Hand(post);
        var decision = DecidedAsync(bot, orders, from);
        try
        {
            await arrival;
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException(
                $"The post {index} led to no order at the exchange, so there is nothing to measure. It was decided: {string.Join(", ", DrillBooks.Read(bot.Services.GetRequiredService<DataFolder>().Path).Decisions)}", exception);
        }

        var arrived = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        var committed = await decision;
        // The next begins when nothing of this one is under way any more.
        for (var look = 0; look < 1000 && await bot.Desk.ReadAsync(state => state.Orders.Values.Any(order => order.State is OrderState.Intended)); look++)
            await Task.Delay(5);
        await Task.Delay(30);
        return (arrived, committed);
    }

    private static async Task NextOrderAsync(BinanceServer binance, int seen)
    {
        var before = binance.Calls.Where(IsOrder).Take(seen).ToHashSet(ReferenceEqualityComparer.Instance);
        await binance.WaitForCallAsync(call => IsOrder(call) && !before.Contains(call), TimeSpan.FromSeconds(20));
    }

    /// <summary>The engine's thread answers a question after the commit that came before it; asked at once, it is answered at most one question late.</summary>
    private static async Task<double> DecidedAsync(RunningBot bot, int orders, long from)
    {
        while (await bot.Desk.ReadAsync(state => state.Orders.Count) <= orders)
            await Task.Yield();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static bool IsOrder(ExchangeCall call) => call.Endpoint == "POST /fapi/v1/order";

    private static async Task<double[]> BareRequestsAsync(BinanceServer binance, int count)
    {
        using var client = new HttpClient { BaseAddress = binance.BaseUrl };
        var times = new double[count];
        for (var index = -WarmUp; index < count; index++)
        {
            var from = Stopwatch.GetTimestamp();
            await client.GetStringAsync(new Uri("/fapi/v1/time", UriKind.Relative));
            if (index >= 0)
                times[index] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        return times;
    }

    private static async Task<RunningBot> StartAsync(BinanceServer binance, string folder)
    {
        var settings = new AppSettings
        {
            Mode = RunMode.Live,
            Market = new MarketSettings { Source = MarketSource.Exchange },
            Exchange = new ExchangeConnection { Name = "binance", BaseUrl = binance.BaseUrl, RequestsPerSecond = 500 },
            Account = new ChannelAccountSettings { KeyFile = Path.Combine(folder, "secret.key") },
            Trading = new EngineSettings
            {
                Risk = new RiskSettings
                {
                    RiskPerTrade = 0.00002m, PositionsAtOnce = int.MaxValue, PositionsPerChannel = int.MaxValue, PositionsPerSymbol = int.MaxValue,
                    TotalExposure = 100m, TotalOpenRisk = 1m, DuplicateWindow = TimeSpan.Zero,
                },
            },
        };
        var path = Path.Combine(folder, "data");
        using (var data = DataFolder.Open(path))
        {
            var values = new KeyValueStore(data);
            new CredentialStore(values, settings.Account.Secrets(values)).Put(settings.Exchange.AccountId, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null));
            new LiveLock(values, settings.Exchange, settings.Trading.Risk).Open();
        }

        var bot = await RunningBot.StartAsync(settings, path);
        for (var look = 0; look < 1000 && !await bot.Desk.ReadAsync(state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null)); look++)
            await Task.Delay(20);
        return bot;
    }

    private static void Move(BinanceServer binance)
    {
        binance.Futures.MovePrice(Some.Btc, 60_000m, 60_000.1m);
        binance.Futures.MovePrice(Some.Eth, 3_000m, 3_000.01m);
    }

    private static void Report(string name, double[] times, double[] baseline)
    {
        double At(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {times.Length} times, median {At(times, 0.5):0.00} ms, 99th percentile {At(times, 0.99):0.00} ms, slowest {times.Max():0.00} ms, median is {At(times, 0.5) / At(baseline, 0.5):0.0} x the baseline's"));
    }
}
