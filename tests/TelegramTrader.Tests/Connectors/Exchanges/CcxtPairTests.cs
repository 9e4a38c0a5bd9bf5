using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>A pair of stop and target is one order with one id of ours and two numbers of the exchange.</summary>
public sealed class CcxtPairTests
{
    private const string Id = "ttaaaaaaaaaaaaaaaa-t1-1";
    private const string Open = """{ "id": "77", "childId": "78", "clientOrderId": "ttaaaaaaaaaaaaaaaa-t1-1", "symbol": "BTC/USDT", "type": "oneCancelsOther", "status": "open", "quantity": "0.01", "filled": "0" }""";

    private static readonly OrderIntent Pair = ExchangeStage.Stop(Id) with
    {
        Symbol = Symbol.Parse("BTC/USDT"),
        Kind = new OrderKind.OneCancelsOther(new Price(61_000.5m), new Price(59_000m)),
        Purpose = new OrderPurpose.Target(1),
    };

    [Fact]
    public async Task Place_APair_SendsBothPricesAndTheQuantityOnce()
    {
        await using var stage = Stage(gateway => gateway.Answer("exchange.place", Open));

        await stage.PlaceAsync(Pair);

        Assert.Equal([new OrderAnswer.Accepted("77")], stage.Answers);
        var call = Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        Assert.Equal(
            (Id, "oneCancelsOther", "sell", "61000.5", "59000", "0.01"),
            (call.GetProperty("clientOrderId").GetString(), call.GetProperty("type").GetString(), call.GetProperty("side").GetString(), call.GetProperty("price").GetString(), call.GetProperty("trigger").GetString(), call.GetProperty("quantity").GetString()));
        Assert.False(call.GetProperty("reduceOnly").GetBoolean());
        Assert.Empty(stage.Gateway.CallsOf("exchange.prepare"));
    }

    [Theory]
    [InlineData("77", "61000.5")]
    [InlineData("78", "58990")]
    public async Task Told_AnExecutionOfEitherNumber_IsOneOfThePair(string number, string price)
    {
        await using var stage = Stage(gateway => gateway.Answer("exchange.place", Open));
        await stage.PlaceAsync(Pair);

        stage.Gateway.Notify("exchange.fill", $$"""{ "account": "main", "fill": {{Fill(number, price)}} }""");
        await stage.IdleAsync();

        var fill = Assert.Single(stage.Events.OfType<EngineEvent.OrderFilled>()).Fill;
        Assert.Equal((Id, 0.004m), (fill.OrderId.Value, fill.Quantity.Value));
    }

    [Theory]
    [InlineData("77")]
    [InlineData("78")]
    public async Task Restart_AnExecutionOfANumberThatIsNotRemembered_ThePairIsAskedForItsNumbers(string number)
    {
        var order = new Order { Intent = Pair, CreatedAt = Some.Time, ChangedAt = Some.Time, State = new OrderState.Working("of an earlier run") };
        await using var stage = Stage(gateway =>
        {
            gateway.Answer("exchange.fills", $"[ {Fill(number, "61000.5")} ]");
            gateway.Answer("exchange.order", Open);
        }, order);
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        await stage.IdleAsync();

        Assert.Equal(Id, Assert.Single(stage.Events.OfType<EngineEvent.OrderFilled>()).Fill.OrderId.Value);
        var asked = Assert.Single(stage.Gateway.CallsOf("exchange.order"));
        Assert.Equal((Id, true, false), (asked.GetProperty("clientOrderId").GetString(), asked.GetProperty("isPair").GetBoolean(), asked.GetProperty("isTrigger").GetBoolean()));
    }

    [Fact]
    public async Task Cancel_ExecutedInPart_NamesThePairAndTellsTheExecutionFirst()
    {
        await using var stage = Stage(gateway => gateway.Answer("exchange.place", Open));
        await stage.PlaceAsync(Pair);
        // What was executed is told with neither of the two that were withdrawn, only when the pair is looked up.
        stage.Gateway.Answer("exchange.cancel", """{ "id": "77", "symbol": "BTC/USDT", "status": null, "filled": null }""");
        stage.Gateway.Answer("exchange.order", """{ "id": "77", "childId": "78", "symbol": "BTC/USDT", "status": "canceled", "filled": "0.004" }""");
        stage.Gateway.Answer("exchange.fills", "[]");
        stage.Gateway.Answer("exchange.fills", $"[ {Fill("77", "61000.5")} ]");

        stage.Exchange.Cancel(Pair.Symbol, Pair.Id);
        await stage.IdleAsync();

        var said = stage.Events.Where(each => each is EngineEvent.OrderFilled or EngineEvent.OrderAnswered { Answer: OrderAnswer.Cancelled }).ToArray();
        Assert.True(said is [EngineEvent.OrderFilled, EngineEvent.OrderAnswered, ..], string.Join(", ", said.AsEnumerable()));
        var call = Assert.Single(stage.Gateway.CallsOf("exchange.cancel"));
        Assert.Equal(("77", true, false), (call.GetProperty("exchangeOrderId").GetString(), call.GetProperty("isPair").GetBoolean(), call.GetProperty("isTrigger").GetBoolean()));
    }

