using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using static TelegramTrader.Tests.Conformance.PortTalk;

namespace TelegramTrader.Tests.Conformance;

/// <summary>
/// What the engine relies on of pairs of stop and target, of every implementation of its exchange port that takes them. A bitcoin costs 60,000.00 to 60,000.01 when they begin,
/// 0.01 of it is bought, and the pair sells 0.009 at 61,000 or from 59,000 on.
/// </summary>
public abstract class PairConformance
{
    protected const string EntryId = "ttaaaaaaaaaaaaaaaa-e0-1";
    protected const string PairId = "ttaaaaaaaaaaaaaaaa-t1-1";
    private const string OtherId = "ttaaaaaaaaaaaaaaaa-s-2";

    protected static OrderKind UsualPair { get; } = new OrderKind.OneCancelsOther(new Price(61_000m), new Price(59_000m));

    protected abstract Task<IConformanceDesk> StartAsync();

    /// <summary>How many pairs the market itself ever took.</summary>
    protected abstract int PairsTaken { get; }

    [NodeFact(packages: true)]
    public async Task Place_APair_IsOneOrderThatRestsBetweenItsPrices()
    {
        await using var desk = await PairedAsync();

        Assert.IsType<OrderAnswer.Accepted>(Assert.Single(Answers(desk, PairId)));
        desk.MovePrice(60_990m, 60_990.01m);
        desk.MovePrice(59_010m, 59_010.01m);
        var reported = await ReportedAsync(desk);
        Assert.IsType<OrderAnswer.Accepted>(reported.Answer);
        Assert.False(reported.IsFilled);
        Assert.Empty(Fills(desk, PairId));
        Assert.Equal(1, PairsTaken);
    }

    [NodeFact(packages: true)]
    public async Task Pair_ThePriceRises_IsSoldAtTheLimitAndTheTriggerIsGone()
    {
        await using var desk = await PairedAsync();

        desk.MovePrice(61_000m, 61_000.01m);
        await FilledAsync(desk, PairId, 0.009m);
        desk.MovePrice(58_000m, 58_000.01m);

        Assert.True((await ReportedAsync(desk)).IsFilled);
        var fill = Assert.Single(Fills(desk, PairId));
        Assert.Equal((OrderSide.Sell, 61_000m, 0.009m, true), (fill.Side, fill.Price.Value, fill.Quantity.Value, fill.IsMaker));
    }

    [NodeFact(packages: true)]
    public async Task Pair_ThePriceFalls_IsSoldAtTheMarketAndTheLimitIsGone()
    {
        await using var desk = await PairedAsync();

        desk.MovePrice(58_990m, 58_990.01m);
        await FilledAsync(desk, PairId, 0.009m);
        desk.MovePrice(61_500m, 61_500.01m);

        Assert.True((await ReportedAsync(desk)).IsFilled);
        var fill = Assert.Single(Fills(desk, PairId));
        Assert.Equal((OrderSide.Sell, 58_990m, 0.009m, false), (fill.Side, fill.Price.Value, fill.Quantity.Value, fill.IsMaker));
    }

    [NodeFact(packages: true)]
    public async Task Pair_APartAtTheLimit_TheTriggerIsGoneAndTheRestWaitsAtTheLimit()
    {
        await using var desk = await PartlySoldAsync();

        desk.MovePrice(58_900m, 58_900.01m);
        var reported = await ReportedAsync(desk);
        Assert.IsType<OrderAnswer.Accepted>(reported.Answer);
        Assert.False(reported.IsFilled);
        Assert.Equal(0.004m, Fills(desk, PairId).Sum(fill => fill.Quantity.Value));

        desk.MovePrice(61_000m, 61_000.01m);
        await FilledAsync(desk, PairId, 0.009m);
        Assert.All(Fills(desk, PairId), fill => Assert.Equal(61_000m, fill.Price.Value));
        Assert.True((await ReportedAsync(desk)).IsFilled);
    }

