using System.Globalization;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>Asks an exchange how an account stands and what became of orders. What could not be read in full is not reported in part.</summary>
internal sealed class AccountReader(ExchangeSession session, KnownOrders known, OrderLookUp lookUp, FillFollower fills, TimeProvider time)
{
    private static readonly TimeSpan FundingLookedBack = TimeSpan.FromDays(3);

    // What each order of the reading is said to have executed. One reading at a time.
    private readonly Dictionary<ClientOrderId, decimal> _filled = [];

    private string Account => session.Account.Id.Value;

    /// <param name="priority">Watch when a position may be waiting for its stop; funding, which can wait, is then left for the next reading.</param>
    public async Task<EngineEvent> ReadAsync(IReadOnlyList<ClientOrderId> orders, RequestPriority priority, CancellationToken cancellationToken)
    {
        var begunAt = Now;
        try
        {
            // Positions before orders: an order that fills in between shows as filled, and its execution then explains the position.
            var balance = await AskAsync<BalanceWire>(priority, "exchange.balance", 5, new { account = Account }, cancellationToken);
            var positions = session.Account.Kind == ExchangeMarketKind.Spot ? [] : await AskAsync<IReadOnlyList<PositionWire>>(priority, "exchange.positions", 5, new { account = Account }, cancellationToken);
            _filled.Clear();
            var reported = new List<ReportedOrder>(orders.Count);
            foreach (var id in orders)
                reported.Add(await LookUpAsync(id, priority, cancellationToken));
            var executed = await ExecutionsAsync(orders, priority, cancellationToken);
            if (session.Account.Kind == ExchangeMarketKind.Spot && LateExecutions(executed) is { } late)
                throw new ReadFailedException(late);
            var funding = session.Account.Kind == ExchangeMarketKind.Spot || priority == RequestPriority.Watch ? [] : await FundingAsync(cancellationToken);
            return new EngineEvent.AccountReported(new AccountReport(
                session.Account.Id, WalletOf(balance, positions), reported, executed, [.. positions.Select(Position).OfType<ReportedPosition>()], funding, [])
            {
                BegunAt = begunAt,
                Coins = session.Account.Kind == ExchangeMarketKind.Spot ? await CoinsAsync(balance, priority, cancellationToken) : null,
            }) { At = Now };
        }
        catch (ReadFailedException failed)
        {
            return new EngineEvent.AccountReportFailed(session.Account.Id, failed.Error) { At = Now };
        }
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private async Task<ReportedOrder> LookUpAsync(ClientOrderId id, RequestPriority priority, CancellationToken cancellationToken)
    {
        if (known.Find(id) is not { } order)
            // Not in our books either, which can't be: the engine asks about its own orders only.
            throw new ReadFailedException(new ExchangeError(ExchangeErrorKind.Unrecognised, "order", $"the order {id} is not known here"));
        var (wire, failure) = await lookUp.FindAsync(order, priority, cancellationToken);
        if (wire is null)
            // Of a symbol that is not listed any more no order is left, and one such order must not keep the account from being read.
            return failure!.Error.Kind is ExchangeErrorKind.OrderNotFound or ExchangeErrorKind.UnknownSymbol ? new ReportedOrder(id, new OrderAnswer.NotFound(), false) : throw new ReadFailedException(failure.Error);
        _filled[id] = wire.Filled ?? 0m;
        var accepted = new OrderAnswer.Accepted(wire.Id ?? id.Value);
        switch (wire.Status)
        {
            case "open":
                return new ReportedOrder(id, accepted, false);
            case "closed" when wire.Filled is > 0m and var part && part < order.Intent.Quantity.Value:
                // So do some exchanges call what was filled in part and withdrawn by themselves. Taken for filled it would wait for executions that never come.
                known.End(id);
                return new ReportedOrder(id, new OrderAnswer.Cancelled(string.Create(CultureInfo.InvariantCulture, $"ended by the exchange with {part} of {order.Intent.Quantity} executed")), false);
            case "closed":
                known.End(id);
                return new ReportedOrder(id, accepted, true);
            case "canceled" or "expired":
                known.End(id);
                return new ReportedOrder(id, new OrderAnswer.Cancelled($"{wire.Status} at the exchange"), false);
            case "rejected":
                known.End(id);
                return new ReportedOrder(id, new OrderAnswer.Rejected(new ExchangeError(ExchangeErrorKind.Unrecognised, "rejected", "the exchange rejected the order without a reason")), false);
            default:
                throw new ReadFailedException(new ExchangeError(ExchangeErrorKind.Unrecognised, "status", $"the exchange says of the order {id} that it is '{wire.Status ?? "nothing"}', which is not known"));
        }
    }

    /// <summary>An order says that it executed more than the list of executions has: on spot it would seem that we hold coins that were sold already.</summary>
    private ExchangeError? LateExecutions(IReadOnlyList<Fill> executed)
    {
        var told = executed.GroupBy(fill => fill.OrderId).ToDictionary(group => group.Key, group => group.Sum(fill => fill.Quantity.Value));
        var late = _filled.FirstOrDefault(order => told.GetValueOrDefault(order.Key) < order.Value);
        return late.Value == 0m ? null : new ExchangeError(ExchangeErrorKind.Network, "executions", $"the order {late.Key} executed {late.Value}, and its executions are not told yet");
    }

    private async Task<IReadOnlyList<Fill>> ExecutionsAsync(IReadOnlyList<ClientOrderId> orders, RequestPriority priority, CancellationToken cancellationToken)
    {
        var executed = new List<Fill>();
        foreach (var group in orders.Select(known.Find).OfType<KnownOrder>().GroupBy(order => order.Intent.Symbol))
        {
            var (read, failure) = await fills.ReadAsync(group.Key, group.Min(order => order.Since) - TimeSpan.FromMinutes(1), priority, cancellationToken);
            if (failure is { Error.Kind: not ExchangeErrorKind.UnknownSymbol })
                throw new ReadFailedException(failure.Error);
            executed.AddRange(read);
        }

        return executed;
    }

    private async Task<IReadOnlyList<EngineEvent.FundingPaid>> FundingAsync(CancellationToken cancellationToken)
    {
        var answer = await session.LookAsync<IReadOnlyList<FundingPaymentWire>>(
            RequestPriority.Read, 10, "exchange.fundingPayments", new { account = Account, since = (Now - FundingLookedBack).UnixMilliseconds }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
            // An exchange that does not tell them by itself: they are in the wallet, and missing in the results of the single trades.
            return failure.Error.Kind == ExchangeErrorKind.NotSupported ? [] : throw new ReadFailedException(failure.Error);
        return [.. ((GatewayAnswer<IReadOnlyList<FundingPaymentWire>>.Ok)answer).Value
            .Where(paid => paid.Asset == session.Account.QuoteAsset)
            .Select(paid => Symbol.TryParse(paid.Symbol, out var symbol)
                ? new EngineEvent.FundingPaid(session.Account.Id, symbol, paid.Id, new Money(paid.Amount, paid.Asset), paid.Rate ?? 0m, null) { At = new Instant(paid.At) }
                : null)
            .OfType<EngineEvent.FundingPaid>()];
    }

    /// <summary>
    /// What the account holds of each asset, read before the executions and once more after them: of a purchase or a sale in between, the larger amount is the one
    /// that does not pretend that coins of ours are missing.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, decimal>> CoinsAsync(BalanceWire before, RequestPriority priority, CancellationToken cancellationToken)
    {
        var after = await AskAsync<BalanceWire>(priority, "exchange.balance", 5, new { account = Account }, cancellationToken);
        return before.Assets.Concat(after.Assets).GroupBy(asset => asset.Asset, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(asset => asset.Total ?? (asset.Free ?? 0m)), StringComparer.Ordinal);
    }

    /// <summary>What the account holds without the open profit of its positions, which the engine counts itself.</summary>
    private Money WalletOf(BalanceWire balance, IReadOnlyList<PositionWire> positions)
    {
        var asset = balance.Assets.FirstOrDefault(entry => entry.Asset == session.Account.QuoteAsset);
        var amount = asset?.Wallet ?? (asset?.Total ?? 0m) - positions.Sum(position => position.OpenProfit ?? 0m);
        return new Money(amount, session.Account.QuoteAsset);
    }

    private static ReportedPosition? Position(PositionWire wire)
    {
        if (wire.Quantity == 0m || !Symbol.TryParse(wire.Symbol, out var symbol))
            return null;
        if (wire.Quantity < 0m || wire.Entry is not > 0m || wire.Side is not ("long" or "short"))
            throw new ReadFailedException(new ExchangeError(ExchangeErrorKind.Unrecognised, "position", $"the exchange reports a position that can't be true: {wire.Side} {wire.Quantity} {wire.Symbol} at {wire.Entry}"));
        return new ReportedPosition(symbol, wire.Side == "long" ? TradeSide.Long : TradeSide.Short, new Quantity(wire.Quantity), new Price(wire.Entry.Value));
    }

    private async Task<T> AskAsync<T>(RequestPriority priority, string method, double cost, object request, CancellationToken cancellationToken)
    {
        var answer = await session.LookAsync<T>(priority, cost, method, request, cancellationToken);
        return ExchangeErrors.Of(answer) is { } failure ? throw new ReadFailedException(failure.Error) : ((GatewayAnswer<T>.Ok)answer).Value;
    }

    /// <summary>Leaves the reading of the rest; never leaves this class.</summary>
    private sealed class ReadFailedException(ExchangeError error) : Exception(error.Message)
    {
        public ExchangeError Error { get; } = error;
    }
}
