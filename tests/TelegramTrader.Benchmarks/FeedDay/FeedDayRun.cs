using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Gateway;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading;

namespace TelegramTrader.Benchmarks.FeedDay;

/// <summary>
/// The whole bot on paper over live prices for a day in which each symbol is quoted every second and a signal is posted every five minutes, on a clock that runs faster.
/// The prices do not wait for the bot: when it can't keep up, its lag grows.
/// </summary>
internal static class FeedDayRun
{
    private static readonly TimeSpan PostEvery = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What the managed heap may grow by over the day for each trade that it brought: finished ones are remembered for a while.</summary>
    private const double MostBytesATrade = 60_000;

    /// <returns>1 when memory or lag grew.</returns>
    public static async Task<int> RunAsync(int symbols, int hours, int speed)
    {
        var folder = Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName;
        try
        {
            var time = new FasterTime(Start, speed);
            var market = new FeedMarket(symbols);
            var gateway = new FeedGateway(market, time);
            await using var bot = await RunningBot.StartAsync(Settings, Path.Combine(folder, "data"), new GatewayProcess(gateway, gateway.RunAsync), time);
            for (var look = 0; look < 1000 && !await bot.Desk.ReadAsync(state => state.IsReconciled && state.Markets.Values.Any(listed => listed.Instrument is not null)); look++)
                await Task.Delay(10);
            return await new Day(bot, market, gateway, time, hours).RunAsync() ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static AppSettings Settings { get; } = new()
    {
        Mode = RunMode.Paper,
        Market = new MarketSettings { Source = MarketSource.Exchange },
        Exchange = new ExchangeConnection { Name = "feed", RequestsPerSecond = 1_000 },
        Trading = new EngineSettings
        {
            Risk = new RiskSettings
            {
                RiskPerTrade = 0.0005m, PositionsAtOnce = 60, PositionsPerChannel = 60, PositionsPerSymbol = 10, TotalExposure = 20m, TotalOpenRisk = 1m, DuplicateWindow = TimeSpan.Zero,
                DailyLoss = 0.9m, WeeklyLoss = 0.9m,
            },
        },
    };

    private sealed class Day(RunningBot bot, FeedMarket market, FeedGateway gateway, FasterTime time, int hours)
    {
        private readonly List<double> _lags = [];
        private readonly List<HourOfFeed> _hours = [];
        private long _quotes;
        private int _posts;

        public async Task<bool> RunAsync()
        {
            // Every symbol is of interest all day long, traded or not.
            var feed = bot.Services.GetRequiredService<DeskParts>().Live!.Feed;
            var intake = bot.Services.GetRequiredService<PostIntake>();
            var from = Stopwatch.GetTimestamp();
            var due = time.GetUtcNow();
            var nextPost = due + PostEvery;
            for (var hour = 0; hour < hours; hour++)
            {
                for (var second = 0; second < 3_600; second++)
                {
                    due += TimeSpan.FromSeconds(1);
                    // Late is late: what was missed is pushed at once, as after a stall of a real connection.
                    while (time.GetUtcNow() < due)
                        Thread.Sleep(1);
                    if (second % 60 == 0)
                        feed.Watch(market.Symbols.Select(listed => listed.Symbol));
                    market.Move();
                    gateway.Push();
                    _quotes += market.Symbols.Count;
                    Measure();
                    if (due >= nextPost)
                    {
                        nextPost += PostEvery;
                        var now = Instant.From(time.GetUtcNow());
                        intake.Hand(new ChannelMessage { Channel = new ChannelId("-1001"), MessageId = ++_posts, Text = market.Post(), PostedAt = now, ReceivedAt = now });
                    }
                }

                await EndHourAsync();
            }

            return Report(Stopwatch.GetElapsedTime(from), await StandAsync());
        }

        /// <summary>How long until the engine has handled what was just pushed.</summary>
        private void Measure()
        {
            var pushed = Stopwatch.GetTimestamp();
            bot.Desk.ReadAsync(_ => Stopwatch.GetElapsedTime(pushed).TotalMilliseconds).ContinueWith(lag =>
            {
                lock (_lags)
                    _lags.Add(lag.Result);
            }, TaskScheduler.Default);
        }

        private async Task EndHourAsync()
        {
            // Behind everything that was pushed, so that what waits in the queue does not count as memory that is kept.
            var (trades, _, _) = await StandAsync();
            double[] lags;
            lock (_lags)
            {
                lags = [.. _lags.Order()];
                _lags.Clear();
            }

            double At(double share) => lags.Length == 0 ? 0 : lags[(int)(share * (lags.Length - 1))];
            _hours.Add(new HourOfFeed(At(0.5), At(0.99), At(1), GC.GetTotalMemory(forceFullCollection: true), trades));
        }

        private async Task<(int Trades, int Open, int Number)> StandAsync() =>
            await bot.Desk.ReadAsync(state => (state.Trades.Count, state.ActiveTrades.Count(), state.NextNumber - 1));

        private bool Report(TimeSpan took, (int Trades, int Open, int Number) stand)
        {
            var quarter = Math.Max(1, (_hours.Count - 1) / 4);
            // The first hour fills caches and compiles code.
            var (first, last) = (_hours.Skip(1).Take(quarter).ToArray(), _hours.TakeLast(quarter).ToArray());
            Say($"{market.Symbols.Count} symbols, {hours} hours in {took.TotalSeconds:0} s ({time.Speed} x): {_quotes} quotes ({_quotes / took.TotalSeconds:0} a second), {_posts} posts, {stand.Number} decisions, {stand.Trades} trades of which {stand.Open} are open");
            for (var hour = 0; hour < _hours.Count; hour += Math.Max(1, _hours.Count / 8))
                Say($"  hour {hour + 1}: lag median {_hours[hour].Median:0.00} ms, 99th percentile {_hours[hour].Percentile99:0.0} ms, worst {_hours[hour].Worst:0} ms; heap {_hours[hour].Heap / 1e6:0.0} MB, {_hours[hour].Trades} trades remembered");
            var growth = last.Average(hour => hour.Heap) - first.Average(hour => hour.Heap);
            var trades = last.Average(hour => hour.Trades) - first.Average(hour => hour.Trades);
            var (lagBefore, lagAfter) = (first.Average(hour => hour.Median), last.Average(hour => hour.Median));
            Say($"last quarter against first: heap {growth / 1e6:+0.0;-0.0} MB ({growth / Math.Max(1, trades):0} bytes for each of {trades:0} more trades; limit {MostBytesATrade:0}), median lag {lagBefore:0.00} → {lagAfter:0.00} ms");
            var isWell = growth <= MostBytesATrade * Math.Max(1, trades) && lagAfter <= 2 * lagBefore + 1;
            Console.WriteLine(isWell ? "all is well" : "NOT as it must be");
            return isWell;
        }

        private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Lags in milliseconds of the real clock.</summary>
    private sealed record HourOfFeed(double Median, double Percentile99, double Worst, long Heap, int Trades);
}
