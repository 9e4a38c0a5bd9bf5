using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Exchanges;

namespace TelegramTrader.Tests.Connectors.Candles;

public sealed class CandleFetchTests : IAsyncDisposable
{
    private static readonly Symbol Pair = Symbol.Parse("BTC/USDT:USDT");
    private readonly string _folder = Directory.CreateTempSubdirectory("candles").FullName;
    private readonly ExchangeStage _stage = new();
    private readonly CandleStore _store;
    private readonly Instant _now;
    private readonly List<string> _warnings = [];

    public CandleFetchTests()
    {
        _store = new CandleStore(_folder, "binance");
        _now = Instant.From(_stage.Time.GetUtcNow());
        _now = new Instant(_now.UnixMilliseconds - _now.UnixMilliseconds % 60_000);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_goes_on_where_it_was_broken_off_and_leaves_the_unfinished_candle()
    {
        _stage.Gateway.Answer("exchange.candles", Page(-10, -9, -8));
        _stage.Gateway.Refuse("exchange.candles", "network", mayHaveHappened: false);
        var broken = await Assert.ThrowsAsync<CandleStoreException>(FetchAsync);
        Assert.Contains("goes on from there", broken.Message, StringComparison.Ordinal);
        // Overlaps with what is stored, has a hole, and ends with the candle that is still open.
        _stage.Gateway.Answer("exchange.candles", Page(-8, -7, -6, -3, -2, -1, 0));
        Assert.Equal(5, await FetchAsync());
        Assert.Equal([-10, -9, -8, -7, -6, -3, -2, -1], Stored());
        Assert.Equal([At(-10), At(-7), At(-7)], _stage.Gateway.CallsOf("exchange.candles").Select(call => new Instant(call.GetProperty("since").GetInt64())));
        Assert.True(Assert.Single(_store.Describe(Pair, Timeframe.OneMinute)!.Gaps).IsOfExchange);
        // Nothing is asked for twice; the scripted gateway would not answer.
        Assert.Equal(0, await FetchAsync());
    }

    [Fact]
    public async Task Candles_of_other_times_than_asked_for_are_refused()
    {
        _stage.Gateway.Answer("exchange.candles", Page(-30, -29));
        await Assert.ThrowsAsync<CandleStoreException>(FetchAsync);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task A_page_that_jumps_ahead_is_no_gap_when_a_smaller_one_shows_the_candles()
    {
        // It cuts its page at the beginning; asked for ten, it gives them.
        _stage.Gateway.Answer("exchange.candles", Page(-5, -4, -3, -2));
        _stage.Gateway.Answer("exchange.candles", Page(-10, -9, -8, -7, -6));
        _stage.Gateway.Answer("exchange.candles", Page(-5, -4, -3, -2, -1));
        Assert.Equal(10, await FetchAsync());
        Assert.Equal([1000, 5, 1000], _stage.Gateway.CallsOf("exchange.candles").Select(call => call.GetProperty("limit").GetInt32()));
        Assert.Empty(_store.Describe(Pair, Timeframe.OneMinute)!.Gaps);
    }

    [Fact]
    public async Task A_gap_that_two_requests_show_is_the_exchanges()
    {
        _stage.Gateway.Answer("exchange.candles", Page(-10));
        _stage.Gateway.Answer("exchange.candles", Page(-6, -5, -4, -3, -2));
        _stage.Gateway.Answer("exchange.candles", "[]");
        _stage.Gateway.Answer("exchange.candles", Page(-6, -5, -4, -3, -2, -1));
        Assert.Equal(7, await FetchAsync());
        Assert.Equal([At(-10), At(-9), At(-9), At(-6)], _stage.Gateway.CallsOf("exchange.candles").Select(call => new Instant(call.GetProperty("since").GetInt64())));
        Assert.True(Assert.Single(_store.Describe(Pair, Timeframe.OneMinute)!.Gaps).IsOfExchange);
    }

    [Fact]
    public async Task What_an_exchange_with_only_its_latest_candles_skips_stays_unknown()
    {
        _stage.Gateway.Answer("exchange.candles", Page(-3, -2, -1, 0));
        Assert.Equal(3, await FetchAsync());
        Assert.Equal([(At(-10), At(-3))], _store.NotAsked(Pair, Timeframe.OneMinute, At(-10), At(0)));
    }

    private Task<int> FetchAsync() => new CandleFetch(_stage.Session, _store, _stage.Time, (_, _) => { }, _warnings.Add).RunAsync(Pair, Timeframe.OneMinute, At(-10), At(5), CancellationToken.None);

    private IEnumerable<int> Stored() => _store.Read(Pair, Timeframe.OneMinute, At(-100), At(100)).Select(candle => (int)(candle.OpenTime - _now).TotalMinutes);

    private Instant At(int minute) => _now + TimeSpan.FromMinutes(minute);

    private string Page(params int[] minutes) =>
        "[" + string.Join(",", minutes.Select(minute => string.Create(CultureInfo.InvariantCulture, $"""[{At(minute).UnixMilliseconds},"10","12","9","11","1.5"]"""))) + "]";
}
