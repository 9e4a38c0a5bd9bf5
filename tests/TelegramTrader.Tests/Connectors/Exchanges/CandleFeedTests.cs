using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class CandleFeedTests : IEventSink, IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedExchangeGateway _gateway = new();
    private readonly ConcurrentQueue<EngineEvent> _events = [];
    private readonly CancellationTokenSource _life = new();
    private readonly RequestBudget _budget;
    private readonly ExchangeSession _session;
    private readonly CandleFeed _feed;
    private readonly long _start;
    private Task _living = Task.CompletedTask;
    private Task _running = Task.CompletedTask;

    public CandleFeedTests()
    {
        _start = Now;
        _budget = new RequestBudget(new RequestBudgetOptions(1_000, 1_000), _time);
        _session = new ExchangeSession(_gateway, new ExchangeAccount(Some.Account, "binance", ExchangeMarketKind.Swap, "USDT"), () => null, _budget, _time, NullLogger<ExchangeSession>.Instance);
        _feed = new CandleFeed(_session, this, new CandleFeedOptions(), _time, NullLogger<CandleFeed>.Instance);
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
    public async Task Pushed_InOrderTwiceAndOfOthers_EachIsToldOnce()
    {
        await FollowAsync(isPushed: true);
        Push(-1);
        Push(0);
        Push(0);
        Push(0, symbol: "ETH/USDT:USDT");
        Push(0, timeframe: "5m");
        _time.Advance(TimeSpan.FromMinutes(1));
        Push(1);
        Assert.Equal([0, 1], Told);
        Assert.Empty(_gateway.CallsOf("exchange.candles"));
    }

    [Theory]
    [InlineData("\"1\", \"2\", \"3\", \"1\", \"1\"")]
    [InlineData("\"1\", \"1\", \"1\", \"-1\", \"1\"")]
    [InlineData("1, 1, 1, 1, 1")]
    [InlineData("null, null, null, null, null")]
    [InlineData("\"1\"")]
    public async Task Pushed_ACandleThatCannotBe_IsNotPassedOn(string values)
    {
        await FollowAsync(isPushed: true);
        _gateway.Notify("exchange.candle", $$"""{ "account": "main", "symbol": "BTC/USDT:USDT", "timeframe": "1m", "candle": [{{_start}}, {{values}}] }""");
        Assert.Empty(Told);
    }

    [Fact]
    public async Task Pushed_FarBeforeItsEnd_IsNotBelieved()
    {
        await FollowAsync(isPushed: true);
        Push(2);
        Push(0);
        Assert.Equal([0], Told);
    }

    [Fact]
    public async Task Pushed_AfterAGap_WhatIsMissingIsAskedFor()
    {
        await FollowAsync(isPushed: true);
        Push(0);
        // The exchange has nothing to say of the next one yet.
        await PassAsync(TimeSpan.FromSeconds(125), () => false);
        Push(2);
        Assert.Equal([0], Told);

        _gateway.Answer("exchange.candles", Rows(1, 2, 3));
        await PassAsync(TimeSpan.FromSeconds(100), () => Told.Count > 2);

        Assert.Equal([0, 1, 2], Told);
    }

    [Fact]
    public async Task NotPushed_IsAskedForAfterItsEndAndTheOpenOneIsNotTold()
    {
        await FollowAsync(isPushed: false);
        _gateway.Answer("exchange.candles", Rows(0, 1));
        await PassAsync(TimeSpan.FromSeconds(58), () => false);
        Assert.Empty(_gateway.CallsOf("exchange.candles"));
        await PassAsync(TimeSpan.FromSeconds(10), () => Told.Count > 0);
        Assert.Equal([0], Told);
        var asked = Assert.Single(_gateway.CallsOf("exchange.candles"));
        Assert.Equal((_start, 2), (asked.GetProperty("since").GetInt64(), asked.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public async Task NotPushed_TheExchangeFails_IsAskedAgainAndNothingIsLost()
    {
        await FollowAsync(isPushed: false);
        for (var failure = 0; failure < 3; failure++)
            _gateway.Refuse("exchange.candles", "network", mayHaveHappened: false);
        _gateway.Answer("exchange.candles", Rows(0, 1));
        await PassAsync(TimeSpan.FromMinutes(2), () => Told.Count > 0);
        Assert.Equal(0, Told[0]);
        Assert.Equal(4, _gateway.CallsOf("exchange.candles").Count);
    }

    [Fact]
    public async Task Clock_OfTheExchangeIsAhead_ItsTimeCounts()
    {
        _gateway.Answer("exchange.clock", """{ "serverTime": 1000, "offset": 30000 }""");
        await FollowAsync(isPushed: false);
        _gateway.Answer("exchange.candles", Rows(0));
        await PassAsync(TimeSpan.FromSeconds(40), () => Told.Count > 0);
        Assert.Equal([0], Told);
    }

    [Fact]
    public async Task Gateway_DiesAndComesBack_IsWatchedAgainAndTheGapIsFetched()
    {
        await FollowAsync(isPushed: true);
        Push(0);
        _gateway.Die();
        await PassAsync(TimeSpan.FromMinutes(3), () => false);
        Assert.Empty(_gateway.CallsOf("exchange.candles"));
        _gateway.Answer("exchange.watchCandles", """{ "pushed": true }""");
        _gateway.Answer("exchange.candles", Rows(1, 2, 3));

        var second = _gateway.LiveAsync(_life.Token);
        await PassAsync(TimeSpan.FromSeconds(20), () => Told.Count > 2);

        Assert.Equal([0, 1, 2], Told);
        Assert.Equal(2, _gateway.CallsOf("exchange.watchCandles").Count);
        _living = Task.WhenAll(_living, second);
    }

    [Fact]
    public async Task LongAbsence_TheLatestAreFetchedAndTheRestIsLeftOut()
    {
        await FollowAsync(isPushed: false);
        _gateway.Die();
        _time.Advance(TimeSpan.FromMinutes(1000.5));
        _gateway.Answer("exchange.candles", Rows([.. Enumerable.Range(801, 200)]));
        var second = _gateway.LiveAsync(_life.Token);
        await PassAsync(TimeSpan.FromSeconds(20), () => Told.Count > 0);

        var asked = Assert.Single(_gateway.CallsOf("exchange.candles"));
        Assert.Equal((_start + 801 * 60_000L, 200), (asked.GetProperty("since").GetInt64(), asked.GetProperty("limit").GetInt32()));
        Assert.Equal(Enumerable.Range(801, 199), Told);
        _living = Task.WhenAll(_living, second);
    }

    [Fact]
    public async Task Reads_AreHeldBack_CandlesAreAskedForLater()
    {
        await FollowAsync(isPushed: false);
        _gateway.Answer("exchange.candles", Rows(0));
        _budget.Pause(TimeSpan.FromMinutes(3));
        await PassAsync(TimeSpan.FromMinutes(2), () => false);
        Assert.Empty(_gateway.CallsOf("exchange.candles"));
        await PassAsync(TimeSpan.FromMinutes(2), () => Told.Count > 0);
        Assert.Equal([0], Told);
    }

    [Fact]
    public async Task Watch_NothingAnyMore_EndsIt()
    {
        await FollowAsync(isPushed: true);
        _gateway.Answer("exchange.watchCandles", """{ "pushed": false }""");
        _feed.Watch([]);
        await PassAsync(TimeSpan.FromSeconds(10), () => _gateway.CallsOf("exchange.watchCandles").Count > 1);
        Push(0);
        Assert.Empty(Told);
        Assert.Equal(0, _gateway.CallsOf("exchange.watchCandles")[1].GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task Watch_IsRefused_IsTriedAgainLessAndLessOftenAndCandlesAreAskedFor()
    {
        for (var refusal = 0; refusal < 4; refusal++)
            _gateway.Refuse("exchange.watchCandles", "network", mayHaveHappened: false);
        _gateway.Answer("exchange.watchCandles", """{ "pushed": true }""");
        _gateway.Answer("exchange.candles", Rows(0));
        _living = _gateway.LiveAsync(_life.Token);
        await _session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        _feed.Watch([new CandleSeries(Some.Btc, Timeframe.OneMinute)]);
        _running = _feed.RunAsync(_life.Token);

        await PassAsync(TimeSpan.FromSeconds(25), () => false);
        Assert.InRange(_gateway.CallsOf("exchange.watchCandles").Count, 2, 4);
        await PassAsync(TimeSpan.FromMinutes(2), () => Told.Count > 0 && _gateway.CallsOf("exchange.watchCandles").Count == 5);
        Assert.Equal(0, Told[0]);
    }

    [Fact]
    public void Series_OfATimeframeThatDoesNotDivideADay_CannotBe() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandleSeries(Some.Btc, new Timeframe(7 * 1440)));

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<int> Told => [.. _events.OfType<EngineEvent.CandleClosed>().Select(closed => (int)((closed.Candle.OpenTime.UnixMilliseconds - _start) / 60_000))];

    private string Row(int minute) => $"""[{_start + minute * 60_000L}, "100", "101", "99", "100.5", "7"]""";

    private string Rows(params int[] minutes) => $"[{string.Join(", ", minutes.Select(Row))}]";

    private void Push(int minute, string symbol = "BTC/USDT:USDT", string timeframe = "1m")
    {
        // An exchange says so when it is so.
        if (_time.GetUtcNow().ToUnixTimeMilliseconds() < _start + 50_000 && minute == 0)
            _time.Advance(TimeSpan.FromSeconds(50));
        _gateway.Notify("exchange.candle", $$"""{ "account": "main", "symbol": "{{symbol}}", "timeframe": "{{timeframe}}", "candle": {{Row(minute)}} }""");
    }

    private async Task FollowAsync(bool isPushed)
    {
        _gateway.Answer("exchange.watchCandles", isPushed ? """{ "pushed": true }""" : """{ "pushed": false }""");
        _living = _gateway.LiveAsync(_life.Token);
        await _session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        _feed.Watch([new CandleSeries(Some.Btc, Timeframe.OneMinute)]);
        _running = _feed.RunAsync(_life.Token);
        await _gateway.CalledAsync("exchange.watchCandles");
    }

    /// <summary>Lets so much time go by, or less when it is so before.</summary>
    private async Task PassAsync(TimeSpan length, Func<bool> isSo)
    {
        // What the time that went by sets off runs on other threads, which need a moment of their own.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var passed = TimeSpan.Zero; passed < length && !isSo(); passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await pause.WaitForNextTickAsync();
        }
    }
}
