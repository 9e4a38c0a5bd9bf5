using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>Stop and target take turns where an exchange takes no pairs of them. The same tests for each exchange.</summary>
public abstract class LiveSpotSuite : LiveSpotDesk
{
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
            // The stop goes to the entry with the first price after the start.
            await UntilAsync(bot, state => state.Trades[number].Exits.HighestHit == 1 && TradeView.Of(state, state.Trades[number]) is { StopHolder: StopHolder.Exchange, Trade.UnprotectedSince: null }
                && state.OrdersOf(number).Any(order => order is { State: OrderState.Working, Intent.Kind: OrderKind.StopMarket { Trigger.Value: > 60_000m } }));
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

    /// <summary>Coins that were bought with play money there would be sold here, out of the owner's.</summary>
    [Fact]
    public async Task Start_OnTheFolderOfTheTestNetworkOfTheSameAccount_IsRefused()
    {
        var settings = Settings(RunMode.Live);
        PutKeys(settings);
        using (var data = DataFolder.Open(DataPath))
            FolderOwner.Claim(new KeyValueStore(data), data, settings.Exchange.AccountId, isSpot: true, isTestNetwork: true);

        var refused = await Assert.ThrowsAsync<DataFolderException>(() => RunningBot.StartAsync(settings, DataPath));
        Assert.Contains($"holds the books of the account {Exchange.Name}-main on spot of the test network, and the settings want {Exchange.Name}-main on spot", refused.Message, StringComparison.Ordinal);
    }
}
