using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>What the matching engine says, put down in the venue's own records.</summary>
public sealed partial class TradingVenue
{
    private readonly Dictionary<ClientOrderId, VenueOrder> _matched = [];
    private readonly Dictionary<Symbol, SimulatedPosition> _positionsBefore = [];
    private (ClientOrderId Id, ExchangeError Error)? _refusal;

    /// <summary>Lets the price, as it stands, do all that it does: in the book, then to the triggers, until nothing is left.</summary>
    private void Settle(Symbol symbol)
    {
        var market = _markets[symbol];
        if (market.Quote is not { } quote)
            return;
        _engine.OnQuote(quote with { Time = Instant.Later(Now, _engine.Clock) });
        while (_orders.Find(order => order.Status == VenueOrderStatus.Waiting && order.Request.Symbol == symbol && IsTriggered(order)) is { } due)
            Trigger(due);
    }

    private void Answered(ClientOrderId id, OrderAnswer answer)
    {
        if (!_matched.TryGetValue(id, out var order))
            return;
        switch (answer)
        {
            case OrderAnswer.Rejected rejected:
                _refusal = (id, rejected.Error);
                break;
            case OrderAnswer.Accepted when order.Filled.IsZero:
                order.Status = VenueOrderStatus.New;
                Happened?.Invoke(new VenueEvent.OrderChanged(order));
                break;
            case OrderAnswer.Cancelled cancelled:
                _matched.Remove(id);
                End(order, VenueOrderStatus.Expired, cancelled.Reason);
                break;
        }
    }

    private void Filled(Fill fill)
    {
        var order = _matched[fill.OrderId];
        EndOther(order);
        order.Filled += fill.Quantity;
        order.Value += fill.Price.Value * fill.Quantity.Value;
        order.Status = order.Remaining.IsZero ? VenueOrderStatus.Filled : VenueOrderStatus.PartiallyFilled;
        order.ChangedAt = fill.HappenedAt;
        if (order.Remaining.IsZero)
            _matched.Remove(fill.OrderId);
        var (fee, feeAsset) = Settings is { IsSpot: true, FeesInCoins: true } ? _balances.Take(fill) : (fill.Fee.Amount, fill.Fee.Asset);
        Book(order, fill.Price, fill.Quantity, fee, feeAsset, fill.IsMaker, Realised(fill.Symbol, fill.Side, fill.Price, fill.Quantity), fill.HappenedAt);
        TellWhenDone(order);
        // A conditional order that spawned this one is done when it is.
        if (!order.IsOpen && _orders.Find(parent => parent.Spawned == order) is { } parent)
            Happened?.Invoke(new VenueEvent.OrderChanged(parent));
    }

    /// <summary>The exchange closed the position itself: an order of its own, its trade, and the end of whatever was open in the symbol.</summary>
    private void Liquidated(EngineEvent.PositionLiquidated liquidated)
    {
        var position = _positionsBefore[liquidated.Symbol];
        var order = new VenueOrder(NextNumber(), new VenueOrderRequest
        {
            ClientId = "autoclose-" + Now.UnixMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Symbol = liquidated.Symbol,
            Side = position.Side.Closing(),
            Type = VenueOrderType.Limit,
            Price = liquidated.Price,
            Quantity = position.Quantity,
            TimeInForce = VenueTimeInForce.ImmediateOrCancel,
        }, Now)
        {
            Filled = position.Quantity,
            Value = position.Quantity.Value * liquidated.Price.Value,
            Status = VenueOrderStatus.Filled,
        };
        _orders.Add(order);
        Book(order, liquidated.Price, position.Quantity, liquidated.Fee.Amount, liquidated.Fee.Asset, false,
            Realised(liquidated.Symbol, order.Request.Side, liquidated.Price, position.Quantity), Now);
        _income.Add(new VenueIncome(NextNumber(), VenueIncomeKind.Liquidation, liquidated.Symbol, -liquidated.Fee.Amount, liquidated.Fee.Asset, null, null, Now));
        foreach (var open in _orders.Where(open => open.IsOpen && open.Request.Symbol == liquidated.Symbol).ToArray())
        {
            if (open.Matched is { } matched)
            {
                _matched.Remove(matched);
                _engine.Cancel(open.Request.Symbol, matched);
            }

            End(open, VenueOrderStatus.Expired, "the position was liquidated");
        }
    }

    private void Book(VenueOrder order, Price price, Quantity quantity, decimal fee, string feeAsset, bool isMaker, decimal realised, Instant at)
    {
        var trade = new VenueTrade(NextNumber(), order, price, quantity, fee, feeAsset, isMaker, realised, at);
        _trades.Add(trade);
        if (!Settings.IsSpot)
        {
            _income.Add(new VenueIncome(NextNumber(), VenueIncomeKind.Fee, order.Request.Symbol, -fee, feeAsset, null, trade.Id, at));
            if (realised != 0m)
                _income.Add(new VenueIncome(NextNumber(), VenueIncomeKind.Realised, order.Request.Symbol, realised, feeAsset, null, trade.Id, at));
        }

        RememberPosition(order.Request.Symbol);
        Happened?.Invoke(new VenueEvent.Traded(trade));
    }

    private decimal Realised(Symbol symbol, OrderSide side, Price price, Quantity quantity) =>
        _positionsBefore.TryGetValue(symbol, out var before) && before.Side.Closing() == side
            ? before.Reduced(_markets[symbol].Instrument, price, Quantity.Smaller(quantity, before.Quantity)).Realised
            : 0m;

    private void RememberPosition(Symbol symbol)
    {
        if (_engine.Positions.FirstOrDefault(position => position.Symbol == symbol) is { } position)
            _positionsBefore[symbol] = position;
        else
            _positionsBefore.Remove(symbol);
    }

    private void Funded(EngineEvent.FundingPaid paid)
    {
        var income = new VenueIncome(NextNumber(), VenueIncomeKind.Funding, paid.Symbol, paid.Amount.Amount, paid.Amount.Asset, paid.Rate, null, Now);
        _income.Add(income);
        Happened?.Invoke(new VenueEvent.FundingPaid(income));
    }

    private sealed class Listener(TradingVenue venue) : IEventSink
    {
        public void Post(EngineEvent engineEvent)
        {
            switch (engineEvent)
            {
                case EngineEvent.OrderAnswered answered:
                    venue.Answered(answered.OrderId, answered.Answer);
                    break;
                case EngineEvent.OrderFilled filled:
                    venue.Filled(filled.Fill);
                    break;
                case EngineEvent.PositionLiquidated liquidated:
                    venue.Liquidated(liquidated);
                    break;
                case EngineEvent.FundingPaid paid:
                    venue.Funded(paid);
                    break;
            }
        }
    }
}
