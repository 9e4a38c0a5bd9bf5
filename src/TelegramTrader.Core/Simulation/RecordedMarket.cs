using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Simulation;

/// <summary>A stretch of recorded market: candles, funding rates and channel posts, all in order of time.</summary>
public sealed class RecordedMarket
{
    private readonly RecordedCandles? _finer;

    /// <param name="instruments">What can be traded.</param>
    /// <param name="candles">Candles of one timeframe, in any order.</param>
    /// <param name="funding">Funding rates, in any order.</param>
    /// <param name="messages">Posts, in any order; those of one moment keep their order.</param>
    public RecordedMarket(
        IReadOnlyList<Instrument> instruments, IEnumerable<(Symbol Symbol, Candle Candle)> candles,
        IEnumerable<FundingRate> funding, IEnumerable<ChannelMessage> messages)
        : this(instruments, new RecordedCandles(candles), null, funding, messages)
    {
    }

    /// <param name="instruments">What can be traded.</param>
    /// <param name="candles">What is walked through.</param>
    /// <param name="finer">Candles of a shorter timeframe, which show the way through those that they cover; null for none.</param>
    /// <param name="funding">Funding rates, in any order.</param>
    /// <param name="messages">Posts, in any order; those of one moment keep their order.</param>
    public RecordedMarket(
        IReadOnlyList<Instrument> instruments, RecordedCandles candles, RecordedCandles? finer, IEnumerable<FundingRate> funding, IEnumerable<ChannelMessage> messages)
    {
        Instruments = instruments;
        Candles = candles;
        _finer = finer;
        Funding = [.. funding.OrderBy(rate => rate.Time)];
        // When they could be read, not when they were written: a post that reaches us late is acted upon late.
        Messages = [.. messages.OrderBy(message => message.ReceivedAt)];
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    public RecordedCandles Candles { get; }

    /// <summary>The open times of all candles, ascending.</summary>
    public IReadOnlyList<Instant> OpenTimes => Candles.OpenTimes;

    public IReadOnlyList<FundingRate> Funding { get; }

    /// <summary>By the time at which they were received.</summary>
    public IReadOnlyList<ChannelMessage> Messages { get; }

    /// <summary>The candles of one open time, one a symbol.</summary>
    public IReadOnlyList<(Symbol Symbol, Candle Candle)> CandlesAt(Instant openTime) => Candles.At(openTime);

    /// <summary>The last candle of each symbol that opens before a time.</summary>
    public IEnumerable<(Symbol Symbol, Candle Candle)> LastCandlesBefore(Instant time) => Candles.LastBefore(time);

    /// <summary>How many open times lie before a time.</summary>
    public int OpenTimesBefore(Instant time) => Candles.CountBefore(time);

    /// <summary>
    /// The finer candles of one candle; none where some are missing that matter: between them they must reach its extremes, and none may lie outside of it.
    /// </summary>
    public IReadOnlyList<Candle> Within(Symbol symbol, Candle candle)
    {
        if (_finer is null)
            return [];
        var parts = _finer.Between(symbol, candle.OpenTime, candle.CloseTime);
        if (parts.Length < 2)
            return [];
        var (high, low) = (parts[0].High, parts[0].Low);
        foreach (var part in parts)
            (high, low) = (part.High > high ? part.High : high, part.Low < low ? part.Low : low);
        return high == candle.High && low == candle.Low && parts[^1].CloseTime <= candle.CloseTime ? parts.ToArray() : [];
    }
}

/// <param name="Rate">As a fraction of the position's value; positive means that longs pay shorts.</param>
public sealed record FundingRate(Symbol Symbol, Instant Time, decimal Rate);
