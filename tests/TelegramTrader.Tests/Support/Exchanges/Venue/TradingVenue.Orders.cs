using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>Placing, amending, cancelling; and the triggers, which the venue watches itself until they put an order into the book.</summary>
public sealed partial class TradingVenue
{
    /// <summary>Throws <see cref="VenueRefusal"/>. A refused order leaves no trace.</summary>
    public VenueOrder Place(VenueOrderRequest request)
    {
        lock (Gate)
        {
            var market = Tradeable(request.Symbol);
            if (_orders.Exists(order => order.IsOpen && order.Request.ClientId == request.ClientId && order.Request.IsConditional == request.IsConditional))
                throw Refused(ExchangeErrorKind.DuplicateClientOrderId, "duplicate", "Duplicate order sent.");
            if (Settings.IsSpot)
                CheckFunds(request, market);
            var order = new VenueOrder(NextNumber(), request, Now);
            if (request.IsConditional)
                Hold(order);
            else
                Match(order);
            return order;
        }
    }

    /// <summary>Of a pair both. Throws <see cref="VenueRefusal"/> when it is not open any more.</summary>
    public void Cancel(VenueOrder order, VenueOrderStatus ending = VenueOrderStatus.Cancelled, string? reason = null)
    {
        lock (Gate)
        {
            if (!order.IsOpen)
                throw Refused(ExchangeErrorKind.OrderNotFound, "not-open", "Unknown order sent.");
            if (order.List is { } list)
            {
                Cancel(list, ending, reason);
                return;
            }

            if (order.Matched is { } matched)
            {
                _matched.Remove(matched);
                _engine.Cancel(order.Request.Symbol, matched);
                Settle(order.Request.Symbol);
            }

            End(order, ending, reason);
        }
    }

    /// <summary>Another price or quantity for a limit order, which loses its place, or for one that waits. Throws <see cref="VenueRefusal"/>, and then the order stands as it was.</summary>
    /// <param name="type">What an order that waits has become by it; null for what it is.</param>
    public void Amend(VenueOrder order, Quantity quantity, Price? price, Price? trigger, VenueOrderType? type = null)
    {
        lock (Gate)
        {
            if (!order.IsOpen)
                throw Refused(ExchangeErrorKind.OrderNotFound, "not-open", "Unknown order sent.");
            if (quantity <= order.Filled)
                throw Refused(ExchangeErrorKind.InvalidOrder, "filled", $"quantity {quantity} is not more than the filled {order.Filled}");
            var before = order.Request;
            if (Settings.IsSpot && quantity > order.Quantity)
                CheckFunds(before with { Quantity = quantity - order.Quantity }, _markets[before.Symbol]);
            if (order.Matched is { } matched)
            {
                _matched.Remove(matched);
                _engine.Cancel(before.Symbol, matched);
                Settle(before.Symbol);
            }

            order.Request = before with { Quantity = quantity, Price = price, Trigger = trigger, Type = type ?? before.Type };
            order.ChangedAt = Now;
            if (order.Status == VenueOrderStatus.Waiting)
            {
                if (IsTriggered(order))
                {
                    order.Request = before;
                    throw Refused(ExchangeErrorKind.WouldTriggerAtOnce, "immediate-trigger", "Order would immediately trigger.");
                }

                Happened?.Invoke(new VenueEvent.OrderChanged(order, IsAmendment: true));
                return;
            }

            Happened?.Invoke(new VenueEvent.OrderChanged(order, IsAmendment: true));
            if (Hand(order) is not { } error)
                return;
            order.Request = before;
            if (Hand(order) is { } worse)
                End(order, VenueOrderStatus.Expired, worse.Message);
            throw new VenueRefusal(error);
        }
    }

    /// <summary>The newest with this id, open or not; ids of orders that are done may be used again.</summary>
    public VenueOrder? FindByClientId(Symbol symbol, string clientId, bool isConditional) =>
        Locked(() => _orders.FindLast(order => order.Request.ClientId == clientId && order.Request.Symbol == symbol && order.Request.IsConditional == isConditional));

    public VenueOrder? Find(long id) => Locked(() => _orders.Find(order => order.Id == id));

    private VenueMarket Tradeable(Symbol symbol)
    {
        if (!_markets.TryGetValue(symbol, out var market) || market.Quote is null)
            throw Refused(ExchangeErrorKind.UnknownSymbol, "symbol", $"{symbol} is not listed or has no price yet");
        return market.IsTrading ? market : throw Refused(ExchangeErrorKind.Maintenance, "closed", "Market is closed.");
    }

    private void CheckFunds(VenueOrderRequest request, VenueMarket market)
    {
        var asset = request.Side == OrderSide.Sell ? request.Symbol.Base : Settings.SettlementAsset;
        var free = Balances.First(balance => balance.Asset == asset).Free;
        var price = request.Price ?? request.Trigger ?? market.Quote!.Value.Ask;
        var needed = request.Side == OrderSide.Sell ? request.Quantity!.Value.Value : price.Value * request.Quantity!.Value.Value;
        if (needed > free)
            throw Refused(ExchangeErrorKind.InsufficientFunds, "balance", "Account has insufficient balance for requested action.");
    }

