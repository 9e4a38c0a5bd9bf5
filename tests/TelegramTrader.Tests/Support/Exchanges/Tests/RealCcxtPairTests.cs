using System.Globalization;
using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>Pairs of stop and target on Binance spot, through the real CCXT: two orders there, one here.</summary>
public sealed class RealCcxtPairTests
{
    private const string Id = "ttaaaaaaaaaaaaaaaa-t1-1";
    private const string Endpoint = "POST /api/v3/orderList/oco";

    [NodeFact(packages: true)]
    public async Task Pair_FromPlacingToWithdrawing_IsOneOrderWithOurId()
    {
        await using var stage = await EnteredAsync();

        var markets = await stage.ResultAsync("markets", new { account = "main" });
        var placed = await PlaceAsync(stage);
        var open = Assert.Single((await stage.ResultAsync("openOrders", new { account = "main" })).EnumerateArray());
        var found = await stage.ResultAsync("order", Which());
        var balance = (await stage.ResultAsync("balance", new { account = "main" })).GetProperty("assets").EnumerateArray().Single(asset => asset.GetProperty("asset").GetString() == "BTC");
        var cancelled = await stage.ResultAsync("cancel", Which(placed.GetProperty("id").GetString()));

        Assert.Equal([("BTC/USDT", true), ("ETH/USDT", false)], markets.EnumerateArray().Select(market => (market.GetProperty("symbol").GetString()!, market.GetProperty("holdsPairs").GetBoolean())));
        var list = Assert.Single(stage.Server.Spot.Lists);
        foreach (var order in new[] { placed, open, found })
        {
            Assert.Equal((Id, "oneCancelsOther", "open"), (Text(order, "clientOrderId"), Text(order, "type"), Text(order, "status")));
            Assert.Equal((Number(list.Limit), Number(list.Stop)), (Text(order, "id"), Text(order, "childId")));
            Assert.Equal(("0.0999", "0", "61000", "59000"), (Text(order, "quantity"), Text(order, "filled"), Text(order, "price"), Text(order, "trigger")));
        }

        Assert.Equal("0.0999", Text(balance, "used"));
        Assert.Equal(("canceled", "0", Id), (Text(cancelled, "status"), Text(cancelled, "filled"), Text(cancelled, "clientOrderId")));
        Assert.Equal("canceled", Text(await stage.ResultAsync("order", Which()), "status"));
        Assert.Empty((await stage.ResultAsync("openOrders", new { account = "main" })).EnumerateArray());
        Assert.Empty(stage.Server.UnknownRequests);
    }

    [NodeFact(packages: true)]
    public async Task Pair_AnswersLostInEveryWay_IsFoundAndNeverSentTwice()
    {
        await using var stage = await EnteredAsync();
        ExchangeFault[] faults = [new ExchangeFault.CutAfter(), new ExchangeFault.HalfAnswer(), new ExchangeFault.AnswerAfter(502, "<html>502</html>"), new ExchangeFault.CutBefore()];
        for (var number = 0; number < faults.Length; number++)
        {
            var id = $"ttaaaaaaaaaaaaaaaa-t1-{number + 1}";
            stage.Server.Faults.Next(1, faults[number], Endpoint);
            var placed = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await stage.CallAsync("place", Pair(id, "0.02")));
            Assert.True(placed.Refusal.Exchange!.MayHaveHappened);

            var found = await stage.CallAsync("order", Which(id: id));
            if (faults[number] is ExchangeFault.CutBefore)
                Assert.Equal("orderNotFound", Assert.IsType<GatewayAnswer<JsonElement>.Refused>(found).Refusal.Exchange!.Kind);
            else
                Assert.Equal(("open", id), (Text(Assert.IsType<GatewayAnswer<JsonElement>.Ok>(found).Value, "status"), Text(((GatewayAnswer<JsonElement>.Ok)found).Value, "clientOrderId")));
        }

