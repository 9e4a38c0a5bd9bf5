using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Simulated;

public sealed class StoredSimulatedExchangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TakeUp_InTheMiddleOfACandle_GoesOnAsIfNothingHadHappened()
    {
        // Two runs of the same scenario; the second one's exchange is put away and taken up again after every single step.
        var (whole, _) = Run(interrupted: false);
        var (interrupted, interruptions) = Run(interrupted: true);
        Assert.True(interruptions > 5);
        Assert.Equal(whole, interrupted);
        Assert.Contains("Fill", whole, StringComparison.Ordinal);
        Assert.Contains("Cancelled", whole, StringComparison.Ordinal);
        Assert.Contains("FundingPaid", whole, StringComparison.Ordinal);
        Assert.Contains("ReduceOnlyRefused", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Place_BeforeItReturns_HasTheOrderOnDisk()
    {
        using var desk = new StoredDesk(_folder.Path, new ScriptedParser());
        desk.Start();
        BusyRun.Flat(desk, 1000m);
        desk.Post(BusyRun.Long(980m, 1040m));
        var order = desk.State.Orders.Values.Single();
        Assert.Equal([(order.Id.Value, SimulatedPhase.OnItsWay)], Stored(desk).Select(stored => (stored.Intent.Id.Value, stored.Phase)));
        desk.Command(id => new OperatorCommand.CloseAll { Id = id, By = "Anna" });
        Assert.NotNull(Stored(desk).Single().CancelArrivesAt);
    }

    [Fact]
    public void AskAccount_AboutAnOrderThatEndedBeforeARestart_IsAnsweredFromTheBooks()
    {
        var parser = new ScriptedParser();
        Order filled;
        using (var first = BusyRun.Play(BusyRun.Desk(_folder.Path, parser)))
            filled = first.State.Orders.Values.First(order => order.State is OrderState.Filled);
        using var second = BusyRun.Desk(_folder.Path, parser);
        second.Exchange.AskAccount([filled.Id, new ClientOrderId("never-heard-of")]);
        second.Runner.RunPending();
        var report = second.Events.OfType<EngineEvent.AccountReported>().Select(reported => reported.Report).Single(one => one.Orders.Any(order => order.Id.Value == "never-heard-of"));
        Assert.Equal([(true, typeof(OrderAnswer.Accepted)), (false, typeof(OrderAnswer.NotFound))], report.Orders.Select(order => (order.IsFilled, order.Answer.GetType())));
        Assert.Equal(filled.Filled.Value, report.Fills.Sum(fill => fill.Quantity.Value));
    }

    [Fact]
    public void Save_ASecondOrderUnderAnOldId_IsRefused()
    {
        using var desk = BusyRun.Play(BusyRun.Desk(_folder.Path, new ScriptedParser()));
        var changes = new SimulationChanges(State(desk), [Stored(desk)[0] with { ExchangeOrderId = "p9999" }], []);
        using var store = Reopened(desk);
        Assert.Contains("Orders.ClientOrderId", Assert.Throws<SqliteException>(() => store.Save(changes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_AFillThatIsThere_IsRefusedAndNothingElseIsWritten()
    {
        using var desk = BusyRun.Play(BusyRun.Desk(_folder.Path, new ScriptedParser()));
        using var store = Reopened(desk);
        var before = Facts.Of(store.Load());
        var changes = new SimulationChanges(State(desk) with { Wallet = new Money(1m, "USDT") }, [], [desk.Exchange.Inner.Fills[0]]);
        Assert.Throws<SqliteException>(() => store.Save(changes));
        Assert.Equal(before, Facts.Of(store.Load()));
    }

    [Fact]
    public void Open_AFileOfANewerVersion_IsRefused()
    {
        using var data = DataFolder.Open(_folder.Path);
        new SimulationStore(data).Dispose();
        using (var connection = new SqliteConnection($"Data Source={data.FileAt("simulated-exchange.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 7";
            command.ExecuteNonQuery();
        }

        Assert.Contains("version 7, known up to 1", Assert.Throws<DataFolderException>(() => new SimulationStore(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnEmptyFile_IsNothing()
    {
        using var data = DataFolder.Open(_folder.Path);
        using var store = new SimulationStore(data);
        Assert.Null(store.Load());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Everything that the exchange told, and its books at the end.</summary>
    private static (string Told, int Interruptions) Run(bool interrupted)
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        using var store = new SimulationStore(data);
        var sink = new Told();
        var exchange = Exchange(sink, store);
        exchange.Inner.MoveTo(Some.Time);
        var (minute, interruptions) = (0, 0);
        Candle(1000m, 1000m, 1000m, 1000m);
        exchange.Place(Order(true, "early", OrderSide.Sell, new OrderKind.Market(), 1m));
        exchange.Place(Order(false, "e0", OrderSide.Buy, new OrderKind.Limit(new Price(995m)), 3m));
        exchange.Place(Order(false, "e1", OrderSide.Buy, new OrderKind.Limit(new Price(900m)), 1m));
        Candle(1000m, 1002m, 990m, 1001m);
        exchange.Place(Order(true, "s", OrderSide.Sell, new OrderKind.StopMarket(new Price(985m)), 3m));
        exchange.Place(Order(true, "t", OrderSide.Sell, new OrderKind.Limit(new Price(1010m)), 2m));
        exchange.Cancel(Some.Btc, new ClientOrderId("e1"));
        Candle(1001m, 1005m, 1000m, 1003m);
        exchange.Inner.Fund(Some.Btc, 0.0001m, exchange.Inner.Clock);
        exchange.Flush();
        Candle(1003m, 1020m, 1001m, 1015m);
        Candle(1015m, 1016m, 980m, 984m);
        exchange.AskAccount([new ClientOrderId("s"), new ClientOrderId("t"), new ClientOrderId("e0"), new ClientOrderId("e1"), new ClientOrderId("early")]);
        return (Facts.Of(sink.Events.Where(told => told is not EngineEvent.QuoteReceived)) + Facts.Of(store.Load()), interruptions);

        void Candle(decimal open, decimal high, decimal low, decimal close)
        {
            exchange.Inner.Begin([(Some.Btc, Some.Candle(open, high, low, close, 8m, Some.Time + TimeSpan.FromMinutes(minute++)))]);
            Interrupt();
            while (exchange.Inner.Advance())
            {
                exchange.Flush();
                Interrupt();
            }
        }

        void Interrupt()
        {
            if (!interrupted || store.Load() is not { } stored || stored.State.Step != exchange.Inner.Step || stored.State.CandlesBegun != exchange.Inner.CandlesBegun)
                return;
            exchange = Exchange(sink, store);
            Assert.True(exchange.TakeUp());
            interruptions++;
        }
    }

    /// <summary>An approved order; one that never arrived may be handed over again, whatever it is.</summary>
    private static ApprovedOrder Order(bool reduceOnly, string id, OrderSide side, OrderKind kind, decimal quantity) => new ApprovedOrder.RiskGate(new RiskSettings(), []).ApproveAgain(new Order
    {
        Intent = new OrderIntent
        {
            Id = new ClientOrderId(id),
            Account = Some.Account,
            Symbol = Some.Btc,
            Side = side,
            Kind = kind,
            Quantity = new Quantity(quantity),
            ReduceOnly = reduceOnly,
            TradeNumber = 1,
            Purpose = new OrderPurpose.Entry(0),
            Leverage = 3m,
        },
        State = new OrderState.NeverArrived(),
        CreatedAt = Some.Time,
        ChangedAt = Some.Time,
    });

    private static StoredSimulatedExchange Exchange(IEventSink sink, SimulationStore store) =>
        new(new SimulatedExchange(new SimulationSettings { Latency = TimeSpan.Zero }, [Some.Instrument()], sink), store);

    private static IReadOnlyList<SimulatedOrder> Stored(StoredDesk desk)
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(desk.Folder.Path, "simulated-exchange.db*"))
            File.Copy(file, copy.FileAt(Path.GetFileName(file)));
        using var store = new SimulationStore(copy.FileAt("simulated-exchange.db"));
        return store.Load()!.Orders;
    }

    private static SimulationState State(StoredDesk desk)
    {
        using var store = Reopened(desk);
        return store.Load()!.State;
    }

    private static SimulationStore Reopened(StoredDesk desk) => new(desk.Folder.FileAt("simulated-exchange.db"));

    private sealed class Told : IEventSink
    {
        public List<EngineEvent> Events { get; } = [];

        public void Post(EngineEvent engineEvent) => Events.Add(engineEvent);
    }
}
