using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// On spot the coins of a withdrawn sale are sold again at once by another order, and where the account holds coins of somebody else nothing stops a sale that is too
/// large. So a withdrawal is told only after everything that the order had executed before it.
/// </summary>
internal sealed class WithdrawnExecutions(KnownOrders known, OrderLookUp lookUp, FillFollower fills, CcxtExchangeOptions options, TimeProvider time)
{
    // The clocks differ a little.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>False when the exchange does not tell them in time: then it is not known what is left.</summary>
    /// <param name="id">Of the order that was withdrawn.</param>
    /// <param name="filled">What the exchange said with the withdrawal was executed; null when it did not.</param>
    /// <param name="say">Told each execution.</param>
    public async Task<bool> AreToldAsync(ClientOrderId id, decimal? filled, Action<Fill> say, CancellationToken cancellationToken)
    {
        if (filled is 0m || known.Find(id) is not { } order)
            return true;
        if (filled is null)
        {
            var (found, _) = await lookUp.FindAsync(order, RequestPriority.Protection, cancellationToken);
            if (found is null)
                return false;
            filled = found.Filled;
        }

        for (var attempt = 1; known.ExecutedOf(id) < (filled ?? decimal.MaxValue); attempt++)
        {
            var (read, failure) = await fills.ReadAsync(order.Intent.Symbol, order.Since - Overlap, RequestPriority.Protection, cancellationToken);
            foreach (var fill in read)
                say(fill);
            // One that never says how much it was can only be asked.
            if (filled is null && failure is null)
                return true;
            if (known.ExecutedOf(id) >= filled)
                return true;
            if (attempt >= options.ReadAttempts)
                return false;
            await Task.Delay(options.ReadAgainAfter, time, cancellationToken);
        }

        return true;
    }
}