    private void Hold(VenueOrder order)
    {
        var request = order.Request;
        if (IsTriggered(order))
            throw Refused(ExchangeErrorKind.WouldTriggerAtOnce, "immediate-trigger", "Order would immediately trigger.");
        if (request.ReduceOnly && Position(request.Symbol)?.Side.Closing() != request.Side)
            throw Refused(ExchangeErrorKind.ReduceOnlyRefused, "reduce-only", "ReduceOnly Order is rejected.");
        _orders.Add(order);
        Happened?.Invoke(new VenueEvent.OrderChanged(order));
    }

    /// <summary>Into the book, for the first time.</summary>
    private void Match(VenueOrder order)
    {
        if (order.Request.TimeInForce == VenueTimeInForce.PostOnly && WouldMatch(order))
            throw Refused(ExchangeErrorKind.WouldTriggerAtOnce, "post-only", "Order would immediately match and take.");
        _orders.Add(order);
        if (Hand(order) is { } error)
        {
            _orders.Remove(order);
            throw new VenueRefusal(error);
        }

        ExpireRest(order);
    }

    /// <summary>What an order at the market, or one that must not wait, did not get at once.</summary>
    private void ExpireRest(VenueOrder order)
    {
        if (order.IsOpen && (order.Request.Type == VenueOrderType.Market || order.Request.TimeInForce is VenueTimeInForce.ImmediateOrCancel or VenueTimeInForce.FillOrKill))
            Cancel(order, VenueOrderStatus.Expired, "not filled at once");
    }

    /// <summary>To the matching engine, under an id of its own. Its refusal, or null.</summary>
    private ExchangeError? Hand(VenueOrder order)
    {
        var id = new ClientOrderId("m" + NextNumber().ToString(CultureInfo.InvariantCulture));
        order.Matched = id;
        _matched[id] = order;
        _engine.MoveTo(Now);
        _refusal = null;
        _engine.Receive(Intent(order, id));
        Settle(order.Request.Symbol);
        if (_refusal is { } refusal && refusal.Id == id)
        {
            _matched.Remove(id);
            order.Matched = null;
            return refusal.Error;
        }

        return null;
    }

    private OrderIntent Intent(VenueOrder order, ClientOrderId id) => new()
    {
        Id = id,
        Account = _engine.Account,
        Symbol = order.Request.Symbol,
        Side = order.Request.Side,
        Kind = order.Request.Type is VenueOrderType.Limit or VenueOrderType.StopLimit or VenueOrderType.TakeProfitLimit
            ? new OrderKind.Limit(order.Request.Price!.Value)
            : new OrderKind.Market(),
        Quantity = order.Remaining,
        // The engine sells coins only out of what is held; whether enough is free was looked at before.
        ReduceOnly = order.Request.ReduceOnly || Settings.IsSpot && order.Request.Side == OrderSide.Sell,
        TradeNumber = 1,
        Purpose = new OrderPurpose.Entry(0),
        Leverage = _markets[order.Request.Symbol].Leverage,
    };

    private bool WouldMatch(VenueOrder order) => OrderTriggers.IsReached(Intent(order, new ClientOrderId("post-only")), PricePoint.Of(_markets[order.Request.Symbol].Quote!.Value));

    private bool IsTriggered(VenueOrder order)
    {
        var trigger = order.Request.Trigger!.Value;
        OrderKind kind = order.Request.Type is VenueOrderType.StopMarket or VenueOrderType.StopLimit ? new OrderKind.StopMarket(trigger) : new OrderKind.TakeProfitMarket(trigger);
        var intent = Intent(order, new ClientOrderId("trigger")) with { Kind = kind };
        return OrderTriggers.IsReached(intent, PricePoint.Of(_markets[order.Request.Symbol].Quote!.Value));
    }

    /// <summary>The trigger was reached: an order goes into the book, or is refused there.</summary>
    private void Trigger(VenueOrder order)
    {
        order.TriggeredAt = order.ChangedAt = Now;
        var request = order.Request;
        if (request.Quantity is null && (Position(request.Symbol) is not { } position || position.Side.Closing() != request.Side))
        {
            End(order, VenueOrderStatus.Expired, "there is no position to close");
            return;
        }

        var working = request with
        {
            Type = request.Type is VenueOrderType.StopMarket or VenueOrderType.TakeProfitMarket ? VenueOrderType.Market : VenueOrderType.Limit,
            Quantity = request.Quantity ?? Position(request.Symbol)!.Quantity,
            ReduceOnly = request.ReduceOnly || request.Quantity is null,
            Trigger = null,
        };
        var entering = Settings.ConditionalOrdersSpawn ? new VenueOrder(NextNumber(), working, Now) : order;
        if (Settings.ConditionalOrdersSpawn)
        {
            order.Status = VenueOrderStatus.Triggered;
            order.Spawned = entering;
            _orders.Add(entering);
        }
        else
        {
            order.Status = VenueOrderStatus.New;
        }

        EndOther(order);
        Happened?.Invoke(new VenueEvent.OrderChanged(order));
        if (Hand(entering) is not { } error)
        {
            ExpireRest(entering);
            return;
        }

        if (Settings.ConditionalOrdersSpawn)
        {
            _orders.Remove(entering);
            order.Spawned = null;
        }

        End(order, VenueOrderStatus.Rejected, error.Message);
    }

    private void End(VenueOrder order, VenueOrderStatus ending, string? reason)
    {
        order.Status = ending;
        order.Reason = reason;
        order.ChangedAt = Now;
        Happened?.Invoke(new VenueEvent.OrderChanged(order));
        TellWhenDone(order);
    }

    private static VenueRefusal Refused(ExchangeErrorKind kind, string code, string message) => new(new ExchangeError(kind, code, message));
}
