using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>Makes and withdraws orders: the only place that gives order ids and hands orders to the outbox.</summary>
internal sealed class OrderDesk(EngineContext context)
{
    public void PlaceEntry(int tradeNumber, TradeLeg leg, RiskDecision decision)
    {
        var order = NewOrder(tradeNumber, new OrderPurpose.Entry(leg.Index), leg.Kind, leg.Quantity, reduceOnly: false);
        context.Outputs.Add(new EngineOutput.Place(context.Gate.ApproveEntry(decision, order.Intent)));
    }

    /// <summary>An entry that another desk's gate let through.</summary>
    public void PlaceFollowed(int tradeNumber, TradeLeg leg)
    {
        var order = NewOrder(tradeNumber, new OrderPurpose.Entry(leg.Index), leg.Kind, leg.Quantity, reduceOnly: false);
        context.Outputs.Add(new EngineOutput.Place(context.Gate.ApproveFollowed(order.Intent)));
    }

    public void PlaceReducing(int tradeNumber, OrderPurpose purpose, OrderKind kind, Quantity quantity)
    {
        var order = NewOrder(tradeNumber, purpose, kind, quantity, reduceOnly: true);
        context.Outputs.Add(new EngineOutput.Place(context.Gate.ApproveReducing(order.Intent)));
    }

    /// <summary>The same order once more under the same id, after the exchange said that it never arrived.</summary>
    public void PlaceAgain(Order order)
    {
        var approved = context.Gate.ApproveAgain(order);
        context.Save(order.MovedTo(new OrderState.Intended(), context.Now) with { SentAgain = true });
        context.Outputs.Add(new EngineOutput.Place(approved));
    }

    public void Withdraw(Order order)
    {
        if (!order.IsLive || order.State is OrderState.CancelRequested)
            return;
        // Placed by this very event, and no longer wanted at its end: it is not sent at all.
        if (context.Outputs.RemoveAll(output => output is EngineOutput.Place place && place.Order.Intent.Id == order.Id) > 0)
        {
            context.Save(order.MovedTo(context.MadeNow.Contains(order.Id) ? new OrderState.Cancelled("not needed any more before it was sent") : new OrderState.NeverArrived(), context.Now));
            return;
        }

        // A change that this very event asked for is not sent either.
        if (context.Outputs.RemoveAll(output => output is EngineOutput.Amend amend && amend.OrderId == order.Id) > 0)
            order = order with { Change = null };
        context.Save(order.MovedTo(new OrderState.CancelRequested(), context.Now));
        SendCancel(order);
    }

    /// <summary>Has a working stop changed where it stands. It can only reduce a position, as the order itself, and so needs no approval.</summary>
    /// <param name="quantity">Of the whole order.</param>
    public void Amend(Order order, Price trigger, Quantity quantity)
    {
        if (order is not { State: OrderState.Working, Change: null, Intent: { ReduceOnly: true, Kind: OrderKind.StopMarket } })
            throw new InvalidOperationException($"Order {order.Id} is no working stop that nothing else is being done to.");
        var change = new OrderChange(order.Changes + 1, trigger, quantity);
        context.Save(order with { Change = new ChangeUnderWay(change, context.Now), Changes = change.Number, ChangedAt = context.Now });
        context.Outputs.Add(new EngineOutput.Amend(order.Intent.Account, order.Intent.Symbol, order.Id, change));
    }

    public void SendCancel(Order order) =>
        context.Outputs.Add(new EngineOutput.Cancel(order.Intent.Account, order.Intent.Symbol, order.Id));

    private Order NewOrder(int tradeNumber, OrderPurpose purpose, OrderKind kind, Quantity quantity, bool reduceOnly)
    {
        var trade = context.State.Trades[tradeNumber];
        var key = purpose.Key;
        var attempt = trade.Attempts.GetValueOrDefault(key) + 1;
        context.Save(trade with { Attempts = trade.Attempts.SetItem(key, attempt) });
        var order = new Order
        {
            Intent = new OrderIntent
            {
                Id = ClientOrderId.Derive(trade.Signal.Id.Value, purpose, attempt),
                Account = trade.Account,
                Symbol = trade.Instrument.Symbol,
                Side = reduceOnly ? trade.Side.Closing() : trade.Side.Opening(),
                Kind = kind,
                Quantity = quantity,
                ReduceOnly = reduceOnly,
                TradeNumber = tradeNumber,
                Purpose = purpose,
                Leverage = trade.Leverage,
            },
            CreatedAt = context.Now,
            ChangedAt = context.Now,
        };
        if (context.State.Orders.ContainsKey(order.Id))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Trade {tradeNumber} already has an order {order.Id}."));
        context.Save(order);
        context.MadeNow.Add(order.Id);
        return order;
    }
}
