using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>The candles of one symbol, asked for what was known at a moment: a candle counts once it has closed, so nothing here looks ahead.</summary>
public sealed class SymbolPrices
{
    private readonly TimeSpan _oldest;

    /// <param name="candles">Of one timeframe of at most an hour, which is read from the shortest step between two of them.</param>
    /// <exception cref="ArgumentException">The candles are longer than an hour.</exception>
    public SymbolPrices(PriceRanges candles)
    {
        Candles = candles;
        var shortest = long.MaxValue;
        for (var bar = 1; bar < candles.Count; bar++)
            shortest = Math.Min(shortest, candles.Times[bar] - candles.Times[bar - 1]);
        BarLength = candles.Count < 2 ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(shortest);
        if (BarLength > TimeSpan.FromHours(1))
            throw new ArgumentException($"Candles of at most an hour are needed, but these are of {BarLength.TotalMinutes:0} minutes.");
        var two = BarLength * 2;
        _oldest = two > TimeSpan.FromMinutes(15) ? two : TimeSpan.FromMinutes(15);
    }

    public PriceRanges Candles { get; }

    public TimeSpan BarLength { get; }

    /// <summary>The last close that was known at a moment; null when it is older than 15 minutes (two candles, where those are longer): the feed has a gap there.</summary>
    public double? CloseAt(Instant moment)
    {
        // The first bar that is not closed yet opens after the moment less a bar's length.
        var bar = Candles.FirstAfter(moment - BarLength) - 1;
        return bar >= 0 && moment - (new Instant(Candles.Times[bar]) + BarLength) <= _oldest ? (double)Candles.Closes[bar] : null;
    }

    /// <summary>Logarithms of price changes over equal spans that end at a moment, the latest first. Spans without a price at one of their ends are left out.</summary>
    internal List<double> Changes(Instant until, TimeSpan span, int count)
    {
        var changes = new List<double>(count);
        var later = CloseAt(until);
        for (var step = 1; step <= count; step++)
        {
            var earlier = CloseAt(until - span * step);
            if (later is > 0 and { } end && earlier is > 0 and { } begin)
                changes.Add(Math.Log(end / begin));
            later = earlier;
        }

        return changes;
    }
}
