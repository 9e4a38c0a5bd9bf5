using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Simulation;

/// <summary>A stretch of recorded market: candles, funding rates and channel posts, all in order of time.</summary>
public sealed class RecordedMarket
{
    private readonly SortedDictionary<long, List<(Symbol Symbol, Candle Candle)>> _candles = [];

    /// <param name="instruments">What can be traded.</param>
    /// <param name="candles">Candles of one timeframe, in any order.</param>
    /// <param name="funding">Funding rates, in any order.</param>
    /// <param name="messages">Posts, in any order; those of one moment keep their order.</param>
    public RecordedMarket(
        IReadOnlyList<Instrument> instruments, IEnumerable<(Symbol Symbol, Candle Candle)> candles,
        IEnumerable<FundingRate> funding, IEnumerable<ChannelMessage> messages)
    {
        Instruments = instruments;
        foreach (var entry in candles)
        {
            if (!_candles.TryGetValue(entry.Candle.OpenTime.UnixMilliseconds, out var list))
                _candles.Add(entry.Candle.OpenTime.UnixMilliseconds, list = []);
            list.Add(entry);
        }

        OpenTimes = [.. _candles.Keys.Select(time => new Instant(time))];
        Funding = [.. funding.OrderBy(rate => rate.Time)];
        Messages = [.. messages.OrderBy(message => message.PostedAt)];
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>The open times of all candles, ascending.</summary>
    public IReadOnlyList<Instant> OpenTimes { get; }

    public IReadOnlyList<FundingRate> Funding { get; }

    public IReadOnlyList<ChannelMessage> Messages { get; }

    /// <summary>The candles of one open time, one a symbol.</summary>
    public IReadOnlyList<(Symbol Symbol, Candle Candle)> CandlesAt(Instant openTime) => _candles[openTime.UnixMilliseconds];
}

/// <param name="Rate">As a fraction of the position's value; positive means that longs pay shorts.</param>
public sealed record FundingRate(Symbol Symbol, Instant Time, decimal Rate);
