using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>
/// The whole bot with real CCXT in the gateway, on an exchange's spot market on loopback: it locks the coins of every sale and takes its fee out of them. The owner holds
/// bitcoin of their own there, which stays untouched whatever happens. The same tests for each exchange.
/// </summary>
public abstract class LiveSpotSuite : LiveSuite
{
    private const string Post = "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000";

    private decimal _owners;

    private protected override ExchangeMarketKind Kind => ExchangeMarketKind.Spot;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Venue.MovePrice(Symbol.Parse("ETH/USDT"), 3_000m, 3_000.01m);
        Exchange.Venue.Place(new VenueOrderRequest { ClientId = "by-hand", Symbol = BinanceStage.BtcSpot, Side = OrderSide.Buy, Type = VenueOrderType.Market, Quantity = new Quantity(0.05m) });
        _owners = Bitcoin;
    }

    [NodeFact]
    public async Task Targets_TakeTheirPlaceOneAfterTheOtherOverARestart_AndTheOwnersCoinsStay()
    {
        int number;
        await using (var bot = await StartLiveAsync())
        {
            var shown = await AskAsync(bot, "live", isConfirmed: false);
            Assert.Contains("holds stops, takes our order ids, tells executions", shown, StringComparison.Ordinal);
            Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
            number = await EnterAsync(bot);
            var trade = await TradeAsync(bot, number);
            // The fee of one in a thousand was taken in coins; the stop is for what an order can sell of the rest.
            Assert.Equal(trade.Position!.Entered.Value * 0.999m, trade.OpenQuantity.Value);
            var stop = Assert.Single(OpenSales());
            Assert.Equal((VenueOrderType.StopMarket, trade.ClosableQuantity, new Price(59_000m)), (stop.Request.Type, stop.Request.Quantity!.Value, stop.Request.Trigger!.Value));

            // Three quarters of the way from 59,000 to 61,000.
            Move(60_500m);
            await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: 1, UnprotectedSince: null });
            Assert.Equal([VenueOrderType.Limit, VenueOrderType.StopMarket], OpenSales().Select(order => order.Request.Type).Order());
            Assert.Equal(trade.ClosableQuantity.Value, OpenSales().Sum(order => order.Remaining.Value));
            await UntilAsync(bot, state => TradeView.Of(state, state.Trades[number]).StopHolder == StopHolder.Engine);
            Assert.Contains("1 watched by the bot", await AskAsync(bot, "status", isConfirmed: false), StringComparison.Ordinal);
        }

        // Nobody is there when the first target is hit.
        Move(61_000m);
        await using (var bot = await StartLiveAsync(isFirst: false))
        {
            await UntilAsync(bot, state => state.Trades[number].Exits.HighestHit == 1 && TradeView.Of(state, state.Trades[number]) is { StopHolder: StopHolder.Exchange, Trade.UnprotectedSince: null });
            var stop = Assert.Single(OpenSales());
            Assert.True(stop.Request.Trigger!.Value > new Price(60_000m), $"the stop stands at {stop.Request.Trigger}");

            Move(61_700m);
            await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: 2, UnprotectedSince: null });
            Move(62_000m);
            await UntilAsync(bot, state => state.Trades[number].IsFinished);
            var closed = await TradeAsync(bot, number);
            Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Target), closed.End);
            AssertClean(closed);
        }
    }

    [NodeFact]
    public async Task Stop_FiresAtTheExchange_ClosesTheTrade()
    {
        await using var bot = await StartLiveAsync();
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        var number = await EnterAsync(bot);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        var closed = await TradeAsync(bot, number);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), closed.End);
        AssertClean(closed);
    }

    [NodeFact]
    public async Task Swap_AnswersAreLost_NothingIsSentTwiceAndTheStopEndsTheTrade()
    {
        await using var bot = await StartLiveAsync();
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        var number = await EnterAsync(bot);

        // Of the two orders of the swap the first answer is lost; of the way back the withdrawal's.
        Exchange.Faults.Next(1, new ExchangeFault.CutAfter(), Exchange.OrderEndpoint);
        Move(60_500m);
        await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: 1, UnprotectedSince: null });
        Exchange.Faults.Next(1, new ExchangeFault.CutAfter(), Exchange.CancelEndpoint);
        Move(59_900m);
        await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: null, UnprotectedSince: null });
        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        var closed = await TradeAsync(bot, number);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), closed.End);
        Assert.Equal(2, Exchange.Faults.RequestFaults);
        AssertClean(closed);
    }

    [Fact]
    public async Task Start_OnTheFolderOfThePerpetualsOfTheSameAccount_IsRefused()
    {
        var settings = Settings(RunMode.Live);
        PutKeys(settings);
        using (var data = DataFolder.Open(DataPath))
            new KeyValueStore(data).Set("account", settings.Exchange.AccountId.Value);

        var refused = await Assert.ThrowsAsync<DataFolderException>(() => RunningBot.StartAsync(settings, DataPath));
        Assert.Contains($"holds the books of the account {Exchange.Name}-main, and the settings want {Exchange.Name}-main on spot", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Everything of ours was sold but dust, nothing of the owner's, no order is left, and none was sent twice.</summary>
    private protected void AssertClean(Trade trade)
    {
        Assert.Empty(OpenSales());
        Assert.InRange(Bitcoin - _owners, 0m, trade.Instrument.QuantityStep);
        var sent = Exchange.Calls().Where(call => call.Endpoint == Exchange.OrderEndpoint).Select(Exchange.ClientIdOf).ToArray();
        Assert.Equal(sent.Distinct().Count(), sent.Length);
        Assert.Empty(Exchange.UnknownRequests());
    }

    private decimal Bitcoin => Exchange.Venue.Balances.First(balance => balance.Asset == "BTC").Total;

    private protected VenueOrder[] OpenSales() => [.. Exchange.Venue.Orders.Where(order => order.IsOpen && order.Request.Side == OrderSide.Sell)];

    private protected async Task<int> EnterAsync(RunningBot bot)
    {
        Hand(bot, 1, Post);
        await UntilAsync(bot, state => state.Trades.Values.Any(trade => !trade.OpenQuantity.IsZero && TradeView.Of(state, trade).StopHolder == StopHolder.Exchange));
        return await bot.Desk.ReadAsync(state => state.Trades.Keys.Single());
    }

    private protected override void Move(decimal price) => Exchange.Venue.MovePrice(BinanceStage.BtcSpot, price, price + 0.01m);
}
