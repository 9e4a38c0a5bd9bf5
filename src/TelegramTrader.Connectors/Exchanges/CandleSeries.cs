using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>The candles of one symbol over one timeframe. Whole parts of a day only: the candles of exchanges begin with the UTC day, those of longer timeframes each as it likes.</summary>
public sealed record CandleSeries
{
    private const int MinutesADay = 1440;

    /// <exception cref="ArgumentOutOfRangeException">The timeframe does not divide a day.</exception>
    public CandleSeries(Symbol symbol, Timeframe timeframe)
    {
        if (timeframe.Minutes < 1 || MinutesADay % timeframe.Minutes != 0)
            throw new ArgumentOutOfRangeException(nameof(timeframe), timeframe.Minutes, "The candles that are followed divide a day (1440 minutes).");
        (Symbol, Timeframe) = (symbol, timeframe);
    }

    public Symbol Symbol { get; }

    public Timeframe Timeframe { get; }

    /// <summary>When the candle that is open at this moment began.</summary>
    public Instant OpenAt(Instant at) => new(at.UnixMilliseconds - at.UnixMilliseconds % (long)Timeframe.Length.TotalMilliseconds);

    public override string ToString() => $"{Symbol} {Timeframe}";
}
