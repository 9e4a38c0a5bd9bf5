using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>The bot's orders as the exchange keeps them, told by their ids: <c>ttabc…-e0-1</c>, of a pair <c>ttabc…-t1-2_L</c> and <c>…_S</c>.</summary>
internal static class DrillOrders
{
    /// <summary>How the ids of orders begin that are not the bot's.</summary>
    public const string ByHand = "by-hand";

    /// <summary>Every order that the exchange took from the bot; what it made of a stop itself is none.</summary>
    public static VenueOrder[] Of(TradingVenue venue)
    {
        var orders = venue.Orders;
        var made = orders.Select(order => order.Spawned).OfType<VenueOrder>().ToHashSet();
        return [.. orders.Where(order => !made.Contains(order) && IsOurs(order))];
    }

    public static IEnumerable<VenueTrade> ExecutionsOf(TradingVenue venue) => venue.Trades.Where(trade => IsOurs(trade.Order));

    /// <summary>Only what the drill itself has ordered is not: an id that the bot should not have given is the bot's all the same.</summary>
    private static bool IsOurs(VenueOrder order) => !order.Request.ClientId.StartsWith(ByHand, StringComparison.Ordinal);

    /// <summary>One and the same for both of a pair.</summary>
    public static string IdOf(VenueOrder order) => order.Request.ClientId.Split('_')[0];

    /// <summary>What all orders of one trade have in common.</summary>
    public static string TradeOf(VenueOrder order) => order.Request.ClientId.Split('-')[0];

    /// <summary>e0, s, t1, x: as in the id.</summary>
    public static string PurposeOf(VenueOrder order) => order.Request.ClientId.Split('-')[1];

    public static bool IsEntry(VenueOrder order) => PurposeOf(order)[0] == 'e';

    /// <summary>Ids that came twice, and entries that stand more than once: e0-1 and e0-2 of one signal are two attempts at the same entry, and together must not be more than one.</summary>
    public static IEnumerable<string> Doubled(TradingVenue venue)
    {
        var orders = Of(venue);
        foreach (var twice in orders.GroupBy(IdOf).Select(group => (Id: group.Key, Times: group.Select(order => (object?)order.List ?? order).Distinct().Count())).Where(each => each.Times > 1))
            yield return $"the exchange took the order {twice.Id} {twice.Times} times";
        foreach (var leg in orders.Where(IsEntry).GroupBy(order => order.Request.ClientId[..order.Request.ClientId.LastIndexOf('-')]).Select(group => (Id: group.Key, Times: group.Count(order => order.IsOpen || !order.Filled.IsZero))))
            if (leg.Times > 1)
                yield return $"the entry {leg.Id} stands {leg.Times} times at the exchange";
    }
}
