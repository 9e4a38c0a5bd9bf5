using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>What is different on spot: no reduce-only orders, balances in the place of positions, and nothing is said to be free before it is known what was sold of it.</summary>
public sealed class CcxtSpotTests
{
    private const string Open = """{ "id": "77", "clientOrderId": "ttaaaaaaaaaaaaaaaa-s-1", "symbol": "BTC/USDT", "status": "open", "filled": "0" }""";
    private const string Fills = """[ { "id": "1", "orderId": "77", "symbol": "BTC/USDT", "side": "sell", "price": "59000", "quantity": "0.004", "at": 5000, "fee": { "cost": "0.2", "asset": "USDT" } } ]""";

    private static readonly OrderIntent Stop = ExchangeStage.Stop() with { Symbol = Symbol.Parse("BTC/USDT") };

    [Fact]
    public async Task Place_AStop_IsNotReduceOnly()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Open), kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop);
        Assert.False(Assert.Single(stage.Gateway.CallsOf("exchange.place")).GetProperty("reduceOnly").GetBoolean());
    }

    [Theory]
    // Told with the withdrawal, or only when the order is looked up.
    [InlineData("\"0.004\"")]
    [InlineData("null")]
    public async Task Cancel_ExecutedInPart_TellsTheExecutionFirst(string filled)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Open), kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop);
        stage.Gateway.Answer("exchange.cancel", $$"""{ "id": "77", "symbol": "BTC/USDT", "status": "canceled", "filled": {{filled}} }""");
        stage.Gateway.Answer("exchange.order", """{ "id": "77", "symbol": "BTC/USDT", "status": "canceled", "filled": "0.004" }""");
        // The list is a moment late.
        stage.Gateway.Answer("exchange.fills", "[]");
        stage.Gateway.Answer("exchange.fills", Fills);

        stage.Exchange.Cancel(Stop.Symbol, Stop.Id);
        await stage.IdleAsync();

        var said = stage.Events.Where(each => each is EngineEvent.OrderFilled or EngineEvent.OrderAnswered { Answer: OrderAnswer.Cancelled }).ToArray();
        Assert.IsType<EngineEvent.OrderFilled>(said[0]);
        Assert.IsType<OrderAnswer.Cancelled>(Assert.IsType<EngineEvent.OrderAnswered>(said[1]).Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Place_EndedAtOnceAndExecutedInPart_TheCoinsAreFreeOnlyOnceTheExecutionIsTold(bool isTold)
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", """{ "id": "77", "symbol": "BTC/USDT", "status": "expired" }""");
            gateway.Answer("exchange.order", """{ "id": "77", "symbol": "BTC/USDT", "status": "expired", "filled": "0.004" }""");
            if (isTold)
                gateway.Answer("exchange.fills", Fills);
        }, kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop with { Kind = new OrderKind.Market() });

        var said = stage.Events.Where(each => each is EngineEvent.OrderFilled or EngineEvent.OrderAnswered { Answer: not OrderAnswer.Accepted }).ToArray();
        if (isTold)
            Assert.True(said is [EngineEvent.OrderFilled, EngineEvent.OrderAnswered { Answer: OrderAnswer.Cancelled }], string.Join(", ", said.AsEnumerable()));
        else
            Assert.True(said is [EngineEvent.OrderAnswered { Answer: OrderAnswer.OutcomeUnknown }], string.Join(", ", said.AsEnumerable()));
    }

    [Fact]
    public async Task Cancel_ExecutionIsNeverTold_TheCoinsAreNotSaidToBeFree()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Open), kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop);
        stage.Gateway.Answer("exchange.cancel", """{ "id": "77", "symbol": "BTC/USDT", "status": "canceled", "filled": "0.004" }""");

        stage.Exchange.Cancel(Stop.Symbol, Stop.Id);
        await stage.IdleAsync();

        Assert.True(Assert.IsType<OrderAnswer.CancelRefused>(stage.Answers[^1]).Error.MayPass);
    }

    [Theory]
    [InlineData("", typeof(OrderAnswer.Amended))]
    // The exchange did not act for certain; it may have; the gateway died over it.
    [InlineData("refused", typeof(OrderAnswer.AmendRefused))]
    [InlineData("unknown", typeof(OrderAnswer.AmendUnknown))]
    [InlineData("dead", typeof(OrderAnswer.AmendUnknown))]
    public async Task Amend_Answered_SaysWhatIsCertainAndAsksOnce(string how, Type expected)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Open), kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop);
        if (how.Length == 0)
            stage.Gateway.Answer("exchange.amend", Open);
        else if (how == "dead")
            stage.Gateway.Answer("exchange.amend", ScriptedExchangeGateway.Dead);
        else
            stage.Gateway.Refuse("exchange.amend", how == "refused" ? "wouldTriggerAtOnce" : "network", mayHaveHappened: how == "unknown");

        stage.Exchange.Amend(Stop.Symbol, Stop.Id, new OrderChange(1, new Price(59_500.5m), new Quantity(0.004m)));
        await stage.IdleAsync();

        var asked = Assert.Single(stage.Gateway.CallsOf("exchange.amend"));
        Assert.Equal(("59500.5", "0.004", "77", "stopMarket"), (asked.GetProperty("trigger").GetString(), asked.GetProperty("quantity").GetString(), asked.GetProperty("exchangeOrderId").GetString(), asked.GetProperty("type").GetString()));
        Assert.Equal(expected, stage.Answers[^1].GetType());
    }

    [Theory]
    // Made smaller: four thousandths are all of it. Not made smaller, or nobody knows: there may be more to come.
    [InlineData("", false)]
    [InlineData("refused", true)]
    [InlineData("unknown", true)]
    public async Task Amend_ThenExecutedInPart_IsLookedAfterAsLongAsMoreMayCome(string how, bool isLookedAfter)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Open), kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop);
        if (how.Length == 0)
            stage.Gateway.Answer("exchange.amend", Open);
        else
            stage.Gateway.Refuse("exchange.amend", "network", mayHaveHappened: how == "unknown");
        stage.Exchange.Amend(Stop.Symbol, Stop.Id, new OrderChange(1, new Price(59_000m), new Quantity(0.004m)));
        await stage.IdleAsync();

        stage.Gateway.Answer("exchange.fills", Fills);
        stage.Gateway.Notify("exchange.order", """{ "account": "main", "order": { "id": "77", "symbol": "BTC/USDT", "status": "canceled" } }""");
        await stage.IdleAsync();
        var before = stage.Gateway.CallsOf("exchange.fills").Count;
        // An execution of an order that is not known is looked for only where one of ours may still bring some.
        stage.Gateway.Notify("exchange.fill", """{ "account": "main", "fill": { "id": "f9", "orderId": "99", "symbol": "BTC/USDT", "side": "sell", "price": "59000", "quantity": "0.001", "at": 6000, "fee": { "cost": "0.2", "asset": "USDT" } } }""");
        await stage.IdleAsync();

        Assert.Equal(isLookedAfter, stage.Gateway.CallsOf("exchange.fills").Count > before);
    }

    [Fact]
    public async Task AskAccount_ReportsCoinsAndNoPositions_AndNothingWhileExecutionsAreLate()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Open), kind: ExchangeMarketKind.Spot);
        await stage.PlaceAsync(Stop);
        const string Balance = """{ "assets": [ { "asset": "USDT", "total": "900" }, { "asset": "BTC", "free": "0.1", "used": "0.01", "total": "0.11" } ] }""";
        for (var count = 0; count < 8; count++)
        {
            stage.Gateway.Answer("exchange.balance", Balance);
            stage.Gateway.Answer("exchange.order", """{ "id": "77", "symbol": "BTC/USDT", "status": "canceled", "filled": "0.004" }""");
        }

        Assert.IsType<EngineEvent.AccountReportFailed>(await stage.AskAsync(Stop.Id));
        stage.Gateway.Answer("exchange.fills", Fills);
        var report = Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync(Stop.Id)).Report;

        Assert.Empty(report.Positions);
        Assert.Equal(0.11m, report.Coins!["BTC"]);
        Assert.Equal(new Money(900m, "USDT"), report.Wallet);
        Assert.Empty(stage.Gateway.CallsOf("exchange.positions"));
        Assert.Single(report.Fills);
    }
}
