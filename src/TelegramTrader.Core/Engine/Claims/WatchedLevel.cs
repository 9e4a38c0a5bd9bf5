using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine.Claims;

public enum LevelKind
{
    Entry,
    Target,
    Stop,
}

/// <summary>
/// One price that a post named, and whether the market has been there since. A level that the market was beyond when the post came counts only
/// after the market has come back in front of it: what was there before the post is no result of it.
/// </summary>
/// <param name="Number">From 1, the nearest first; 1 for the stop.</param>
/// <param name="Price">As named, in the instrument's scale.</param>
/// <param name="TouchedFrom">The price from which it counts as touched; a little in front, because channels read other exchanges than we do.</param>
/// <param name="IsAbove">Touched by a rise; else by a fall.</param>
/// <param name="IsArmed">The market has been in front of it.</param>
/// <param name="TouchedAt">When it was first touched; null before.</param>
public sealed record WatchedLevel(LevelKind Kind, int Number, Price Price, Price TouchedFrom, bool IsAbove, bool IsArmed, Instant? TouchedAt = null)
{
    /// <summary>The same level after the market was at a price; the very same object when that changes nothing.</summary>
    public WatchedLevel Seen(Price price, Instant at)
    {
        if (TouchedAt is not null)
            return this;
        var isReached = IsAbove ? price >= TouchedFrom : price <= TouchedFrom;
        if (isReached != IsArmed)
            return this;
        return IsArmed ? this with { TouchedAt = at } : this with { IsArmed = true };
    }
}
