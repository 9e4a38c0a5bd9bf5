using System.Collections.Concurrent;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Takes orders and withdrawals to an exchange, each once. What the exchange definitely refused is refused; what was sent and not answered is unknown, and nothing is
/// ever sent a second time from here.
/// </summary>
/// <param name="entryLeavesWithin">How long after it was handed over an order that opens a position may be sent.</param>
internal sealed class OrderSender(ExchangeSession session, KnownOrders known, PositionPreparation preparation, TimeSpan entryLeavesWithin, TimeProvider time)
{
    /// <summary>Orders that are being sent, each with what ends when that is over.</summary>
    private readonly ConcurrentDictionary<ClientOrderId, TaskCompletionSource> _underWay = [];

    /// <summary>What the exchange answered. <see langword="null"/> when this very order is being sent already.</summary>
    public async Task<IReadOnlyList<OrderAnswer>?> PlaceAsync(OrderIntent intent, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_underWay.TryAdd(intent.Id, ended))
            return null;
        try
        {
            return intent.ReduceOnly
                ? Read(intent.Id, await session.CallAsync<OrderWire>(RequestPriority.Protection, 1, "exchange.place", Request(intent, null), cancellationToken))
                : await EnterAsync(intent, cancellationToken);
        }
        finally
        {
            _underWay.TryRemove(intent.Id, out _);
            ended.SetResult();
        }
    }

    /// <summary>It was decided on at the prices of its moment: what can't leave in time does not leave at all.</summary>
    private async Task<IReadOnlyList<OrderAnswer>> EnterAsync(OrderIntent intent, CancellationToken cancellationToken)
    {
        // For the gateway too, which may be what hangs.
        var notAfter = Instant.From(time.GetUtcNow()) + entryLeavesWithin;
        using var late = new CancellationTokenSource(entryLeavesWithin, time);
        try
        {
            // Leverage and modes before anything that opens a position. Nothing has been sent for the order yet, so a failure here is a definite no.
            var unprepared = await preparation.EnsureAsync(intent.Symbol, intent.Leverage, late.Token, cancellationToken).WaitAsync(late.Token);
            late.Token.ThrowIfCancellationRequested();
            if (unprepared is not null)
                return [new OrderAnswer.Rejected(unprepared.Error)];
            var answer = await session.CallAsync<OrderWire>(RequestPriority.Entry, 1, "exchange.place", Request(intent, notAfter), cancellationToken, late.Token);
            // It never came to its turn.
            if (answer is GatewayAnswer<OrderWire>.NotRunning)
                late.Token.ThrowIfCancellationRequested();
            return Read(intent.Id, answer);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return [new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.TooLate, "", FormattableString.Invariant($"it could not leave within {entryLeavesWithin.TotalSeconds:0} s")))];
        }
    }

    /// <summary>What the exchange answered to a withdrawal, and how much of the order it said was executed. One that overtook its order would find nothing, and the order would stand.</summary>
    public async Task<(OrderAnswer Answer, decimal? Filled)> CancelAsync(Symbol symbol, ClientOrderId id, CancellationToken cancellationToken)
    {
        if (_underWay.TryGetValue(id, out var sending))
            await sending.Task.WaitAsync(cancellationToken);
        var order = known.Find(id);
        var request = new { account = session.Account.Id.Value, symbol = symbol.ToString(), clientOrderId = id.Value, exchangeOrderId = order?.ExchangeId, isTrigger = order?.IsTrigger ?? false, isPair = order?.IsPair ?? false };
        var answer = await session.CallAsync<OrderWire>(RequestPriority.Protection, 1, "exchange.cancel", request, cancellationToken);
        // A withdrawal whose outcome is unknown is no harm: the order stays "being withdrawn", and the engine asks for it again when it is due.
        return ExchangeErrors.Of(answer) is { } failure
            ? (new OrderAnswer.CancelRefused(failure.Error), null)
            : (new OrderAnswer.Cancelled("withdrawn"), ((GatewayAnswer<OrderWire>.Ok)answer).Value.Filled);
    }

    /// <summary>What the exchange answered to a change. The gateway looks the order up before it changes it.</summary>
    public async Task<OrderAnswer> AmendAsync(Symbol symbol, ClientOrderId id, OrderChange change, CancellationToken cancellationToken)
    {
        // It goes without an approval, so nothing else may ever be changed.
        if (known.Find(id) is not { Intent: { ReduceOnly: true, Kind: OrderKind.StopMarket stop } intent } before)
            return new OrderAnswer.AmendRefused(change, new ExchangeError(ExchangeErrorKind.NotSupported, "amend", $"the order {id} is no stop of ours that reduces a position"));
        known.Change(id, intent.Quantity > change.Quantity ? change with { Quantity = intent.Quantity } : change);
        var request = new
        {
            account = session.Account.Id.Value, symbol = symbol.ToString(), clientOrderId = id.Value, exchangeOrderId = before.ExchangeId, type = "stopMarket",
            trigger = change.Trigger.ToString(), quantity = change.Quantity.ToString(),
        };
        var answer = await session.CallAsync<OrderWire>(RequestPriority.Protection, 2, "exchange.amend", request, cancellationToken);
        switch (ExchangeErrors.Of(answer))
        {
            case null:
                known.Change(id, change);
                return new OrderAnswer.Amended(change);
            case { MayHaveHappened: true } failure:
                return new OrderAnswer.AmendUnknown(change, failure.Error.Message);
            case var failure:
                known.Change(id, change with { Trigger = stop.Trigger, Quantity = intent.Quantity });
                return new OrderAnswer.AmendRefused(change, failure.Error);
        }
    }

    private IReadOnlyList<OrderAnswer> Read(ClientOrderId id, GatewayAnswer<OrderWire> answer)
    {
        if (ExchangeErrors.Of(answer) is { } failure)
            return [failure.MayHaveHappened ? new OrderAnswer.OutcomeUnknown(failure.Error.Message) : new OrderAnswer.Rejected(failure.Error)];
        var order = ((GatewayAnswer<OrderWire>.Ok)answer).Value;
        known.Learn(id, order.Id, order.ChildId);
        // An order that was accepted is accepted, whatever became of it in the same moment; its fills are booked on their own.
        var accepted = new OrderAnswer.Accepted(order.Id ?? id.Value);
        return order.Status switch
        {
            "canceled" or "expired" => [accepted, new OrderAnswer.Cancelled($"{order.Status} by the exchange")],
            "rejected" => [new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.Unrecognised, "rejected", "the exchange rejected the order without a reason"))],
            _ => [accepted],
        };
    }

    /// <param name="notAfter">The gateway sends it by then or not at all; null where late is better than never.</param>
    private object Request(OrderIntent intent, Instant? notAfter) => new
    {
        account = session.Account.Id.Value,
        symbol = intent.Symbol.ToString(),
        side = intent.Side == OrderSide.Buy ? "buy" : "sell",
        type = intent.Kind switch
        {
            OrderKind.Market => "market",
            OrderKind.Limit => "limit",
            OrderKind.StopMarket => "stopMarket",
            OrderKind.TakeProfitMarket => "takeProfitMarket",
            OrderKind.OneCancelsOther => "oneCancelsOther",
            _ => throw new InvalidOperationException($"{intent.Kind.GetType().Name} is not in the set of order kinds."),
        },
        quantity = intent.Quantity.ToString(),
        price = intent.Kind switch
        {
            OrderKind.Limit limit => limit.Price.ToString(),
            OrderKind.OneCancelsOther pair => pair.Limit.ToString(),
            _ => null,
        },
        trigger = intent.Kind switch
        {
            OrderKind.StopMarket stop => stop.Trigger.ToString(),
            OrderKind.TakeProfitMarket target => target.Trigger.ToString(),
            OrderKind.OneCancelsOther pair => pair.Trigger.ToString(),
            _ => null,
        },
        // Spot has no reduce-only orders: there the engine itself never sells more than its trade holds.
        reduceOnly = intent.ReduceOnly && intent.Symbol.IsPerpetual,
        clientOrderId = intent.Id.Value,
        notAfter = notAfter?.UnixMilliseconds,
    };
}