    [NodeFact(packages: true)]
    public async Task Cancel_APair_NeitherOfItSellsAnyMore()
    {
        await using var desk = await PairedAsync();

        desk.Exchange.Cancel(BinanceStage.BtcSpot, new ClientOrderId(PairId));
        await UntilAsync(desk, () => Answers(desk, PairId).OfType<OrderAnswer.Cancelled>().Any());
        desk.MovePrice(61_500m, 61_500.01m);
        desk.MovePrice(58_900m, 58_900.01m);

        Assert.IsType<OrderAnswer.Cancelled>((await ReportedAsync(desk)).Answer);
        Assert.Empty(Fills(desk, PairId));
        desk.Exchange.Cancel(BinanceStage.BtcSpot, new ClientOrderId(PairId));
        await UntilAsync(desk, () => Answers(desk, PairId).OfType<OrderAnswer.CancelRefused>().Any());
        Assert.Equal(ExchangeErrorKind.OrderNotFound, Answers(desk, PairId).OfType<OrderAnswer.CancelRefused>().Single().Error.Kind);
    }

    [NodeFact(packages: true)]
    public async Task Cancel_AfterAPart_TheExecutionIsToldFirstAndTheCoinsLeftAreFree()
    {
        await using var desk = await PartlySoldAsync();

        desk.Exchange.Cancel(BinanceStage.BtcSpot, new ClientOrderId(PairId));
        await UntilAsync(desk, () => Answers(desk, PairId).OfType<OrderAnswer.Cancelled>().Any());
        var said = desk.Said.ToList();
        Assert.True(said.FindIndex(each => each is EngineEvent.OrderFilled filled && filled.Fill.OrderId.Value == PairId) < said.FindIndex(each => each is EngineEvent.OrderAnswered { Answer: OrderAnswer.Cancelled }));

        desk.Exchange.Place(Approved(Sale(OtherId, new OrderKind.Market(), 0.005m)));
        await FilledAsync(desk, OtherId, 0.005m);
        Assert.Equal(0.004m, Fills(desk, PairId).Sum(fill => fill.Quantity.Value));
        Assert.IsType<OrderAnswer.Cancelled>((await ReportedAsync(desk)).Answer);
    }

    [NodeFact(packages: true)]
    public Task Place_APairWhoseLimitThePriceHasPassed_IsRefusedAndLocksNothing() => RefusedAsync(59_900m, 59_000m);

    [NodeFact(packages: true)]
    public Task Place_APairWhoseTriggerThePriceHasPassed_IsRefusedAndLocksNothing() => RefusedAsync(61_000m, 60_100m);

    [NodeFact(packages: true)]
    public async Task Place_AStopBesideAPair_TheCoinsOfThePairAreLockedOnce()
    {
        await using var desk = await PairedAsync();

        desk.Exchange.Place(Approved(Sale(OtherId, new OrderKind.StopMarket(new Price(59_000m)), 0.005m)));
        await UntilAsync(desk, () => Answers(desk, OtherId).Any());
        Assert.Equal(ExchangeErrorKind.InsufficientFunds, Answers(desk, OtherId).OfType<OrderAnswer.Rejected>().Single().Error.Kind);

        const string Rest = "ttaaaaaaaaaaaaaaaa-s-3";
        desk.Exchange.Place(Approved(Sale(Rest, new OrderKind.StopMarket(new Price(59_000m)), 0.0009m)));
        await UntilAsync(desk, () => Answers(desk, Rest).Any());
        Assert.IsType<OrderAnswer.Accepted>(Answers(desk, Rest).First());
    }

    [NodeFact(packages: true)]
    public async Task Place_TheAnswerIsLost_ThePairIsFoundByOurIdAndIsThereOnce()
    {
        await using var desk = await EnteredAsync();
        desk.LoseNextAnswer(hasEffect: true);

        desk.Exchange.Place(Approved(Sale(PairId, UsualPair)));
        await UntilAsync(desk, () => Answers(desk, PairId).Any());
        if (desk.LosesAnswers)
            Assert.IsType<OrderAnswer.OutcomeUnknown>(Assert.Single(Answers(desk, PairId)));
        Assert.IsType<OrderAnswer.Accepted>((await ReportedAsync(desk)).Answer);
        desk.MovePrice(58_990m, 58_990.01m);
        await FilledAsync(desk, PairId, 0.009m);

        Assert.Equal(1, PairsTaken);
    }

