using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Mexc;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>
/// The whole bot with real CCXT at an exchange that can hold no stops, MEXC's spot market on loopback: the bot itself watches and sells. The owner holds bitcoin of their own there, which
/// stays untouched whatever happens.
/// </summary>
public sealed class LiveWatchedStopsTests : LiveSuite
{
    private const string Post = "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000";
    private const string TickerEndpoint = "GET /api/v3/ticker/24hr";

    private static readonly Symbol Bitcoins = Symbol.Parse("BTC/USDT");

    private decimal _owners;
    private WatchedStopsPolicy _policy = WatchedStopsPolicy.Allow;

    private protected override ExchangeMarketKind Kind => ExchangeMarketKind.Spot;

    private protected override WatchedStopsPolicy WatchedStops => _policy;

    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        var server = await MexcServer.StartAsync(TimeProvider.System);
        return new LiveVenue(
            "mexc", server.BaseUrl, new ExchangeKeys(MexcServer.ApiKey, MexcServer.Secret, null), server.Spot, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => throw new NotSupportedException("MEXC does not say what a key may do."), server.RevokeKey, "POST /api/v3/order", "DELETE /api/v3/order", call => call["newClientOrderId"],
            (400, """{"code":30002,"msg":"The minimum transaction volume cannot be less than:1USDT"}"""), server);
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Venue.MovePrice(Symbol.Parse("ETH/USDT"), 3_000m, 3_000.01m);
        Exchange.Venue.Place(new VenueOrderRequest { ClientId = "by-hand", Symbol = Bitcoins, Side = OrderSide.Buy, Type = VenueOrderType.Market, Quantity = new Quantity(0.05m) });
        _owners = Held;
    }

    [NodeFact]
    public async Task Refused_UnlessTheSettingAllowsIt_AndTheSentenceNamesIt()
    {
        _policy = WatchedStopsPolicy.Refuse;
        await using var bot = await StartLiveAsync();

        var refused = await ConfirmAsync(bot);

        Assert.Contains("Live trading stays locked.", refused, StringComparison.Ordinal);
        Assert.Contains("✗ abilities: mexc can't be traded live: it can't hold stop orders", refused, StringComparison.Ordinal);
        Assert.Contains("The setting Trading:WatchedStops allow takes that on", refused, StringComparison.Ordinal);
        Assert.Contains("On paper only: it can't hold stop orders", await AskAsync(bot, "exchanges", isConfirmed: false), StringComparison.Ordinal);
        Assert.Empty(Sent());
    }

    [NodeFact]
    public async Task Post_EntryTargetsWatchedStop_SoldAtTheMarketAndBooked()
    {
        await using var bot = await StartLiveAsync();
        var shown = await AskAsync(bot, "live", isConfirmed: false);
        Assert.DoesNotContain("✗", shown, StringComparison.Ordinal);
        Assert.Contains("⚠ stops: No stop rests at this exchange: the bot itself closes at the market when the price is there. While the program, this machine or a connection is down, nothing protects.", shown, StringComparison.Ordinal);
        Assert.Contains("Your yes includes that", shown, StringComparison.Ordinal);
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        // The order of the test: the smallest, far below, one that only rests, and withdrawn.
        var test = Assert.Single(Exchange.Venue.Orders, order => order.Request.ClientId.StartsWith("ttselftest", StringComparison.Ordinal));
        Assert.Equal((OrderSide.Buy, VenueTimeInForce.PostOnly, new Price(42_000m), VenueOrderStatus.Cancelled), (test.Request.Side, test.Request.TimeInForce, test.Request.Price!.Value, test.Status));
        Assert.True(test.Filled.IsZero && test.Quantity.Value * 42_000m < 1.1m, $"{test.Quantity} were asked for");
        Assert.Contains("⚠ No stop rests at this exchange", await AskAsync(bot, "exchanges", isConfirmed: false), StringComparison.Ordinal);

        var number = await EnterAsync(bot);
        var trade = await TradeAsync(bot, number);
        Assert.Equal([new Price(61_000m), new Price(62_000m)], OpenSales().Select(order => order.Request.Price!.Value).Order());
        Assert.Equal(trade.ClosableQuantity.Value, OpenSales().Sum(order => order.Remaining.Value));
        var status = await AskAsync(bot, "status", isConfirmed: false);
        Assert.Contains("0 held by the exchange, 1 watched by the bot", status, StringComparison.Ordinal);
        Assert.Contains("⚠ No stop rests at this exchange", status, StringComparison.Ordinal);
        Assert.Contains("⚠ watched by the bot alone, none rests at the exchange", await AskAsync(bot, "positions", isConfirmed: false), StringComparison.Ordinal);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        AssertSold(await TradeAsync(bot, number));
    }

    [NodeFact]
    public async Task WatchedStop_AnswersOfWithdrawalAndSaleAreLost_SoldOnce()
    {
        await using var bot = await StartLiveAsync();
        await ConfirmAsync(bot);
        var number = await EnterAsync(bot);

        Exchange.Faults.Next(1, new ExchangeFault.CutAfter(), Exchange.CancelEndpoint);
        Exchange.Faults.Next(1, new ExchangeFault.CutAfter(), Exchange.OrderEndpoint);
        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        Assert.Equal(2, Exchange.Faults.RequestFaults);
        AssertSold(await TradeAsync(bot, number));
    }

    [NodeFact]
    public async Task Stop_PassedWhileTheBotWasDown_SoldOnTheFirstPriceAndTold()
    {
        await using var chat = await RunningBot.ServerAsync();
        int number;
        await using (var bot = await StartLiveAsync())
        {
            await ConfirmAsync(bot);
            number = await EnterAsync(bot);
        }

        Move(58_000m);
        await using (var bot = await StartLiveAsync(chat, isFirst: false))
        {
            var told = await chat.WaitForMessageAsync(message => message.Text.Contains("THE STOP WAS PASSED while nobody watched", StringComparison.Ordinal), RunningBot.Patience);
            Assert.Contains("it is being closed at the market", told.Text, StringComparison.Ordinal);
            await UntilAsync(bot, state => state.Trades[number].IsFinished);
            AssertSold(await TradeAsync(bot, number));
        }
    }

    [NodeFact]
    public async Task Prices_LostWithAPosition_AlarmNoEntriesAndBackAgain()
    {
        await using var chat = await RunningBot.ServerAsync();
        await using var bot = await StartLiveAsync(chat);
        await ConfirmAsync(bot);
        var number = await EnterAsync(bot);

        Exchange.Faults.Always(new ExchangeFault.AnswerBefore(503, """{"code":503,"msg":"service not available"}"""), TickerEndpoint);
        await chat.WaitForMessageAsync(message => message.Text.Contains($"NOBODY WATCHES THE STOP of #{number}", StringComparison.Ordinal), RunningBot.Patience);
        Assert.Contains($"🚨 watched by nobody for #{number}: no prices come", await AskAsync(bot, "status", isConfirmed: false), StringComparison.Ordinal);
        Hand(bot, 2, "LONG ETHUSDT\nEntry: market\nTP 3100\nSL 2950");
        await chat.WaitForMessageAsync(message => message.Text.Contains("not traded", StringComparison.Ordinal), RunningBot.Patience);
        Assert.Equal(1, await bot.Desk.ReadAsync(state => state.Trades.Count));

        Move(58_900m);
        Exchange.Faults.Clear();
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        AssertSold(await TradeAsync(bot, number));
    }

    /// <summary>All of ours was sold at the stop, nothing of the owner's, no order is left, and none was sent twice.</summary>
    private void AssertSold(Trade trade)
    {
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), trade.End);
        Assert.True(trade.Net.IsNegative, trade.Net.ToString());
        Assert.Empty(OpenSales());
        Assert.Equal(_owners, Held);
        Assert.Equal(Sent().Distinct().Count(), Sent().Length);
        Assert.Empty(Exchange.UnknownRequests());
    }

    private decimal Held => Exchange.Venue.Balances.First(balance => balance.Asset == "BTC").Total;

    private VenueOrder[] OpenSales() => [.. Exchange.Venue.Orders.Where(order => order.IsOpen && order.Request.Side == OrderSide.Sell)];

    private string?[] Sent() => [.. Exchange.Calls().Where(call => call.Endpoint == Exchange.OrderEndpoint).Select(Exchange.ClientIdOf)];

    /// <returns>The number of a trade whose targets rest.</returns>
    private async Task<int> EnterAsync(RunningBot bot)
    {
        Hand(bot, 1, Post);
        await UntilAsync(bot, state => state.Trades.Values.Any(trade => !trade.OpenQuantity.IsZero && TradeView.Of(state, trade).StopHolder == StopHolder.Engine
            && state.OrdersOf(trade.Number).Count(order => order.State is OrderState.Working && order.Intent.Purpose is OrderPurpose.Target) == 2));
        return await bot.Desk.ReadAsync(state => state.Trades.Keys.Single());
    }

    private protected override void Move(decimal price) => Exchange.Venue.MovePrice(Bitcoins, price, price + 0.01m);
}
