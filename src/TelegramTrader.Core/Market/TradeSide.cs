namespace TelegramTrader.Core.Market;

/// <summary>The direction of a trade idea or position.</summary>
public enum TradeSide
{
    Long,
    Short,
}

public static class TradeSides
{
    /// <summary>+1 for a long, -1 for a short: profit is sign × (exit − entry) × quantity.</summary>
    public static decimal Sign(this TradeSide side) => side == TradeSide.Long ? 1m : -1m;

    public static TradeSide Opposite(this TradeSide side) => side == TradeSide.Long ? TradeSide.Short : TradeSide.Long;

    /// <summary>Whether the first price is better than the second for somebody who wants to close at it: higher for a long, lower for a short.</summary>
    public static bool IsBetterExit(this TradeSide side, Price first, Price second) => side == TradeSide.Long ? first > second : first < second;
}
