using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Every order that waits at the account, ours and those of others, as one list or not at all; and the withdrawal of one that is not ours. Apart from the reading of the account,
/// because exchanges charge much for it and nothing waits for it: what protects must not.
/// </summary>
internal sealed class OpenOrderList(ExchangeSession session, KnownOrders known, IEventSink sink, CcxtExchangeOptions options, TimeProvider time, ILogger logger)
{
    // Binance counts the lists of all symbols as a thirtieth of what it grants in a minute.
    private const double Cost = 20;
    private const int LongestText = 64;

    private readonly Lock _gate = new();
    private Instant? _readAt;
    private bool _isPlanned;

    /// <returns>Whether <see cref="ReadWhenDueAsync"/> is to be run; else somebody does already.</returns>
    public bool Plan()
    {
        lock (_gate)
            return !_isPlanned && (_isPlanned = true);
    }

    /// <summary>Reads it and tells the engine; before that it waits until the reading before is long enough ago.</summary>
    public async Task ReadWhenDueAsync(CancellationToken cancellationToken)
    {
        Instant? due;
        lock (_gate)
            due = _readAt + options.ListOpenOrdersEvery;
        try
        {
            if (due - Now is { } wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
        }
        finally
        {
            // Whoever asks from here on may ask about what this reading does not show.
            lock (_gate)
                (_isPlanned, _readAt) = (false, Now);
        }

        await ReadAsync(cancellationToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await session.WaitUntilOpenAsync(options.WaitUntilOpen, cancellationToken);
        var answer = await session.LookAsync<IReadOnlyList<OrderWire>>(RequestPriority.Read, Cost, "exchange.openOrders", new { account = session.Account.Id.Value }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
        {
            logger.LogWarning("The open orders of {Account} could not be listed: {Reason}", session.Account.Id.Value, failure.Error.Message);
            return;
        }

        var orders = new List<OpenOrder>();
        foreach (var wire in ((GatewayAnswer<IReadOnlyList<OrderWire>>.Ok)answer).Value)
        {
            // Another kind of contract than the bot trades, and what is being executed this moment, can't be decided about.
            if (!Symbol.TryParse(wire.Symbol, out var symbol) || wire is { Type: "market", Trigger: null })
                continue;
            if (Read(wire, symbol) is not { } order)
            {
                logger.LogWarning("The open orders of {Account} are not believed: {Side} {Type} of {Quantity} in {Symbol} can't be true", session.Account.Id.Value, wire.Side, wire.Type, wire.Quantity, symbol);
                return;
            }

            orders.Add(order);
        }

        sink.Post(new EngineEvent.OpenOrdersReported(session.Account.Id, orders) { At = Now });
    }

    public async Task WithdrawAsync(Symbol symbol, string exchangeId, CancellationToken cancellationToken)
    {
        var request = new { account = session.Account.Id.Value, symbol = symbol.ToString(), exchangeOrderId = exchangeId };
        var answer = await session.CallAsync<OrderWire>(RequestPriority.Protection, 1, "exchange.withdraw", request, cancellationToken);
        // Where it may have been withdrawn all the same, the next lists say whether it was.
        if (ExchangeErrors.Of(answer) is { MayHaveHappened: false } failure)
            sink.Post(new EngineEvent.ForeignOrderNotWithdrawn(session.Account.Id, symbol, exchangeId, failure.Error) { At = Now });
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private OpenOrder? Read(OrderWire wire, Symbol symbol)
    {
        if (wire is not { Id: { Length: > 0 and <= LongestText } id, Side: "buy" or "sell", Type: { Length: > 0 and <= LongestText } type } || wire.ClientOrderId?.Length > LongestText
            || wire.Quantity < 0m || wire.Price < 0m || wire.Trigger < 0m)
            return null;
        return new OpenOrder(
            // What an order became when it was triggered is that order of ours.
            id, known.OwnerOf(wire.Symbol, id, wire.ClientOrderId)?.Intent.Id.Value ?? wire.ClientOrderId, symbol, wire.Side == "buy" ? OrderSide.Buy : OrderSide.Sell, type,
            wire.Quantity is > 0m and var quantity ? new Quantity(quantity) : null, PriceOf(wire.Price), PriceOf(wire.Trigger), wire.ReduceOnly ?? false);
    }

    private static Price? PriceOf(decimal? value) => value is > 0m and var price ? new Price(price) : null;
}
