using System.Globalization;
using System.Text.Json;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>Fetches what is not stored yet, page by page; each page is stored before the next is asked for, so that whatever ends it, it goes on from there.</summary>
/// <param name="progress">Told after each page up to where it has come.</param>
public sealed class CandleFetch(ExchangeSession session, CandleStore store, TimeProvider time, Action<Symbol, Instant> progress)
{
    private const int PageSize = 1000;

    /// <summary>The smallest page that exchanges give. An empty page says so much of the time behind its start, and no more.</summary>
    private const int SmallestPage = 200;

    /// <summary>Returns how many candles were new.</summary>
    /// <exception cref="CandleStoreException">The exchange did not answer, or not with what it was asked for. What came before is stored.</exception>
    public async Task<int> RunAsync(Symbol symbol, Timeframe timeframe, Instant from, Instant to, CancellationToken cancellation)
    {
        var finished = Floor(Instant.From(time.GetUtcNow()), timeframe);
        var end = to < finished ? Floor(to, timeframe) : finished;
        var added = 0;
        foreach (var (start, stop) in store.NotAsked(symbol, timeframe, Floor(from, timeframe), end))
        {
            for (var cursor = start; cursor < stop;)
            {
                cancellation.ThrowIfCancellationRequested();
                var page = await PageAsync(symbol, timeframe, cursor, cancellation);
                var wanted = page.Where(candle => candle.OpenTime >= cursor && candle.OpenTime < stop).ToList();
                if (page.Count > 0 && page[^1].OpenTime < cursor)
                    throw new CandleStoreException($"{session.Account.Exchange} answered with candles up to {page[^1].OpenTime} when asked for {symbol} from {cursor}; it does not give older or newer ones as asked.");
                var next = page.Count == 0 ? cursor + timeframe.Length * SmallestPage : page[^1].CloseTime;
                if (next > stop)
                    next = stop;
                // Far behind the start and up to now: an exchange that only keeps its latest candles answers so. What it skipped is stored as unknown, not as missing there.
                var answeredFrom = cursor;
                if (page.Count > 0 && page[0].OpenTime - cursor > timeframe.Length * SmallestPage && page[^1].CloseTime >= finished)
                    answeredFrom = page[0].OpenTime;
                added += store.Add(symbol, timeframe, wanted, replace: false, answeredFrom < next ? (answeredFrom, next) : null).Added;
                cursor = next;
                progress(symbol, cursor);
            }
        }

        return added;
    }

    private async Task<IReadOnlyList<Candle>> PageAsync(Symbol symbol, Timeframe timeframe, Instant since, CancellationToken cancellation)
    {
        var answer = await session.CallAsync<IReadOnlyList<IReadOnlyList<JsonElement>>>(RequestPriority.Read, 2, "exchange.candles",
            new { account = session.Account.Id.Value, symbol = symbol.ToString(), timeframe = timeframe.ToString(), since = since.UnixMilliseconds, limit = PageSize }, cancellation);
        if (ExchangeErrors.Of(answer) is { } failure)
            throw new CandleStoreException($"{symbol} from {since}: {failure.Error.Message} What came before is stored; the same command goes on from there.");
        var page = new SortedDictionary<long, Candle>();
        foreach (var row in ((GatewayAnswer<IReadOnlyList<IReadOnlyList<JsonElement>>>.Ok)answer).Value)
        {
            var candle = CandleOf(row, timeframe, symbol);
            if (Floor(candle.OpenTime, timeframe) != candle.OpenTime)
                throw new CandleStoreException($"{session.Account.Exchange} answered with a candle of {symbol} at {candle.OpenTime}, where no candle of {timeframe} opens.");
            page[candle.OpenTime.UnixMilliseconds] = candle;
        }

        return [.. page.Values];
    }

    private Candle CandleOf(IReadOnlyList<JsonElement> row, Timeframe timeframe, Symbol symbol)
    {
        try
        {
            if (row.Count != 6)
                throw new FormatException($"it has {row.Count} fields instead of 6");
            return new Candle(new Instant(row[0].GetInt64()), timeframe, new Price(Number(1)), new Price(Number(2)), new Price(Number(3)), new Price(Number(4)), Number(5));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new CandleStoreException($"{session.Account.Exchange} answered with a candle of {symbol} that can't be true: {exception.Message}", exception);
        }

        decimal Number(int index) => decimal.Parse(row[index].GetString() ?? "", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    private static Instant Floor(Instant at, Timeframe timeframe) => new(at.UnixMilliseconds - at.UnixMilliseconds % (long)timeframe.Length.TotalMilliseconds);
}
