using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>Asks what became of an order of ours, and learns what the exchange calls it.</summary>
internal sealed class OrderLookUp(ExchangeSession session, KnownOrders known)
{
    public async Task<(OrderWire? Order, ExchangeFailure? Failure)> FindAsync(KnownOrder order, RequestPriority priority, CancellationToken cancellationToken)
    {
        var intent = order.Intent;
        var request = new { account = session.Account.Id.Value, symbol = intent.Symbol.ToString(), clientOrderId = intent.Id.Value, exchangeOrderId = order.ExchangeId, isTrigger = order.IsTrigger, isPair = order.IsPair };
        var answer = await session.LookAsync<OrderWire>(priority, order.IsPair ? 2 : 1, "exchange.order", request, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
            return (null, failure);
        var found = ((GatewayAnswer<OrderWire>.Ok)answer).Value;
        known.Learn(intent.Id, found.Id, found.ChildId);
        return (found, null);
    }
}
