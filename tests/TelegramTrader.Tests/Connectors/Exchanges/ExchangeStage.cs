using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>A CcxtExchange over a scripted gateway, and what it says.</summary>
internal sealed class ExchangeStage : IEventSink, IAsyncDisposable
{
    private readonly CancellationTokenSource _life = new();
    private readonly RequestBudget _budget;
    private readonly Task _living;

    public ExchangeStage(Action<ScriptedExchangeGateway>? prepare = null, IEnumerable<Order>? orders = null, ExchangeMarketKind kind = ExchangeMarketKind.Swap, Func<ExchangeKeys?>? keys = null,
        CcxtExchangeOptions? options = null)
    {
        prepare?.Invoke(Gateway);
        _budget = new RequestBudget(new RequestBudgetOptions(1_000, 1_000), Time);
        Session = new ExchangeSession(Gateway, new ExchangeAccount(Some.Account, "binance", kind, "USDT"), keys ?? (() => new ExchangeKeys("key", "secret", null)), _budget, Time, NullLogger<ExchangeSession>.Instance);
        // Time goes by here much faster than work does.
        Exchange = new CcxtExchange(Session, orders ?? [], this, options ?? new CcxtExchangeOptions { EntryLeavesWithin = TimeSpan.FromHours(1) }, Time, NullLogger<CcxtExchange>.Instance);
        _living = Gateway.LiveAsync(_life.Token);
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedExchangeGateway Gateway { get; } = new();

    public ExchangeSession Session { get; }

    public CcxtExchange Exchange { get; }

    public ConcurrentQueue<EngineEvent> Events { get; } = [];

    public IReadOnlyList<OrderAnswer> Answers => [.. Events.OfType<EngineEvent.OrderAnswered>().Select(answered => answered.Answer)];

    public void Post(EngineEvent engineEvent) => Events.Enqueue(engineEvent);

    private IReadOnlyList<EngineEvent> Reports => [.. Events.Where(said => said is EngineEvent.AccountReported or EngineEvent.AccountReportFailed)];

    public async Task PlaceAsync(OrderIntent intent)
    {
        // What is done when the account was opened would otherwise take answers that are meant for the order.
        await Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        await IdleAsync();
        Exchange.Place(Approved(intent));
        await IdleAsync();
    }

    /// <summary>Lets time go by until nothing is under way any more; bounded.</summary>
    public async Task IdleAsync()
    {
        var idle = Exchange.IdleAsync();
        for (var second = 0; second < 600 && !idle.IsCompleted; second++)
        {
            await Task.WhenAny(idle, Task.Delay(1));
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await idle.WaitAsync(ManualTimeProvider.Patience);
    }

    public async Task<EngineEvent> AskAsync(params ClientOrderId[] orders)
    {
        // Not until nothing is under way: what only lists the open orders takes its time.
        var before = Reports.Count;
        Exchange.AskAccount(orders);
        for (var second = 0; second < 1200 && Reports.Count == before; second++)
        {
            await Task.Delay(1);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        return Reports[before];
    }

    public static OrderIntent Stop(string id = "ttaaaaaaaaaaaaaaaa-s-1") => new()
    {
        Id = new ClientOrderId(id),
        Account = Some.Account,
        Symbol = Some.Btc,
        Side = OrderSide.Sell,
        Kind = new OrderKind.StopMarket(new Price(59_000m)),
        Quantity = new Quantity(0.010m),
        ReduceOnly = true,
        TradeNumber = 1,
        Purpose = new OrderPurpose.Stop(),
    };

    public static OrderIntent Entry(string id = "ttaaaaaaaaaaaaaaaa-e0-1") => Stop(id) with
    {
        Side = OrderSide.Buy,
        Kind = new OrderKind.Limit(new Price(60_000.5m)),
        ReduceOnly = false,
        Purpose = new OrderPurpose.Entry(0),
        Leverage = 3m,
    };

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _living);
        await Exchange.DisposeAsync();
        _budget.Dispose();
        _life.Dispose();
    }

    // An entry needs a decision of the gate; for the exchange it is an order like any other, so a test approves it as one that was lost on the way.
    public static ApprovedOrder Approved(OrderIntent intent)
    {
        var gate = new ApprovedOrder.RiskGate(new RiskSettings(), []);
        return intent.ReduceOnly
            ? gate.ApproveReducing(intent)
            : gate.ApproveAgain(new Order { Intent = intent, CreatedAt = Some.Time, ChangedAt = Some.Time, State = new OrderState.NeverArrived() });
    }
}
