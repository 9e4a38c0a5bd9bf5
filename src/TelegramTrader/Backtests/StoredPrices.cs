using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Backtests;

/// <summary>Prices from the candles that are kept in the data folder.</summary>
/// <param name="directory">The data folder.</param>
/// <param name="exchange">As CCXT calls it; empty for the only one of which candles are stored.</param>
/// <param name="timeframe">What is walked through; where that is longer than a minute, stored minutes show the way.</param>
/// <param name="funding">Rates of funding, which the store does not have.</param>
public sealed class StoredPrices(string directory, string exchange, Timeframe timeframe, IReadOnlyList<FundingRate> funding) : IPriceSource
{
    private static readonly Instant EndOfTime = new(long.MaxValue);

    public PriceHistory Load(IReadOnlyCollection<string> bases, string asset, Instant from)
    {
        try
        {
            var store = new CandleStore(directory, Exchange());
            var stored = store.List().Where(series => series.Symbol.IsPerpetual ? series.Symbol.Settle == asset : series.Symbol.Quote == asset).ToArray();
            var symbols = stored.Where(series => series.Timeframe == timeframe && bases.Any(known => series.Symbol.Base == known || series.Symbol.Base == "1000" + known || series.Symbol.Base == "1M" + known))
                .Select(series => series.Symbol).Order().ToArray();
            var instruments = new List<Instrument>();
            var candles = new List<(Symbol, Candle[])>();
            foreach (var symbol in symbols)
            {
                var columns = store.ReadColumns(symbol, timeframe, from - 3 * timeframe.Length, EndOfTime);
                if (columns.Count == 0)
                    continue;
                instruments.Add(DerivedInstrument.Of(symbol, columns));
                candles.Add((symbol, [.. Enumerable.Range(0, columns.Count).Select(index => columns.At(index, timeframe))]));
            }

            if (candles.Count == 0)
                throw new PriceSourceException($"There are no stored candles of {timeframe} of {string.Join(", ", bases.Order().Take(20))} at or after the first post; candles fetch and import-candles store some.");
            var finer = timeframe == Timeframe.OneMinute ? [] : instruments.Where(instrument => stored.Contains((instrument.Symbol, Timeframe.OneMinute)))
                .Select(instrument => (instrument.Symbol, store.Read(instrument.Symbol, Timeframe.OneMinute, from - 3 * timeframe.Length, EndOfTime).ToArray())).Where(series => series.Item2.Length > 0).ToArray();
            string[] notes =
            [
                $"Derived from the prices: {string.Join("; ", instruments.Select(DerivedInstrument.InWords))}.",
                .. funding.Count == 0 ? ["There are no funding rates: none is paid or received."] : Array.Empty<string>(),
            ];
            return new PriceHistory(
                instruments, new RecordedCandles(candles), finer.Length == 0 ? null : new RecordedCandles(finer),
                [.. funding.Where(rate => instruments.Any(instrument => instrument.Symbol == rate.Symbol))], notes);
        }
        catch (Exception exception) when (exception is CandleStoreException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new PriceSourceException(exception.Message, exception);
        }
    }

    private string Exchange() => exchange.Length > 0 ? exchange : CandleStore.Exchanges(directory) switch
    {
        [var only] => only,
        [] => throw new PriceSourceException("No candles are stored. candles fetch and import-candles store some, or name files with --candles."),
        var several => throw new PriceSourceException($"Candles of {string.Join(", ", several)} are stored: say which with the setting Exchange:Name."),
    };
}
