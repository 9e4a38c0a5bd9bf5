using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Simulation;

/// <summary>
/// How far the price of one symbol has walked through one candle: from the open over the two extremes to the close, each once, in straight lines.
/// Which extreme comes first is not known; the exchange chooses the worse one for us. Immutable, so that a walk can be stored half-way.
/// </summary>
public sealed record CandleWalk
{
    public required Symbol Symbol { get; init; }

    public required Candle Candle { get; init; }

    public required decimal Price { get; init; }

    public required Instant Time { get; init; }

    /// <summary>The open was visited, with everything that was set off there.</summary>
    public bool IsUnderWay { get; init; }

    public bool HighVisited { get; init; }

    public bool LowVisited { get; init; }

    public bool IsDone { get; init; }

    /// <summary>Where it is heading now; null while that is to be chosen.</summary>
    public WalkGoal? Goal { get; init; }

    /// <summary>What our orders have taken of the candle's volume, in contracts.</summary>
    public decimal VolumeTaken { get; init; }

    public static CandleWalk Start(Symbol symbol, Candle candle) => new()
    {
        Symbol = symbol,
        Candle = candle,
        Price = candle.Open.Value,
        Time = candle.OpenTime,
        HighVisited = candle.High == candle.Open,
        LowVisited = candle.Low == candle.Open,
    };

    /// <summary>The walk with its next goal; the time left is shared equally among the points that are still to be visited.</summary>
    public CandleWalk Towards(WalkPoint point)
    {
        var pointsLeft = (HighVisited ? 0 : 1) + (LowVisited ? 0 : 1) + 1;
        // The close is reached in the last millisecond that belongs to the candle.
        var end = new Instant(Candle.CloseTime.UnixMilliseconds - 1);
        var time = point == WalkPoint.Close ? end : new Instant(Time.UnixMilliseconds + (end.UnixMilliseconds - Time.UnixMilliseconds) / pointsLeft);
        return this with { Goal = new WalkGoal(point, PriceOf(point), Time, Price, time) };
    }

    public CandleWalk Reached()
    {
        var goal = Goal!;
        return this with
        {
            Price = goal.Price,
            Time = goal.Time,
            HighVisited = HighVisited || goal.Point == WalkPoint.High,
            LowVisited = LowVisited || goal.Point == WalkPoint.Low,
            IsDone = goal.Point == WalkPoint.Close,
            Goal = null,
        };
    }

    private decimal PriceOf(WalkPoint point) => point switch
    {
        WalkPoint.High => Candle.High.Value,
        WalkPoint.Low => Candle.Low.Value,
        _ => Candle.Close.Value,
    };
}

public enum WalkPoint
{
    High,
    Low,
    Close,
}

/// <summary>A straight line in price and time towards one point of a candle.</summary>
public sealed record WalkGoal(WalkPoint Point, decimal Price, Instant FromTime, decimal FromPrice, Instant Time)
{
    /// <summary>The price at a time on the line.</summary>
    public decimal PriceAt(Instant time)
    {
        var whole = Time.UnixMilliseconds - FromTime.UnixMilliseconds;
        if (whole <= 0 || time >= Time)
            return Price;
        return FromPrice + (Price - FromPrice) * (time.UnixMilliseconds - FromTime.UnixMilliseconds) / whole;
    }

    /// <summary>When the line reaches a price that lies on it; rounded up to the millisecond.</summary>
    public Instant TimeAt(decimal price)
    {
        if (Price == FromPrice)
            return FromTime;
        var part = (price - FromPrice) / (Price - FromPrice);
        return new Instant(FromTime.UnixMilliseconds + (long)Math.Ceiling(part * (Time.UnixMilliseconds - FromTime.UnixMilliseconds)));
    }
}
