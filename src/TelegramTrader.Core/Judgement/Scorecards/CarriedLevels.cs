using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>Stop and targets of a position as fractions of its entry, to be carried over to entries at other minutes.</summary>
internal sealed class CarriedLevels
{
    private readonly TradeSide _side;
    private readonly decimal _risk;
    private readonly decimal[] _gains;

    private CarriedLevels(TradeSide side, decimal risk, decimal[] gains) => (_side, _risk, _gains) = (side, risk, gains);

    /// <returns>Null when there was no entry or no stop, or the stop lies on the wrong side of the entry that was got.</returns>
    public static CarriedLevels? Of(SignalOutcome position)
    {
        if (position is not { EntryPrice: > 0m and { } entry, Stop: > 0m and { } stop, OpenedAt: not null })
            return null;
        var sign = position.Side.Sign();
        var risk = sign * (entry - stop) / entry;
        // A target that the entry had passed would be passed anywhere, and a short can't gain more than everything.
        decimal[] gains = [.. position.Targets.Select(target => sign * (target - entry) / entry).Where(gain => gain > 0m && (position.Side == TradeSide.Long || gain < 1m)).Order()];
        return risk <= 0m ? null : new CarriedLevels(position.Side, risk, gains);
    }

    /// <summary>
    /// Gross result in R of an entry at the open of a bar, by the rule of <see cref="SignalBacktest"/> and without its books, which a result in R does not need: the stop first, then the targets with
    /// equal shares, the rest at the last close.
    /// </summary>
    /// <param name="hold">Bars that it lasts at most, that of the entry included.</param>
    public double Walk(PriceRanges candles, int bar, int hold)
    {
        var (open, sign) = (candles.Opens[bar], _side.Sign());
        var stop = new Price(open * (1m - sign * _risk));
        var end = hold < candles.Count - bar ? bar + hold : candles.Count;
        var (risk, result, hits) = ((double)_risk, 0.0, 0);
        while (true)
        {
            var target = hits < _gains.Length ? new Price(open * (1m + sign * _gains[hits])) : (Price?)null;
            var levels = _side == TradeSide.Long ? candles.Levels(stop, target) : candles.Levels(target, stop);
            var rest = _gains.Length == 0 ? 1 : 1 - (double)hits / _gains.Length;
            if (candles.FirstTouch(bar, end, levels) is not { } touched)
                return result + rest * (double)(sign * (candles.Closes[end - 1] - open) / open) / risk;
            if (_side == TradeSide.Long ? candles.TouchesLower(touched, levels) : candles.TouchesUpper(touched, levels))
                return result - rest;
            result += (double)_gains[hits] / risk / _gains.Length;
            bar = touched;
            if (++hits == _gains.Length)
                return result;
        }
    }
}
