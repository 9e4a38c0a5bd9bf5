using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>One symbol of a venue: what its owner has set for it, its price, its candles. Changed only under the venue's lock.</summary>
public sealed class VenueMarket(Instrument instrument)
{
    private readonly List<Candle> _candles = [];

    public Instrument Instrument { get; } = instrument;

    public Quote? Quote { get; internal set; }

    /// <summary>The price that is said to be the fair one; the middle of the book unless the test says otherwise.</summary>
    public decimal Mark => MarkSet ?? Quote?.Mid.Value ?? 0m;

    public decimal? MarkSet { get; internal set; }

    public decimal Leverage { get; internal set; } = instrument.Symbol.IsPerpetual ? 20m : 1m;

    public bool IsIsolated { get; internal set; }

    public decimal FundingRate { get; internal set; } = 0.0001m;

    /// <summary>Orders are refused while it is not.</summary>
    public bool IsTrading { get; internal set; } = true;

    /// <summary>Minutes, in order of time.</summary>
    public IReadOnlyList<Candle> Candles => _candles;

    internal void Add(Candle candle)
    {
        if (candle.Timeframe != Timeframe.OneMinute)
            throw new ArgumentException($"The candle at {candle.OpenTime} is one of {candle.Timeframe}; candles of one minute are kept.", nameof(candle));
        if (_candles.Count > 0 && _candles[^1].OpenTime >= candle.OpenTime)
            throw new ArgumentException($"The candle at {candle.OpenTime} does not come after that at {_candles[^1].OpenTime}.", nameof(candle));
        _candles.Add(candle);
    }

    /// <summary>Candles of a longer timeframe, made of whole or begun minutes.</summary>
    public IReadOnlyList<Candle> Collected(Timeframe timeframe)
    {
        var length = (long)timeframe.Length.TotalMilliseconds;
        return [.. _candles.GroupBy(candle => candle.OpenTime.UnixMilliseconds / length).Select(group => new Candle(
            new Instant(group.Key * length), timeframe, group.First().Open, group.Max(candle => candle.High), group.Min(candle => candle.Low),
            group.Last().Close, group.Sum(candle => candle.Volume)))];
    }
}
