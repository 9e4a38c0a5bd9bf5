using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>What an exchange says of orders and executions that is easily misread.</summary>
public sealed class AccountReadingTests
{
    private const string Stop = "ttaaaaaaaaaaaaaaaa-s-1";
    private const string OtherStop = "ttbbbbbbbbbbbbbbbb-s-1";

    /// <summary>Bybit says so of an order at the market whose rest could not be filled. Taken for filled it would wait for executions that never come, and the rest would never be closed.</summary>
    [Fact]
    public async Task Report_AnOrderThatClosedWithAPartExecuted_HasEnded()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", Order("77", "open", "0"));
            gateway.Answer("exchange.order", Order("77", "closed", "0.004"));
        });
        await stage.PlaceAsync(ExchangeStage.Stop());

        var reported = Assert.Single((await ReportAsync(stage, Stop)).Orders);
        Assert.False(reported.IsFilled);
        Assert.Contains("0.004", Assert.IsType<OrderAnswer.Cancelled>(reported.Answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_AnOrderThatClosedWhole_IsFilled()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", Order("77", "open", "0"));
            gateway.Answer("exchange.order", Order("77", "closed", "0.010"));
        });
        await stage.PlaceAsync(ExchangeStage.Stop());

        Assert.True(Assert.Single((await ReportAsync(stage, Stop)).Orders).IsFilled);
    }

    [Fact]
    public async Task Report_OneSymbolIsNotListedAnyMore_IsReadAllTheSame()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Order("77", "open", "0")));
        await stage.PlaceAsync(ExchangeStage.Stop());
        stage.Gateway.Refuse("exchange.order", "unknownSymbol", mayHaveHappened: false);
        stage.Gateway.Refuse("exchange.fills", "unknownSymbol", mayHaveHappened: false);

        Assert.IsType<OrderAnswer.NotFound>(Assert.Single((await ReportAsync(stage, Stop)).Orders).Answer);
    }

    /// <summary>Binance numbers orders by symbol, and its executions do not say our id.</summary>
    [Fact]
    public async Task Fills_TwoSymbolsWithTheSameOrderNumber_BelongEachToItsOwn()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", Order("77", "open", "0"));
            gateway.Answer("exchange.place", Order("77", "open", "0", "ETH/USDT:USDT", OtherStop));
        });
        await stage.PlaceAsync(ExchangeStage.Stop());
        await stage.PlaceAsync(ExchangeStage.Stop(OtherStop) with { Symbol = Some.Eth });
        stage.Gateway.Answer("exchange.order", Order("77", "closed", "0.010"));
        stage.Gateway.Answer("exchange.fills", Fill("BTC/USDT:USDT", "sell"));

        await ReportAsync(stage, Stop);
        stage.Gateway.Notify("exchange.fill", $$"""{ "account": "main", "fill": {{Fill("ETH/USDT:USDT", "sell")[1..^1]}} }""");

        Assert.Equal([(OtherStop, Some.Eth)], stage.Events.OfType<EngineEvent.OrderFilled>().Select(filled => (filled.Fill.OrderId.Value, filled.Fill.Symbol)));
        Assert.Equal([(Stop, Some.Btc)], stage.Events.OfType<EngineEvent.AccountReported>().SelectMany(reported => reported.Report.Fills).Select(fill => (fill.OrderId.Value, fill.Symbol)));
    }

    [Fact]
    public async Task Fill_OnTheOtherSideOfItsOrder_IsNotBooked()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", Order("77", "open", "0")));
        await stage.PlaceAsync(ExchangeStage.Stop());

        stage.Gateway.Notify("exchange.fill", $$"""{ "account": "main", "fill": {{Fill("BTC/USDT:USDT", "buy")[1..^1]}} }""");

        Assert.Empty(stage.Events.OfType<EngineEvent.OrderFilled>());
    }

    private static async Task<AccountReport> ReportAsync(ExchangeStage stage, string order) =>
        Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync(new ClientOrderId(order))).Report;

    private static string Order(string id, string status, string filled, string symbol = "BTC/USDT:USDT", string clientOrderId = Stop) =>
        $$"""{ "id": "{{id}}", "clientOrderId": "{{clientOrderId}}", "symbol": "{{symbol}}", "status": "{{status}}", "quantity": "0.010", "filled": "{{filled}}" }""";

    private static string Fill(string symbol, string side) =>
        $$"""[{ "id": "1", "orderId": "77", "symbol": "{{symbol}}", "side": "{{side}}", "price": "59000", "quantity": "0.010", "at": 1746532800000, "fee": { "cost": "0.1", "asset": "USDT" } }]""";
}
