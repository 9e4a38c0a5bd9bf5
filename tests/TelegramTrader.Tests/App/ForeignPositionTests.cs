using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>Positions that somebody opens at the exchange, through the whole bot: Binance on loopback behind real CCXT, and the buttons of the chat.</summary>
public sealed class ForeignPositionTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-foreign-").FullName;
    private BotApiServer _server = null!;
    private BinanceServer _binance = null!;
    private int _byHand;

    public async Task InitializeAsync()
    {
        _server = await RunningBot.ServerAsync();
        _binance = await BinanceServer.StartAsync(TimeProvider.System);
        _binance.Futures.MovePrice(Some.Btc, 60_000m, 60_000.1m);
    }

    public async Task DisposeAsync()
    {
        await _binance.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [NodeFact]
    public async Task ForeignPosition_IsTold_IgnoredOverARestart_AdoptedWithAStop_AndMoreOfItClosed()
    {
        await using (var bot = await StartAsync())
        {
            OpenByHand(0.02m);
            var card = await ReportedAsync("LONG 0.02 BTC/USDT:USDT is not ours", after: 0);
            _server.Press(card, RunningBot.Admin, "Ignore");
            await WaitAsync(message => message.MessageId > card.MessageId && message.Text.Contains("is ignored until it changes", StringComparison.Ordinal));
            Assert.DoesNotContain(_binance.Calls, call => call.Method == "POST" && call.Path.Contains("rder", StringComparison.Ordinal));
        }

        await using var again = await StartAsync();
        Assert.Equal("Ann", Assert.Single(await again.Desk.ReadAsync(state => state.Foreign)).IgnoredBy);
        var shown = await ShownAsync("Adopt");
        Assert.Contains("ignored by order of Ann", shown.Text, StringComparison.Ordinal);
        await OrderAsync(shown, "Adopt", "Yes, adopt");
        await UntilAsync(again, state => state.ActiveTrades.Any(trade => trade.OpenQuantity == new Quantity(0.02m) && TradeView.Of(state, trade).StopHolder == StopHolder.Exchange));
        var adopted = await again.Desk.ReadAsync(state => state.ActiveTrades.Single());
        Assert.Equal((60_000.1m, 51_000.1m), (adopted.Position!.AverageEntry.Value, adopted.Exits.Stop.Price.Value));
        Assert.Equal(0.02m, Assert.Single(_binance.Futures.Positions).Quantity.Value);

        // More of it, beside what is ours now: that part is closed and no more.
        OpenByHand(0.01m);
        await OrderAsync(await ReportedAsync("LONG 0.01 BTC/USDT:USDT is not ours", shown.MessageId), "Close", "Yes, close");
        await UntilAsync(again, state => state.Trades.Values.Any(trade => trade.Number != adopted.Number && trade.IsFinished));
        Assert.Equal(0.02m, Assert.Single(_binance.Futures.Positions).Quantity.Value);
        await UntilAsync(again, state => state.Foreign.Count == 0 && state.ActiveTrades.Single().Number == adopted.Number);
        Assert.DoesNotContain(_binance.UnknownRequests, _ => true);
    }

    [NodeFact]
    public async Task ForeignOrders_AreTold_LeftOverARestart_AndWithdrawnFromBothBooks()
    {
        await using (var bot = await StartAsync())
        {
            OrderByHand(VenueOrderType.Limit, 50_000m);
            var card = await ReportedAsync("BUY limit 0.01 BTC/USDT:USDT at 50,000");
            _server.Press(card, RunningBot.Admin, "Leave 1");
            await WaitAsync(message => message.MessageId > card.MessageId && message.Text.Contains("is left as it is", StringComparison.Ordinal));
        }

        await using var again = await StartAsync();
        Assert.Equal("Ann", Assert.Single(await again.Desk.ReadAsync(state => state.ForeignOrders)).LeftBy);
        OrderByHand(VenueOrderType.StopMarket, 70_000m);
        var stop = await ReportedAsync("BUY stop 0.01 BTC/USDT:USDT, from 70,000 on");
        Assert.DoesNotContain("at 50,000", stop.Text, StringComparison.Ordinal);
        await WithdrawAsync(stop, "Withdraw 2", again);
        // The one that was left can still be withdrawn.
        await WithdrawAsync(await ShownAsync("Withdraw 1"), "Withdraw 1", again);
        Assert.All(_binance.Futures.Orders, order => Assert.Equal(VenueOrderStatus.Cancelled, order.Status));
        Assert.DoesNotContain(_binance.UnknownRequests, _ => true);
    }

    /// <summary>Takes as long as a movement of money needs to be certain: more than 30 s.</summary>
    [NodeFact]
    public async Task MoneyTakenOut_IsAskedAbout_AndNoLossOnceAnAdminSaysSo_OverARestart()
    {
        BotApiMessage alarm;
        await using (var bot = await StartAsync())
        {
            await UntilAsync(bot, state => state.Day is not null);
            _binance.Futures.PayByHand(-1_000m);
            _server.Write(RunningBot.Admin, RunningBot.Admin, "/reconcile");
            alarm = await WaitAsync(message => message.Text.Contains("1,000.00 USDT less than the trades explain", StringComparison.Ordinal) && Has(message, "It was a withdrawal"));
            await UntilAsync(bot, state => state.Day is { LimitReached: true, OnlyByMissingMoney: true });
        }

        await using var again = await StartAsync();
        _server.Press(alarm, RunningBot.Admin, "It was a withdrawal");
        var question = await WaitAsync(message => message.MessageId > alarm.MessageId && Has(message, "Yes, a withdrawal"));
        _server.Press(question, RunningBot.Admin, "Yes, a withdrawal");
        await UntilAsync(again, state => state.MissingMoney.Count == 0 && state.Day is { LimitReached: false, Equity.Amount: 9_000m });
        await WaitAsync(message => message.Text.Contains("were a withdrawal, says Ann", StringComparison.Ordinal) && message.Text.Contains("is lifted", StringComparison.Ordinal));
        // The old button does nothing any more.
        _server.Press(alarm, RunningBot.Admin, "It was a withdrawal");
        await WaitAsync(message => message.Text.Contains("There is no question 1 about money any more", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task Reconcile_ByATrader_IsRefused()
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/reconcile adopt 1");
        var answer = await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Trader && message.UserId is null, RunningBot.Patience);
        Assert.Contains("needs the role admin", answer.Text, StringComparison.Ordinal);
    }

    private void OpenByHand(decimal quantity) => _binance.Futures.Place(new VenueOrderRequest
    {
        ClientId = $"hand-{++_byHand}",
        Symbol = Some.Btc,
        Side = OrderSide.Buy,
        Type = VenueOrderType.Market,
        Quantity = new Quantity(quantity),
    });

    private void OrderByHand(VenueOrderType type, decimal price) => _binance.Futures.Place(new VenueOrderRequest
    {
        ClientId = $"web_hand-{++_byHand}",
        Symbol = Some.Btc,
        Side = OrderSide.Buy,
        Type = type,
        Quantity = new Quantity(0.01m),
        Price = type == VenueOrderType.Limit ? new Price(price) : null,
        Trigger = type == VenueOrderType.Limit ? null : new Price(price),
    });

    /// <summary>The card of foreign orders.</summary>
    private async Task<BotApiMessage> ReportedAsync(string what)
    {
        _server.Write(RunningBot.Admin, RunningBot.Admin, "/reconcile");
        return await WaitAsync(message => message.Text.Contains(what, StringComparison.Ordinal) && message.Text.Contains("Open orders that are not the bot's", StringComparison.Ordinal));
    }

    private async Task WithdrawAsync(BotApiMessage card, string button, RunningBot bot)
    {
        var before = await bot.Desk.ReadAsync(state => state.ForeignOrders.Count);
        _server.Press(card, RunningBot.Admin, button);
        var question = await WaitAsync(message => message.MessageId > card.MessageId && Has(message, "Yes, withdraw"));
        _server.Press(question, RunningBot.Admin, "Yes, withdraw");
        await UntilAsync(bot, state => state.ForeignOrders.Count < before);
    }

    /// <summary>The alarm; the account is asked for, else it would take up to a minute.</summary>
    private async Task<BotApiMessage> ReportedAsync(string what, long after)
    {
        _server.Write(RunningBot.Admin, RunningBot.Admin, "/reconcile");
        return await WaitAsync(message => message.MessageId > after && message.Text.Contains(what, StringComparison.Ordinal) && message.Text.Contains("No stop of the bot protects it", StringComparison.Ordinal));
    }

    private async Task<BotApiMessage> ShownAsync(string button)
    {
        var written = _server.Write(RunningBot.Admin, RunningBot.Admin, "/reconcile");
        return await WaitAsync(message => message.MessageId > written.MessageId && Has(message, button));
    }

    private async Task OrderAsync(BotApiMessage card, string button, string yes)
    {
        _server.Press(card, RunningBot.Admin, button);
        var question = await WaitAsync(message => message.MessageId > card.MessageId && Has(message, yes));
        _server.Press(question, RunningBot.Admin, yes);
        await WaitAsync(message => message.MessageId == question.MessageId && message.Text.Contains("The exchange is asked once more", StringComparison.Ordinal));
    }

    private async Task<RunningBot> StartAsync()
    {
        var path = Path.Combine(_folder, "data");
        var settings = RunningBot.Settings(_server, RunningBot.ShortRecording) with
        {
            Mode = RunMode.Live,
            Market = new MarketSettings { Source = MarketSource.Exchange },
            Exchange = new ExchangeConnection { Name = "binance", BaseUrl = _binance.BaseUrl, RequestsPerSecond = 50 },
            Account = new ChannelAccountSettings { KeyFile = Path.Combine(_folder, "secret.key") },
        };
        using (var data = DataFolder.Open(path))
        {
            var values = new KeyValueStore(data);
            new CredentialStore(values, settings.Account.Secrets(values)).Put(settings.Exchange.AccountId, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null));
        }

        var bot = await RunningBot.StartAsync(settings, path);
        await UntilAsync(bot, state => state.IsReconciled);
        return bot;
    }

    private static bool Has(BotApiMessage message, string button) => message.Keyboard.SelectMany(row => row).Any(found => found.Text == button);

    private async Task<BotApiMessage> WaitAsync(Func<BotApiMessage, bool> isWanted)
    {
        try
        {
            return await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.UserId is null && isWanted(message), RunningBot.Patience);
        }
        catch (TimeoutException exception)
        {
            // What was said last tells what was missed.
            throw new TimeoutException(string.Join("\n---\n", _server.Messages(RunningBot.Admin).TakeLast(4).Select(message => $"{message.Text}\n{string.Join(" | ", message.Keyboard.SelectMany(row => row).Select(button => button.Text))}")), exception);
        }
    }

    /// <summary>Looks again and again until it is so. Bounded.</summary>
    private static async Task UntilAsync(RunningBot bot, Func<EngineState, bool> isSo)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await bot.Desk.ReadAsync(isSo))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < RunningBot.Patience, string.Join('\n', bot.Log.Texts.TakeLast(30)));
            await pause.WaitForNextTickAsync();
        }
    }
}
