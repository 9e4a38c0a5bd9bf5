using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Exchanges;

namespace TelegramTrader.Charts;

/// <summary>
/// The candles around a trade, from wherever the bot has them: the recording that is replayed, the exchange (what it answers is kept), or the stored ones.
/// </summary>
/// <param name="recording">Null where nothing is replayed.</param>
/// <param name="directory">The data folder.</param>
/// <param name="exchange">Null where there is none.</param>
public sealed class TradeCandles(RecordedMarket? recording, string directory, ExchangeParts? exchange, TimeProvider time)
{
    /// <summary>So many are asked for at most: a picture shows a quarter of them.</summary>
    private const int MostCandles = 420;

    /// <summary>All exchanges have these.</summary>
    private static readonly int[] CommonMinutes = [1, 5, 15, 60, 240, 1440];

    // The store has one writer at a time.
    private readonly SemaphoreSlim _fetching = new(1, 1);

    /// <returns>Candles of one timeframe that opened in [from, to), ascending; or none and a sentence that says why.</returns>
    public async Task<(IReadOnlyList<Candle> Candles, string Trouble)> FindAsync(Symbol symbol, Instant from, Instant to, CancellationToken cancellation)
    {
        if (Recorded(symbol, from, to) is { Count: > 0 } recorded)
            return (recorded, "");
        var trouble = exchange is null ? "" : await FetchAsync(exchange, symbol, from, to, cancellation);
        var stored = Stored(symbol, from, to, ref trouble);
        if (stored.Count > 0)
            return (stored, "");
        return ([], trouble.Length > 0 ? trouble : $"There are no candles of {symbol} for that time: neither a recording nor an exchange is connected, and none are stored (candles fetch).");
    }

    private List<Candle> Recorded(Symbol symbol, Instant from, Instant to)
    {
        if (recording is null)
            return [];
        var candles = new List<Candle>();
        var times = recording.OpenTimes;
        for (var index = First(times, from); index < times.Count && times[index] < to; index++)
            foreach (var (of, candle) in recording.CandlesAt(times[index]))
                if (of == symbol)
                    candles.Add(candle);
        return candles;
    }

    /// <summary>Empty when it went well.</summary>
    private async Task<string> FetchAsync(ExchangeParts connection, Symbol symbol, Instant from, Instant to, CancellationToken cancellation)
    {
        await _fetching.WaitAsync(cancellation);
        try
        {
            var store = new CandleStore(directory, connection.Account.Exchange);
            await new CandleFetch(connection.Session, store, time, (_, _) => { }, _ => { }).RunAsync(symbol, Fitting(from, to), from, to, cancellation);
            return "";
        }
        catch (CandleStoreException exception)
        {
            return exception.Message;
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>Of all that is stored of the symbol what covers most of the time, the finest first.</summary>
    private IReadOnlyList<Candle> Stored(Symbol symbol, Instant from, Instant to, ref string trouble)
    {
        IReadOnlyList<Candle> best = [];
        foreach (var name in CandleStore.Exchanges(directory).OrderByDescending(name => name == exchange?.Account.Exchange))
        {
            var store = new CandleStore(directory, name);
            foreach (var timeframe in store.List().Where(series => series.Symbol == symbol).Select(series => series.Timeframe).OrderBy(timeframe => timeframe.Minutes))
            {
                try
                {
                    List<Candle> candles = [.. store.Read(symbol, timeframe, from, to)];
                    // A hundredth more is no reason for coarser ones.
                    if (Covered(candles) > Covered(best) * 1.01)
                        best = candles;
                }
                catch (CandleStoreException exception)
                {
                    trouble = exception.Message;
                }
            }
        }

        return best;
    }

    private static double Covered(IReadOnlyList<Candle> candles) => candles.Count == 0 ? 0 : candles.Count * candles[0].Timeframe.Length.TotalMinutes;

    private static Timeframe Fitting(Instant from, Instant to) =>
        new(Array.Find(CommonMinutes, minutes => (to - from).TotalMinutes <= (double)minutes * MostCandles) is var found and > 0 ? found : CommonMinutes[^1]);

    private static int First(IReadOnlyList<Instant> times, Instant from)
    {
        var (low, high) = (0, times.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
