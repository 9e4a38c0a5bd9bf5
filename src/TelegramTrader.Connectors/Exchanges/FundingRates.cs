using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <param name="Rate">As a fraction of the position's value; positive is paid by longs.</param>
/// <param name="At">When it is settled next.</param>
public sealed record FundingRate(Symbol Symbol, decimal Rate, Instant At);

/// <summary>Reads the funding that comes next.</summary>
public sealed class FundingRates(ExchangeSession session, ILogger logger)
{
    /// <summary>Of those of the symbols for which the exchange tells both rate and time; none when it could not be asked.</summary>
    public async Task<IReadOnlyList<FundingRate>> ReadAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync<IReadOnlyList<FundingRateWire>>(
            RequestPriority.Read, 5, "exchange.fundingRates", new { account = session.Account.Id.Value, symbols = symbols.Select(symbol => symbol.ToString()) }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
        {
            logger.LogWarning("Funding rates could not be read: {Reason}", failure.Error.Message);
            return [];
        }

        return [.. ((GatewayAnswer<IReadOnlyList<FundingRateWire>>.Ok)answer).Value
            .Where(wire => wire.Rate is not null && wire.NextAt is not null)
            .Select(wire => Symbol.TryParse(wire.Symbol, out var symbol) ? new FundingRate(symbol, wire.Rate!.Value, new Instant(wire.NextAt!.Value)) : null)
            .OfType<FundingRate>()];
    }
}
