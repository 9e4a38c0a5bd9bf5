using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine.Claims;

/// <summary>The prices of a post as levels to watch.</summary>
internal static class WatchedLevels
{
    /// <summary>No exchange gives more.</summary>
    public const decimal HighestLeverage = 200m;

    /// <param name="instrument">Owns the rounding, by which no figure of a post becomes a price of zero.</param>
    /// <param name="multiplier">From the post's prices to the instrument's.</param>
    /// <param name="market">The price when the post came.</param>
    /// <param name="nearness">The part of a price by which a touch may miss it.</param>
    /// <param name="nearnessOfTheWay">The most by which it may, as a part of the way from the entry.</param>
    public static IReadOnlyList<WatchedLevel> Of(ParsedSignal idea, Instrument instrument, decimal multiplier, Price market, decimal nearness, decimal nearnessOfTheWay)
    {
        var isLong = idea.Side == TradeSide.Long;
        var levels = new List<WatchedLevel>();
        var entries = Entries(idea.Entry).Select(price => instrument.RoundToTick(price.Value * multiplier)).ToArray();
        var reference = entries.Length > 0 ? entries[0] : market;
        // A limit for a long is reached from above, a breakout from below.
        var entryIsAbove = isLong == idea.Entry is EntryPlan.OnBreakout;
        for (var index = 0; index < entries.Length; index++)
            levels.Add(Level(LevelKind.Entry, index + 1, entries[index], market, entryIsAbove, isArmed: true));
        var prices = idea.Targets.Select(target => target switch
        {
            TargetPlan.AtPrice at => instrument.RoundToTick(at.Price.Value * multiplier),
            TargetPlan.AtGain gain => instrument.RoundToTick(reference.Value * (1m + idea.Side.Sign() * gain.Fraction)),
            _ => (Price?)null,
        }).OfType<Price>();
        var number = 0;
        foreach (var price in isLong ? prices.Order() : prices.OrderDescending())
            levels.Add(Level(LevelKind.Target, ++number, price, reference, isLong, isArmed: false));
        Price? stop = idea.Stop switch
        {
            StopPlan.AtPrice at => instrument.RoundToTick(at.Price.Value * multiplier),
            StopPlan.AtLoss loss => instrument.RoundToTick(reference.Value * (1m - idea.Side.Sign() * loss.Fraction)),
            _ => null,
        };
        if (stop is { } level)
            levels.Add(Level(LevelKind.Stop, 1, level, reference, !isLong, isArmed: false));
        return levels;

        WatchedLevel Level(LevelKind kind, int place, Price price, Price from, bool isAbove, bool isArmed)
        {
            var margin = Math.Min(price.Value * nearness, Math.Abs(price - from) * nearnessOfTheWay);
            return new WatchedLevel(kind, place, price, price.Moved(isAbove ? -margin : margin), isAbove, isArmed);
        }
    }

    private static IReadOnlyList<Price> Entries(EntryPlan entry) => entry switch
    {
        EntryPlan.AtMarket => [],
        EntryPlan.OnBreakout breakout => [breakout.Trigger],
        _ => entry.Prices,
    };
}
