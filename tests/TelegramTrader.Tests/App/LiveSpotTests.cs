using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>
/// The whole bot with real CCXT in the gateway, on Binance spot on loopback: it locks the coins of every sale and takes its fee out of them. The owner holds bitcoin
/// of their own there, which stays untouched whatever happens.
/// </summary>
public sealed class LiveSpotTests : IAsyncLifetime
{
    private const string Post = "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000";

    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-spot-").FullName;
    private BinanceServer _binance = null!;
    private decimal _owners;

    public async Task InitializeAsync()
    {
        _binance = await BinanceServer.StartAsync(TimeProvider.System);
        Move(60_000m);
        _binance.Spot.MovePrice(Symbol.Parse("ETH/USDT"), 3_000m, 3_000.01m);
        _binance.Spot.Place(new VenueOrderRequest { ClientId = "by-hand", Symbol = BinanceStage.BtcSpot, Side = OrderSide.Buy, Type = VenueOrderType.Market, Quantity = new Quantity(0.05m) });
        _owners = Bitcoin;
    }

    public async Task DisposeAsync()
    {
        await _binance.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [NodeFact]
    public async Task Targets_TakeTheirPlaceOneAfterTheOtherOverARestart_AndTheOwnersCoinsStay()
    {
        int number;
        await using (var bot = await StartAsync(isFirst: true))
        {
            var shown = await AskAsync(bot, "live", isConfirmed: false);
            Assert.Contains("holds stops, takes our order ids, tells executions", shown, StringComparison.Ordinal);
            await ConfirmAsync(bot);
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
        await using (var bot = await StartAsync(isFirst: false))
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
        await using var bot = await StartAsync(isFirst: true);
        await ConfirmAsync(bot);
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
        await using var bot = await StartAsync(isFirst: true);
        await ConfirmAsync(bot);
        var number = await EnterAsync(bot);

        // Of the two orders of the swap the first answer is lost; of the way back the withdrawal's.
        _binance.Faults.Next(1, new ExchangeFault.CutAfter(), "POST /api/v3/order");
        Move(60_500m);
        await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: 1, UnprotectedSince: null });
        _binance.Faults.Next(1, new ExchangeFault.CutAfter(), "DELETE /api/v3/order");
        Move(59_900m);
        await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: null, UnprotectedSince: null });
        Move(58_900m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);

        var closed = await TradeAsync(bot, number);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), closed.End);
        Assert.Equal(2, _binance.Faults.RequestFaults);
        AssertClean(closed);
    }

    [Fact]
    public async Task Start_OnTheFolderOfThePerpetualsOfTheSameAccount_IsRefused()
    {
        PutKeys();
        using (var data = DataFolder.Open(DataPath))
            new KeyValueStore(data).Set("account", Settings.Exchange.AccountId.Value);

        var refused = await Assert.ThrowsAsync<DataFolderException>(() => RunningBot.StartAsync(Settings, DataPath));
        Assert.Contains("holds the books of the account binance-main, and the settings want binance-main on spot", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Everything of ours was sold but dust, nothing of the owner's, no order is left, and none was sent twice.</summary>
    private void AssertClean(Trade trade)
    {
        Assert.Empty(OpenSales());
        Assert.InRange(Bitcoin - _owners, 0m, trade.Instrument.QuantityStep);
        var sent = _binance.Calls.Where(call => call.Endpoint == "POST /api/v3/order").Select(call => call["newClientOrderId"]).ToArray();
        Assert.Equal(sent.Distinct().Count(), sent.Length);
        Assert.Empty(_binance.UnknownRequests);
    }

    private decimal Bitcoin => _binance.Spot.Balances.First(balance => balance.Asset == "BTC").Total;

    private VenueOrder[] OpenSales() => [.. _binance.Spot.Orders.Where(order => order.IsOpen && order.Request.Side == OrderSide.Sell)];

    private async Task<int> EnterAsync(RunningBot bot)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        Assert.True(bot.Services.GetRequiredService<PostIntake>().Hand(new ChannelMessage { Channel = new ChannelId("-1001"), MessageId = 1, Text = Post, PostedAt = now, ReceivedAt = now }));
        await UntilAsync(bot, state => state.Trades.Values.Any(trade => !trade.OpenQuantity.IsZero && TradeView.Of(state, trade).StopHolder == StopHolder.Exchange));
        return await bot.Desk.ReadAsync(state => state.Trades.Keys.Single());
    }

    private static Task<Trade> TradeAsync(RunningBot bot, int number) => bot.Desk.ReadAsync(state => state.Trades[number]);

    private AppSettings Settings => new()
    {
        Mode = RunMode.Live,
        Market = new MarketSettings { Source = MarketSource.Exchange },
        Exchange = new ExchangeConnection { Name = "binance", Kind = ExchangeMarketKind.Spot, BaseUrl = _binance.BaseUrl, RequestsPerSecond = 50 },
        Account = new ChannelAccountSettings { KeyFile = Path.Combine(_folder, "secret.key") },
    };

    private string DataPath => Path.Combine(_folder, "data");

    private void PutKeys()
    {
        using var data = DataFolder.Open(DataPath);
        var values = new KeyValueStore(data);
        new CredentialStore(values, Settings.Account.Secrets(values)).Put(Settings.Exchange.AccountId, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null));
    }

    private async Task<RunningBot> StartAsync(bool isFirst)
    {
        if (isFirst)
            PutKeys();
        var bot = await RunningBot.StartAsync(Settings, DataPath);
        await UntilAsync(bot, state => state.IsReconciled && state.Markets.Values.Any(market => market.Instrument is not null));
        return bot;
    }

    private static async Task ConfirmAsync(RunningBot bot) =>
        Assert.Contains("LIVE: signals are traded with real money", await AskAsync(bot, "live", isConfirmed: true, "yes"), StringComparison.Ordinal);

    private static async Task<string> AskAsync(RunningBot bot, string name, bool isConfirmed, params string[] arguments)
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        var command = bot.Services.GetRequiredService<CommandRegistry>().Find(name)!;
        var answer = await command.AnswerAsync(new ChatRequest($"ask-{name}", new ChatUser("1", "Ann", Role.Admin), arguments, string.Join(' ', arguments), now, now, isConfirmed, null), CancellationToken.None);
        return string.Join('\n', answer.Rows.Select(row => row.PlainText));
    }

    private void Move(decimal price) => _binance.Spot.MovePrice(BinanceStage.BtcSpot, price, price + 0.01m);

    /// <summary>Looks again and again until it is so. Bounded.</summary>
    private async Task UntilAsync(RunningBot bot, Func<EngineState, bool> isSo)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await bot.Desk.ReadAsync(isSo))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < RunningBot.Patience, await StandAsync(bot));
            await pause.WaitForNextTickAsync();
        }
    }

    private async Task<string> StandAsync(RunningBot bot) => string.Join('\n',
    [
        .. await bot.Desk.ReadAsync(state => state.Trades.Values.Select(trade => $"#{trade.Number} {trade.Stage} {trade.OpenQuantity} target {trade.TargetAtExchange} unprotected since {trade.UnprotectedSince}")
            .Concat(state.Orders.Values.Select(order => $"{order.Id} {order.Intent.Kind} {order.Intent.Quantity} {order.State}"))
            .Concat(state.Markets.Where(market => market.Value.Quote is not null).Select(market => $"{market.Key} {market.Value.Quote}")).ToArray()),
        .. _binance.Calls.TakeLast(30).Select(call => call.Endpoint),
        .. bot.Log.Texts.TakeLast(40),
    ]);
}
