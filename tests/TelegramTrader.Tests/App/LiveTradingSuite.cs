using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>An exchange on loopback, as the whole bot needs it.</summary>
/// <param name="Venue">Its perpetual contracts.</param>
/// <param name="AllowWithdrawals">Gives the key that right.</param>
/// <param name="RevokeKey">Its owner deletes the key.</param>
/// <param name="OrderEndpoint">Where orders without a trigger go.</param>
/// <param name="TooSmall">What it answers to an order below its minimum: status and body.</param>
internal sealed record LiveVenue(
    string Name, Uri BaseUrl, ExchangeKeys Keys, TradingVenue Venue, FaultScript Faults, Func<IReadOnlyList<ExchangeCall>> Calls, Func<IReadOnlyList<string>> UnknownRequests,
    Action AllowWithdrawals, Action RevokeKey, string OrderEndpoint, (int Status, string Body) TooSmall, IAsyncDisposable Server);

/// <summary>The whole bot with real CCXT in the gateway, against an exchange on loopback; the same tests for each exchange.</summary>
public abstract class LiveTradingSuite : IAsyncLifetime
{
    private const string Post = "LONG BTCUSDT\nEntry 60000\nTP 61000, 62000\nSL 59000\nLeverage 3x";

    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-live-").FullName;
    private LiveVenue _exchange = null!;

    internal abstract Task<LiveVenue> StartExchangeAsync();

    public async Task InitializeAsync()
    {
        _exchange = await StartExchangeAsync();
        Move(60_000m);
    }

