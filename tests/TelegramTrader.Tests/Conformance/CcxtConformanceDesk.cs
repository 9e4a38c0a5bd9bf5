using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Conformance;

/// <summary>A simulated exchange on loopback, as a desk needs it.</summary>
/// <param name="PlaceEndpoint">Where the orders go that are to lose their answers.</param>
/// <param name="AmendEndpoint">Where stops are changed in place; null where they can't be.</param>
/// <param name="Server">Ends with the desk; null for one that others use after it.</param>
internal sealed record LoopbackExchange(string Name, Uri BaseUrl, ExchangeKeys Keys, TradingVenue Venue, FaultScript Faults, string PlaceEndpoint, string? AmendEndpoint, IAsyncDisposable? Server)
{
    /// <summary>Of the contract or the coin that costs 60,000.</summary>
    public Symbol Symbol { get; init; } = Some.Btc;
}

/// <summary>The port over the real gateway and the real CCXT, before a simulated exchange.</summary>
internal sealed class CcxtConformanceDesk : IConformanceDesk, IEventSink
{
    private readonly LoopbackExchange _exchange;
    private readonly GatewayStage _gateway = new(null);
    private readonly RequestBudget _budget = new(new RequestBudgetOptions(1_000, 1_000), TimeProvider.System);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<EngineEvent> _said = [];
    private readonly ExchangeSession _session;
    private readonly CcxtExchange _port;
    private readonly PeriodicTimer _pause = new(TimeSpan.FromMilliseconds(10));
    private Task _following = Task.CompletedTask;

    private CcxtConformanceDesk(LoopbackExchange exchange, IReadOnlyList<Order> orders)
    {
        _exchange = exchange;
        var account = new ExchangeAccount(Some.Account, exchange.Name, exchange.Symbol.IsPerpetual ? ExchangeMarketKind.Swap : ExchangeMarketKind.Spot, "USDT") { BaseUrl = exchange.BaseUrl, RequestTimeout = TimeSpan.FromSeconds(30) };
        _session = new ExchangeSession(_gateway.Supervisor, account, () => exchange.Keys, _budget, TimeProvider.System, NullLogger<ExchangeSession>.Instance);
        _port = new CcxtExchange(_session, orders, this, new CcxtExchangeOptions { LookEvery = TimeSpan.FromMilliseconds(200), LookEveryWhenPushed = TimeSpan.FromMilliseconds(200) }, TimeProvider.System, NullLogger<CcxtExchange>.Instance);
    }

    public IExchange Exchange => _port;

    public IReadOnlyList<EngineEvent> Said => [.. _said];

    public bool LosesAnswers => true;

    public bool AmendsStops => _exchange.AmendEndpoint is not null;

    public int OrdersTaken => _exchange.Venue.Orders.Count;

    public static Task<IConformanceDesk> StartAsync(LoopbackExchange exchange)
    {
        exchange.Venue.MovePrice(exchange.Symbol, 60_000m, 60_000m + exchange.Venue.Market(exchange.Symbol).Instrument.PriceTick);
        return StartAgainAsync(exchange, []);
    }

    /// <summary>A bot that begins while the exchange stands as it does.</summary>
    /// <param name="orders">What the engine remembers of an earlier run.</param>
    public static async Task<IConformanceDesk> StartAgainAsync(LoopbackExchange exchange, IReadOnlyList<Order> orders)
    {
        var desk = new CcxtConformanceDesk(exchange, orders);
        desk._gateway.Start();
        await desk._gateway.HealthAsync<GatewayHealth.Running>();
        await desk._session.FirstOpened.WaitAsync(GatewayStage.Patience);
        desk._following = desk._port.FollowAsync(desk._end.Token);
        return desk;
    }

    public void Post(EngineEvent engineEvent) => _said.Enqueue(engineEvent);

    public void MovePrice(decimal bid, decimal ask) => _exchange.Venue.MovePrice(_exchange.Symbol, bid, ask);

    public void OfferVolume(decimal? quantity) => _exchange.Venue.OfferVolume(_exchange.Symbol, quantity);

    public void Fund(decimal rate) => _exchange.Venue.Fund(_exchange.Symbol, rate);

    public void LoseNextAnswer(bool hasEffect) => _exchange.Faults.Next(1, hasEffect ? new ExchangeFault.CutAfter() : new ExchangeFault.CutBefore(), _exchange.PlaceEndpoint);

    public void LoseNextAmendment(bool hasEffect) => _exchange.Faults.Next(1, hasEffect ? new ExchangeFault.CutAfter() : new ExchangeFault.CutBefore(), _exchange.AmendEndpoint!);

    public async Task PassAsync() => await _pause.WaitForNextTickAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _following);
        await _port.DisposeAsync();
        await _gateway.DisposeAsync();
        if (_exchange.Server is { } server)
            await server.DisposeAsync();
        _pause.Dispose();
        _budget.Dispose();
        _end.Dispose();
    }
}
