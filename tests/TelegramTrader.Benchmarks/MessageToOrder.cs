using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// From a post received to its order handed over, as in a run on paper: the post stored, parsed, sized, checked, decision and order and outbox committed to SQLite with full
/// sync, then handed to the exchange. The baseline is one row committed to SQLite the same way, in the same run.
/// </summary>
internal static class MessageToOrder
{
    private static readonly Symbol Btc = Symbol.Parse("BTC/USDT:USDT");

    public static int Run(int count)
    {
        var directory = Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName;
        try
        {
            var baseline = Baseline(directory, count);
            var path = Path(directory, count);
            Report("one row committed (baseline)", baseline, baseline);
            Report("message to order", path, baseline);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static double[] Path(string directory, int count)
    {
        using var folder = DataFolder.Open(System.IO.Path.Combine(directory, "data"));
        using var inbox = new MessageInbox(folder);
        var journal = new SqliteJournal(folder, _ => [1L]);
        var exchange = new HandOver();
        var settings = new EngineSettings
        {
            Risk = new RiskSettings { PositionsAtOnce = int.MaxValue, PositionsPerChannel = int.MaxValue, PositionsPerSymbol = int.MaxValue, TotalExposure = 1_000_000m, TotalOpenRisk = 1_000_000m, DuplicateWindow = TimeSpan.Zero },
            RememberFinishedFor = TimeSpan.FromMinutes(10),
        };
        var engine = new TradingEngine(new EngineState(), settings, new SignalParser(), exchange.Capabilities);
        var runner = new EngineRunner(engine, journal, exchange, []);
        var now = Instant.From(new DateTimeOffset(2025, 5, 6, 12, 0, 0, TimeSpan.Zero));
        runner.HandleNow(new EngineEvent.InstrumentsReported(settings.Account, [Instrument()]) { At = now });
        runner.HandleNow(new EngineEvent.AccountReported(new AccountReport(settings.Account, new Money(1_000_000m, "USDT"), [], [], [], [], [])) { At = now });

        var times = new double[count];
        const int WarmUp = 300;
        for (var index = -WarmUp; index < count; index++)
        {
            // Old trades are gone before the next minute, as they would be after a quiet while.
            now += TimeSpan.FromMinutes(11);
            runner.HandleNow(new EngineEvent.TimePassed { At = now });
            runner.HandleNow(new EngineEvent.QuoteReceived(new Quote(Btc, new Price(64_800m), new Price(64_800.1m), now)) { At = now });
            var message = new ChannelMessage
            {
                Channel = new ChannelId("@bench"),
                MessageId = index + WarmUp + 1,
                PostedAt = now,
                ReceivedAt = now,
                Text = "#BTC/USDT LONG\nEntry: 64700 - 64800\nTargets: 65500 / 66200 / 67000\nStop: 64000\nLeverage: 5x isolated",
            };
            var before = exchange.Placed;
            var from = Stopwatch.GetTimestamp();
            if (inbox.Receive(message))
                runner.HandleNow(new EngineEvent.MessageReceived(message) { At = now });
            var took = Stopwatch.GetElapsedTime(from);
            if (exchange.Placed == before)
                throw new InvalidOperationException("The post led to no order, so there is nothing to measure.");
            if (index >= 0)
                times[index] = took.TotalMilliseconds;
            exchange.RejectAll(runner, now);
        }

        return times;
    }

    private static double[] Baseline(string directory, int count)
    {
        using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(directory, "baseline.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE T (Id INTEGER PRIMARY KEY, Text TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO T (Text) VALUES ('one row')";
        var times = new double[count];
        for (var index = 0; index < count; index++)
        {
            var from = Stopwatch.GetTimestamp();
            command.ExecuteNonQuery();
            times[index] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        return times;
    }

    private static void Report(string name, double[] times, double[] baseline)
    {
        double At(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {times.Length} times, median {At(times, 0.5):0.000} ms, 99th percentile {At(times, 0.99):0.000} ms, slowest {times.Max():0.000} ms, median is {At(times, 0.5) / At(baseline, 0.5):0.0} x the baseline's"));
    }

    private static Instrument Instrument() => new()
    {
        Symbol = Btc, PriceTick = 0.1m, QuantityStep = 0.001m, MinimumQuantity = new Quantity(0.001m), MinimumNotional = 5m, MaximumLeverage = 125m, MaintenanceMarginRate = 0.004m,
    };

    /// <summary>An exchange that takes orders and, when told to, says no to all of them, so that the next post finds room.</summary>
    private sealed class HandOver : IExchange
    {
        private readonly List<ClientOrderId> _orders = [];

        public int Placed { get; private set; }

        public AccountId Account { get; } = new("main");

        public ExchangeCapabilities Capabilities { get; } = new(HoldsStops: true);

        public void Place(ApprovedOrder order)
        {
            Placed++;
            _orders.Add(order.Intent.Id);
        }

        public void Cancel(Symbol symbol, ClientOrderId orderId)
        {
        }

        public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change)
        {
        }

        public void WithdrawForeign(Symbol symbol, string exchangeId)
        {
        }

        public void AskAccount(IReadOnlyList<ClientOrderId> orders)
        {
        }

        public void RejectAll(EngineRunner runner, Instant at)
        {
            foreach (var order in _orders)
                runner.HandleNow(new EngineEvent.OrderAnswered(order, new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.InvalidOrder, "bench", "room for the next"))) { At = at });
            _orders.Clear();
        }
    }
}
