using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>Reads the executions of a symbol and says which are ours. Whoever books them does so by their ids, so telling twice does no harm.</summary>
internal sealed class FillFollower(ExchangeSession session, KnownOrders known, OrderLookUp lookUp, ILogger logger)
{
    private const int MostForeign = 10_000;
    private const int PageSize = 500;
    private const int MostPages = 20;

    /// <summary>The exchange's clock and ours differ a little, and executions show up late: each reading begins a little earlier than the last execution seen.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Symbol, Instant> _seenUntil = [];

    /// <summary>Executions that were looked into and are not ours.</summary>
    private readonly ConcurrentDictionary<string, byte> _foreign = new(StringComparer.Ordinal);

    /// <summary>All executions of orders of ours in the symbol since the moment, in their order; null with the failure when they could not be read.</summary>
    public async Task<(IReadOnlyList<Fill> Fills, ExchangeFailure? Failure)> ReadAsync(Symbol symbol, Instant since, RequestPriority priority, CancellationToken cancellationToken)
    {
        var fills = new Dictionary<string, Fill>(StringComparer.Ordinal);
        var from = since;
        for (var page = 0; ; page++)
        {
            // One that were left out would be a position that nobody knows of.
            if (page == MostPages)
                return ([], new ExchangeFailure(new ExchangeError(ExchangeErrorKind.Unrecognised, "executions", $"there are more than {MostPages * PageSize} executions in {symbol} since {since}, which are not read"), false, null));
            var answer = await session.LookAsync<IReadOnlyList<FillWire>>(
                priority, 5, "exchange.fills",
                new { account = session.Account.Id.Value, symbol = symbol.ToString(), since = from.UnixMilliseconds, limit = PageSize }, cancellationToken);
            if (ExchangeErrors.Of(answer) is { } failure)
                return ([], failure);
            var wires = ((GatewayAnswer<IReadOnlyList<FillWire>>.Ok)answer).Value;
            if (await FindOwnersAsync(symbol, wires, priority, cancellationToken) is { } unexplained)
                return ([], unexplained);
            foreach (var wire in wires)
                if (Read(wire) is { } fill)
                    fills[fill.FillId] = fill;
            if (wires.Count < PageSize)
                break;
            var last = wires.Max(wire => wire.At);
            // A page full of executions of one moment: the next begins behind it, else it would be the same page.
            from = new Instant(last > from.UnixMilliseconds ? last : from.UnixMilliseconds + 1);
        }

        var ordered = fills.Values.OrderBy(fill => fill.HappenedAt).ThenBy(fill => fill.FillId, StringComparer.Ordinal).ToArray();
        if (ordered.Length > 0)
            _seenUntil.AddOrUpdate(symbol, ordered[^1].HappenedAt, (_, before) => Instant.Later(before, ordered[^1].HappenedAt));
        return (ordered, null);
    }

    /// <summary>What is new, or was told a short while ago.</summary>
    public Task<(IReadOnlyList<Fill> Fills, ExchangeFailure? Failure)> ReadNewAsync(Symbol symbol, Instant atLeastSince, RequestPriority priority, CancellationToken cancellationToken) =>
        ReadAsync(symbol, _seenUntil.TryGetValue(symbol, out var until) ? until - Overlap : atLeastSince - Overlap, priority, cancellationToken);

    /// <summary>An execution of an order that is not known by that number may be of a stop or target that was triggered: the exchange is asked what those have become.</summary>
    private async Task<ExchangeFailure?> FindOwnersAsync(Symbol symbol, IReadOnlyList<FillWire> wires, RequestPriority priority, CancellationToken cancellationToken)
    {
        bool IsUnexplained(FillWire wire) => known.OwnerOf(wire.Symbol, wire.OrderId, wire.ClientOrderId) is null && !_foreign.ContainsKey(wire.Symbol + "/" + wire.Id);

        if (!wires.Any(IsUnexplained))
            return null;
        foreach (var order in known.WaitingTriggers(symbol))
        {
            var (_, failure) = await lookUp.FindAsync(order, priority, cancellationToken);
            if (failure is not null && failure.Error.Kind != ExchangeErrorKind.OrderNotFound)
                return failure;
        }

        if (_foreign.Count > MostForeign)
            _foreign.Clear();
        foreach (var wire in wires.Where(IsUnexplained))
            _foreign[wire.Symbol + "/" + wire.Id] = 0;
        return null;
    }

    /// <summary>The execution, when it belongs to an order of ours and can be true.</summary>
    public Fill? Read(FillWire wire)
    {
        if (known.OwnerOf(wire.Symbol, wire.OrderId, wire.ClientOrderId) is not { } owner)
            return null;
        if (!Symbol.TryParse(wire.Symbol, out var symbol) || symbol != owner.Intent.Symbol || wire.Price <= 0m || wire.Quantity <= 0m || wire.Side != (owner.Intent.Side == OrderSide.Buy ? "buy" : "sell"))
        {
            logger.LogError("The execution {Id} of the order {Order} can't be true and is not booked: {Side} {Quantity} {Symbol} at {Price}", wire.Id, owner.Intent.Id.Value, wire.Side, wire.Quantity, wire.Symbol, wire.Price);
            return null;
        }

        return new Fill
        {
            // Some exchanges number executions per symbol only.
            FillId = $"{wire.Symbol}/{wire.Id}",
            Account = session.Account.Id,
            OrderId = owner.Intent.Id,
            Symbol = symbol,
            Side = owner.Intent.Side,
            Price = new Price(wire.Price),
            Quantity = new Quantity(wire.Quantity),
            Fee = wire.Fee is { } fee ? new Money(fee.Cost, fee.Asset) : Money.Zero(session.Account.QuoteAsset),
            IsMaker = wire.Maker ?? false,
            HappenedAt = new Instant(wire.At),
        };
    }
}