    [NodeFact(packages: true)]
    public async Task Place_LostOnTheWay_TheExchangeSaysThatItHasNoSuchPair()
    {
        await using var desk = await EnteredAsync();
        desk.LoseNextAnswer(hasEffect: false);
        if (desk.LosesAnswers)
        {
            desk.Exchange.Place(Approved(Sale(PairId, UsualPair)));
            await UntilAsync(desk, () => Answers(desk, PairId).Any());
            Assert.IsType<OrderAnswer.OutcomeUnknown>(Assert.Single(Answers(desk, PairId)));
        }

        Assert.IsType<OrderAnswer.NotFound>((await ReportedAsync(desk)).Answer);
        Assert.Equal(0, PairsTaken);
    }

    [NodeFact(packages: true)]
    public async Task Place_TheSamePairTwice_TheSecondIsRefusedAsADuplicate()
    {
        await using var desk = await PairedAsync();

        desk.Exchange.Place(Approved(Sale(PairId, UsualPair)));
        await UntilAsync(desk, () => Answers(desk, PairId).OfType<OrderAnswer.Rejected>().Any());

        Assert.Equal(ExchangeErrorKind.DuplicateClientOrderId, Answers(desk, PairId).OfType<OrderAnswer.Rejected>().Single().Error.Kind);
        Assert.Equal(1, PairsTaken);
    }

    protected async Task<IConformanceDesk> PairedAsync()
    {
        var desk = await EnteredAsync();
        desk.Exchange.Place(Approved(Sale(PairId, UsualPair)));
        await UntilAsync(desk, () => Answers(desk, PairId).Any());
        return desk;
    }

    protected static OrderIntent Sale(string id, OrderKind kind, decimal quantity = 0.009m) => new()
    {
        Id = new ClientOrderId(id),
        Account = Support.Some.Account,
        Symbol = BinanceStage.BtcSpot,
        Side = OrderSide.Sell,
        Kind = kind,
        Quantity = new Quantity(quantity),
        ReduceOnly = true,
        TradeNumber = 1,
        Purpose = new OrderPurpose.Target(1),
    };

    private async Task<IConformanceDesk> EnteredAsync()
    {
        var desk = await StartAsync();
        desk.Exchange.Place(Approved(Sale(EntryId, new OrderKind.Market(), 0.01m) with { Side = OrderSide.Buy, ReduceOnly = false, Purpose = new OrderPurpose.Entry(0) }));
        await FilledAsync(desk, EntryId, 0.01m);
        return desk;
    }

    private static async Task<ReportedOrder> ReportedAsync(IConformanceDesk desk) => (await ReportAsync(desk, PairId)).Orders.Single(order => order.Id.Value == PairId);

    private async Task RefusedAsync(decimal limit, decimal trigger)
    {
        await using var desk = await EnteredAsync();

        desk.Exchange.Place(Approved(Sale(PairId, new OrderKind.OneCancelsOther(new Price(limit), new Price(trigger)))));
        await UntilAsync(desk, () => Answers(desk, PairId).OfType<OrderAnswer.Rejected>().Any());

        Assert.Equal(ExchangeErrorKind.WouldTriggerAtOnce, Answers(desk, PairId).OfType<OrderAnswer.Rejected>().Single().Error.Kind);
        desk.Exchange.Place(Approved(Sale(OtherId, UsualPair)));
        await UntilAsync(desk, () => Answers(desk, OtherId).Any());
        Assert.IsType<OrderAnswer.Accepted>(Answers(desk, OtherId).First());
    }

    /// <summary>0.004 of it were sold at the limit, and the price is back between the two.</summary>
    private async Task<IConformanceDesk> PartlySoldAsync()
    {
        var desk = await PairedAsync();
        desk.OfferVolume(0.004m);
        desk.MovePrice(61_000m, 61_000.01m);
        await FilledAsync(desk, PairId, 0.004m);
        desk.MovePrice(60_500m, 60_500.01m);
        desk.OfferVolume(null);
        return desk;
    }
}
