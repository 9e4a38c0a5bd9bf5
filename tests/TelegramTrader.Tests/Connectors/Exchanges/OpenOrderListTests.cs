using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class OpenOrderListTests
{
    private const string Stop = """{ "id": "77", "clientOrderId": "web_by-hand", "symbol": "BTC/USDT:USDT", "side": "sell", "type": "stopMarket", "status": "open", "quantity": "0.01", "filled": "0", "trigger": "59000", "reduceOnly": true }""";

    [Fact]
    public async Task AskAccount_OrdersOfOthers_AreListedAsTheyAre()
    {
        var reported = await ListAsync($$"""
            [ {{Stop}},
              { "id": "78", "clientOrderId": null, "symbol": "ETH/USDT:USDT", "side": "buy", "type": "limit", "quantity": "0", "price": "1500.5" },
              { "id": "79", "clientOrderId": "now", "symbol": "BTC/USDT:USDT", "side": "buy", "type": "market", "quantity": "1" },
              { "id": "80", "clientOrderId": "dated", "symbol": "BTC/USD:BTC-260327", "side": "buy", "type": "limit", "quantity": "1", "price": "1" } ]
            """);
        Assert.Equal(
            [
                new OpenOrder("77", "web_by-hand", Some.Btc, OrderSide.Sell, "stopMarket", new Quantity(0.01m), null, new Price(59_000m), true),
                new OpenOrder("78", null, Some.Eth, OrderSide.Buy, "limit", null, new Price(1500.5m), null, false),
            ], reported!.Orders);
    }

    [Theory]
    [InlineData(""" "side": "sideways", "type": "limit", "quantity": "1" """)]
    [InlineData(""" "side": "buy", "type": null, "quantity": "1" """)]
    [InlineData(""" "side": "buy", "type": "limit", "quantity": "-1" """)]
    [InlineData(""" "side": "buy", "type": "limit", "quantity": "1", "clientOrderId": "01234567890123456789012345678901234567890123456789012345678901234567890" """)]
    public async Task AskAccount_OneThatCanNotBeTrue_NoListAtAll(string strange) =>
        Assert.Null(await ListAsync($$"""[ {{Stop}}, { "id": "78", "symbol": "BTC/USDT:USDT", {{strange}} } ]"""));

    [Fact]
    public async Task AskAccount_ManyTimesAtOnce_IsListedOnceMoreWhenItIsDue()
    {
        await using var stage = new ExchangeStage();
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        await stage.IdleAsync();
        // From here on time stands still but for what the test lets go by.
        stage.Exchange.AskAccount([]);
        await stage.Exchange.IdleAsync();
        Assert.Single(stage.Gateway.CallsOf("exchange.openOrders"));

        for (var count = 0; count < 5; count++)
            stage.Exchange.AskAccount([]);
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        stage.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(stage.Gateway.CallsOf("exchange.openOrders"));
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.Exchange.IdleAsync();

        Assert.Equal(2, stage.Gateway.CallsOf("exchange.openOrders").Count);
        var times = stage.Events.OfType<EngineEvent.OpenOrdersReported>().Select(said => said.At).ToArray();
        Assert.Equal(TimeSpan.FromSeconds(10), times[1] - times[0]);
    }

    [Theory]
    [InlineData("orderNotFound", false, true)]
    [InlineData("network", true, false)]
    public async Task WithdrawForeign_Refused_OnlyADefiniteNoIsSaid(string kind, bool mayHaveHappened, bool isSaid)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.withdraw", kind, mayHaveHappened));
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        stage.Exchange.WithdrawForeign(Some.Btc, "77");
        await stage.IdleAsync();
        Assert.Equal(isSaid, stage.Events.OfType<EngineEvent.ForeignOrderNotWithdrawn>().Any(said => said is { ExchangeId: "77", Error.Kind: ExchangeErrorKind.OrderNotFound }));
        // Never a second time by itself; what came of it, the list says.
        Assert.Equal("77", Assert.Single(stage.Gateway.CallsOf("exchange.withdraw")).GetProperty("exchangeOrderId").GetString());
        Assert.Contains(stage.Events, said => said is EngineEvent.OpenOrdersReported);
    }

    private static async Task<EngineEvent.OpenOrdersReported?> ListAsync(string orders)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.openOrders", orders));
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        await stage.IdleAsync();
        await stage.AskAsync();
        await stage.IdleAsync();
        return stage.Events.OfType<EngineEvent.OpenOrdersReported>().FirstOrDefault();
    }
}
