using System.Runtime.InteropServices;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>Candles of one symbol and timeframe that are there.</summary>
/// <param name="Source">An exchange, or <c>recording</c>.</param>
internal sealed record PastSeries(string Source, Symbol Symbol, Timeframe Timeframe);

/// <summary>The prices of the past that jobs work on: the recording that is replayed, and the candle store of the data folder.</summary>
internal sealed class PastCandles(DataFolder folder, MarketSettings market, ExchangeConnection exchange)
{
    /// <summary>Two years of minutes. A bar takes some 300 bytes while it is worked on, and trading needs memory too.</summary>
    public const int MostBars = 1_100_000;

    private const string Recording = "recording";

    /// <summary>What is there, that of the connected exchange or of the recording first.</summary>
    /// <exception cref="RecordingException">The recording can't be read.</exception>
    public IReadOnlyList<PastSeries> List() =>
    [
        .. market.Source == MarketSource.Recorded ? RecordingFolder.Symbols(market.RecordingPath).Select(symbol => new PastSeries(Recording, symbol, Timeframe.OneMinute)) : [],
        .. CandleStore.Exchanges(folder.Path).OrderBy(name => name != exchange.Name)
            .SelectMany(name => new CandleStore(folder.Path, name).List().Select(entry => new PastSeries(name, entry.Symbol, entry.Timeframe))),
    ];

    /// <summary>The candles of the last so many days that are there, or all.</summary>
    /// <param name="days">Before the last candle; null: all.</param>
    /// <returns>Null with what is wrong.</returns>
    /// <exception cref="OperationCanceledException">Cancelled on the way.</exception>
    public (PriceSeries? Series, string Trouble) Read(PastSeries series, int? days, CancellationToken cancellation)
    {
        try
        {
            var rows = series.Source == Recording ? Recorded(series.Symbol, days) : Stored(series, days, cancellation);
            return rows.Count == 0 ? (null, $"There are no candles of {series.Symbol} {series.Timeframe} in what was asked for.")
                : rows.Count > MostBars ? (null, FormattableString.Invariant($"{series.Symbol} {series.Timeframe} has {rows.Count} candles or more in what was asked for, and a job takes at most {MostBars}: ask for fewer days, or use the command line."))
                : (rows.ToSeries(), "");
        }
        catch (Exception exception) when (exception is CandleStoreException or RecordingException or ArgumentException)
        {
            return (null, exception.Message);
        }
    }

    private Rows Recorded(Symbol symbol, int? days)
    {
        var candles = RecordingFolder.Candles(market.RecordingPath, symbol);
        var rows = new Rows();
        if (candles.Count == 0)
            return rows;
        var from = days is { } count ? candles[^1].OpenTime - TimeSpan.FromDays(count) : new Instant(long.MinValue);
        foreach (var candle in candles)
            if (candle.OpenTime > from && rows.Count <= MostBars)
                rows.Add(candle);
        return rows;
    }

    private Rows Stored(PastSeries series, int? days, CancellationToken cancellation)
    {
        var store = new CandleStore(folder.Path, series.Source);
        var rows = new Rows();
        if (store.Last(series.Symbol, series.Timeframe) is not { } last)
            return rows;
        var from = days is { } count ? last - TimeSpan.FromDays(count) + TimeSpan.FromMilliseconds(1) : new Instant(long.MinValue);
        // Month by month on this thread: the cancellation is looked at in between, and no other thread is taken.
        foreach (var month in store.Months(series.Symbol, series.Timeframe, from, new Instant(long.MaxValue)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (rows.Count > MostBars)
                break;
            rows.Add(store.ReadColumns(series.Symbol, series.Timeframe, Instant.Later(from, month.From), month.To));
        }

        return rows;
    }

    /// <summary>Columns that grow.</summary>
    private sealed class Rows
    {
        private readonly List<long> _times = [];
        private readonly List<decimal> _opens = [];
        private readonly List<decimal> _highs = [];
        private readonly List<decimal> _lows = [];
        private readonly List<decimal> _closes = [];

        public int Count => _times.Count;

        public void Add(in Candle candle)
        {
            _times.Add(candle.OpenTime.UnixMilliseconds);
            _opens.Add(candle.Open.Value);
            _highs.Add(candle.High.Value);
            _lows.Add(candle.Low.Value);
            _closes.Add(candle.Close.Value);
        }

        public void Add(CandleColumns columns)
        {
            _times.AddRange(columns.Times);
            _opens.AddRange(columns.Open);
            _highs.AddRange(columns.High);
            _lows.AddRange(columns.Low);
            _closes.AddRange(columns.Close);
        }

        public PriceSeries ToSeries() => new(
            CollectionsMarshal.AsSpan(_times), CollectionsMarshal.AsSpan(_opens), CollectionsMarshal.AsSpan(_closes), CollectionsMarshal.AsSpan(_highs), CollectionsMarshal.AsSpan(_lows));
    }
}