    public async Task DisposeAsync()
    {
        await _exchange.Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [NodeFact]
    public async Task Paper_OnLivePrices_TradesWithTheFeesAndStepsOfTheExchange()
    {
        await using var bot = await RunningBot.StartAsync(Settings(RunMode.Paper), Path.Combine(_folder, "data"));
        await UntilAsync(bot, state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null));

        Hand(bot, 1, Post.Replace("Entry 60000", "Entry: market", StringComparison.Ordinal));
        var trade = await UntilTradeAsync(bot, trade => !trade.OpenQuantity.IsZero);
        Assert.Equal("BTC/USDT:USDT", trade.Instrument.Symbol.ToString());
        Assert.Equal(0.1m, trade.Instrument.PriceTick);
        await UntilAsync(bot, state => TradeView.Of(state, state.Trades[trade.Number]).StopHolder == StopHolder.Exchange);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[trade.Number].IsFinished);
        // Not one order went to the exchange.
        Assert.DoesNotContain(_exchange.Calls(), call => call.Method == "POST");
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
        Assert.DoesNotContain(_exchange.Calls(), call => call.Method == "POST" && call.Path.Contains("rder", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task Live_Confirmed_EntryStopAndTargetsGoToTheExchangeAndTheStopEndsTheTrade()
    {
        await using var bot = await StartLiveAsync();
        var shown = await AskAsync(bot, "live", isConfirmed: false);
        Assert.Contains($"{_exchange.Name}-main: locked", shown, StringComparison.Ordinal);
        Assert.Contains("Risk per trade 1 % of equity", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", shown, StringComparison.Ordinal);
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        Assert.Contains($"{_exchange.Name}, perpetual contracts in USDT", await AskAsync(bot, "exchanges", isConfirmed: false), StringComparison.Ordinal);
        Assert.Contains("Price in steps of 0.1", await AskAsync(bot, "exchanges", isConfirmed: false, "btcusdt"), StringComparison.Ordinal);

        Hand(bot, 2, Post.Replace("Entry 60000", "Entry: market", StringComparison.Ordinal));
        var trade = await UntilTradeAsync(bot, trade => !trade.OpenQuantity.IsZero);
        await UntilAsync(bot, state => TradeView.Of(state, state.Trades[trade.Number]).StopHolder == StopHolder.Exchange);
        var position = Assert.Single(_exchange.Venue.Positions);
        Assert.Equal(trade.OpenQuantity, position.Quantity);

        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[trade.Number].IsFinished);
        Assert.Empty(_exchange.Venue.Positions);
        await UntilAsync(bot, state => state.OrdersOf(trade.Number).All(order => !order.IsLive));
        Assert.DoesNotContain(_exchange.UnknownRequests(), _ => true);
    }

    [NodeFact]
    public async Task Live_KeysThatMayWithdraw_CannotBeConfirmed()
    {
        _exchange.AllowWithdrawals();
        await using var bot = await StartLiveAsync();

        Assert.Contains("the key may withdraw money", await ConfirmAsync(bot), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Live_KeyDeletedAtTheExchange_IsSaidInASentence()
    {
        await using var bot = await StartLiveAsync();
        _exchange.RevokeKey();

        var shown = await AskAsync(bot, "live", isConfirmed: false);

        Assert.Contains("The API key or its secret is wrong, or was deleted: add the keys again", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(_exchange.Keys.Secret, shown, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Live_TheExchangeRefusesAnEntry_TheChatIsToldWhyInASentence()
    {
        await using var chat = await RunningBot.ServerAsync();
        await using var bot = await StartLiveAsync(chat);
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        _exchange.Faults.Next(1, new ExchangeFault.AnswerBefore(_exchange.TooSmall.Status, _exchange.TooSmall.Body), _exchange.OrderEndpoint);

        Hand(bot, 2, Post.Replace("Entry 60000", "Entry: market", StringComparison.Ordinal));
        var told = await chat.WaitForMessageAsync(message => message.Text.Contains("the exchange rejected the entry 1 order", StringComparison.Ordinal), RunningBot.Patience);

        Assert.Contains("The order is smaller than the exchange allows.", told.Text, StringComparison.Ordinal);
        Assert.Empty(_exchange.Venue.Positions);
    }

    private AppSettings Settings(RunMode mode, BotApiServer? chat = null) => new()
    {
        Mode = mode,
        Telegram = RunningBot.Settings(chat, "").Telegram,
        Market = new MarketSettings { Source = MarketSource.Exchange },
        Exchange = new ExchangeConnection { Name = _exchange.Name, BaseUrl = _exchange.BaseUrl, RequestsPerSecond = 50 },
        Account = new ChannelAccountSettings { KeyFile = Path.Combine(_folder, "secret.key") },
    };

    private async Task<RunningBot> StartLiveAsync(BotApiServer? chat = null)
    {
        var settings = Settings(RunMode.Live, chat);
        var path = Path.Combine(_folder, "data");
        using (var data = DataFolder.Open(path))
        {
            var values = new KeyValueStore(data);
            new CredentialStore(values, settings.Account.Secrets(values)).Put(settings.Exchange.AccountId, _exchange.Keys);
        }

        var bot = await RunningBot.StartAsync(settings, path);
        await UntilAsync(bot, state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null) && state.Trading.Mode == Core.Risk.TradingMode.ReducingOnly);
        return bot;
    }

    private static Task<string> ConfirmAsync(RunningBot bot) => AskAsync(bot, "live", isConfirmed: true, "yes");

    private static async Task<string> AskAsync(RunningBot bot, string name, bool isConfirmed, params string[] arguments)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        var command = bot.Services.GetRequiredService<CommandRegistry>().Find(name)!;
        var answer = await command.AnswerAsync(new ChatRequest($"ask-{name}", new ChatUser("1", "Ann", Role.Admin), arguments, string.Join(' ', arguments), now, now, isConfirmed, null), CancellationToken.None);
        return string.Join('\n', answer.Rows.Select(row => row.PlainText));
    }

    private static void Hand(RunningBot bot, long id, string text)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        Assert.True(bot.Services.GetRequiredService<PostIntake>().Hand(new ChannelMessage { Channel = new ChannelId("-1001"), MessageId = id, Text = text, PostedAt = now, ReceivedAt = now }));
    }

    private void Move(decimal price)
    {
        _exchange.Venue.MovePrice(Some.Btc, price, price + 0.1m);
        _exchange.Venue.MovePrice(Some.Eth, price / 20m, price / 20m + 0.01m);
    }

    private async Task<Trade> UntilTradeAsync(RunningBot bot, Func<Trade, bool> isWanted)
    {
        await UntilAsync(bot, state => state.Trades.Values.Any(isWanted));
        return await bot.Desk.ReadAsync(state => state.Trades.Values.First(isWanted));
    }

    /// <summary>Looks again and again until it is so; the price stands meanwhile and is told again, as a market does. Bounded.</summary>
    private async Task UntilAsync(RunningBot bot, Func<EngineState, bool> isSo)
    {
        var until = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await bot.Desk.ReadAsync(isSo))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(until) < RunningBot.Patience, await StandAsync(bot));
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>How everything stands, for whoever reads why a test failed.</summary>
    private async Task<string> StandAsync(RunningBot bot) => string.Join('\n',
    [
        .. await bot.Desk.ReadAsync(state => state.Trades.Values.Select(trade => $"#{trade.Number} {trade.Stage} {trade.OpenQuantity} unprotected since {trade.UnprotectedSince}")
            .Concat(state.Orders.Values.Select(order => $"{order.Id} {order.Intent.Kind} {order.Intent.Quantity} {order.State}"))
            .Concat(state.Markets.Where(market => market.Value.Quote is not null).Select(market => $"{market.Key} {market.Value.Quote}")).ToArray()),
        .. _exchange.Calls().TakeLast(30).Select(call => call.Endpoint),
        .. bot.Log.Texts.TakeLast(40),
    ]);
}
