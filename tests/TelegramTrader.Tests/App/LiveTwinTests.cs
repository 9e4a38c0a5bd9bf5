using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Trading;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Tests.App;

/// <summary>The whole live bot with its paper twin, with real CCXT in the gateway, against Binance on loopback.</summary>
public sealed class LiveTwinTests : IAsyncLifetime
{
    private const string Post = "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000\nLeverage 3x";

    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-twin-").FullName;
    private BinanceServer _binance = null!;

    private string Data => Path.Combine(_folder, "data");

    private string TwinFolder => Path.Combine(Data, "paper-twin");

    public async Task InitializeAsync()
    {
        _binance = await BinanceServer.StartAsync(TimeProvider.System);
        Move(60_000m);
    }

    public async Task DisposeAsync()
    {
        await _binance.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [NodeFact]
    public async Task Trade_OverARestart_IsComparedWithItsTwinInStatus()
    {
        int number;
        await using (var bot = await StartAsync())
        {
            await AskAsync(bot, "live", "yes");
            Assert.DoesNotContain("live minus paper", await AskAsync(bot, "status"), StringComparison.Ordinal);
            Hand(bot, 1);
            number = (await UntilTradeAsync(bot)).Number;
            await UntilAsync(bot, () => Task.FromResult(PairOf(number) is { Live.Entered: > 0m, Twin.Entered: > 0m }));
        }

        await using (var bot = await StartAsync())
        {
            await UntilAsync(bot, async () => await bot.Desk.ReadAsync(state => state.IsReconciled && state.Market(Some.Btc).Quote is not null));
            Move(58_900m);
            await UntilAsync(bot, () => Task.FromResult(PairOf(number)?.IsSettled == true));

            var pair = PairOf(number)!;
            Assert.Null(pair.Gap);
            Assert.Equal(pair.Live.Entered, pair.Twin.Entered);
            Assert.Equal("binance-main", pair.Account.Value);
            var trade = await bot.Desk.ReadAsync(state => state.Trades[number]);
            Assert.Equal(trade.Signal.Id, pair.Signal);
            Assert.Equal(Math.Round(trade.Net.Amount, 6), Math.Round(pair.Live.Net(pair.Side, pair.ContractSize), 6));
            var status = await AskAsync(bot, "status");
            Assert.Contains(TwinText.Line(Assert.Single(bot.Services.GetRequiredService<TwinDesk>().Sums()), new Formats(TimeZoneInfo.Utc)), status, StringComparison.Ordinal);
            Assert.Contains("USDT over 1 trade (delay ", status, StringComparison.Ordinal);
            // What ran on paper is in no figure of the account.
            Assert.Contains("1 positions closed", await AskAsync(bot, "statistics"), StringComparison.Ordinal);
        }

        // Every order at the exchange is one of the live desk's: an entry, and the stop and targets of one trade.
        Assert.Empty(_binance.Futures.Positions);
        Assert.Empty(_binance.UnknownRequests);
        using var twins = DataFolder.Open(TwinFolder);
        using var context = twins.Read();
        Assert.All(context.Trades.Select(row => row.Account).ToArray(), account => Assert.Equal("paper-twin", account));
        Assert.Empty(context.Deliveries);
    }

    [NodeFact]
    public async Task Twin_ThatFails_IsToldOnceAndLiveGoesOn()
    {
        await using var bot = await StartAsync();
        await AskAsync(bot, "live", "yes");
        var twin = bot.Services.GetRequiredService<TwinDesk>();
        Assert.Contains("✓ paper twin: follows the live desk", await AskAsync(bot, "health"), StringComparison.Ordinal);
        // Nothing can be listed that is not settled in the account's asset: the simulated exchange throws.
        twin.Queue.Offer(new TwinInput.Listed([Some.Instrument("BTC/EUR:EUR")], Instant.From(DateTimeOffset.UtcNow)));
        await UntilAsync(bot, () => Task.FromResult(twin.Stopped is not null));

        Hand(bot, 1);
        var trade = await UntilTradeAsync(bot);
        Move(58_900m);
        await UntilAsync(bot, async () => await bot.Desk.ReadAsync(state => state.Trades[trade.Number].IsFinished));

        Assert.Contains("The PAPER twin has stopped: BTC/EUR:EUR is settled in EUR", await AskAsync(bot, "status"), StringComparison.Ordinal);
        Assert.Contains("✗ paper twin: it has stopped: BTC/EUR:EUR is settled in EUR", await AskAsync(bot, "health"), StringComparison.Ordinal);
        Assert.Single(Told(bot).OfType<Notification.TwinStopped>());
        Assert.Null(bot.Services.GetRequiredService<EngineRunner>().Failure);
    }

    [NodeFact]
    public async Task Twin_WhoseFolderIsDamaged_DoesNotKeepTheBotFromTrading()
    {
        Directory.CreateDirectory(TwinFolder);
        await File.WriteAllTextAsync(Path.Combine(TwinFolder, "trading.db"), new string('x', 5_000));
        await using var bot = await StartAsync();
        await AskAsync(bot, "live", "yes");

        Hand(bot, 1);
        await UntilTradeAsync(bot);

        Assert.Contains("The PAPER twin has stopped", await AskAsync(bot, "status"), StringComparison.Ordinal);
        await UntilAsync(bot, () => Task.FromResult(Told(bot).OfType<Notification.TwinStopped>().Count() == 1));
    }

    [NodeFact]
    public async Task Twin_SwitchedOff_IsNotThere()
    {
        await using var bot = await StartAsync(hasTwin: false);

        Assert.Null(bot.Services.GetService<TwinDesk>());
        Assert.False(Directory.Exists(TwinFolder));
        Assert.DoesNotContain("paper", await AskAsync(bot, "status"), StringComparison.OrdinalIgnoreCase);
    }

    [NodeFact]
    public async Task StopAtTheCloseOfACandle_RestsAtTheExchangeAndItsCandlesAreFollowed()
    {
        await using var bot = await StartAsync(hasTwin: false);
        await AskAsync(bot, "live", "yes");
        var candles = bot.Services.GetRequiredService<DeskParts>().Live!.Candles;
        Assert.Empty(candles.Watched);

        Hand(bot, 1, "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000 (4h candle close)\nLeverage 3x");
        var trade = await UntilTradeAsync(bot);
        Assert.Equal(new StopPlan.AtPrice(new Price(59_000m), OnCandleClose: true), trade.Signal.Idea.Stop);
        await UntilAsync(bot, () => Task.FromResult(candles.Watched.Count == 1));
        Assert.Equal(new CandleSeries(Some.Btc, Timeframe.OneMinute), Assert.Single(candles.Watched));
        Assert.Empty(_binance.UnknownRequests);

        Move(58_900m);
        await UntilAsync(bot, async () => await bot.Desk.ReadAsync(state => state.Trades[trade.Number].IsFinished));
        await UntilAsync(bot, () => Task.FromResult(candles.Watched.Count == 0));
    }

    private async Task<RunningBot> StartAsync(bool hasTwin = true)
    {
        var settings = new AppSettings
        {
            Mode = RunMode.Live,
            PaperTwin = hasTwin,
            Market = new MarketSettings { Source = MarketSource.Exchange },
            Exchange = new ExchangeConnection { Name = "binance", BaseUrl = _binance.BaseUrl, RequestsPerSecond = 50 },
            Account = new ChannelAccountSettings { KeyFile = Path.Combine(_folder, "secret.key") },
        };
        using (var data = DataFolder.Open(Data))
        {
            var values = new KeyValueStore(data);
            new CredentialStore(values, settings.Account.Secrets(values)).Put(settings.Exchange.AccountId, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null));
        }

        var bot = await RunningBot.StartAsync(settings, Data);
        await UntilAsync(bot, async () => await bot.Desk.ReadAsync(state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null)));
        return bot;
    }

    private static async Task<string> AskAsync(RunningBot bot, string name, params string[] arguments)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        var command = bot.Services.GetRequiredService<CommandRegistry>().Find(name)!;
        var answer = await command.AnswerAsync(new ChatRequest($"ask-{name}", new ChatUser("1", "Ann", Role.Admin), arguments, string.Join(' ', arguments), now, now, true, null), CancellationToken.None);
        return string.Join('\n', answer.Rows.Select(row => row.PlainText));
    }

    private static void Hand(RunningBot bot, long id, string text = Post)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        Assert.True(bot.Services.GetRequiredService<PostIntake>().Hand(new ChannelMessage { Channel = new ChannelId("-1001"), MessageId = id, Text = text, PostedAt = now, ReceivedAt = now }));
    }

    private void Move(decimal price) => _binance.Futures.MovePrice(Some.Btc, price, price + 0.1m);

    private static Notification[] Told(RunningBot bot)
    {
        using var context = bot.Services.GetRequiredService<DataFolder>().Read();
        return [.. context.Outbox.Where(row => row.Kind == OutboxKind.Notify).Select(row => row.Document!).AsEnumerable().Select(document => DomainJson.Read<Notification>(document))];
    }

    /// <summary>As the twin wrote it down.</summary>
    private TwinTrade? PairOf(int number)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(TwinFolder, "twin-trades.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Document FROM Pairs WHERE Number = $1";
        command.Parameters.AddWithValue("$1", number);
        return command.ExecuteScalar() is string json ? DomainJson.Read<TwinTrade>(json) : null;
    }

    private static async Task<Trade> UntilTradeAsync(RunningBot bot)
    {
        await UntilAsync(bot, async () => await bot.Desk.ReadAsync(state => state.Trades.Values.Any(trade => TradeView.Of(state, trade).StopHolder == StopHolder.Exchange)));
        return await bot.Desk.ReadAsync(state => state.Trades.Values.Last(trade => !trade.OpenQuantity.IsZero));
    }

    /// <summary>Looks again and again until it is so. Bounded.</summary>
    private static async Task UntilAsync(RunningBot bot, Func<Task<bool>> isSo)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < RunningBot.Patience, string.Join('\n', bot.Log.Texts.TakeLast(40)));
            await pause.WaitForNextTickAsync();
        }
    }
}
