using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class QuoteFeedTests : IEventSink, IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedExchangeGateway _gateway = new();
    private readonly ConcurrentQueue<EngineEvent> _events = [];
    private readonly CancellationTokenSource _life = new();
    private readonly RequestBudget _budget;
    private readonly ExchangeSession _session;
    private readonly QuoteFeed _feed;
    private Task _living = Task.CompletedTask;
    private Task _running = Task.CompletedTask;

    public QuoteFeedTests()
    {
        _budget = new RequestBudget(new RequestBudgetOptions(1_000, 1_000), _time);
        _session = new ExchangeSession(_gateway, new ExchangeAccount(Some.Account, "binance", ExchangeMarketKind.Swap, "USDT"), () => null, _budget, _time, NullLogger<ExchangeSession>.Instance);
        _feed = new QuoteFeed(_session, this, new QuoteFeedOptions(), _time, NullLogger<QuoteFeed>.Instance);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _life.CancelAsync();
        foreach (var task in new[] { _living, _running }.Where(task => !task.IsCompletedSuccessfully))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        _budget.Dispose();
        _life.Dispose();
    }

    void IEventSink.Post(EngineEvent engineEvent) => _events.Enqueue(engineEvent);

    [Fact]
    public async Task Ensure_NobodyWatchesTheSymbol_AsksOnceAndSaysThePrice()
    {
        await OpenAsync();
        _gateway.Answer("exchange.quotes", Quotes(60_000m));

        await _feed.EnsureAsync([Some.Btc], default);
        await _feed.EnsureAsync([Some.Btc], default);

        Assert.Equal(60_000m, Assert.Single(_events.OfType<EngineEvent.QuoteReceived>()).Quote.Bid.Value);
        Assert.Single(_gateway.CallsOf("exchange.quotes"));
        Assert.Contains(Some.Btc, _feed.Watched);
    }

    [Fact]
    public async Task Ensure_TheConnectionBreaks_AsksOnceMore()
    {
        await OpenAsync();
        _gateway.Refuse("exchange.quotes", "network", mayHaveHappened: false);
        _gateway.Answer("exchange.quotes", Quotes(60_000m));

        await _feed.EnsureAsync([Some.Btc], default);

        Assert.Equal(60_000m, Assert.Single(_events.OfType<EngineEvent.QuoteReceived>()).Quote.Bid.Value);
    }

    [Fact]
    public async Task Ensure_ThePriceIsOld_AsksAgain()
    {
        await OpenAsync();
        _gateway.Answer("exchange.quotes", Quotes(60_000m));
        await _feed.EnsureAsync([Some.Btc], default);
        _time.Advance(TimeSpan.FromSeconds(4));
        _gateway.Answer("exchange.quotes", Quotes(60_100m));

        await _feed.EnsureAsync([Some.Btc], default);

        Assert.Equal([60_000m, 60_100m], _events.OfType<EngineEvent.QuoteReceived>().Select(quote => quote.Quote.Bid.Value));
    }

    [Theory]
    [InlineData("\"bid\": \"60001\", \"ask\": \"60000\"")]
    [InlineData("\"bid\": \"-1\", \"ask\": \"60000\"")]
    [InlineData("\"bid\": null, \"ask\": null")]
    public async Task Told_APriceThatCannotBe_IsNotPassedOn(string prices)
    {
        await OpenAsync();
        _gateway.Notify("exchange.quote", $$"""{ "account": "main", "symbol": "BTC/USDT:USDT", {{prices}}, "at": {{Now}} }""");
        Assert.Empty(_events.OfType<EngineEvent.QuoteReceived>());
    }

    [Fact]
    public async Task Told_APushThatOvertookANewerOne_IsOldNews()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        Push(60_000m, Now);
        Push(50_000m, Now - 5_000);
        Push(61_000m, Now);
        Assert.Equal([60_000m, 61_000m], _events.OfType<EngineEvent.QuoteReceived>().Select(quote => quote.Quote.Bid.Value));
    }

    [Fact]
    public async Task Gateway_DiesAndComesBack_LossAndReturnAreTold()
    {
        await OpenAsync();
        _gateway.Answer("exchange.quotes", Quotes(60_000m));
        await _feed.EnsureAsync([Some.Btc], default);
        await UntilAsync(() => _gateway.CallsOf("exchange.watchQuotes").Count > 0);

        _gateway.Die();
        Assert.Equal("Prices of binance", Assert.Single(_events.OfType<EngineEvent.FeedLost>()).Feed);

        var second = _gateway.LiveAsync(_life.Token);
        await UntilAsync(() => _session.State is SessionState.Open);
        Push(60_050m, Now);

        Assert.Single(_events.OfType<EngineEvent.FeedRestored>());
        await UntilAsync(() => _gateway.CallsOf("exchange.watchQuotes").Count > 1);
        _living = Task.WhenAll(_living, second);
    }

    [Fact]
    public async Task Run_TheGatewayDiesOverItsAnswer_ItsNextLifeIsToldWhatToWatch()
    {
        var answered = new TaskCompletionSource();
        _gateway.Hold("exchange.watchQuotes", answered.Task);
        for (var ask = 0; ask < 100; ask++)
            _gateway.Answer("exchange.quotes", "[]");
        _feed.Watch([Some.Btc]);
        await OpenAsync();
        await UntilAsync(() => _gateway.CallsOf("exchange.watchQuotes").Count == 1);

        _gateway.Die();
        answered.SetResult();
        var second = _gateway.LiveAsync(_life.Token);

        await UntilAsync(() => _gateway.CallsOf("exchange.watchQuotes").Count == 2);
        _living = Task.WhenAll(_living, second);
    }

    [Fact]
    public async Task Start_TheGatewayIsStillStarting_IsNoAlarmUntilItTakesTooLong()
    {
        _running = _feed.RunAsync(_life.Token);
        _gateway.Die();
        Assert.Empty(_events);

        await UntilAsync(() => !_events.IsEmpty);

        Assert.IsType<EngineEvent.FeedLost>(Assert.Single(_events));
        Assert.True(_time.Elapsed > TimeSpan.FromSeconds(45));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private string Quotes(decimal bid) => $$"""[ { "symbol": "BTC/USDT:USDT", "bid": "{{bid}}", "ask": "{{bid + 1m}}", "last": null, "at": {{Now}} } ]""";

    private void Push(decimal bid, long at) => _gateway.Notify("exchange.quote", $$"""{ "account": "main", "symbol": "BTC/USDT:USDT", "bid": "{{bid}}", "ask": "{{bid + 1m}}", "at": {{at}} }""");

    private async Task OpenAsync()
    {
        _living = _gateway.LiveAsync(_life.Token);
        await _session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        _running = _feed.RunAsync(_life.Token);
    }

    /// <summary>Lets time go by until it is so; bounded.</summary>
    private async Task UntilAsync(Func<bool> isSo)
    {
        // What the time that went by sets off runs on other threads, which need a moment of their own.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var second = 0; second < 3_000 && !isSo(); second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await pause.WaitForNextTickAsync();
        }

        Assert.True(isSo());
    }
}
