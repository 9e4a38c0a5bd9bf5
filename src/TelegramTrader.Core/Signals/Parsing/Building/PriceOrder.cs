using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>The side that the order of the prices gives: a long has stop &lt; entry &lt; targets, a short the reverse.</summary>
internal static class PriceOrder
{
    public static TradeSide? SideOf(List<FieldNumber> entries, List<FieldNumber> targets, FieldNumber? stop)
    {
        var reference = entries.Count > 0 ? entries[0].Value : (decimal?)null;
        var target = targets.Find(number => !number.IsPercent)?.Value;
        var stopPrice = stop is { IsPercent: false } ? stop.Value : (decimal?)null;
        var byTarget = Compare(target, reference);
        var byStop = Compare(reference, stopPrice);
        if (byTarget is null && byStop is null)
            return Compare(target, stopPrice);
        if (byTarget is not null && byStop is not null && byTarget != byStop)
            return null;
        return byTarget ?? byStop;
    }

    /// <summary>Whether the stop says one side and the targets the other.</summary>
    public static bool Contradicts(List<FieldNumber> entries, List<FieldNumber> targets, FieldNumber? stop)
    {
        if (entries.Count == 0 || stop is not { IsPercent: false } || targets.Find(number => !number.IsPercent) is not { } target)
            return false;
        return Compare(target.Value, entries[0].Value) is { } byTarget && Compare(entries[0].Value, stop.Value) is { } byStop && byTarget != byStop;
    }

    private static TradeSide? Compare(decimal? upper, decimal? lower)
    {
        if (upper is not { } high || lower is not { } low || high == low)
            return null;
        return high > low ? TradeSide.Long : TradeSide.Short;
    }
}