    [Theory]
    // Nothing more is known than that one of the two has ended, and that the pair has.
    [InlineData("""{ "id": null, "childId": "78", "clientOrderId": "ttaaaaaaaaaaaaaaaa-t1-1", "symbol": "BTC/USDT", "status": null, "filled": null }""", true)]
    [InlineData("""{ "id": "77", "childId": "78", "clientOrderId": "ttaaaaaaaaaaaaaaaa-t1-1", "symbol": "BTC/USDT", "status": "canceled", "filled": "0" }""", true)]
    [InlineData("""{ "id": "77", "childId": null, "clientOrderId": "ttaaaaaaaaaaaaaaaa-t1-1", "symbol": "BTC/USDT", "status": "open", "filled": "0" }""", false)]
    public async Task Told_ThatAPartOfItHasEnded_TheAccountIsAsked(string order, bool isAsked)
    {
        await using var stage = Stage(gateway => gateway.Answer("exchange.place", Open));
        await stage.PlaceAsync(Pair);
        stage.Gateway.Answer("exchange.order", """{ "id": "77", "childId": "78", "symbol": "BTC/USDT", "status": "canceled", "filled": "0" }""");

        stage.Gateway.Notify("exchange.order", $$"""{ "account": "main", "order": {{order}} }""");
        await stage.IdleAsync();

        Assert.Equal(isAsked, stage.Events.OfType<EngineEvent.AccountReported>().Any(said => said.Report.Orders.Any(reported => reported is { Id.Value: Id, Answer: OrderAnswer.Cancelled })));
    }

    [Fact]
    public async Task AskAccount_OpenOrders_ThePairIsListedUnderOurId()
    {
        await using var stage = Stage(gateway =>
        {
            gateway.Answer("exchange.place", Open);
            gateway.Answer("exchange.openOrders", """[ { "id": "77", "childId": "78", "clientOrderId": "ttaaaaaaaaaaaaaaaa-t1-1", "symbol": "BTC/USDT", "side": "sell", "type": "oneCancelsOther", "quantity": "0.01", "price": "61000.5", "trigger": "59000" } ]""");
            gateway.Answer("exchange.order", Open);
        });
        await stage.PlaceAsync(Pair);
        await stage.AskAsync(Pair.Id);
        await stage.IdleAsync();

        var listed = Assert.Single(Assert.Single(stage.Events.OfType<EngineEvent.OpenOrdersReported>()).Orders);
        Assert.Equal((Id, new Price(61_000.5m), new Price(59_000m)), (listed.ClientId, listed.Price!.Value, listed.Trigger!.Value));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public async Task Listings_WhatAMarketSaysOfPairs_IsInTheInstrument(string said, bool holdsPairs)
    {
        await using var stage = Stage(gateway => gateway.Answer("exchange.markets",
            $$"""[ { "symbol": "BTC/USDT", "base": "BTC", "quote": "USDT", "kind": "spot", "active": true, "tick": "0.01", "step": "0.00001", "minNotional": "5", "holdsStops": true, "holdsPairs": {{said}} } ]"""));
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);

        var (instruments, _) = await new ExchangeListings(stage.Session, NullLogger.Instance).ReadAsync(CancellationToken.None);

        Assert.Equal(holdsPairs, Assert.Single(instruments!).HoldsPairs);
    }

    private static ExchangeStage Stage(Action<ScriptedExchangeGateway> prepare, params Order[] orders) => new(prepare, orders, ExchangeMarketKind.Spot);

    private static string Fill(string number, string price) =>
        $$"""{ "id": "1", "orderId": "{{number}}", "symbol": "BTC/USDT", "side": "sell", "price": "{{price}}", "quantity": "0.004", "at": 5000, "fee": { "cost": "0.2", "asset": "USDT" } }""";
}
