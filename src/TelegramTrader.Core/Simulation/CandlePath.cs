using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>
/// Chooses which extreme of a candle the price visits first, as unkindly as the candle allows: where the stop of a position (or its liquidation) lies
/// within the candle, it is met first; without one, the favourable extreme comes first, so that a stop moved by a target can still be hit afterwards.
/// Before an entry the price goes the wrong way first: an entry's target counts only if the price got there after the entry for certain.
/// </summary>
internal static class CandlePath
{
    public static WalkPoint Next(SimulatedMarket market, CandleWalk walk)
    {
        if (walk.HighVisited && walk.LowVisited)
            return WalkPoint.Close;
        if (walk.HighVisited)
            return WalkPoint.Low;
        if (walk.LowVisited)
            return WalkPoint.High;
        if (market.Position is { } position)
        {
            var adverse = position.Side == TradeSide.Long ? WalkPoint.Low : WalkPoint.High;
            return StopLiesWithin(market, position, walk.Candle) ? adverse : Other(adverse);
        }

        var entry = market.Orders.FirstOrDefault(order => !order.Intent.ReduceOnly);
        if (entry is not null)
            return entry.Intent.Side == OrderSide.Buy ? WalkPoint.High : WalkPoint.Low;
        return walk.Candle.Close >= walk.Candle.Open ? WalkPoint.Low : WalkPoint.High;
    }

    /// <summary>Whether a target of the position lies on the part of the candle that is not visited yet: had it come first, the trade would have ended better.</summary>
    public static bool TargetLiesAhead(SimulatedMarket market, TradeSide side, CandleWalk walk, decimal spread)
    {
        if (side == TradeSide.Long ? walk.HighVisited : walk.LowVisited)
            return false;
        var extreme = PricePoint.OfTrade(side == TradeSide.Long ? walk.Candle.High.Value : walk.Candle.Low.Value, spread);
        return market.Targets(side).Any(target => OrderTriggers.IsReached(target, side.Closing(), extreme));
    }

    private static bool StopLiesWithin(SimulatedMarket market, SimulatedPosition position, Candle candle)
    {
        var isLong = position.Side == TradeSide.Long;
        foreach (var stop in market.ProtectiveStops(position.Side))
            if (isLong ? candle.Low <= stop.Trigger : candle.High >= stop.Trigger)
                return true;
        return position.LiquidationPrice(market.Instrument) is { } liquidation && (isLong ? candle.Low.Value <= liquidation : candle.High.Value >= liquidation);
    }

    private static WalkPoint Other(WalkPoint point) => point == WalkPoint.High ? WalkPoint.Low : WalkPoint.High;
}
