using System.Text.Json;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class OrderSelfTestTests
{
    private const string Placed = """{ "symbol": "BTC/USDT", "id": "77", "status": "open" }""";
    private const string Open = """{ "symbol": "BTC/USDT", "id": "77", "status": "open", "filled": "0" }""";
    private const string Gone = """{ "symbol": "BTC/USDT", "id": "77", "status": "canceled", "filled": "0" }""";

    [Fact]
    public async Task Run_Spot_PlacesTheSmallestOrderFarBelowAndWithdrawsIt()
    {
        await using var stage = Stage(Placed, Gone);

        Assert.Null(await RunAsync(stage, Coin(0.00001m, 5m)));

        var sent = Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        // 30 % below 60,000; 5 of money at that price are 0.000119…, and the step is 0.00001.
        Assert.Equal(("buy", "limit", "42000", "0.00012"), (Text(sent, "side"), Text(sent, "type"), Text(sent, "price"), Text(sent, "quantity")));
        Assert.True(sent.GetProperty("postOnly").GetBoolean());
        Assert.False(sent.GetProperty("reduceOnly").GetBoolean());
        Assert.Equal(JsonValueKind.Null, sent.GetProperty("leverage").ValueKind);
        var withdrawn = Assert.Single(stage.Gateway.CallsOf("exchange.cancel"));
        Assert.Equal((Text(sent, "clientOrderId"), "77", false), (Text(withdrawn, "clientOrderId"), Text(withdrawn, "exchangeOrderId"), withdrawn.GetProperty("isTrigger").GetBoolean()));
    }

    [Fact]
    public async Task Run_Refused_SaysWhyAndWithdrawsNothing()
    {
        await using var stage = Stage();
        stage.Gateway.Refuse("exchange.place", "permissionDenied", mayHaveHappened: false);

        Assert.StartsWith("an order to buy 0.00012 BTC at 42000, far from the market, was refused: ", await RunAsync(stage, Coin(0.00001m, 5m)), StringComparison.Ordinal);
        Assert.Empty(stage.Gateway.CallsOf("exchange.cancel"));
    }

    [Fact]
    public async Task Run_NotAnswered_WithdrawsByOurIdAndIsNoSuccess()
    {
        await using var stage = Stage(null, Gone);
        stage.Gateway.Refuse("exchange.place", "network", mayHaveHappened: true);

        Assert.Contains("was not answered", await RunAsync(stage, Coin(0.00001m, 5m)), StringComparison.Ordinal);
        Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        Assert.Equal(JsonValueKind.Null, Assert.Single(stage.Gateway.CallsOf("exchange.cancel")).GetProperty("exchangeOrderId").ValueKind);
    }

    [Fact]
    public async Task Run_Executed_SaysHowMuch()
    {
        var executed = """{ "symbol": "BTC/USDT", "id": "77", "status": "canceled", "filled": "0.00003" }""";
        await using var stage = Stage(Placed, executed, executed, executed);

        Assert.Contains("0.00003 of it were executed.", await RunAsync(stage, Coin(0.00001m, 5m)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CannotBeWithdrawn_NamesTheOrderThatIsLeft()
    {
        await using var stage = Stage(Placed, Open, Open, Open);
        for (var count = 0; count < 3; count++)
            stage.Gateway.Refuse("exchange.cancel", "network", mayHaveHappened: true);

        var said = await RunAsync(stage, Coin(0.00001m, 5m));

        Assert.Contains("it is not certain that it was withdrawn", said, StringComparison.Ordinal);
        Assert.Contains(Text(Assert.Single(stage.Gateway.CallsOf("exchange.place")), "clientOrderId"), said, StringComparison.Ordinal);
        Assert.Equal(3, stage.Gateway.CallsOf("exchange.cancel").Count);
    }

    /// <param name="placed">What is answered to the order; null where the test says.</param>
    /// <param name="asked">What is said of it each time it is asked about; its withdrawal is answered with the same, unless the test refuses it.</param>
    private static ExchangeStage Stage(string? placed = null, params string[] asked) => new(gateway =>
    {
        if (placed is not null)
            gateway.Answer("exchange.place", placed);
        foreach (var answer in asked)
        {
            gateway.Answer("exchange.order", answer);
            if (answer != Open)
                gateway.Answer("exchange.cancel", answer);
        }
    }, kind: ExchangeMarketKind.Spot);

    private static async Task<string?> RunAsync(ExchangeStage stage, Instrument instrument)
    {
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        await stage.IdleAsync();
        var running = new OrderSelfTest(stage.Session, stage.Time).RunAsync(instrument, Some.Quote(60_000m, 60_001m, instrument.Symbol), isPostOnly: true, CancellationToken.None);
        for (var second = 0; second < 100 && !running.IsCompleted; second++)
        {
            await Task.WhenAny(running, Task.Delay(1));
            stage.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return await running.WaitAsync(ManualTimeProvider.Patience);
    }

    private static string Text(JsonElement call, string name) => call.GetProperty(name).GetString()!;

    private static Instrument Coin(decimal step, decimal minimumNotional) => Some.Instrument("BTC/USDT", tick: 0.01m, step: step, minimumNotional: minimumNotional);
}
