using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using static TelegramTrader.Tests.Conformance.PortTalk;

namespace TelegramTrader.Tests.Conformance;

/// <summary>
/// What the engine relies on, of every implementation of its exchange port: each runs these tests. A bitcoin costs 60,000.0 to 60,000.1 when they begin; whoever takes has
/// to pay the fee of the exchange, which is not compared.
/// </summary>
public abstract partial class ExchangePortConformance
{
    private const string Id = "ttaaaaaaaaaaaaaaaa-e0-1";
    private const string StopId = "ttaaaaaaaaaaaaaaaa-s-1";

    protected abstract Task<IConformanceDesk> StartAsync();

    [NodeFact(packages: true)]
    public async Task Place_AtTheMarket_IsAcceptedFilledAndInTheReport()
    {
        await using var desk = await StartAsync();
        var before = await ReportAsync(desk);

        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Market())));
        await FilledAsync(desk, Id, 0.010m);

        Assert.IsType<OrderAnswer.Accepted>(Answers(desk, Id).First());
        var fill = Assert.Single(Fills(desk, Id));
        Assert.Equal((OrderSide.Buy, 60_000.1m, 0.010m, false), (fill.Side, fill.Price.Value, fill.Quantity.Value, fill.IsMaker));
        Assert.True(fill.Fee is { Amount: > 0m, Asset: "USDT" }, fill.Fee.ToString());
        var after = await ReportAsync(desk, Id);
        Assert.Empty(before.Positions);
        Assert.Equal(new ReportedPosition(Some.Btc, TradeSide.Long, new Quantity(0.010m), new Price(60_000.1m)), Assert.Single(after.Positions));
        Assert.True(Assert.Single(after.Orders).IsFilled);
        Assert.Equal(fill.FillId, Assert.Single(after.Fills).FillId);
        // What the position would earn now is not in the wallet: the engine counts it itself.
        Assert.Equal(before.Wallet.Amount - fill.Fee.Amount, after.Wallet.Amount);
    }

    [NodeFact(packages: true)]
    public async Task Place_ALimit_RestsAndIsFilledWhenThePriceComes()
    {
        await using var desk = await StartAsync();

        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)))));
        await UntilAsync(desk, () => Answers(desk, Id).Any());
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single(Answers(desk, Id)));
        Assert.False(Assert.Single((await ReportAsync(desk, Id)).Orders).IsFilled);
        Assert.Empty(Fills(desk, Id));

        desk.MovePrice(58_990m, 58_990.1m);
        await FilledAsync(desk, Id, 0.010m);
        var fill = Assert.Single(Fills(desk, Id));
        Assert.Equal((59_000m, true), (fill.Price.Value, fill.IsMaker));
    }

    [NodeFact(packages: true)]
    public async Task Cancel_AnOrderThatRests_IsWithdrawnOnceAndReportedSo()
    {
        await using var desk = await StartAsync();
        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)))));
        await UntilAsync(desk, () => Answers(desk, Id).Any());

        desk.Exchange.Cancel(Some.Btc, new ClientOrderId(Id));
        await UntilAsync(desk, () => Answers(desk, Id).OfType<OrderAnswer.Cancelled>().Any());
        Assert.IsType<OrderAnswer.Cancelled>(Assert.Single((await ReportAsync(desk, Id)).Orders).Answer);

        desk.Exchange.Cancel(Some.Btc, new ClientOrderId(Id));
        await UntilAsync(desk, () => Answers(desk, Id).OfType<OrderAnswer.CancelRefused>().Any());
        Assert.Equal(ExchangeErrorKind.OrderNotFound, Answers(desk, Id).OfType<OrderAnswer.CancelRefused>().Single().Error.Kind);
        desk.MovePrice(58_990m, 58_990.1m);
        await desk.PassAsync();
        Assert.Empty(Fills(desk, Id));
    }

    [NodeFact(packages: true)]
    public async Task Place_TheAnswerIsLost_TheOutcomeIsAskedForByOurIdAndIsThere()
    {
        await using var desk = await StartAsync();
        desk.LoseNextAnswer(hasEffect: true);

        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)))));
        await UntilAsync(desk, () => Answers(desk, Id).Any());

        if (desk.LosesAnswers)
            Assert.IsType<OrderAnswer.OutcomeUnknown>(Assert.Single(Answers(desk, Id)));
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single((await ReportAsync(desk, Id)).Orders).Answer);
        Assert.Equal(1, desk.OrdersTaken);
    }

    [NodeFact(packages: true)]
    public async Task Place_LostOnTheWay_TheExchangeSaysThatItHasNoSuchOrder()
    {
        await using var desk = await StartAsync();
        desk.LoseNextAnswer(hasEffect: false);
        if (desk.LosesAnswers)
        {
            desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)))));
            await UntilAsync(desk, () => Answers(desk, Id).Any());
            Assert.IsType<OrderAnswer.OutcomeUnknown>(Assert.Single(Answers(desk, Id)));
        }

        Assert.IsType<OrderAnswer.NotFound>(Assert.Single((await ReportAsync(desk, Id)).Orders).Answer);
        Assert.Equal(0, desk.OrdersTaken);
    }

    [NodeFact(packages: true)]
    public async Task Place_TheSameIdTwice_TheSecondIsRefusedAsADuplicate()
    {
        await using var desk = await StartAsync();
        var order = Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)));
        desk.Exchange.Place(Approved(order));
        await UntilAsync(desk, () => Answers(desk, Id).Any());

        desk.Exchange.Place(Approved(order));
        await UntilAsync(desk, () => Answers(desk, Id).OfType<OrderAnswer.Rejected>().Any());

        Assert.Equal(ExchangeErrorKind.DuplicateClientOrderId, Answers(desk, Id).OfType<OrderAnswer.Rejected>().Single().Error.Kind);
        Assert.Equal(1, desk.OrdersTaken);
    }

    [NodeFact(packages: true)]
    public async Task Place_ReduceOnlyWithoutAPosition_IsRefused()
    {
        await using var desk = await StartAsync();

        desk.Exchange.Place(Approved(Order(Id, OrderSide.Sell, new OrderKind.Market(), reduceOnly: true)));
        await UntilAsync(desk, () => Answers(desk, Id).OfType<OrderAnswer.Rejected>().Any());

        Assert.Equal(ExchangeErrorKind.ReduceOnlyRefused, Answers(desk, Id).OfType<OrderAnswer.Rejected>().Single().Error.Kind);
        Assert.Empty((await ReportAsync(desk)).Positions);
    }

    [NodeFact(packages: true)]
    public async Task Place_WithoutTheMoney_IsRefused()
    {
        await using var desk = await StartAsync();

        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m))) with { Quantity = new Quantity(50m) }));
        await UntilAsync(desk, () => Answers(desk, Id).OfType<OrderAnswer.Rejected>().Any());

        Assert.Equal(ExchangeErrorKind.InsufficientFunds, Answers(desk, Id).OfType<OrderAnswer.Rejected>().Single().Error.Kind);
    }

    [NodeFact(packages: true)]
    public Task Place_AStop_FiresAndClosesThePosition() => ExitFires(new OrderKind.StopMarket(new Price(59_000m)), 58_990m);

    [NodeFact(packages: true)]
    public Task Place_ATarget_FiresAndClosesThePosition() => ExitFires(new OrderKind.TakeProfitMarket(new Price(61_000m)), 61_010m);

    [NodeFact(packages: true)]
    public async Task Place_AStopThatThePriceHasPassed_IsRefused()
    {
        await using var desk = await StartAsync();
        await EnterAsync(desk);

        desk.Exchange.Place(Approved(Order(StopId, OrderSide.Sell, new OrderKind.StopMarket(new Price(61_000m)), reduceOnly: true)));
        await UntilAsync(desk, () => Answers(desk, StopId).OfType<OrderAnswer.Rejected>().Any());

        Assert.Equal(ExchangeErrorKind.WouldTriggerAtOnce, Answers(desk, StopId).OfType<OrderAnswer.Rejected>().Single().Error.Kind);
        Assert.Single((await ReportAsync(desk)).Positions);
    }

    [NodeFact(packages: true)]
    public async Task Cancel_AStop_IsWithdrawnWhereItWaits()
    {
        await using var desk = await StartAsync();
        await EnterAsync(desk);
        desk.Exchange.Place(Approved(Order(StopId, OrderSide.Sell, new OrderKind.StopMarket(new Price(59_000m)), reduceOnly: true)));
        await UntilAsync(desk, () => Answers(desk, StopId).Any());

        desk.Exchange.Cancel(Some.Btc, new ClientOrderId(StopId));
        await UntilAsync(desk, () => Answers(desk, StopId).OfType<OrderAnswer.Cancelled>().Any());
        desk.MovePrice(58_990m, 58_990.1m);
        await desk.PassAsync();

        Assert.Single((await ReportAsync(desk, StopId)).Positions);
        Assert.Empty(Fills(desk, StopId));
    }

    [NodeFact(packages: true)]
    public async Task Place_MoreThanTheBookHolds_IsFilledInPartsThatAddUp()
    {
        await using var desk = await StartAsync();
        desk.OfferVolume(0.004m);

        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(60_000.1m)))));
        await FilledAsync(desk, Id, 0.004m);
        Assert.False(Assert.Single((await ReportAsync(desk, Id)).Orders).IsFilled);
        desk.OfferVolume(null);
        await FilledAsync(desk, Id, 0.010m);

        var report = await ReportAsync(desk, Id);
        Assert.True(Assert.Single(report.Orders).IsFilled);
        Assert.Equal(0.010m, Assert.Single(report.Positions).Quantity.Value);
        Assert.True(Fills(desk, Id).Count > 1);
    }

    [NodeFact(packages: true)]
    public async Task Funding_Paid_IsInTheReportAsALoss()
    {
        await using var desk = await StartAsync();
        var before = await EnterAsync(desk);

        desk.Fund(0.001m);
        var after = await ReportAsync(desk);

        var paid = Assert.Single(after.Funding);
        Assert.Equal((Some.Btc, "USDT"), (paid.Symbol, paid.Amount.Asset));
        // 0.010 bitcoins at 60,000.05, a thousandth of it: whoever is long pays.
        Assert.Equal(-0.6000005m, paid.Amount.Amount);
        Assert.Equal(before.Wallet.Amount - 0.6000005m, after.Wallet.Amount);
    }

    [NodeFact(packages: true)]
    public async Task AskAccount_TwoThings_AreBothAnswered()
    {
        await using var desk = await StartAsync();
        const string Other = "ttaaaaaaaaaaaaaaaa-e1-1";
        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Limit(new Price(59_000m)))));
        desk.Exchange.Place(Approved(Order(Other, OrderSide.Buy, new OrderKind.Limit(new Price(58_000m)))));
        await UntilAsync(desk, () => Answers(desk, Id).Any() && Answers(desk, Other).Any());

        var report = await ReportAsync(desk, Id, Other);

        Assert.Equal([Id, Other], report.Orders.Select(order => order.Id.Value).Order(StringComparer.Ordinal));
        Assert.All(report.Orders, order => Assert.IsType<OrderAnswer.Accepted>(order.Answer));
    }

    private async Task ExitFires(OrderKind kind, decimal price)
    {
        await using var desk = await StartAsync();
        await EnterAsync(desk);
        desk.Exchange.Place(Approved(Order(StopId, OrderSide.Sell, kind, reduceOnly: true)));
        await UntilAsync(desk, () => Answers(desk, StopId).Any());
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single(Answers(desk, StopId)));

        desk.MovePrice(price, price + 0.1m);
        await FilledAsync(desk, StopId, 0.010m);

        Assert.Equal(price, Assert.Single(Fills(desk, StopId)).Price.Value);
        var report = await ReportAsync(desk, StopId);
        Assert.Empty(report.Positions);
        Assert.True(Assert.Single(report.Orders).IsFilled);
    }

    private static async Task<AccountReport> EnterAsync(IConformanceDesk desk)
    {
        desk.Exchange.Place(Approved(Order(Id, OrderSide.Buy, new OrderKind.Market())));
        await FilledAsync(desk, Id, 0.010m);
        return await ReportAsync(desk);
    }

    private static OrderIntent Order(string id, OrderSide side, OrderKind kind, bool reduceOnly = false) => new()
    {
        Id = new ClientOrderId(id),
        Account = Some.Account,
        Symbol = Some.Btc,
        Side = side,
        Kind = kind,
        Quantity = new Quantity(0.010m),
        ReduceOnly = reduceOnly,
        TradeNumber = 1,
        Purpose = reduceOnly ? new OrderPurpose.Stop() : new OrderPurpose.Entry(0),
        Leverage = 3m,
    };
}
