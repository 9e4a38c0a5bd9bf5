using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Binance's spot market, in a symbol that takes pairs of stop and target: both rest at the exchange, whether the bot runs or not.</summary>
public sealed class LivePairTests : LiveSpotDesk
{
    private const string PairEndpoint = "POST /api/v3/orderList/oco";

    [NodeFact]
    public async Task Targets_EachRestsWithItsStop_AndIsReachedWhileNobodyIsThere()
    {
        int number;
        await using (var bot = await StartPairedAsync())
        {
            number = await EnterAsync(bot);
            var pair = await PairAsync(bot, number, 61_000m);
            var stop = Assert.Single(OpenSales(), order => order.List is null);
            var trade = await TradeAsync(bot, number);
            Assert.Equal((new Price(59_000m), new Price(59_000m)), (pair.Stop.Request.Trigger!.Value, stop.Request.Trigger!.Value));
            Assert.Equal(trade.ClosableQuantity, pair.Limit.Quantity + stop.Quantity);

            // More than three quarters of the way: nothing has to change its place.
            Move(60_900m);
            await UntilAsync(bot, state => state.Markets[BinanceStage.BtcSpot].Quote?.Bid == new Price(60_900m));
            Assert.Null((await TradeAsync(bot, number)).TargetAtExchange);
            Assert.True(pair.IsOpen);
        }

        Move(61_000m);
        Move(60_500m);
        await using (var bot = await StartLiveAsync(isFirst: false))
        {
            await UntilAsync(bot, state => state.Trades[number].Exits.HighestHit == 1);
            var pair = await PairAsync(bot, number, 62_000m);
            Assert.True(pair.Stop.Request.Trigger!.Value > new Price(60_000m), $"the stop stands at {pair.Stop.Request.Trigger}");
            Assert.Equal((await TradeAsync(bot, number)).ClosableQuantity, pair.Limit.Quantity);
        }

        Move(62_000m);
        await using (var bot = await StartLiveAsync(isFirst: false))
        {
            await UntilAsync(bot, state => state.Trades[number].IsFinished);
            var closed = await TradeAsync(bot, number);
            Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Target), closed.End);
            AssertClean(closed);
        }
    }

    [NodeFact]
    public async Task Stop_OfThePairAndOfTheRest_FireAndCloseTheTrade()
    {
        await using var bot = await StartPairedAsync();
        var number = await EnterAsync(bot);
        await PairAsync(bot, number, 61_000m);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        var closed = await TradeAsync(bot, number);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), closed.End);
        AssertClean(closed);
    }

    [NodeFact]
    public async Task Pair_TheAnswersAreLostWithoutAndWithEffect_NothingIsSentTwiceAndTheStopEndsTheTrade()
    {
        await using var bot = await StartPairedAsync();
        Exchange.Faults.Next(1, new ExchangeFault.CutBefore(), PairEndpoint);
        Exchange.Faults.Next(1, new ExchangeFault.CutAfter(), PairEndpoint);
        var number = await EnterAsync(bot);
        // The exchange has said that the first never arrived, so that it was sent once more; the answer to that is lost as well, and it is found.
        await PairAsync(bot, number, 61_000m);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        var closed = await TradeAsync(bot, number);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), closed.End);
        Assert.Equal(2, Exchange.Faults.RequestFaults);
        Assert.Single(Exchange.Venue.Lists);
        AssertClean(closed, resent: 1);
    }

    [NodeFact]
    public async Task Pair_IsRefused_TheStopHasAllCoinsAndNoOtherIsTried()
    {
        await using var bot = await StartPairedAsync();
        Exchange.Faults.Next(1, new ExchangeFault.AnswerBefore(400, """{"code":-2010,"msg":"OCO orders are not supported for this symbol"}"""), PairEndpoint);
        var number = await EnterAsync(bot);
        await UntilAsync(bot, state => state.Trades[number] is { UnprotectedSince: null } trade && Exchange.Faults.RequestFaults == 1
            && OpenSales().Sum(order => order.Remaining.Value) == trade.ClosableQuantity.Value && OpenSales().All(order => order.Request.Type == VenueOrderType.StopMarket));

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        AssertClean(await TradeAsync(bot, number));
        Assert.Single(Exchange.Calls(), call => call.Endpoint == PairEndpoint);
    }

    [NodeFact]
    public async Task Target_ExecutedInPart_TheRestIsWatchedAndSoldAtTheStop()
    {
        await using var bot = await StartPairedAsync();
        var number = await EnterAsync(bot);
        var pair = await PairAsync(bot, number, 61_000m);
        var before = (await TradeAsync(bot, number)).OpenQuantity;

        Exchange.Venue.OfferVolume(BinanceStage.BtcSpot, 0.00100m);
        Move(61_000m);
        await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: 1 } trade && trade.OpenQuantity < before);
        Assert.Equal(VenueOrderStatus.Expired, pair.Stop.Status);
        Move(60_900m);
        Exchange.Venue.OfferVolume(BinanceStage.BtcSpot, null);
        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        AssertClean(await TradeAsync(bot, number));
    }

    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        var server = await BinanceServer.StartAsync(TimeProvider.System);
        return new LiveVenue(
            "binance", server.BaseUrl, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), server.Spot, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /api/v3/order", "DELETE /api/v3/order", call => call["newClientOrderId"] ?? call["listClientOrderId"],
            (400, """{"code":-1013,"msg":"Filter failure: NOTIONAL"}"""), server) { PairEndpoint = PairEndpoint };
    }

    private async Task<RunningBot> StartPairedAsync()
    {
        var bot = await StartLiveAsync();
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        return bot;
    }

    /// <summary>The one pair that rests there, at this target, once the bot knows that it does.</summary>
    private async Task<VenueOrderList> PairAsync(RunningBot bot, int number, decimal target)
    {
        VenueOrderList? Pair() => Exchange.Venue.Lists.SingleOrDefault(list => list.IsOpen && list.Limit.Request.Price == new Price(target));

        await UntilAsync(bot, state => Pair() is not null && TradeView.Of(state, state.Trades[number]).StopHolder == StopHolder.Exchange && state.Trades[number].UnprotectedSince is null);
        return Pair()!;
    }
}
