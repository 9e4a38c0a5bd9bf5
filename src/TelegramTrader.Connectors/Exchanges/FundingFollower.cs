using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <param name="Rate">As a fraction of the position's value; positive is paid by longs.</param>
/// <param name="At">When it is settled next.</param>
public sealed record FundingRate(Symbol Symbol, decimal Rate, Instant At);

/// <summary>Knows the funding that comes next of what is held over the prices of an exchange, and says when it is due: for books to which no exchange pays it.</summary>
public sealed class FundingFollower(ExchangeSession session, TimeProvider time, ILogger logger)
{
    /// <summary>How often the rates are read; they change until they are settled.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(5);

    /// <summary>After how long they are read again when that failed: a payment that is due before its rate was read would be missed.</summary>
    public static readonly TimeSpan TriedAgainAfter = TimeSpan.FromSeconds(20);

    /// <summary>Runs until cancelled. Begins when the account was opened for the first time.</summary>
    /// <param name="held">The perpetuals of which something is held now.</param>
    /// <param name="settle">Called once for each payment, when it is due.</param>
    public async Task RunAsync(Func<CancellationToken, Task<IReadOnlyCollection<Symbol>>> held, Action<FundingRate> settle, CancellationToken cancellationToken)
    {
        var due = new Dictionary<Symbol, FundingRate>();
        await session.FirstOpened.WaitAsync(cancellationToken);
        while (true)
        {
            var now = Instant.From(time.GetUtcNow());
            foreach (var rate in due.Values.Where(rate => rate.At <= now).ToArray())
            {
                settle(rate);
                due.Remove(rate.Symbol);
            }

            var symbols = await held(cancellationToken);
            var read = symbols.Count > 0 ? await ReadAsync(symbols, cancellationToken) : [];
            foreach (var rate in read ?? [])
                due[rate.Symbol] = rate;
            var again = read is null ? TriedAgainAfter : ReadEvery;
            await Task.Delay(due.Values.Select(rate => rate.At - now).Where(wait => wait > TimeSpan.Zero).Append(again).Min(), time, cancellationToken);
        }
    }

    /// <summary>Of those of the symbols for which the exchange tells both rate and time; <see langword="null"/> when it could not be asked.</summary>
    private async Task<IReadOnlyList<FundingRate>?> ReadAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync<IReadOnlyList<FundingRateWire>>(
            RequestPriority.Read, 5, "exchange.fundingRates", new { account = session.Account.Id.Value, symbols = symbols.Select(symbol => symbol.ToString()) }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
        {
            logger.LogWarning("Funding rates could not be read: {Reason}", failure.Error.Message);
            return null;
        }

        return [.. ((GatewayAnswer<IReadOnlyList<FundingRateWire>>.Ok)answer).Value
            .Where(wire => wire.Rate is not null && wire.NextAt is not null)
            .Select(wire => Symbol.TryParse(wire.Symbol, out var symbol) ? new FundingRate(symbol, wire.Rate!.Value, new Instant(wire.NextAt!.Value)) : null)
            .OfType<FundingRate>()];
    }
}
