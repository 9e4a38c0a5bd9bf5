using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>
/// Spot, where there are no positions. What counts is, trade by trade, what the exchange itself has: the coins that the trade's entries bought, less the fees that were taken out of them and
/// what its other orders sold. They are protected by the trade's stops that wait there, alone or in a pair with a target. A target alone has no stop: by the rule of docs/live-trading.md the bot
/// watches it, so that its coins count as protected only while the market stands above half the way from the trade's last stop to it. At half the way or below, the stop must have its place
/// back; and a rest too small for an order of its own can have none. No other excuse counts: not a withdrawal under way, not an order whose answer was lost, not a close that is due.
/// A trade must at no moment have more for sale than it holds, nor sell more than it bought, although the account has enough coins of its owner for that.
/// </summary>
internal sealed class DrillCoins(TradingVenue venue) : DrillHoldings(venue)
{
    /// <summary>Posts put the stop nearer than that: what is worth less at it than the smallest order has no stop.</summary>
    private const decimal FarthestStop = 0.98m;

    // The exchange takes fees to more places than the books have.
    private const decimal Rounding = 0.000_001m;

    private readonly SortedSet<string> _tooMuchForSale = new(StringComparer.Ordinal);

    /// <summary>Coins that were there before the bot: if it sold too much, the exchange would not refuse.</summary>
    public static void GiveToOwner(TradingVenue venue, Symbol symbol, Quantity quantity) => venue.Place(new VenueOrderRequest
    {
        ClientId = $"{DrillOrders.ByHand}-{symbol.Base}",
        Symbol = symbol,
        Side = OrderSide.Buy,
        Type = VenueOrderType.Market,
        Quantity = quantity,
    });

    /// <summary>A sale that never arrived is not sent again before it could not arrive any more, 6 s later: two of them would sell coins of the owner. A start, a look at the account and broken connections come on top.</summary>
    public override TimeSpan LongestBare => TimeSpan.FromSeconds(15);

    public override IReadOnlyList<BareHolding> Bare()
    {
        var bare = new List<BareHolding>();
        var orders = DrillOrders.Of(Venue).ToLookup(DrillOrders.TradeOf);
        foreach (var executions in DrillOrders.ExecutionsOf(Venue).GroupBy(trade => DrillOrders.TradeOf(trade.Order)))
        {
            var market = Venue.Market(executions.First().Order.Request.Symbol);
            var held = executions.Sum(Coins);
            var sales = orders[executions.Key].Where(order => order.IsOpen && order.Request.Side == OrderSide.Sell).ToArray();
            var forSale = sales.GroupBy(DrillOrders.IdOf).Sum(ofOne => ofOne.Max(order => order.Remaining.Value));
            if (forSale > held)
                _tooMuchForSale.Add(string.Create(CultureInfo.InvariantCulture, $"{executions.Key} holds {held} {market.Instrument.Symbol}, and had more for sale: {Text(sales)}"));
            var lastStop = orders[executions.Key].LastOrDefault(order => order.Request.Type == VenueOrderType.StopMarket)?.Request.Trigger;
            var kept = sales.Where(order => order is { Status: VenueOrderStatus.Waiting, Request.Type: VenueOrderType.StopMarket } || IsWatched(order, lastStop, market.Quote!.Value.Bid)).Sum(order => order.Remaining.Value);
            var rest = market.Instrument.RoundDownToStep(Math.Max(0m, held - kept));
            if (market.Instrument.ClearsMinimums(lastStop ?? new Price(market.Quote!.Value.Bid.Value * FarthestStop), rest))
                bare.Add(new BareHolding(executions.Key, string.Create(CultureInfo.InvariantCulture, $"{held} {market.Instrument.Symbol} of {executions.Key}, for sale: {Text(sales)}")));
        }

        return bare;
    }

    public override IReadOnlyList<string> Differences(DrillBooks books)
    {
        var owners = Venue.Trades.Except(DrillOrders.ExecutionsOf(Venue)).ToLookup(trade => trade.Order.Request.Symbol, Coins);
        var ours = books.OpenTrades.Select(trade => (trade.Instrument.Symbol, Coins: trade.OpenQuantity.Value)).Concat(books.Dust).ToLookup(held => held.Symbol, held => held.Coins);
        return [.. Venue.Markets.Select(market => market.Instrument.Symbol)
            .Select(symbol => (Symbol: symbol, Books: ours[symbol].Sum() + owners[symbol].Sum(), Exchange: Venue.Balances.First(balance => balance.Asset == symbol.Base).Total))
            .Where(each => Math.Abs(each.Books - each.Exchange) > Rounding)
            .Select(each => $"{each.Symbol}: books and owner {each.Books}, exchange {each.Exchange}")];
    }

    public override IReadOnlyList<string> Wrong()
    {
        List<string> wrong;
        lock (Venue.Gate)
            wrong = [.. _tooMuchForSale];
        var held = new Dictionary<string, decimal>();
        foreach (var trade in DrillOrders.ExecutionsOf(Venue))
        {
            var key = DrillOrders.TradeOf(trade.Order);
            if ((held[key] = held.GetValueOrDefault(key) + Coins(trade)) < 0m)
                wrong.Add($"{trade.Order.Request.ClientId} sold {trade.Quantity}, {-held[key]} more than were left of what {key} bought");
        }

        return wrong;
    }

    /// <summary>What an execution brought or took.</summary>
    private static decimal Coins(VenueTrade trade) => trade.Order.Request.Side == OrderSide.Sell ? -trade.Quantity.Value
        : trade.Quantity.Value - (trade.FeeAsset == trade.Order.Request.Symbol.Base ? trade.Fee : 0m);

    private static bool IsWatched(VenueOrder order, Price? lastStop, Price bid) => order.Request is { Type: VenueOrderType.Limit, Price: { } target } && order.List is null or { Stop.IsOpen: false }
        && lastStop is { } stop && bid.Value > SwapRule.StopTakesBackAt(stop, target);

    private static string Text(IEnumerable<VenueOrder> sales) =>
        string.Join(", ", sales.Select(order => $"{order.Request.ClientId} {order.Request.Type} {order.Remaining} at {order.Request.Trigger ?? order.Request.Price}").DefaultIfEmpty("nothing"));
}
