using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>Pairs of a limit and a stop at the market: each is an order like any other, matched like any other, and what happens to one ends the other.</summary>
public sealed partial class TradingVenue
{
    private readonly List<VenueOrderList> _lists = [];

    /// <summary>Every list that was ever accepted, in order.</summary>
    public IReadOnlyList<VenueOrderList> Lists => Locked(() => _lists.ToArray());

    /// <summary>Both or none. Throws <see cref="VenueRefusal"/>. Refused ones leave no trace.</summary>
    /// <param name="clientId">Of both together: it may be used again once both have ended.</param>
    public VenueOrderList PlacePair(string clientId, VenueOrderRequest limit, VenueOrderRequest stop)
    {
        lock (Gate)
        {
            var market = Tradeable(limit.Symbol);
            if (_lists.Exists(list => list.IsOpen && list.ClientId == clientId) || limit.ClientId == stop.ClientId
                || _orders.Exists(order => order.IsOpen && (order.Request.ClientId == limit.ClientId || order.Request.ClientId == stop.ClientId)))
                throw Refused(ExchangeErrorKind.DuplicateClientOrderId, "duplicate", "Duplicate order sent.");
            var (first, second) = (new VenueOrder(NextNumber(), limit, Now), new VenueOrder(NextNumber(), stop, Now));
            if (IsTriggered(second) || WouldMatch(first))
                throw Refused(ExchangeErrorKind.WouldTriggerAtOnce, "pair-prices", "The relationship of the prices for the orders is not correct.");
            var list = new VenueOrderList(NextNumber(), clientId, first, second);
            CheckFunds(limit == list.Unlocked.Request ? stop : limit, market);
            first.List = second.List = list;
            _lists.Add(list);
            try
            {
                Match(first);
            }
            catch (VenueRefusal)
            {
                _lists.Remove(list);
                throw;
            }

            Hold(second);
            Happened?.Invoke(new VenueEvent.ListChanged(list));
            return list;
        }
    }

    /// <summary>Throws <see cref="VenueRefusal"/> when nothing of it is open any more.</summary>
    public void Cancel(VenueOrderList list, VenueOrderStatus ending = VenueOrderStatus.Cancelled, string? reason = null)
    {
        lock (Gate)
        {
            if (!list.IsOpen)
                throw Refused(ExchangeErrorKind.OrderNotFound, "not-open", "Unknown order list sent.");
            foreach (var order in list.Orders.Where(order => order.IsOpen))
            {
                TakeOutOfBook(order);
                End(order, ending, reason);
            }
        }
    }

    /// <summary>The newest with this id.</summary>
    public VenueOrderList? FindList(string clientId) => Locked(() => _lists.FindLast(list => list.ClientId == clientId));

    public VenueOrderList? FindList(long id) => Locked(() => _lists.Find(list => list.Id == id));

    /// <summary>The one is executed or triggered: the other has no coins any more.</summary>
    private void EndOther(VenueOrder order)
    {
        if (order.List is not { } list || list.Orders.Single(each => each != order) is not { IsOpen: true } other)
            return;
        TakeOutOfBook(other);
        End(other, VenueOrderStatus.Expired, "the other of the pair was executed or triggered");
    }

    private void TakeOutOfBook(VenueOrder order)
    {
        if (order.Matched is not { } matched)
            return;
        _matched.Remove(matched);
        _engine.Cancel(order.Request.Symbol, matched);
        // Not more than that: what the price sets off besides is under way already, or comes next.
        _engine.OnQuote(_markets[order.Request.Symbol].Quote!.Value with { Time = Instant.Later(Now, _engine.Clock) });
    }

    private void TellWhenDone(VenueOrder order)
    {
        if (order.List is { IsOpen: false } list)
            Happened?.Invoke(new VenueEvent.ListChanged(list));
    }
}
