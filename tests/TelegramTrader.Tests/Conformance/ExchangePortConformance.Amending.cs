using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using static TelegramTrader.Tests.Conformance.PortTalk;

namespace TelegramTrader.Tests.Conformance;

/// <summary>Stops that are changed where they wait; and that an exchange which can't says so and leaves them where they are.</summary>
public abstract partial class ExchangePortConformance
{
    [NodeFact(packages: true)]
    public async Task Amend_AStop_StandsWhereItWasMovedAndNowhereElse()
    {
        await using var desk = await StartAsync();
        await EnterWithStopAsync(desk);
        var change = new OrderChange(1, new Price(59_500m), new Quantity(0.006m));

        desk.Exchange.Amend(Some.Btc, new ClientOrderId(StopId), change);
        await UntilAsync(desk, () => Changes(desk).Count > 0);

        if (!desk.AmendsStops)
        {
            var refused = Assert.IsType<OrderAnswer.AmendRefused>(Assert.Single(Changes(desk)));
            Assert.Equal((ExchangeErrorKind.NotSupported, change), (refused.Error.Kind, refused.Change));
            desk.MovePrice(59_490m, 59_490.1m);
            await desk.PassAsync();
            Assert.False(Assert.Single((await ReportAsync(desk, StopId)).Orders).IsFilled);
            return;
        }

        Assert.Equal(new OrderAnswer.Amended(change), Assert.Single(Changes(desk)));
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single((await ReportAsync(desk, StopId)).Orders).Answer);
        desk.MovePrice(59_490m, 59_490.1m);
        await UntilAsync(desk, () => Fills(desk, StopId).Count > 0);
        Assert.Equal((59_490m, 0.006m), (Assert.Single(Fills(desk, StopId)).Price.Value, Assert.Single(Fills(desk, StopId)).Quantity.Value));
        var report = await ReportAsync(desk, StopId);
        Assert.True(Assert.Single(report.Orders).IsFilled);
        Assert.Equal(0.004m, Assert.Single(report.Positions).Quantity.Value);
        Assert.Single(Answers(desk, StopId).OfType<OrderAnswer.Accepted>());
    }

    [NodeFact(packages: true)]
    public async Task Amend_BeyondThePrice_IsRefusedAndTheStopStandsAsItDid()
    {
        await using var desk = await StartAsync();
        await EnterWithStopAsync(desk);
        if (!desk.AmendsStops)
            return;

        desk.Exchange.Amend(Some.Btc, new ClientOrderId(StopId), new OrderChange(1, new Price(61_000m), new Quantity(0.010m)));
        await UntilAsync(desk, () => Changes(desk).Count > 0);

        Assert.Equal(ExchangeErrorKind.WouldTriggerAtOnce, Assert.IsType<OrderAnswer.AmendRefused>(Assert.Single(Changes(desk))).Error.Kind);
        desk.MovePrice(58_990m, 58_990.1m);
        await UntilAsync(desk, () => Fills(desk, StopId).Count > 0);
        Assert.Equal((58_990m, 0.010m), (Assert.Single(Fills(desk, StopId)).Price.Value, Assert.Single(Fills(desk, StopId)).Quantity.Value));
    }

    [NodeFact(packages: true)]
    public async Task Amend_AnEntry_IsRefusedEverywhere()
    {
        await using var desk = await StartAsync();
        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)))));
        await UntilAsync(desk, () => Answers(desk, Id).Any());

        desk.Exchange.Amend(Some.Btc, new ClientOrderId(Id), new OrderChange(1, new Price(59_500m), new Quantity(0.020m)));
        await UntilAsync(desk, () => Answers(desk, Id).OfType<OrderAnswer.AmendRefused>().Any());

        Assert.Equal(ExchangeErrorKind.NotSupported, Answers(desk, Id).OfType<OrderAnswer.AmendRefused>().Single().Error.Kind);
    }

    [NodeFact(packages: true)]
    public async Task Amend_AStopThatWasWithdrawn_IsSaidNotToBeThere()
    {
        await using var desk = await StartAsync();
        await EnterWithStopAsync(desk);
        if (!desk.AmendsStops)
            return;
        desk.Exchange.Cancel(Some.Btc, new ClientOrderId(StopId));
        await UntilAsync(desk, () => Answers(desk, StopId).OfType<OrderAnswer.Cancelled>().Any());

        desk.Exchange.Amend(Some.Btc, new ClientOrderId(StopId), new OrderChange(1, new Price(59_500m), new Quantity(0.010m)));
        await UntilAsync(desk, () => Changes(desk).Count > 0);

        Assert.Equal(ExchangeErrorKind.OrderNotFound, Assert.IsType<OrderAnswer.AmendRefused>(Assert.Single(Changes(desk))).Error.Kind);
    }

    [NodeFact(packages: true)]
    public Task Amend_TheAnswerIsLost_WhereItStandsIsUnknown() => LoseAsync(hasEffect: true, firesAt: 59_490m);

    [NodeFact(packages: true)]
    public Task Amend_LostOnTheWay_WhereItStandsIsUnknown() => LoseAsync(hasEffect: false, firesAt: 58_990m);

    /// <summary>Nothing is sent a second time, and whatever became of it, the stop is there: at the old trigger or at the new one.</summary>
    private async Task LoseAsync(bool hasEffect, decimal firesAt)
    {
        await using var desk = await StartAsync();
        await EnterWithStopAsync(desk);
        if (!desk.AmendsStops || !desk.LosesAnswers)
            return;
        desk.LoseNextAmendment(hasEffect);

        desk.Exchange.Amend(Some.Btc, new ClientOrderId(StopId), new OrderChange(1, new Price(59_500m), new Quantity(0.010m)));
        await UntilAsync(desk, () => Changes(desk).Count > 0);

        Assert.IsType<OrderAnswer.AmendUnknown>(Assert.Single(Changes(desk)));
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single((await ReportAsync(desk, StopId)).Orders).Answer);
        desk.MovePrice(firesAt, firesAt + 0.1m);
        await UntilAsync(desk, () => Fills(desk, StopId).Count > 0);
        Assert.Equal(firesAt, Assert.Single(Fills(desk, StopId)).Price.Value);
    }

    private static async Task EnterWithStopAsync(IConformanceDesk desk)
    {
        await EnterAsync(desk);
        desk.Exchange.Place(Approved(Order(StopId, OrderSide.Sell, new OrderKind.StopMarket(new Price(59_000m)), reduceOnly: true)));
        await UntilAsync(desk, () => Answers(desk, StopId).Any());
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single(Answers(desk, StopId)));
    }

    private static IReadOnlyList<OrderAnswer> Changes(IConformanceDesk desk) =>
        [.. Answers(desk, StopId).Where(answer => answer is OrderAnswer.Amended or OrderAnswer.AmendRefused or OrderAnswer.AmendUnknown)];
}
