using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Tests;

/// <summary>Lists of a limit and a stop of which one cancels the other, on spot.</summary>
public sealed class BinanceOrderListTests
{
    private const string Sale = "symbol=BTCUSDT&side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000";
    private const string Named = Sale + "&listClientOrderId=one&aboveClientOrderId=one_L&belowClientOrderId=one_S";

    [Theory]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=59900&belowType=STOP_LOSS&belowStopPrice=59000", -2010, "relationship of the prices")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=60100", -2010, "relationship of the prices")]
    [InlineData("side=SELL&quantity=0.09&aboveType=STOP_LOSS&aboveStopPrice=61000&belowType=LIMIT_MAKER&belowPrice=59000", -1166, "must be above")]
    [InlineData("side=BUY&quantity=0.01&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000", -1165, "must be below")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=LIMIT_MAKER&belowPrice=59000", -1168, "must be contingent")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS_LIMIT&belowStopPrice=59000&belowPrice=58900", -1158, "not supported in OCO")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&aboveTimeInForce=GTC&belowType=STOP_LOSS&belowStopPrice=59000", -1106, "aboveTimeInForce")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000&belowPrice=58900", -1106, "belowPrice")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&belowType=STOP_LOSS&belowStopPrice=59000", -1102, "abovePrice")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS", -1102, "belowStopPrice")]
    [InlineData("side=SELL&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000", -1102, "quantity")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000&reduceOnly=true", -1104, "Not all sent parameters")]
    [InlineData("side=SELL&quantity=0.00008&aboveType=LIMIT_MAKER&abovePrice=63000&belowType=STOP_LOSS&belowStopPrice=59000", -1013, "NOTIONAL")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000.005&belowType=STOP_LOSS&belowStopPrice=59000", -1013, "PRICE_FILTER")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000.005", -1013, "PRICE_FILTER")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=90000&belowType=STOP_LOSS&belowStopPrice=59000", -1013, "PERCENT_PRICE_BY_SIDE")]
    [InlineData("side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000", -2010, "insufficient balance")]
    [InlineData("side=SELL&quantity=0.09&aboveType=LIMIT_MAKER&abovePrice=61000&belowType=STOP_LOSS&belowStopPrice=59000&aboveClientOrderId=a&belowClientOrderId=a", -2010, "Duplicate")]
    public async Task Place_AgainstARule_IsRefusedAndLeavesNothing(string list, int code, string words)
    {
        await using var stage = await EnteredAsync();

        var reply = await stage.Caller.SignedAsync("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&" + list);

        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Contains(words, reply["msg"], StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Server.Spot.Orders, order => order.IsOpen);
        Assert.Empty(stage.Server.Spot.Lists);
        Assert.Equal(0m, Bitcoin(stage).Locked);
    }

    [Fact]
    public async Task Place_WhereASymbolTakesNone_IsRefused()
    {
        await using var stage = await EnteredAsync();
        stage.Server.Spot.MovePrice(Symbol.Parse("ETH/USDT"), 3_000m, 3_000.01m);

        var reply = await stage.Caller.SignedAsync("POST", "/api/v3/orderList/oco", "symbol=ETHUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=3100&belowType=STOP_LOSS&belowStopPrice=2900");

        Assert.Equal((-2010, "OCO orders are not supported for this symbol"), (reply.Code, reply["msg"]));
    }

    [Fact]
    public async Task Place_Taken_IsTwoOrdersThatLockTheCoinsOnce()
    {
        await using var stage = await EnteredAsync();

        var placed = await PlaceAsync(stage);
        var open = (await stage.Caller.SignedAsync("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Body!.AsArray();
        var all = (await stage.Caller.SignedAsync("GET", "/api/v3/allOrders", "symbol=BTCUSDT")).Body!.AsArray();
        var limit = await stage.Caller.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=one_L");
        var list = await stage.Caller.SignedAsync("GET", "/api/v3/orderList", "origClientOrderId=one");
        var withSymbol = await stage.Caller.SignedAsync("GET", "/api/v3/orderList", "symbol=BTCUSDT&origClientOrderId=one");
        var none = await stage.Caller.SignedAsync("GET", "/api/v3/orderList", "origClientOrderId=two");

        Assert.Equal(("EXECUTING", "EXEC_STARTED", "one"), (placed["listOrderStatus"], placed["listStatusType"], placed["listClientOrderId"]));
        Assert.Equal(["STOP_LOSS", "LIMIT_MAKER"], placed.Body!["orderReports"]!.AsArray().Select(report => report!["type"]!.ToString()));
        Assert.All(open, order => Assert.Equal(placed["orderListId"], order!["orderListId"]!.ToString()));
        Assert.Equal(["one_L", "one_S"], open.Select(order => order!["clientOrderId"]!.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(3, all.Count);
        Assert.Equal(("NEW", "61000.00000000"), (limit["status"], limit["price"]));
        Assert.Equal(placed["orderListId"], list["orderListId"]);
        Assert.Null(list.Body!["orderReports"]);
        Assert.Equal((-1104, -2018), (withSymbol.Code, none.Code));
        Assert.Equal((0.0099m, 0.09m), (Bitcoin(stage).Free, Bitcoin(stage).Locked));
    }

    [Fact]
    public async Task Purchase_LimitBelowAndStopAbove_LocksTheDearerOnce()
    {
        await using var stage = await BinanceStage.StartAsync();

        var placed = await stage.Caller.SignedAsync("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=BUY&quantity=0.1&aboveType=STOP_LOSS&aboveStopPrice=61000&belowType=LIMIT_MAKER&belowPrice=59000");

        Assert.Equal(200, placed.Status);
        Assert.Equal((3_900m, 6_100m), (stage.Server.Spot.Balances[0].Free, stage.Server.Spot.Balances[0].Locked));
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 61_000m, 61_000.01m);
        Assert.Equal([VenueOrderStatus.Filled, VenueOrderStatus.Expired], stage.Server.Spot.Lists[0].Orders.Select(order => order.Status));
    }

    [Theory]
    [InlineData("listClientOrderId=one&aboveClientOrderId=two_L&belowClientOrderId=two_S")]
    [InlineData("listClientOrderId=two&aboveClientOrderId=one_L&belowClientOrderId=two_S")]
    [InlineData("listClientOrderId=two&aboveClientOrderId=two_L&belowClientOrderId=one_S")]
    public async Task Place_AnIdThatIsOpen_IsADuplicateUntilTheFirstIsDone(string ids)
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);
        var small = Sale.Replace("0.09", "0.001", StringComparison.Ordinal) + "&" + ids;

        var twice = await stage.Caller.SignedAsync("POST", "/api/v3/orderList/oco", small);
        await stage.Caller.SignedAsync("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=one");
        var again = await stage.Caller.SignedAsync("POST", "/api/v3/orderList/oco", small);

        Assert.Equal((-2010, "Duplicate order sent."), (twice.Code, twice["msg"]));
        Assert.Equal(200, again.Status);
    }

    [Fact]
    public async Task Limit_ExecutedInPart_TheStopExpiresAndTheRestStays()
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);

        stage.Server.Spot.OfferVolume(BinanceStage.BtcSpot, 0.04m);
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 61_000m, 61_000.01m);
        var (limit, stop) = (await AskAsync(stage, "one_L"), await AskAsync(stage, "one_S"));
        var list = await stage.Caller.SignedAsync("GET", "/api/v3/orderList", "origClientOrderId=one");

        Assert.Equal(("PARTIALLY_FILLED", "0.04000000"), (limit["status"], limit["executedQty"]));
        Assert.Equal(("EXPIRED", "0.00000000"), (stop["status"], stop["executedQty"]));
        Assert.Equal("EXECUTING", list["listOrderStatus"]);
        Assert.Equal(0.05m, Bitcoin(stage).Locked);

        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 58_000m, 58_000.01m);
        stage.Server.Spot.OfferVolume(BinanceStage.BtcSpot, null);
        Assert.Equal("PARTIALLY_FILLED", (await AskAsync(stage, "one_L"))["status"]);
        var cancelled = await stage.Caller.SignedAsync("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=one");
        Assert.Equal("one_L", Assert.Single(cancelled.Body!["orderReports"]!.AsArray())!["origClientOrderId"]!.ToString());
        Assert.Equal(0m, Bitcoin(stage).Locked);
    }

    [Fact]
    public async Task Stop_Reached_TheLimitExpiresAndTheStopIsExecuted()
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);

        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 58_990m, 58_990.01m);
        var (limit, stop) = (await AskAsync(stage, "one_L"), await AskAsync(stage, "one_S"));
        var trade = (await stage.Caller.SignedAsync("GET", "/api/v3/myTrades", "symbol=BTCUSDT")).Body!.AsArray()[^1]!;

        Assert.Equal(("EXPIRED", "FILLED", "0.09000000"), (limit["status"], stop["status"], stop["executedQty"]));
        Assert.Equal(("58990.00000000", stop["orderId"], stop["orderListId"]), (trade["price"]!.ToString(), trade["orderId"]!.ToString(), trade["orderListId"]!.ToString()));
        Assert.Equal("ALL_DONE", (await stage.Caller.SignedAsync("GET", "/api/v3/orderList", "origClientOrderId=one"))["listOrderStatus"]);
        Assert.Equal(0.0099m, Bitcoin(stage).Total);
    }

    [Theory]
    [InlineData("/api/v3/orderList", "listClientOrderId=one")]
    [InlineData("/api/v3/order", "origClientOrderId=one_L")]
    [InlineData("/api/v3/order", "origClientOrderId=one_S")]
    public async Task Cancel_TheListOrEitherOfIt_EndsBoth(string path, string which)
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);

        var cancelled = await stage.Caller.SignedAsync("DELETE", path, "symbol=BTCUSDT&" + which);
        var again = await stage.Caller.SignedAsync("DELETE", path, "symbol=BTCUSDT&" + which);

        Assert.Equal("ALL_DONE", cancelled["listOrderStatus"]);
        Assert.Equal(["one_S CANCELED", "one_L CANCELED"], cancelled.Body!["orderReports"]!.AsArray().Select(report => $"{report!["origClientOrderId"]} {report["status"]}"));
        Assert.Equal(-2011, again.Code);
        Assert.DoesNotContain(stage.Server.Spot.Orders, order => order.IsOpen);
        Assert.Equal(0m, Bitcoin(stage).Locked);
    }

    [Fact]
    public async Task CancelAll_OpenOrders_ListsThemAsLists()
    {
        await using var stage = await EnteredAsync();
        await PlaceAsync(stage);
        await stage.SpotOrder("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=59000");

        var cancelled = (await stage.Caller.SignedAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT")).Body!.AsArray();

        Assert.Equal([null, "OCO"], cancelled.Select(each => each!["contingencyType"]?.ToString()));
        Assert.DoesNotContain(stage.Server.Spot.Orders, order => order.IsOpen);
    }

    [Fact]
    public async Task Happened_FromBeginningToEnd_IsToldOfBothOrdersAndOfTheList()
    {
        await using var stage = await EnteredAsync();
        var told = new List<string>();
        stage.Server.Spot.Happened += happened => told.AddRange(Binance.Spot.SpotEvents.Of(stage.Server.Spot, happened).Where(each => each.Name != "outboundAccountPosition")
            .Select(each => each.Name == "listStatus" ? $"{each.Text["C"]} {each.Text["L"]}" : $"{each.Text["c"]} {each.Text["x"]} {each.Text["X"]}{(each.Text["g"]!.ToString() == "-1" ? "" : " in a list")}"));

        await PlaceAsync(stage);
        stage.Server.Spot.OfferVolume(BinanceStage.BtcSpot, 0.04m);
        stage.Server.Spot.MovePrice(BinanceStage.BtcSpot, 61_000m, 61_000.01m);
        stage.Server.Spot.OfferVolume(BinanceStage.BtcSpot, null);

        Assert.Equal(
            ["one_L NEW NEW in a list", "one_S NEW NEW in a list", "one EXECUTING", "one_S EXPIRED EXPIRED in a list", "one_L TRADE PARTIALLY_FILLED in a list", "one_L TRADE FILLED in a list", "one ALL_DONE"], told);
    }

    [Fact]
    public async Task Faults_BeforeAndAfterTheEffect_AreThoseOfAnyRequest()
    {
        await using var stage = await EnteredAsync();
        stage.Server.Faults.Next(1, new ExchangeFault.CutBefore(), "POST /api/v3/orderList/oco");
        stage.Server.Faults.Next(1, new ExchangeFault.CutAfter(), "POST /api/v3/orderList/oco");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PlaceAsync(stage));
        Assert.Empty(stage.Server.Spot.Lists);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PlaceAsync(stage));
        Assert.Single(stage.Server.Spot.Lists);
    }

    /// <summary>0.1 bitcoins were bought, of which a thousandth went to the exchange.</summary>
    private static async Task<BinanceStage> EnteredAsync()
    {
        var stage = await BinanceStage.StartAsync();
        Assert.Equal(200, (await stage.SpotOrder("side=BUY&type=MARKET&quantity=0.1")).Status);
        return stage;
    }

    private static Task<BinanceReply> PlaceAsync(BinanceStage stage) => stage.Caller.SignedAsync("POST", "/api/v3/orderList/oco", Named);

    private static Task<BinanceReply> AskAsync(BinanceStage stage, string id) => stage.Caller.SignedAsync("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=" + id);

    private static SpotBalance Bitcoin(BinanceStage stage) => stage.Server.Spot.Balances.First(balance => balance.Asset == "BTC");
}
