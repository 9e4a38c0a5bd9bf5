using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>Perpetuals: a position is protected when stops that can only reduce wait for its whole quantity.</summary>
internal sealed class DrillPositions(TradingVenue venue) : DrillHoldings(venue)
{
    public override TimeSpan LongestBare => TimeSpan.FromSeconds(10);

    public override IReadOnlyList<BareHolding> Bare()
    {
        var bare = new List<BareHolding>();
        foreach (var position in Venue.Positions)
        {
            var stopped = Venue.Orders.Where(order => order.Status == VenueOrderStatus.Waiting && order.Request.Symbol == position.Symbol
                    && order.Request.Type == VenueOrderType.StopMarket && order.Request.Side == position.Side.Closing() && (order.Request.ReduceOnly || order.Request.ClosesPosition))
                .Sum(order => order.Request.ClosesPosition ? position.Quantity.Value : order.Quantity.Value);
            if (stopped < position.Quantity.Value)
                bare.Add(new BareHolding(position.Symbol.ToString(), string.Create(CultureInfo.InvariantCulture, $"{position.Side} {position.Quantity} {position.Symbol}, stops for {stopped}")));
        }

        return bare;
    }

    public override IReadOnlyList<string> Differences(DrillBooks books)
    {
        var theirs = Venue.Positions.ToDictionary(position => position.Symbol, position => position.Side.Sign() * position.Quantity.Value);
        var ours = books.OpenTrades.GroupBy(trade => trade.Instrument.Symbol).ToDictionary(group => group.Key, group => group.Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value));
        return [.. ours.Keys.Union(theirs.Keys)
            .Where(symbol => ours.GetValueOrDefault(symbol) != theirs.GetValueOrDefault(symbol))
            .Select(symbol => $"{symbol}: books {ours.GetValueOrDefault(symbol)}, exchange {theirs.GetValueOrDefault(symbol)}")];
    }

    /// <summary>Goes through all executions once more: what was meant to reduce has made nothing larger.</summary>
    public override IReadOnlyList<string> Wrong()
    {
        var wrong = new List<string>();
        var quantities = new Dictionary<Symbol, decimal>();
        foreach (var trade in DrillOrders.ExecutionsOf(Venue))
        {
            var request = trade.Order.Request;
            var before = quantities.GetValueOrDefault(request.Symbol);
            var after = quantities[request.Symbol] = before + (request.Side == OrderSide.Buy ? 1 : -1) * trade.Quantity.Value;
            if (!DrillOrders.IsEntry(trade.Order) && (Math.Abs(after) > Math.Abs(before) || before * after < 0m))
                wrong.Add($"{request.ClientId} was to reduce, and took {request.Symbol} from {before} to {after}");
        }

        wrong.AddRange(DrillOrders.Of(Venue).Where(order => !DrillOrders.IsEntry(order) && !order.Request.ReduceOnly && !order.Request.ClosesPosition)
            .Select(order => $"{order.Request.ClientId} was to reduce, and was not sent as one that can only do that"));
        return wrong;
    }
}