        Assert.Equal(faults.Length, stage.Server.Calls.Count(call => call.Endpoint == Endpoint));
        Assert.Equal(faults.Length - 1, stage.Server.Spot.Lists.Count);
    }

    [NodeFact(packages: true)]
    public async Task Pair_TheWithdrawalsAnswerIsLost_ItsOutcomeIsUnknownAndIsAskedFor()
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);
        stage.Server.Faults.Next(1, new ExchangeFault.CutAfter(), "DELETE /api/v3/orderList");

        var lost = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await stage.CallAsync("cancel", Which()));
        var again = Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await stage.CallAsync("cancel", Which()));

        Assert.True(lost.Refusal.Exchange!.MayHaveHappened);
        Assert.Equal(("orderNotFound", false), (again.Refusal.Exchange!.Kind, again.Refusal.Exchange.MayHaveHappened));
        Assert.Equal("canceled", Text(await stage.ResultAsync("order", Which()), "status"));
    }

    [NodeFact(packages: true)]
    public async Task Pair_ExecutedAtTheLimitInPart_IsOneOpenOrderUntilItIsWithdrawn()
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);
        stage.Server.Spot.OfferVolume(BinanceStage.BtcSpot, 0.04m);
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 61_000m, 61_000.01m);

        var open = Assert.Single((await stage.ResultAsync("openOrders", new { account = "main", symbol = stage.Symbol })).EnumerateArray());
        var found = await stage.ResultAsync("order", Which());
        var cancelled = await stage.ResultAsync("cancel", Which());
        var after = await stage.ResultAsync("order", Which());

        Assert.Equal((Id, "oneCancelsOther", "0.04", "61000"), (Text(open, "clientOrderId"), Text(open, "type"), Text(open, "filled"), Text(open, "price")));
        Assert.Equal(("open", "0.04", "0.0599"), (Text(found, "status"), Text(found, "filled"), Text(found, "remaining")));
        Assert.Equal(Id, Text(cancelled, "clientOrderId"));
        Assert.Equal(("canceled", "0.04"), (Text(after, "status"), Text(after, "filled")));
        Assert.DoesNotContain(stage.Server.Spot.Orders, order => order.IsOpen);
    }

    [NodeFact(packages: true)]
    public async Task Pair_EitherExecuted_IsClosedAndItsExecutionsBelongToTheOrderThatTheyAreOf()
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage, quantity: "0.05");
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 61_000m, 61_000.01m);
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 60_000m, 60_000.01m);
        const string Second = "ttaaaaaaaaaaaaaaaa-t2-1";
        await stage.ResultAsync("place", Pair(Second, "0.0499"));
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 58_990m, 58_990.01m);

        var first = await stage.ResultAsync("order", Which());
        var second = await stage.ResultAsync("order", Which(id: Second));
        var fills = (await stage.ResultAsync("fills", new { account = "main", symbol = stage.Symbol })).EnumerateArray().ToArray();

        Assert.Equal(("closed", "0.05", "61000"), (Text(first, "status"), Text(first, "filled"), Text(first, "average")));
        Assert.Equal(("closed", "0.0499", "58990"), (Text(second, "status"), Text(second, "filled"), Text(second, "average")));
        Assert.Equal([Text(first, "id"), Text(second, "childId")], fills.TakeLast(2).Select(fill => Text(fill, "orderId")));
        Assert.Equal([true, false], fills.TakeLast(2).Select(fill => fill.GetProperty("maker").GetBoolean()));
    }

    [NodeFact(packages: true)]
    public async Task Pair_Pushes_CarryOurIdForEitherOrder()
    {
        await using var stage = await EnteredAsync();
        await stage.CallAsync("watchAccount", new { account = "main" });
        await stage.Server.WaitForSpotSignInAsync(GatewayStage.Patience);
        await PlaceAsync(stage);
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 58_990m, 58_990.01m);

        // Of orders the library may pass over what follows in the same moment; executions are told each.
        var orders = new List<JsonElement>();
        var fill = default(JsonElement);
        for (var seen = 0; seen < 100 && (fill.ValueKind == JsonValueKind.Undefined || orders.Count == 0); seen++)
        {
            var told = await stage.Gateway.NotificationAsync();
            if (told.Method == "exchange.fill")
                fill = told.Parameters.GetProperty("fill");
            else if (told.Method == "exchange.order")
                orders.Add(told.Parameters.GetProperty("order"));
        }

        var stop = stage.Server.Spot.Lists[0].Stop;
        Assert.Equal((Id, Number(stop), "0.0999"), (Text(fill, "clientOrderId"), Text(fill, "orderId"), Text(fill, "quantity")));
        Assert.All(orders, order => Assert.Equal((Id, "oneCancelsOther"), (Text(order, "clientOrderId"), Text(order, "type"))));
    }

    [NodeFact(packages: true)]
    public async Task OpenOrders_AStrangersPair_IsTwoOrdersOfWhichEitherIsWithdrawnWithTheOther()
    {
        await using var stage = await EnteredAsync();
        VenueOrderRequest By(string id, VenueOrderType type) => new()
        {
            ClientId = id,
            Symbol = BinanceStage.BtcSpot,
            Side = OrderSide.Sell,
            Type = type,
            Quantity = new Quantity(0.05m),
            Price = type == VenueOrderType.Limit ? new Price(62_000m) : null,
            Trigger = type == VenueOrderType.Limit ? null : new Price(58_000m),
        };
        stage.Server.Spot.PlacePair("by-hand", By("web_one", VenueOrderType.Limit), By("web_two", VenueOrderType.StopMarket));

        var open = (await stage.ResultAsync("openOrders", new { account = "main" })).EnumerateArray().ToArray();
        Assert.Equal(["web_one", "web_two"], open.Select(order => Text(order, "clientOrderId")).Order(StringComparer.Ordinal));
        await stage.ResultAsync("withdraw", new { account = "main", symbol = stage.Symbol, exchangeOrderId = Text(open[0], "id") });
        Assert.DoesNotContain(stage.Server.Spot.Orders, order => order.IsOpen);
    }

    /// <summary>0.1 bitcoins were bought at 60,000.01, of which 0.0999 are left.</summary>
    private static async Task<CcxtStage> EnteredAsync()
    {
        var stage = await CcxtStage.StartAsync("spot");
        await stage.ResultAsync("clock", new { account = "main" });
        await stage.ResultAsync("place", stage.Order("buy", "market", "0.1", "ttaaaaaaaaaaaaaaaa-e0-1"));
        return stage;
    }

    private static Task<JsonElement> PlaceAsync(CcxtStage stage, string quantity = "0.0999") => stage.ResultAsync("place", Pair(Id, quantity));

    private static object Pair(string id, string quantity) => new
    {
        account = "main", symbol = "BTC/USDT", side = "sell", type = "oneCancelsOther", quantity, price = "61000", trigger = "59000", clientOrderId = id,
    };

    private static object Which(string? exchangeOrderId = null, string id = Id) => new { account = "main", symbol = "BTC/USDT", clientOrderId = id, exchangeOrderId, isPair = true };

    private static string Number(VenueOrder order) => order.Id.ToString(CultureInfo.InvariantCulture);

    private static string? Text(JsonElement fields, string name) => fields.GetProperty(name).GetString();
}
