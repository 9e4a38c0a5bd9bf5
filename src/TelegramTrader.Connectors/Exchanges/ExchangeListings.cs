using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>Reads what an exchange lists, in our terms. A market that is told without its steps or minimums is left out: an order could not be rounded for it.</summary>
public sealed class ExchangeListings(ExchangeSession session, ILogger logger)
{
    /// <summary>What is listed, or one sentence that says why it could not be read.</summary>
    public async Task<(IReadOnlyList<Instrument>? Instruments, string? Trouble)> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync<IReadOnlyList<MarketWire>>(RequestPriority.Read, 20, "exchange.markets", new { account = session.Account.Id.Value }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
            return (null, failure.Error.Message);
        var wires = ((GatewayAnswer<IReadOnlyList<MarketWire>>.Ok)answer).Value;
        var instruments = new List<Instrument>(wires.Count);
        var leftOut = 0;
        foreach (var wire in wires.Where(wire => wire.Active))
            if (Read(wire) is { } instrument)
                instruments.Add(instrument);
            else
                leftOut++;
        if (leftOut > 0)
            logger.LogInformation("{Count} markets of {Exchange} are left out: settled in another asset, named unusually, told without steps, or without stop orders", leftOut, session.Account.Exchange);
        return (instruments, null);
    }

    private Instrument? Read(MarketWire wire)
    {
        // Profit of an inverse contract is in the base asset; our books count in the quote asset.
        if (!Symbol.TryParse(wire.Symbol, out var symbol) || (symbol.Settle ?? symbol.Quote) != session.Account.QuoteAsset || symbol.IsPerpetual && wire.Linear != true || symbol.IsPerpetual != (session.Account.Kind == ExchangeMarketKind.Swap))
            return null;
        // Where the exchange takes stops by symbol: what could not be protected is not traded.
        if (wire.HoldsStops is false)
            return null;
        if (wire.Tick is not > 0m || wire.Step is not > 0m || wire.ContractSize is <= 0m)
            return null;
        return new Instrument
        {
            Symbol = symbol,
            PriceTick = wire.Tick.Value,
            QuantityStep = wire.Step.Value,
            MinimumQuantity = new Quantity(Math.Max(wire.MinQuantity ?? 0m, wire.Step.Value)),
            MaximumQuantity = wire.MaxQuantity is > 0m ? new Quantity(wire.MaxQuantity.Value) : null,
            MinimumNotional = Math.Max(wire.MinNotional ?? 0m, 0m),
            ContractSize = wire.ContractSize ?? 1m,
            MaximumLeverage = symbol.IsPerpetual ? Math.Max(wire.MaxLeverage ?? 1m, 1m) : 1m,
            MaintenanceMarginRate = wire.MaintenanceMarginRate ?? 0m,
            MakerFee = wire.MakerFee,
            TakerFee = wire.TakerFee,
            AmendsStops = wire.AmendsStops ?? false,
            HoldsPairs = wire.HoldsPairs ?? false,
        };
    }
}
