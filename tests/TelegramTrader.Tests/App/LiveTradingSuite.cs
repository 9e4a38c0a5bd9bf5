using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot with real CCXT in the gateway, against an exchange on loopback; the same tests for each exchange.</summary>
public abstract class LiveTradingSuite : LiveSuite
{
    private const string Post = "LONG BTCUSDT\nEntry 60000\nTP 61000, 62000\nSL 59000\nLeverage 3x";

    private protected override ExchangeMarketKind Kind => ExchangeMarketKind.Swap;

    private protected override void Move(decimal price)
    {
        Exchange.Venue.MovePrice(Some.Btc, price, price + 0.1m);
        Exchange.Venue.MovePrice(Some.Eth, price / 20m, price / 20m + 0.01m);
    }

    [NodeFact]
    public async Task Paper_OnLivePrices_TradesWithTheFeesAndStepsOfTheExchange()
    {
        await using var bot = await RunningBot.StartAsync(Settings(RunMode.Paper), DataPath);
        await UntilAsync(bot, state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null));

        Hand(bot, 1, Post.Replace("Entry 60000", "Entry: market", StringComparison.Ordinal));
        var trade = await UntilTradeAsync(bot, trade => !trade.OpenQuantity.IsZero);
        Assert.Equal("BTC/USDT:USDT", trade.Instrument.Symbol.ToString());
        Assert.Equal(0.1m, trade.Instrument.PriceTick);
        await UntilAsync(bot, state => TradeView.Of(state, state.Trades[trade.Number]).StopHolder == StopHolder.Exchange);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[trade.Number].IsFinished);
        // Not one order went to the exchange.
        Assert.DoesNotContain(Exchange.Calls(), call => call.Method == "POST");
    }

    [NodeFact]
    public async Task Live_NotConfirmed_TakesNoEntryAndSendsNothing()
    {
        await using var bot = await StartLiveAsync();

        Hand(bot, 1, Post);
        await UntilAsync(bot, state => state.Trades.Count > 0 || state.NextNumber > 1);

        foreach (var way in new[] { "resume", "start" })
            Assert.Contains("was not confirmed yet", await AskAsync(bot, way, isConfirmed: true), StringComparison.Ordinal);
        Assert.Equal(Core.Risk.TradingMode.ReducingOnly, (await bot.Desk.SnapshotAsync()).Trading.Mode);
        Assert.DoesNotContain(Exchange.Calls(), call => call.Method == "POST" && call.Path.Contains("rder", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task Live_Confirmed_EntryStopAndTargetsGoToTheExchangeAndTheStopEndsTheTrade()
    {
        await using var bot = await StartLiveAsync();
        var shown = await AskAsync(bot, "live", isConfirmed: false);
        Assert.Contains($"{Exchange.Name}-main: locked", shown, StringComparison.Ordinal);
        Assert.Contains("Risk per trade 1 % of equity", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", shown, StringComparison.Ordinal);
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        Assert.Contains($"{Exchange.Name}, perpetual contracts in USDT", await AskAsync(bot, "exchanges", isConfirmed: false), StringComparison.Ordinal);
        Assert.Contains("Price in steps of 0.1", await AskAsync(bot, "exchanges", isConfirmed: false, "btcusdt"), StringComparison.Ordinal);

        Hand(bot, 2, Post.Replace("Entry 60000", "Entry: market", StringComparison.Ordinal));
        var trade = await UntilTradeAsync(bot, trade => !trade.OpenQuantity.IsZero);
        await UntilAsync(bot, state => TradeView.Of(state, state.Trades[trade.Number]).StopHolder == StopHolder.Exchange);
        var position = Assert.Single(Exchange.Venue.Positions);
        Assert.Equal(trade.OpenQuantity, position.Quantity);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[trade.Number].IsFinished);
        Assert.Empty(Exchange.Venue.Positions);
        await UntilAsync(bot, state => state.OrdersOf(trade.Number).All(order => !order.IsLive));
        Assert.DoesNotContain(Exchange.UnknownRequests(), _ => true);
    }

    [NodeFact]
    public async Task Live_KeysThatMayWithdraw_CannotBeConfirmed()
    {
        Exchange.AllowWithdrawals();
        await using var bot = await StartLiveAsync();

        Assert.Contains("the key may withdraw money", await ConfirmAsync(bot), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Live_KeyDeletedAtTheExchange_IsSaidInASentence()
    {
        await using var bot = await StartLiveAsync();
        Exchange.RevokeKey();

        var shown = await AskAsync(bot, "live", isConfirmed: false);

        Assert.Contains("The API key or its secret is wrong, or was deleted: add the keys again", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Exchange.Keys.Secret, shown, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Live_TheExchangeRefusesAnEntry_TheChatIsToldWhyInASentence()
    {
        await using var chat = await RunningBot.ServerAsync();
        await using var bot = await StartLiveAsync(chat);
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        Exchange.Faults.Next(1, new ExchangeFault.AnswerBefore(Exchange.TooSmall.Status, Exchange.TooSmall.Body), Exchange.OrderEndpoint);

        Hand(bot, 2, Post.Replace("Entry 60000", "Entry: market", StringComparison.Ordinal));
        var told = await chat.WaitForMessageAsync(message => message.Text.Contains("the exchange rejected the entry 1 order", StringComparison.Ordinal), RunningBot.Patience);

        Assert.Contains("The order is smaller than the exchange allows.", told.Text, StringComparison.Ordinal);
        Assert.Empty(Exchange.Venue.Positions);
    }

    private async Task<Trade> UntilTradeAsync(RunningBot bot, Func<Trade, bool> isWanted)
    {
        await UntilAsync(bot, state => state.Trades.Values.Any(isWanted));
        return await bot.Desk.ReadAsync(state => state.Trades.Values.First(isWanted));
    }
}
