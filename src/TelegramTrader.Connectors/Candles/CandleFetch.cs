using System.Text.Json;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>
/// Fetches what is not stored yet, page by page; each page is stored before the next is asked for, so that whatever ends it, it goes on from there. What the exchange does not have
/// is only noted as such when it was asked for twice.
/// </summary>
/// <param name="progress">Told after each page up to where it has come.</param>
/// <param name="warn">Told of a damaged month before it is fetched anew.</param>
public sealed class CandleFetch(ExchangeSession session, CandleStore store, TimeProvider time, Action<Symbol, Instant> progress, Action<string> warn)
{
    private const int PageSize = 1000;

    /// <summary>The smallest page that exchanges give. An empty page says so much of the time behind its start, and no more.</summary>
    private const int SmallestPage = 200;

    /// <summary>Returns how many candles were new.</summary>
    /// <exception cref="CandleStoreException">The exchange did not answer, or not with what it was asked for. What came before is stored.</exception>
    public async Task<int> RunAsync(Symbol symbol, Timeframe timeframe, Instant from, Instant to, CancellationToken cancellation)
    {
        var finished = Floor(Instant.From(time.GetUtcNow()), timeframe);
        List<(Instant From, Instant To)> wanted = [(Floor(from, timeframe), Floor(Earlier(to, finished), timeframe))];
        foreach (var damaged in store.SetDamagedAside(symbol, timeframe, from, to))
        {
            warn(damaged.Problem);
            wanted.Add((Floor(damaged.From, timeframe), Earlier(damaged.To, finished)));
        }

        var added = 0;
        foreach (var (begin, end) in wanted)
            foreach (var (start, stop) in store.NotAsked(symbol, timeframe, begin, end))
                for (var cursor = start; cursor < stop;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var answer = await AskAsync(symbol, timeframe, cursor, stop, finished, cancellation);
                    var next = Earlier(answer.To, stop);
                    List<Candle> candles = [.. answer.Candles.Where(candle => candle.OpenTime >= cursor && candle.OpenTime < stop)];
                    added += store.Add(symbol, timeframe, candles, replace: false, answer.From < next ? (answer.From, next) : null).Added;
                    cursor = next;
                    progress(symbol, cursor);
                }

        return added;
    }

    /// <summary>What the exchange has from a place on, and for which time its answer holds. The time before <c>From</c> stays unknown; the fetch goes on at <c>To</c>.</summary>
    private async Task<(IReadOnlyList<Candle> Candles, Instant From, Instant To)> AskAsync(
        Symbol symbol, Timeframe timeframe, Instant cursor, Instant stop, Instant finished, CancellationToken cancellation)
    {
        var page = await PageAsync(symbol, timeframe, cursor, PageSize, cancellation);
        if (page.Count > 0 && page[0].OpenTime <= cursor)
            return (page, cursor, page[^1].CloseTime);
        // An exchange that only gives its latest candles answers so, whatever it is asked for: that says nothing of the time before them.
        if (page.Count > 0 && page[^1].CloseTime >= finished)
            return (page, page[0].OpenTime, page[^1].CloseTime);

        // It jumped ahead. Some cut a page at its beginning instead of its end; asked for no more than the smallest page, they show what is there.
        var empty = page.Count == 0 ? stop : Earlier(page[0].OpenTime, stop);
        var count = (int)Math.Min(SmallestPage, (empty - cursor) / timeframe.Length);
        var again = await PageAsync(symbol, timeframe, cursor, count, cancellation);
        if (again.Count > 0 && again[0].OpenTime < empty)
            return (again, cursor, again[^1].CloseTime);
        return page.Count == 0 || again.Count == 0 ? ([], cursor, cursor + timeframe.Length * count) : (page, cursor, page[^1].CloseTime);
    }

    private async Task<IReadOnlyList<Candle>> PageAsync(Symbol symbol, Timeframe timeframe, Instant since, int limit, CancellationToken cancellation)
    {
        var answer = await session.CallAsync<IReadOnlyList<IReadOnlyList<JsonElement>>>(RequestPriority.Read, 2, "exchange.candles",
            new { account = session.Account.Id.Value, symbol = symbol.ToString(), timeframe = timeframe.ToString(), since = since.UnixMilliseconds, limit }, cancellation);
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

        if (page.Count > 0 && page.Values.Last().OpenTime is var last && last < since)
            throw new CandleStoreException($"{session.Account.Exchange} answered with candles up to {last} when asked for {symbol} from {since}; it does not give older or newer ones as asked.");
        return [.. page.Values];
    }

    private Candle CandleOf(IReadOnlyList<JsonElement> row, Timeframe timeframe, Symbol symbol)
    {
        try
        {
            return CandleRow.Read(row, timeframe);
        }
        catch (FormatException exception)
        {
            throw new CandleStoreException($"{session.Account.Exchange} answered with a candle of {symbol} that can't be true: {exception.Message}", exception);
        }
    }

    private static Instant Floor(Instant at, Timeframe timeframe) => new(at.UnixMilliseconds - at.UnixMilliseconds % (long)timeframe.Length.TotalMilliseconds);

    private static Instant Earlier(Instant one, Instant other) => one < other ? one : other;
}
