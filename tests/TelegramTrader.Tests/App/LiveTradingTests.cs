using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Risk;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Binance's perpetual contracts.</summary>
public sealed class LiveTradingTests : LiveTradingSuite
{
    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        var server = await BinanceServer.StartAsync(TimeProvider.System);
        return new LiveVenue(
            "binance", server.BaseUrl, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), server.Futures, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /fapi/v1/order", "DELETE /fapi/v1/order", call => call["newClientOrderId"],
            (400, """{"code":-4164,"msg":"Order's notional must be no smaller than 100 (unless you choose reduce only)."}"""), server);
    }

    [NodeFact]
    public async Task Live_TheClockGoesBack_TheAdminIsToldWhatThatMeansForTheOpenPosition()
    {
        var time = new ShiftedClock();
        await using var chat = await RunningBot.ServerAsync();
        var settings = Settings(RunMode.Live, chat);
        PutKeys(settings);
        await using (var bot = await RunningBot.StartAsync(settings, DataPath, null, time))
        {
            await UntilAsync(bot, state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null) && state.Trading.Mode == TradingMode.ReducingOnly);
            Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
            Hand(bot, 1, "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000\nLeverage 3x");
            await UntilAsync(bot, state => state.ActiveTrades.Any(trade => TradeView.Of(state, trade).StopHolder == StopHolder.Exchange));

            time.Behind = TimeSpan.FromMinutes(5);
            var told = await chat.WaitForMessageAsync(message => message.Text.Contains("LIVE THE PROGRAM HAS ENDED", StringComparison.Ordinal), RunningBot.Patience);

            Assert.Contains("this machine's clock went back by more than a minute", told.Text, StringComparison.Ordinal);
            Assert.Contains("#1: the stop rests at the exchange and stays there.", told.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("NO STOP", told.Text, StringComparison.Ordinal);
        }

        Assert.Single(Exchange.Venue.Positions);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Behind { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
    }
}
