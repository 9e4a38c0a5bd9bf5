using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>Turns the numbers of the entry into one of the plans: market, limit, zone, ladder, breakout.</summary>
internal static class EntryPlanner
{
    public static EntryPlan? Plan(EntryReading entry, TradeSide? side, decimal factor, ChannelProfile profile, Post post)
    {
        var numbers = entry.Numbers;
        if (numbers.Count == 0)
            return entry.IsMarket ? new EntryPlan.AtMarket(null) : null;
        var prices = numbers.ConvertAll(number => new Price(number.Value * factor));
        if (IsBreakout(entry, side) && prices.Count <= 2)
            return new EntryPlan.OnBreakout(prices[0]) { Limit = prices.Count == 2 ? prices[1] : null };
        if (prices.Count == 1)
            return entry.IsMarket ? new EntryPlan.AtMarket(prices[0]) : new EntryPlan.AtLimit(prices[0]);
        if (prices.Count == 2 && prices[0] == prices[1])
            return entry.IsMarket ? new EntryPlan.AtMarket(prices[0]) : new EntryPlan.AtLimit(prices[0]);
        if (prices.Count == 2 && IsZone(entry, post, profile))
            return new EntryPlan.InRange(prices[0], prices[1]);
        return new EntryPlan.AsLadder(prices.ConvertAll(price => new LadderRung(price, 1m / prices.Count)));
    }

    /// <summary>A long that waits for a price above, a short that waits for one below.</summary>
    private static bool IsBreakout(EntryReading entry, TradeSide? side)
    {
        if (entry.Manner.Has(Term.Breakout) || entry.Manner.Has(Term.StopOrder))
            return true;
        return (side == TradeSide.Long && entry.Manner.Has(Term.Above)) || (side == TradeSide.Short && entry.Manner.Has(Term.Below));
    }

    /// <summary>"0.71 to 0.69": one word between the two, and none that lists them.</summary>
    private static bool IsWordBetween(EntryReading entry, Post post)
    {
        var between = entry.Numbers[1].Token - 1;
        return between == entry.Numbers[0].Token + 1 && post[between].Kind == TokenKind.Word && !post.Has(between, Term.And) && !post.Has(between, Term.Or);
    }

    private static bool IsZone(EntryReading entry, Post post, ChannelProfile profile)
    {
        if (entry.Manner.Has(Term.Zone) || entry.Manner.Has(Term.Between))
            return true;
        if (IsWordBetween(entry, post) || entry.Numbers[1].Joint is '~' or '_' or '•')
            return true;
        return profile.TwoPricesAreZone && entry.Numbers[1].Joint is '-' or '/';
    }
}
