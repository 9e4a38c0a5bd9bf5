using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using static TelegramTrader.Tests.Conformance.PortTalk;

namespace TelegramTrader.Tests.Conformance;

/// <summary>Pairs on the exchange of backtests and of paper.</summary>
public sealed class SimulatedPairConformanceTests : PairConformance
{
    private SimulatedConformanceDesk? _desk;

    protected override int PairsTaken => Answers(_desk!, PairId).OfType<OrderAnswer.Accepted>().Count();

    protected override Task<IConformanceDesk> StartAsync() => Task.FromResult<IConformanceDesk>(_desk = new SimulatedConformanceDesk(BinanceServer.DefaultSpot.Instruments[0]));
}

/// <summary>Pairs on Binance's spot market through real CCXT.</summary>
public sealed class BinancePairConformanceTests : PairConformance, IAsyncDisposable
{
    private BinanceServer? _server;

    protected override int PairsTaken => _server!.Spot.Lists.Count;

    private LoopbackExchange Exchange => new(
        "binance", _server!.BaseUrl, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), _server.Spot, _server.Faults, "POST /api/v3/orderList/oco", null, null) { Symbol = BinanceStage.BtcSpot };

    protected override async Task<IConformanceDesk> StartAsync()
    {
        _server = await BinanceServer.StartAsync(TimeProvider.System);
        return await CcxtConformanceDesk.StartAsync(Exchange);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [NodeFact(packages: true)]
    public Task Restart_TheLimitWasExecutedMeanwhile_IsFoundByOurIdAlone() => SoldMeanwhileAsync(61_000m);

    [NodeFact(packages: true)]
    public Task Restart_TheStopWasExecutedMeanwhile_IsFoundByOurIdAlone() => SoldMeanwhileAsync(58_990m);

    [NodeFact(packages: true)]
    public async Task Restart_ThePairStillStands_IsWithdrawnByOurIdAlone()
    {
        await (await PairedAsync()).DisposeAsync();

        await using var after = await CcxtConformanceDesk.StartAgainAsync(Exchange, [Remembered()]);
        after.Exchange.Cancel(BinanceStage.BtcSpot, new ClientOrderId(PairId));
        await UntilAsync(after, () => Answers(after, PairId).OfType<OrderAnswer.Cancelled>().Any());

        Assert.DoesNotContain(_server!.Spot.Orders, order => order.IsOpen);
    }

    private async Task SoldMeanwhileAsync(decimal price)
    {
        await (await PairedAsync()).DisposeAsync();
        _server!.Spot.MovePrice(BinanceStage.BtcSpot, price, price + 0.01m);

        await using var after = await CcxtConformanceDesk.StartAgainAsync(Exchange, [Remembered()]);
        var report = await ReportAsync(after, PairId);

        Assert.True(report.Orders.Single(order => order.Id.Value == PairId).IsFilled);
        var fill = Assert.Single(report.Fills);
        Assert.Equal((PairId, price, 0.009m), (fill.OrderId.Value, fill.Price.Value, fill.Quantity.Value));
    }

    // The exchange's own numbers are not stored with an order.
    private static Order Remembered()
    {
        var at = Instant.From(TimeProvider.System.GetUtcNow()) - TimeSpan.FromMinutes(5);
        return new Order { Intent = Sale(PairId, UsualPair), CreatedAt = at, ChangedAt = at, State = new OrderState.Working("unimportant") };
    }
}
