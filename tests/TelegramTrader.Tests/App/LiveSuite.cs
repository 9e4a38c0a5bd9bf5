using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>An exchange on loopback, as the whole bot needs it.</summary>
/// <param name="Venue">What is traded there: its perpetual contracts, or its coins.</param>
/// <param name="AllowWithdrawals">Gives the key that right.</param>
/// <param name="RevokeKey">Its owner deletes the key.</param>
/// <param name="OrderEndpoint">Where orders without a trigger go.</param>
/// <param name="CancelEndpoint">Where they are withdrawn.</param>
/// <param name="ClientIdOf">Our id in a request.</param>
/// <param name="TooSmall">What it answers to an order below its minimum: status and body.</param>
internal sealed record LiveVenue(
    string Name, Uri BaseUrl, ExchangeKeys Keys, TradingVenue Venue, FaultScript Faults, Func<IReadOnlyList<ExchangeCall>> Calls, Func<IReadOnlyList<string>> UnknownRequests,
    Action AllowWithdrawals, Action RevokeKey, string OrderEndpoint, string CancelEndpoint, Func<ExchangeCall, string?> ClientIdOf, (int Status, string Body) TooSmall, IAsyncDisposable Server)
{
    /// <summary>Where pairs of stop and target go; null where there are none.</summary>
    public string? PairEndpoint { get; init; }
}

/// <summary>The whole bot with real CCXT in the gateway, against an exchange on loopback.</summary>
public abstract class LiveSuite : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-live-").FullName;

    internal LiveVenue Exchange { get; private set; } = null!;

    private protected string DataPath => Path.Combine(_folder, "data");

    private protected abstract ExchangeMarketKind Kind { get; }

    private protected virtual WatchedStopsPolicy WatchedStops => WatchedStopsPolicy.Refuse;

    internal abstract Task<LiveVenue> StartExchangeAsync();

    private protected abstract void Move(decimal price);

    public virtual async Task InitializeAsync()
    {
        Exchange = await StartExchangeAsync();
        Move(60_000m);
    }

    public async Task DisposeAsync()
    {
        await Exchange.Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private protected AppSettings Settings(RunMode mode, BotApiServer? chat = null) => new()
    {
        Mode = mode,
        Telegram = RunningBot.Settings(chat, "").Telegram,
        Market = new MarketSettings { Source = MarketSource.Exchange },
        WatchedStops = WatchedStops,
        Exchange = new ExchangeConnection { Name = Exchange.Name, Kind = Kind, BaseUrl = Exchange.BaseUrl, RequestsPerSecond = 50 },
        Account = new ChannelAccountSettings { KeyFile = Path.Combine(_folder, "secret.key") },
    };

    private protected void PutKeys(AppSettings settings)
    {
        using var data = DataFolder.Open(DataPath);
        var values = new KeyValueStore(data);
        new CredentialStore(values, settings.Account.Secrets(values)).Put(settings.Exchange.AccountId, Exchange.Keys);
    }

    private protected async Task<RunningBot> StartLiveAsync(BotApiServer? chat = null, bool isFirst = true)
    {
        var settings = Settings(RunMode.Live, chat);
        if (isFirst)
            PutKeys(settings);
        var bot = await RunningBot.StartAsync(settings, DataPath);
        await UntilAsync(bot, state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null) && (!isFirst || state.Trading.Mode == Core.Risk.TradingMode.ReducingOnly));
        return bot;
    }

    private protected static Task<string> ConfirmAsync(RunningBot bot) => AskAsync(bot, "live", isConfirmed: true, "yes");

    private protected static async Task<string> AskAsync(RunningBot bot, string name, bool isConfirmed, params string[] arguments)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        var command = bot.Services.GetRequiredService<CommandRegistry>().Find(name)!;
        var answer = await command.AnswerAsync(new ChatRequest($"ask-{name}", new ChatUser("1", "Ann", Role.Admin), arguments, string.Join(' ', arguments), now, now, isConfirmed, null), CancellationToken.None);
        return string.Join('\n', answer.Rows.Select(row => row.PlainText));
    }

    private protected static void Hand(RunningBot bot, long id, string text)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        Assert.True(bot.Services.GetRequiredService<PostIntake>().Hand(new ChannelMessage { Channel = new ChannelId("-1001"), MessageId = id, Text = text, PostedAt = now, ReceivedAt = now }));
    }

    private protected static Task<Trade> TradeAsync(RunningBot bot, int number) => bot.Desk.ReadAsync(state => state.Trades[number]);

    /// <summary>Looks again and again until it is so. Bounded.</summary>
    private protected async Task UntilAsync(RunningBot bot, Func<EngineState, bool> isSo)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await bot.Desk.ReadAsync(isSo))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < RunningBot.Patience, await StandAsync(bot));
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>How everything stands, for whoever reads why a test failed.</summary>
    private async Task<string> StandAsync(RunningBot bot) => string.Join('\n',
    [
        .. await bot.Desk.ReadAsync(state => state.Trades.Values.Select(trade => $"#{trade.Number} {trade.Stage} {trade.OpenQuantity} target {trade.TargetAtExchange} unprotected since {trade.UnprotectedSince}")
            .Concat(state.Orders.Values.Select(order => $"{order.Id} {order.Intent.Kind} {order.Intent.Quantity} {order.State}"))
            .Concat(state.Markets.Where(market => market.Value.Quote is not null).Select(market => $"{market.Key} {market.Value.Quote}")).ToArray()),
        .. Exchange.Calls().TakeLast(30).Select(call => call.Endpoint),
        .. bot.Log.Texts.TakeLast(40),
    ]);
}
