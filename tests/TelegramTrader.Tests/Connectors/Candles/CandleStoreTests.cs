using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Connectors.Candles;

public sealed class CandleStoreTests : IDisposable
{
    private static readonly Symbol Pair = Symbol.Parse("BTC/USDT:USDT");
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 1, 31, 23, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("candles").FullName;
    private readonly CandleStore _store;

    public CandleStoreTests() => _store = new CandleStore(_folder, "binance");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(25)]
    public void What_was_stored_is_read_back_exactly_over_the_border_of_months(int digits)
    {
        var random = new Random(digits);
        var candles = Enumerable.Range(0, 500).Select(minute => Made(minute, decimal.Round(1m + (decimal)random.NextDouble() / 7m, digits), 1m / (minute + 3))).ToList();
        _store.Add(Pair, Timeframe.OneMinute, candles, replace: false);
        Assert.Equal(candles, _store.Read(Pair, Timeframe.OneMinute, Start, Start + TimeSpan.FromDays(1)));
        var columns = _store.ReadColumns(Pair, Timeframe.OneMinute, Start + TimeSpan.FromMinutes(59), Start + TimeSpan.FromMinutes(61));
        Assert.Equal(candles[59..61], Enumerable.Range(0, columns.Count).Select(index => columns.At(index, Timeframe.OneMinute)));
        Assert.Equal((Pair, Timeframe.OneMinute), Assert.Single(_store.List()));
    }

    [Fact]
    public void A_file_with_any_byte_changed_or_cut_off_is_refused()
    {
        _store.Add(Pair, Timeframe.OneMinute, [Made(0, 100m, 1m), Made(1, 101m, 2m)], replace: false);
        var path = _store.PathOf(Pair, Timeframe.OneMinute, Start);
        var whole = File.ReadAllBytes(path);
        for (var index = 0; index < whole.Length; index++)
        {
            var damaged = whole.ToArray();
            damaged[index] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Throws<CandleStoreException>(() => _store.ReadColumns(Pair, Timeframe.OneMinute, Start, Start + TimeSpan.FromHours(1)));
            File.WriteAllBytes(path, whole[..index]);
            Assert.Throws<CandleStoreException>(() => _store.ReadColumns(Pair, Timeframe.OneMinute, Start, Start + TimeSpan.FromHours(1)));
        }
    }

    [Fact]
    public void A_stored_candle_with_other_values_stays_unless_it_is_to_be_replaced()
    {
        _store.Add(Pair, Timeframe.OneMinute, [Made(0, 100m, 1m)], replace: false);
        var changes = _store.Add(Pair, Timeframe.OneMinute, [Made(0, 200m, 1m), Made(1, 100m, 1m)], replace: false);
        Assert.Equal((1, 0), (changes.Added, changes.Same));
        Assert.Equal(Start, Assert.Single(changes.Different));
        Assert.Equal(100m, First());
        _store.Add(Pair, Timeframe.OneMinute, [Made(0, 200m, 1m)], replace: true);
        Assert.Equal(200m, First());

        decimal First() => _store.Read(Pair, Timeframe.OneMinute, Start, Start + TimeSpan.FromHours(1)).First().Open.Value;
    }

    [Fact]
    public void Gaps_inside_what_was_asked_for_are_the_exchanges()
    {
        _store.Add(Pair, Timeframe.OneMinute, [Made(0, 100m, 1m), Made(3, 100m, 1m)], replace: false, (Start, Start + TimeSpan.FromMinutes(4)));
        _store.Add(Pair, Timeframe.OneMinute, [Made(9, 100m, 1m)], replace: false);
        var series = _store.Describe(Pair, Timeframe.OneMinute)!;
        Assert.Equal(3, series.Count);
        Assert.Equal([true, false], series.Gaps.Select(gap => gap.IsOfExchange));
        Assert.Equal([(Start + TimeSpan.FromMinutes(4), Start + TimeSpan.FromMinutes(9))], _store.NotAsked(Pair, Timeframe.OneMinute, Start, Start + TimeSpan.FromMinutes(9)));
    }

    [Fact]
    public void Files_are_read_with_other_column_orders_and_seconds_and_bad_lines_are_all_named()
    {
        var path = Path.Combine(_folder, "a.csv");
        File.WriteAllText(path, "timestamp,open,close,high,low,volume\n1738364400,10,11,12,9,1.5\n");
        var (candles, problems) = CandleImport.Read(path, Timeframe.OneMinute);
        Assert.Empty(problems);
        Assert.Equal(new Candle(Start, Timeframe.OneMinute, new Price(10m), new Price(12m), new Price(9m), new Price(11m), 1.5m), Assert.Single(candles));
        File.WriteAllText(path, "time,open,high,low,close,volume\n1738364400000,10,9,12,11,1\n1738364460000,x,2,1,1,1\n1738364460001,1,1,1,1,1\n1738364520000,1,1\n");
        Assert.Equal(["line 2", "line 3", "line 4", "line 5"], CandleImport.Read(path, Timeframe.OneMinute).Problems.Select(problem => problem[(path.Length + 2)..].Split(':')[0]));
    }

    private static Candle Made(int minute, decimal price, decimal volume) =>
        new(Start + TimeSpan.FromMinutes(minute), Timeframe.OneMinute, new Price(price), new Price(price * 1.5m), new Price(price / 2m), new Price(price), volume);
}
